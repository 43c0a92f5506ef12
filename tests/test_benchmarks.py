"""The public test sets: how they are read and counted, and, marked slow, what the bundled model must reach on them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from eval.benchmarks import model, sets, xquad
from eval.benchmarks.sets import Similarity, Xquad
from index.encode import StaticEncoder

PARAGRAPHS = {
    "en": ["Wheat grows on the plain.", "The king lives in a castle."],
    "ar": ["القمح ينمو في السهل.", "الملك يعيش في قلعة."],
}
QUESTIONS = {
    "en": [["Where does wheat grow?"], ["Where does the king live?", "Who lives in a castle?"]],
    "ar": [["أين ينمو القمح؟"], ["أين يعيش الملك؟", "من يعيش في قلعة؟"]],
}


@pytest.fixture
def benchmarks(tmp_path: Path) -> Path:
    """Made-up sets in the published formats."""
    for name in ("xquad", "ntrex", "tatoeba", "sts17"):
        (tmp_path / name).mkdir()
    for language in ("ar", "en"):
        paragraphs = [
            {"context": context, "qas": [{"question": question} for question in questions]}
            for context, questions in zip(PARAGRAPHS[language], QUESTIONS[language], strict=True)
        ]
        published = {"data": [{"paragraphs": paragraphs[:1]}, {"paragraphs": paragraphs[1:]}]}
        (tmp_path / "xquad" / f"xquad.{language}.json").write_text(json.dumps(published), encoding="utf-8")
        for bitext in ("ntrex/newstest2019", "tatoeba/tatoeba"):
            lines = "".join(f"{line}\n" for line in PARAGRAPHS[language])
            (tmp_path / f"{bitext}.{language}.txt").write_text(lines, encoding="utf-8")
    rows = "5.0\tking\tking\n2.5\tking\twheat\n0.0\tking\tthirty\n"
    for languages in ("ar-ar", "ar-en", "en-en"):
        (tmp_path / "sts17" / f"{languages}.tsv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_the_sets_are_read_as_published(benchmarks: Path) -> None:
    assert sets.read_xquad(benchmarks, "en") == Xquad(
        PARAGRAPHS["en"], ["Where does wheat grow?", "Where does the king live?", "Who lives in a castle?"], [0, 1, 1]
    )
    assert sets.read_bitext(benchmarks, "NTREX", "ar") == PARAGRAPHS["ar"]
    assert sets.read_similarities(benchmarks, "ar-en")[1] == Similarity(2.5, "king", "wheat")


def test_spearman_is_one_for_any_rising_function_and_ties_share_a_rank() -> None:
    assert model.spearman(np.array([1.0, 2.0, 30.0]), np.array([-5.0, 0.0, 0.1])) == pytest.approx(1)
    assert model.spearman(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])) == pytest.approx(-1)
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assert model.spearman(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(0.9486833)


def test_a_paragraph_that_was_not_found_counts_nought() -> None:
    assert xquad.summarize([1, 2, 6, None]) == pytest.approx({"R@1": 0.25, "R@5": 0.5, "MRR": (1 + 1 / 2 + 1 / 6) / 4})


def test_the_model_command_prints_and_writes_its_figures(benchmarks: Path, tmp_path: Path) -> None:
    options = ["--benchmarks", str(benchmarks), "--json", str(tmp_path / "figures.json")]
    result = CliRunner().invoke(model.main, options, catch_exceptions=False)
    assert result.exit_code == 0
    report = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert report["model"] == StaticEncoder().name
    assert report["figures"]["NTREX"] == {"ar→en": 1.0, "en→ar": 1.0}
    assert report["figures"]["XQuAD R@1"] == {"ar→ar": 1.0, "ar→en": 1.0, "en→ar": 1.0, "en→en": 1.0}
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        *(report["model"], "NTREX", "Tatoeba", "STS17", "XQuAD"),
    ]


def test_the_xquad_command_prints_each_way_of_searching_in_each_direction(benchmarks: Path, tmp_path: Path) -> None:
    options = ["--benchmarks", str(benchmarks), "--json", str(tmp_path / "figures.json")]
    result = CliRunner().invoke(xquad.main, options, catch_exceptions=False)
    assert result.exit_code == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert figures["whole"]["ar→en"] == {"R@1": 1.0, "R@5": 1.0, "MRR": 1.0}
    assert figures["lexical"]["ar→en"] == {"R@1": 0.0, "R@5": 0.0, "MRR": 0.0}
    assert "whole    ar→en  R@1 100.0  R@5 100.0  MRR 100.0" in result.stdout.splitlines()


@pytest.mark.slow
def test_the_bundled_model_is_as_good_as_its_card_says(shared: Path) -> None:
    figures = model.measure_model(StaticEncoder(), shared / "benchmarks")
    floors = {
        "NTREX": {"ar→en": 0.94, "en→ar": 0.934},
        "Tatoeba": {"ar→en": 0.82, "en→ar": 0.79},
        "XQuAD R@1": {"ar→ar": 0.73, "ar→en": 0.56, "en→ar": 0.56, "en→en": 0.77},
    }
    assert {
        (name, part): figures[name][part]
        for name, parts in floors.items()
        for part, floor in parts.items()
        if figures[name][part] < floor
    } == {}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_retrieval_on_xquad_reaches_its_floors(shared: Path, tmp_path: Path) -> None:
    figures = xquad.measure_retrieval(StaticEncoder(), shared / "benchmarks", tmp_path)
    floors = {"ar→ar": 0.89, "ar→en": 0.80, "en→ar": 0.78, "en→en": 0.93}
    first = {direction: figures["whole"][direction]["R@1"] for direction in floors}
    assert {direction: value for direction, value in first.items() if value < floors[direction]} == {}
