"""Reports and scores as files that a later run is held against."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import scores_of
from eval.report_file import read_baseline, read_report, to_json, to_scores
from eval.run import Report
from eval.scored import Scored
from index.errors import QuestionSetError
from tests.rows import EVERY, LATE, REPORT, RIGHT

LABELLED = Scored("support", "ar-1", "جملة", {"verdict": 1.0})


@pytest.mark.parametrize("report", [REPORT, EVERY, replace(REPORT, labelled=(LABELLED,))])
def test_json_read_back_is_the_same_report(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(report), encoding="utf-8")
    assert read_report(path) == report


def test_the_json_tells_its_system_its_commit_its_sets_and_each_mean_with_its_interval() -> None:
    content = json.loads(to_json(Report((RIGHT, LATE), commit="c0ffee", sets={"seeds": "5" * 64})))
    assert {name: content[name] for name in ("version", "system", "commit", "sets")} == {
        "version": 2,
        "system": "isnad",
        "commit": "c0ffee",
        "sets": {"seeds": "5" * 64},
    }
    assert content["summary"]["all"]["all"]["metrics"]["hit@1"] == {"mean": 0.5, "of": 2, "interval": [0.0, 1.0]}
    assert [row["id"] for row in content["rows"]] == ["en-01", "en-02"]


def test_scores_alone_are_a_line_a_question_and_hold_headline_measures_only(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    scored = [Scored("set", "q1", "What?", {"hit@1": 1 / 3, "recall@1": 1.0}), LABELLED]
    path.write_text(to_scores(scored), encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines() == [
        '{"version":2,"scored":{',
        '"set":{',
        f'"q1":["{scored[0].key[2]}",{{"hit@1":0.3333}}]',
        "},",
        '"support":{',
        f'"ar-1":["{LABELLED.key[2]}",{{"verdict":1}}]',
        "}",
        "}}",
    ]
    assert read_baseline(path) == {scored[0].key: {"hit@1": 0.3333}, LABELLED.key: {"verdict": 1.0}}


def test_a_report_is_a_baseline_too(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    report = replace(REPORT, labelled=(LABELLED,))
    path.write_text(to_json(report), encoding="utf-8")
    assert read_baseline(path) == {one.key: one.scores for one in scores_of(report)}
    assert LABELLED.key in read_baseline(path)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "is no evaluation report; make one with --json"),
        (b"\xff", "is no evaluation report; make one with --json"),
        (b"[]", "is no evaluation report; make one with --json"),
        (b'{"rows": []}', "is no evaluation report; make one with --json"),
        (b'{"version": 2, "rows": [{"set": "x"}]}', "is no evaluation report; make one with --json"),
        (b'{"version": 2, "scored": {"set": {"q1": 5}}}', "is no evaluation report; make one with --json"),
        (b'{"version": 1, "rows": []}', "is a report of another version than 2; make it anew with --json"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(QuestionSetError) as raised:
        read_baseline(path)
    assert str(raised.value) == f"'{path}' {complaint}"


def test_a_report_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot read report '.*none.json': No such file or directory"):
        read_baseline(tmp_path / "none.json")
