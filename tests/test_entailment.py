"""A cross-encoder as a second opinion, by folder: this one has learnt nothing, but is read and asked as any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from assistant.types import Support
from assistant.verification.entailment import Entailment, Verdict
from assistant.verification.signals import Evidence
from assistant.verification.verify import Verifier
from index.encoders.static import StaticEncoder
from index.errors import EncoderError
from tests.console import isnad, make_seed_archive
from tests.encoders import build_cross_encoder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_cross_encoder(tmp_path_factory.mktemp("nli"))


def test_its_greatest_output_is_the_verdict_under_the_models_own_labels(folder: Path) -> None:
    from sentence_transformers import CrossEncoder

    pair = ("the bridge is open", "it is closed")
    model = CrossEncoder(str(folder), device="cpu")
    scores = model.predict([pair])
    expected = ("contradiction", "entailment", "neutral")[int(scores[0].argmax())]
    assert Entailment(str(folder)).judge(*pair) == expected


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_it_decides_but_lets_no_wrong_number_pass(verdict: Verdict, tmp_path: Path) -> None:
    """The labels are turned until the untrained model gives the verdict that the claim is about."""
    evidence = Evidence("The minister said that the bridge will open in May 2024 and cost 40 million.")
    sentence = "The bridge will open in May 2024."
    for turn in range(3):
        labels = [get_args(Verdict)[(number + turn) % 3] for number in range(3)]
        model = Entailment(str(build_cross_encoder(tmp_path / str(turn), labels)))
        if model.judge(evidence.text, sentence) == verdict:
            break
    verifier = Verifier(StaticEncoder(), model)
    expected = {
        "entailment": {Support.SUPPORTED},
        "neutral": {Support.PARTIAL, Support.UNSUPPORTED},
        "contradiction": {Support.CONTRADICTED},
    }
    assert verifier.compare(sentence, evidence) in expected[verdict]
    assert verifier.compare("It cost 50 million.", evidence) is not Support.SUPPORTED


def test_a_model_without_those_three_labels_is_refused(tmp_path: Path) -> None:
    folder = build_cross_encoder(tmp_path, ["LABEL_0", "LABEL_1", "LABEL_2"])
    with pytest.raises(EncoderError, match="gives LABEL_0, LABEL_1, LABEL_2; one that tells entailment, neutral and"):
        Entailment(str(folder))


def test_the_setting_has_every_verdict_of_the_program_asked_of_it(tmp_path: Path) -> None:
    folder = make_seed_archive(tmp_path)
    asked = ["ask", "what did Lavrov say about Turkey", "--json"]
    done = isnad(*asked, folder=folder, environment={"ISNAD_NLI": str(build_cross_encoder(tmp_path / "nli"))})
    assert done.returncode == 0
    assert {sentence["support"] for sentence in json.loads(done.stdout)["sentences"]} == {"supported"}
    missing = isnad(*asked, folder=folder, environment={"ISNAD_NLI": "./none"})
    assert (missing.returncode, missing.stderr) == (
        2,
        "isnad: cannot load the entailment model './none': no such folder; correct ISNAD_NLI\n",
    )


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(EncoderError, match="cannot load the entailment model './none': no such folder"):
        Entailment("./none")
