"""The commands that train a model: the whole chain on made-up corpora, a kill, and what they say to bad input."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from model2vec import StaticModel
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer

from index.encoders.static import StaticEncoder
from index.training.cli import cli
from index.training.export import quantize
from index.training.tokens import load
from index.training.work import STAGES
from tests.made_up_corpora import make_corpora, write_tables
from tests.made_up_sets import make_names, make_sets

ROOT = Path(__file__).parent.parent
SMALL = ["--tables", "2", "--steps", "50", "--late-steps", "10", "--late-batch", "16"]
SMALL += ["--batch", "64", "--dimensions", "32", "--matryoshka", "16"]
TEXTS = ["car", "bread and peace", "سيارة", "خبز وسلام", "سلام king 12", "zzz"]


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def _ran(*arguments: str | Path) -> Result:
    result = _run(*arguments)
    assert (result.exit_code, result.exception) == (0, None), result.output
    return result


def _prepared(folder: Path) -> Path:
    """A work folder with rows, vocabulary and tokens."""
    corpora, archives = make_corpora(folder)
    work = folder / "work"
    _ran("prepare", "--corpora", corpora, "--archives", archives, "--work", work)
    _ran("tokenizer", "--work", work, "--vocabulary", "200")
    return work


def _record(work: Path) -> dict[str, dict[str, Any]]:
    record: dict[str, dict[str, Any]] = json.loads((work / "record.json").read_text(encoding="utf-8"))
    return record


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `all` has run: its `work`, its `model`, and what went in; nothing may change it."""
    folder = tmp_path_factory.mktemp("trained")
    _ran(*_all(folder))
    return folder


def _all(folder: Path) -> list[str | Path]:
    """The arguments of `all` for made-up corpora and test sets in a folder, which they are written to."""
    corpora, archives = make_corpora(folder)
    (folder / "sets").mkdir()
    (folder / "names").mkdir()
    sets, names = make_sets(folder / "sets"), make_names(folder / "names")
    (names / "names.tsv.xz").rename(corpora / "names.tsv.xz")
    inputs: list[str | Path] = ["--corpora", corpora, "--archives", archives, "--benchmarks", sets]
    outputs: list[str | Path] = ["--work", folder / "work", "--out", folder / "model", "--name", "small"]
    return ["all", *inputs, *outputs, "--vocabulary", "500", "--quick", *SMALL]


def test_one_command_trains_a_model_that_matches_translations(trained: Path) -> None:
    encoder = StaticEncoder(trained / "model")
    assert (encoder.name, encoder.dimensions) == ("small", 32)
    english, arabic = ["car", "bread", "sea", "king"], ["سيارة", "خبز", "بحر", "ملك"]
    cosines = encoder.encode_passages(english) @ encoder.encode_passages(arabic).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_every_stage_leaves_its_figures_on_record(trained: Path) -> None:
    record = _record(trained / "work")
    assert tuple(record) == STAGES
    assert all({"made", "options", "seconds", "versions"} <= entry.keys() for entry in record.values())
    assert record["prepare"]["rows"]["sentences"] == {"tatoeba-challenge": 200}
    assert record["tokenizer"]["pieces"] == record["train"]["vocabulary"] <= 500
    assert record["train"]["options"]["steps"] == 50
    losses = record["train"]["losses"]
    assert {"late questions", "late questions-across"} <= losses.keys()
    assert {name.removeprefix("late ") for name in losses} <= record["prepare"]["rows"].keys()
    assert {step for means in losses.values() for step, _ in means} == {100, 110}
    assert record["export"]["shape"] == [record["train"]["vocabulary"], 32]
    assert record["evaluate"]["figures"]["encoder"] == "small"
    assert {"NTREX F1", "STS17"} <= record["evaluate"]["figures"]["figures"].keys()


def test_what_has_not_changed_is_not_run_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    work = _prepared(tmp_path)
    _ran("train", "--work", work, *SMALL)
    before = _record(work)
    caplog.set_level(logging.INFO)
    _ran("tokenizer", "--work", work, "--vocabulary", "200")
    _ran("train", "--work", work, *SMALL)
    assert caplog.messages[-2:] == [
        f"{stage}: nothing has changed; --again runs it all the same" for stage in ("tokenizer", "train")
    ]
    assert _record(work) == before
    _ran("train", "--work", work, *SMALL, "--again")
    assert _record(work)["train"]["made"] == before["train"]["made"]
    assert "train: done" in caplog.messages[-1]


def test_hard_negatives_come_from_bm25_or_from_the_vectors_trained_before(tmp_path: Path) -> None:
    work = _prepared(tmp_path)
    previous: list[str | Path] = ["train", "--work", work, *SMALL, "--hard-negatives", "previous"]
    assert _run(*previous).output.endswith(
        f"Error: '{work}/vectors.npy' is missing; train once without --hard-negatives previous\n"
    )
    tables = []
    for finder in ("none", "bm25", "previous"):
        _ran("train", "--work", work, *SMALL, "--hard-negatives", finder)
        tables.append(np.load(work / "vectors.npy"))
    assert all(np.isfinite(table).all() for table in tables)
    assert not any(np.array_equal(one, other) for one, other in combinations(tables, 2))


def test_what_was_made_from_something_else_is_not_used(tmp_path: Path) -> None:
    work = _prepared(tmp_path)
    write_tables(tmp_path / "corpora", {"terms": [("car", "سيارة", "muse")]})
    _ran("prepare", "--corpora", tmp_path / "corpora", "--archives", tmp_path / "archives", "--work", work)
    assert _run("train", "--work", work, *SMALL).output.endswith(
        f"Error: '{work}/tokens' was made from something else than what is there now; "
        f"run `python -m index.training tokenizer --work {work}`\n"
    )


def test_a_vocabulary_can_be_given_and_another_one_puts_the_training_out_of_date(trained: Path, tmp_path: Path) -> None:
    """No two vocabularies that are learnt are the same to the last bit, whatever the seed."""
    work = _prepared(tmp_path)
    _ran("tokenizer", "--work", work, "--tokenizer", trained / "work" / "tokenizer.json")
    assert (work / "tokenizer.json").read_bytes() == (trained / "work" / "tokenizer.json").read_bytes()
    _ran("train", "--work", work, *SMALL)
    _ran("tokenizer", "--work", work, "--vocabulary", "150")
    assert "was made from something else" in _run("export", "--work", work, "--out", tmp_path / "model").output
    result = _run("tokenizer", "--work", work, "--tokenizer", work / "record.json")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert result.output.startswith(f"Error: '{work}/record.json' is no tokenizer.json")


def _train(work: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "index.training", "train", "--work", work, *SMALL, *options],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [["--steps", "250", "--checkpoint-every", "260"], ["--late-steps", "300", "--checkpoint-every", "110"]],
    ids=["in the second table", "in the second part"],
)
def test_a_training_that_was_killed_ends_with_the_vectors_of_one_that_was_not(
    options: list[str], tmp_path: Path
) -> None:
    whole, killed = _prepared(tmp_path), tmp_path / "killed"
    shutil.copytree(whole, killed)
    assert _train(whole, *options).wait() == 0
    process = _train(killed, *options)
    while not (killed / "checkpoint.pt").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (killed / "vectors.npy").exists()
    assert "train" not in _record(killed)
    assert _train(killed, *options).wait() == 0
    assert (killed / "vectors.npy").read_bytes() == (whole / "vectors.npy").read_bytes()
    assert _record(killed)["train"]["losses"] == _record(whole)["train"]["losses"]
    assert not (killed / "checkpoint.pt").exists()


@pytest.mark.slow
def test_a_checkpoint_of_another_recipe_is_refused_and_of_other_rows_too(tmp_path: Path) -> None:
    work = _prepared(tmp_path)
    process = _train(work, "--steps", "100000", "--checkpoint-every", "5")
    while not (work / "checkpoint.pt").exists():
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert _run("train", "--work", work, *SMALL).output.endswith(
        f"Error: '{work}/checkpoint.pt' is of another recipe: steps was 100000; "
        "go on with the same options, or start anew with --again\n"
    )
    _ran("tokenizer", "--work", work, "--vocabulary", "150")
    result = _run("train", "--work", work, *SMALL)
    assert result.output.endswith("was trained on other rows or another vocabulary; start with --again\n")
    _ran("train", "--work", work, *SMALL, "--again")


@pytest.mark.parametrize("precision", ["int8", "float16"])
def test_three_loaders_give_one_vector(precision: str, trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    work = _copied(trained, tmp_path)
    _ran("export", "--work", work, "--out", folder, "--precision", precision)
    ours = StaticEncoder(folder).encode_passages(TEXTS[:-1])
    theirs = SentenceTransformer(str(folder), device="cpu").float().encode(TEXTS[:-1])
    model2vec = StaticModel.from_pretrained(folder).encode(TEXTS[:-1]).astype(np.float32)  # float16 gives float16
    model2vec /= np.linalg.norm(model2vec, axis=1, keepdims=True)
    assert (ours * theirs).sum(axis=1).min() > 0.9999
    assert (ours * model2vec).sum(axis=1).min() > 0.9999
    exact = _mean_vectors(work)
    assert (ours * exact).sum(axis=1).min() > 0.999


def _copied(trained: Path, folder: Path) -> Path:
    """A work folder like the trained one, to export from anew."""
    work = folder / "work"
    work.mkdir()
    for name in ("record.json", "vectors.npy", "tokenizer.json"):
        (work / name).write_bytes((trained / "work" / name).read_bytes())
    return work


def _mean_vectors(work: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    from tokenizers import Tokenizer

    vectors, tokenizer = np.load(work / "vectors.npy"), Tokenizer.from_file(str(work / "tokenizer.json"))
    vectors[tokenizer.token_to_id("[UNK]")] = 0
    rows = np.stack([vectors[tokenizer.encode(text, add_special_tokens=False).ids].sum(axis=0) for text in TEXTS[:-1]])
    exact: np.ndarray[Any, np.dtype[np.float32]] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return exact


def test_the_first_dimensions_can_be_exported_alone(trained: Path, tmp_path: Path) -> None:
    work = _copied(trained, tmp_path)
    _ran("export", "--work", work, "--out", tmp_path / "model", "--dimensions", "16")
    assert StaticEncoder(tmp_path / "model").dimensions == 16
    assert _run("export", "--work", work, "--out", tmp_path / "model", "--dimensions", "99").output.endswith(
        "Error: --dimensions 99: only 32 were trained; give at most as many\n"
    )


def test_what_training_made_frequent_subwords_count_can_be_lessened_by_their_share_of_the_rows(
    trained: Path, tmp_path: Path
) -> None:
    work = _copied(trained, tmp_path)
    (work / "tokens").symlink_to(trained / "work" / "tokens")
    _ran("export", "--work", work, "--out", tmp_path / "plain", "--precision", "float16")
    _ran("export", "--work", work, "--out", tmp_path / "less", "--precision", "float16", "--sif", "0.01")
    plain, less = (
        load_file(tmp_path / name / "model.safetensors")["embedding.weight"].astype(np.float64)
        for name in ("plain", "less")
    )
    each = [load(file) for file in (work / "tokens").glob("*.npz")]
    counts = np.bincount(np.concatenate([texts.ids for sides in each for texts in sides]), minlength=len(plain))
    held = np.linalg.norm(plain, axis=1) > 0
    kept = np.linalg.norm(less, axis=1)[held] / np.linalg.norm(plain, axis=1)[held]
    assert np.allclose(kept, (0.01 / (0.01 + counts / counts.sum()))[held], atol=0.002)


def test_a_float16_export_over_an_int8_one_leaves_nothing_of_it(trained: Path, tmp_path: Path) -> None:
    work = _copied(trained, tmp_path)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "MODEL_CARD.md").write_text("stays", encoding="utf-8")
    _ran("export", "--work", work, "--out", tmp_path / "model")
    assert (tmp_path / "model" / "config.json").exists()
    _ran("export", "--work", work, "--out", tmp_path / "model", "--precision", "float16")
    assert not (tmp_path / "model" / "config.json").exists()
    assert (tmp_path / "model" / "MODEL_CARD.md").read_text(encoding="utf-8") == "stays"


def test_each_row_is_quantized_by_its_own_largest_number_and_a_row_of_zeros_stays() -> None:
    vectors = np.array([[127.0, -63.5, 0.2], [0, 0, 0], [-0.01, 0.006, 0]], np.float32)
    whole, weights = quantize(vectors)
    assert whole.tolist() == [[127, -64, 0], [0, 0, 0], [-127, 76, 0]]
    assert weights.tolist() == pytest.approx([1, 0, 0.01 / 127])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tokenizer"], "'{work}/rows' is missing; run `python -m index.training prepare --work {work}`"),
        (["train"], "'{work}/tokens' is missing; run `python -m index.training tokenizer --work {work}`"),
        (
            ["export", "--out", "model"],
            "'{work}/vectors.npy' is missing; run `python -m index.training train --work {work}`",
        ),
        (["evaluate"], "'the model's folder' is missing; run `python -m index.training export --work {work}`"),
        (
            ["train", "--share", "sentence=2"],
            "--share sentence=2: no source is named 'sentence'; use sentences, terms, names, aligned, questions, "
            "headlines, pseudo, questions-across, headlines-across, cloze, cloze-across",
        ),
        (["train", "--share", "terms"], "--share terms: '' is no number from 0; write --share terms=2"),
        (["train", "--share", "terms=-1"], "--share terms=-1: '-1' is no number from 0; write --share terms=2"),
        (["train", "--source-batch", "x=1"], "--source-batch x=1: no source is named 'x'; use "),
        (
            ["train", "--dimensions", "256", "--matryoshka", "999"],
            "--matryoshka 999 is not among the 256 dimensions; give fewer",
        ),
    ],
)
def test_bad_input_gets_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = _run(*arguments, "--work", tmp_path)
    assert result.exit_code == 2
    assert result.output.startswith("Error: " + message.format(work=tmp_path))
    assert result.output.count("\n") == 1


def test_a_record_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text('{"prepare": 5}', encoding="utf-8")
    result = _run("tokenizer", "--work", tmp_path)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert result.output.startswith(f"Error: '{tmp_path}/record.json' is no record of a training")


def test_the_documented_commands_exist() -> None:
    text = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    lines = re.findall(r"^ *python -m index\.training (\S+)((?:.*\\\n)*.*)$", text, flags=re.MULTILINE)
    assert {command for command, _ in lines} >= {*STAGES, "all"}
    for command, options in lines:
        known = {option for parameter in cli.commands[command].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", options)) - known == set()


def test_each_source_of_the_recipe_is_documented() -> None:
    from index.training.recipe import Recipe

    text = (ROOT / "docs" / "training.md").read_text(encoding="utf-8").partition("## The sources")[2]
    assert re.findall(r"^\| `([a-z-]+)` \|", text, flags=re.MULTILINE) == list(Recipe().sources)
