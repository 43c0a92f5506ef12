from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.cli import evaluate
from eval.report import read_report, to_json, to_table
from eval.run import Report
from index.errors import QuestionSetError

STORY = "The minister arrived in Moscow on Tuesday.\n\nHe said that the bridge will open in May."
LINE = {
    "id": "q1",
    "question": "What did the minister say about the bridge?",
    "language": "en",
    "kind": "said",
    "gold": [{"article": "story.txt", "text": "He said that the bridge will open in May."}],
}
NOT = {
    "id": "q2",
    "question": "How many whales live in Lake Chad?",
    "language": "en",
    "kind": "how_many",
    "gold": [],
    "unanswerable": True,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a story, a set about it, and no archive."""
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(STORY, encoding="utf-8")
    Path("set.jsonl").write_text(f"{json.dumps(LINE)}\n{json.dumps(NOT)}\n", encoding="utf-8")
    return tmp_path


def _eval(*arguments: str) -> Result:
    return CliRunner().invoke(evaluate, arguments)


def _complaint(*arguments: str) -> str:
    """The message that the command line prints on one line, exiting with 2."""
    error = _eval(*arguments).exception
    assert isinstance(error, QuestionSetError)
    assert "\n" not in str(error)
    return str(error)


def test_a_run_over_given_articles_shows_and_writes_its_figures_and_keeps_no_archive(folder: Path) -> None:
    result = _eval("set.jsonl", "--articles", "story.txt", "--json", "report.json", "--html", "report.html")
    assert (result.exit_code, result.exception) == (0, None)
    report = read_report(folder / "report.json")
    assert result.stdout == to_table(report)
    assert [(row.set, row.id, row.direction, row.error) for row in report.rows] == [
        ("set", "q1", "en→en", None),
        ("set", "q2", None, None),
    ]
    assert report.rows[0].scores["recall@1"] == 1.0
    assert "<!doctype html>" in (folder / "report.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "set.jsonl", "story.txt"]


def test_a_regression_against_the_baseline_exits_with_1(folder: Path) -> None:
    lines = [json.dumps(NOT | {"id": f"q{number}"}) for number in range(4)]
    Path("set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert _eval("set.jsonl", "--articles", "story.txt", "--json", "now.json").exit_code == 0
    now = read_report(folder / "now.json")
    score = now.rows[0].scores["declined_rightly"]
    assert score == 1.0
    worse = Report(tuple(replace(row, scores={"declined_rightly": 0.0}) for row in now.rows))
    better = Report(tuple(replace(row, scores={"declined_rightly": 2.0}) for row in now.rows))
    for name, baseline, code in (("same", now, 0), ("worse", worse, 0), ("better", better, 1)):
        Path(f"{name}.json").write_text(to_json(baseline), encoding="utf-8")
        result = _eval("set.jsonl", "--articles", "story.txt", "--baseline", f"{name}.json")
        assert (result.exit_code, "REGRESSION" in result.stdout) == (code, bool(code))


def test_bad_input_is_one_line_and_runs_nothing(folder: Path) -> None:
    Path("bad.jsonl").write_text(json.dumps(LINE) + "\n{}\n", encoding="utf-8")
    Path("twin").mkdir()
    Path("twin/set.jsonl").write_text(json.dumps(NOT) + "\n", encoding="utf-8")
    Path("other.txt").write_text("Another story, of another day.", encoding="utf-8")
    asked = ("--articles", "story.txt", "--json", "report.json")
    assert _complaint("bad.jsonl", *asked) == "line 2 of 'bad.jsonl' is not a question: id: Field required"
    assert _complaint("none.jsonl", *asked) == "cannot read question set 'none.jsonl': No such file or directory"
    assert _complaint("set.jsonl", *asked, "--baseline", "none.json") == (
        "cannot read report 'none.json': No such file or directory"
    )
    assert _complaint("set.jsonl", "twin/set.jsonl", *asked) == (
        "'set.jsonl' and 'twin/set.jsonl' have the same name; rename one"
    )
    assert _complaint("set.jsonl", "--articles", "other.txt") == (
        "line 1 of 'set.jsonl' names article 'story.txt', which the archive does not hold; ingest it"
    )
    assert _complaint("set.jsonl", "--articles", "missing.txt").startswith("cannot ingest 'missing.txt': ")
    assert not Path("report.json").exists()


def test_a_name_in_a_filter_that_no_article_states_is_refused_by_its_line(folder: Path) -> None:
    Path("set.jsonl").write_text(
        f"{json.dumps(NOT)}\n{json.dumps(LINE | {'filters': {'source': 'SANA'}})}\n", encoding="utf-8"
    )
    assert _complaint("set.jsonl", "--articles", "story.txt") == (
        "line 2 of 'set.jsonl': no article of the archive states its outlet; leave --source 'SANA' out"
    )


def test_drafts_are_not_asked_and_it_is_said_how_many_there_are(folder: Path) -> None:
    lines = [json.dumps(LINE | {"id": "d1", "draft": True}), json.dumps(LINE)]
    Path("set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = _eval("set.jsonl", "--articles", "story.txt", "--json", "report.json")
    assert result.stderr == "1 of 2 questions are drafts and are not asked\n"
    assert [row.id for row in read_report(folder / "report.json").rows] == ["q1"]
    Path("set.jsonl").write_text(lines[0], encoding="utf-8")
    assert _complaint("set.jsonl", "--articles", "story.txt") == (
        'all 1 questions are drafts; check them, and take their "draft" out'
    )


def test_two_archives_at_once_are_refused() -> None:
    result = _eval("set.jsonl", "--archive", "x", "--articles", "story.txt")
    assert result.exit_code == 2
    assert "--archive and --articles exclude each other" in result.stderr


def test_a_report_that_cannot_be_written_still_shows_its_figures(folder: Path) -> None:
    result = _eval("set.jsonl", "--articles", "story.txt", "--json", "none/report.json")
    assert isinstance(result.exception, QuestionSetError)
    assert str(result.exception) == "cannot write report 'none/report.json': No such file or directory"
    assert "questions" in result.stdout
