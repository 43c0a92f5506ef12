"""`isnad bench support`: the committed pairs, how they are counted, and the floor under the figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.types import Support
from assistant.verification.signals import SIGNALS, Evidence
from assistant.verification.verify import WEIGHTS, Verifier
from eval.benchmarks.cli import bench
from eval.benchmarks.support import Pair, Row, fit, judge, read_pairs, rows, to_table
from index.encoders.static import StaticEncoder
from index.errors import QuestionSetError

FOUR = {"ar-ar", "ar-en", "en-ar", "en-en"}


def _pair(number: int, label: Support, split: str = "test", change: str | None = None) -> Pair:
    return Pair.model_validate({
        "id": f"en-ar-{number}", "split": split, "sentence": "a", "evidence": "b", "speaker": None,
        "label": label.value, "change": change,
    })  # fmt: skip


def test_the_set_holds_every_direction_and_verdict_and_a_third_of_it_was_made_wrong() -> None:
    pairs = read_pairs()
    assert {pair.direction for pair in pairs} == FOUR
    assert len({pair.id for pair in pairs}) == len(pairs) >= 400
    assert sum(pair.change is not None for pair in pairs) >= len(pairs) / 3
    for split in ("development", "test"):
        counts = Counter((pair.direction, pair.label) for pair in pairs if pair.split == split)
        assert len(counts) == len(FOUR) * len(Support)
    changed = {pair.change for pair in pairs}
    assert changed == {None, "number", "negation", "name", "speaker"}


def test_no_evidence_is_in_both_halves() -> None:
    halves: dict[str, set[str]] = {}
    for pair in read_pairs():
        halves.setdefault(pair.evidence, set()).add(pair.split)
    assert {len(splits) for splits in halves.values()} == {1}


def test_verdicts_are_counted_by_half_direction_label_and_change() -> None:
    supported, contradicted, partial = Support.SUPPORTED, Support.CONTRADICTED, Support.PARTIAL
    judged = [
        (_pair(1, supported), supported),
        (_pair(2, contradicted, change="number"), partial),
        (_pair(3, contradicted, "development"), supported),
    ]
    found = rows(judged)
    assert found == [
        Row("development", 1, 0, 0),
        Row("test", 2, 1, 2),
        Row("test contradicted", 1, 0, 1),
        Row("test en-ar", 2, 1, 2),
        Row("test number changed", 1, 0, 1),
        Row("test supported", 1, 1, 1),
    ]
    assert to_table(found).splitlines()[2] == "test                           2     0.500             1.000"


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"id": "en-en-1"}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match="line 1 is no labelled pair: Field required"):
        read_pairs(tmp_path / "pairs.jsonl")


def test_the_fit_gives_a_weight_to_each_signal_and_verdict() -> None:
    labels = (*Support, *Support)
    pairs = [
        read_pairs()[number].model_copy(update={"split": "development", "label": label})
        for number, label in enumerate(labels)
    ]
    weights = json.loads(fit(pairs, [("a", Evidence("b"), Support.PARTIAL)], Verifier(StaticEncoder())))
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(weights) == set(stored) == {support.value for support in Support}
    assert all(list(row) == [*SIGNALS, "constant"] for table in (weights, stored) for row in table.values())


@pytest.mark.slow
def test_the_figures_are_no_worse_than_published() -> None:
    found = {row.name: row for row in rows(judge(read_pairs(), Verifier(StaticEncoder())))}
    assert found["test"].accuracy >= 0.63
    assert found["test"].accuracy_apart >= 0.7


def test_the_command_refuses_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    done = CliRunner().invoke(bench, ["support", "--fit", str(tmp_path / "none" / "weights.json")])
    assert isinstance(done.exception, QuestionSetError)
    assert "cannot write figures" in str(done.exception)
