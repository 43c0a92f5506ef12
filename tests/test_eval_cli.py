from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from eval.cli import evaluate
from eval.outcome import Outcome, outcome
from eval.report import to_table
from eval.report_file import read_report, to_json
from eval.run import Report
from index.errors import IsnadError, QuestionSetError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.llm_server import LlmServer

SETS = ROOT / "eval" / "sets"

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
    assert isinstance(error, IsnadError)
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
    lines = [json.dumps(NOT | {"id": f"q{number}"}) for number in range(6)]
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


SUPPORT = {
    "id": "en-en-001",
    "split": "test",
    "sentence": "The bridge will open in May.",
    "evidence": "He said that the bridge will open in May.",
    "speaker": None,
    "label": "supported",
    "change": None,
}
FOLLOW_UP = {
    "id": "en-01",
    "split": "test",
    "history": ["What did Macron say about pension reform?"],
    "question": "And Mélenchon?",
    "rewritten": ["What did Mélenchon say about pension reform?"],
    "keeps": ["pension reform"],
    "drops": ["Macron"],
    "follows": True,
}


def test_labelled_sets_run_beside_questions_and_without_them(folder: Path) -> None:
    Path("support.jsonl").write_text(json.dumps(SUPPORT) + "\n", encoding="utf-8")
    Path("followups.jsonl").write_text(json.dumps(FOLLOW_UP) + "\n", encoding="utf-8")
    result = _eval("support.jsonl", "followups.jsonl", "--json", "parts.json")
    assert (result.exit_code, result.exception) == (0, None)
    report = read_report(folder / "parts.json")
    assert [(one.set, one.id, one.scores) for one in report.labelled] == [
        ("support", "en-en-001", {"verdict": 1.0}),
        ("followups", "en-01", {"understood": 1.0}),
    ]
    assert (report.rows, list(report.sets)) == ((), ["support", "followups"])
    both = _eval("set.jsonl", "support.jsonl", "--articles", "story.txt", "--json", "both.json")
    assert both.exit_code == 0
    assert len(read_report(folder / "both.json").rows) == 2
    Path("broken.jsonl").write_text(
        json.dumps(SUPPORT) + "\n" + json.dumps(SUPPORT | {"label": "maybe"}), encoding="utf-8"
    )
    assert _complaint("broken.jsonl").startswith("'broken.jsonl' line 2 is no labelled pair: ")


def test_statements_are_measured_in_the_labelled_files_that_are_given() -> None:
    result = _eval(str(SETS / "statements.jsonl"), "--articles", str(ROOT / "seeds"))
    assert result.exit_code == 0
    assert "statements statement_f1" in result.stdout
    assert "none of the articles that" in _complaint(str(SETS / "statements.jsonl"))


def test_a_folder_takes_reports_by_the_names_of_their_sets_and_the_commit(folder: Path) -> None:
    for _ in range(2):
        assert _eval("set.jsonl", "--articles", "story.txt", "--json", "reports/").exit_code == 0
    [file] = (folder / "reports").iterdir()
    report = read_report(file)
    assert file.name == f"set-{report.commit}.json"
    assert report.sets == {"set": sha256(Path("set.jsonl").read_bytes()).hexdigest()}
    Path("file").write_text("x", encoding="utf-8")
    assert _complaint("set.jsonl", "--articles", "story.txt", "--json", "file/x/").startswith("cannot make folder 'fil")


def test_a_drop_below_the_floor_exits_with_1_and_is_named(folder: Path) -> None:
    lines = [json.dumps(NOT | {"id": f"q{number}"}) for number in range(3)]
    Path("set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert _eval("set.jsonl", "--articles", "story.txt", "--scores", "floor.json").exit_code == 0
    kept = Path("floor.json").read_text(encoding="utf-8")
    assert _eval("set.jsonl", "--articles", "story.txt", "--floor", "floor.json").exit_code == 0
    Path("floor.json").write_text(kept.replace('{"declined_rightly":1}', '{"declined_rightly":2}'), encoding="utf-8")
    result = _eval("set.jsonl", "--articles", "story.txt", "--floor", "floor.json")
    assert result.exit_code == 1
    assert result.stdout.endswith("below the floor: set declined_rightly, 2.000 → 1.000\n")
    refused = _eval("set.jsonl", "--floor", "floor.json", "--baseline", "floor.json")
    assert (refused.exit_code, "--baseline and --floor exclude each other" in refused.stderr) == (2, True)


def test_a_function_is_asked_in_place_of_the_program_and_its_faults_are_rows(folder: Path) -> None:
    Path("other.py").write_text(
        "def ask(text, history):\n"
        "    if 'whales' in text:\n"
        "        raise RuntimeError('no whales')\n"
        "    return 'He said “the bridge will open in May” and “nobody ever said so”.'\n",
        encoding="utf-8",
    )
    asked = ("set.jsonl", "--articles", "story.txt", "--system", "other:ask", "--json", "report.json")
    assert _eval(*asked).exit_code == 0
    report = read_report(folder / "report.json")
    assert report.system == "other:ask"
    bridge, whales = report.rows
    assert [run.text for run in bridge.evidence] == ["the bridge will open in May"]
    assert bridge.notes == ("1 of its citations found nowhere in the archive",)
    assert (bridge.scores["hit@1"], "recall@10" in bridge.scores, bridge.retrieved) == (1.0, False, ())
    assert (whales.error, outcome(whales)) == ("'other:ask' failed: RuntimeError: no whales", Outcome.ERROR)


def test_a_server_is_asked_in_place_of_the_program_and_its_faults_are_rows(
    folder: Path, server: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISNAD_LLM_KEY", "of-the-user")
    asked = ("set.jsonl", "--articles", "story.txt", "--json", "report.json", "--html", "report.html")
    server.reply("He said that it will open in May [1].")
    assert _eval(*asked, "--system", server.url, "--model", "some-model").exit_code == 0
    bridge, whales = read_report(folder / "report.json").rows
    assert (bridge.scores["hit@1"], bridge.scores["recall@1"], bridge.error) == (1.0, 1.0, None)
    assert outcome(whales) is Outcome.ANSWERED_UNANSWERABLE
    assert server.requests[0]["model"] == "some-model"
    assert server.keys[0] != "Bearer of-the-user"
    server.stall_after = 0
    assert _eval(*asked, "--system", server.url, "--timeout", "0.3").exit_code == 0
    report = read_report(folder / "report.json")
    assert [row.error for row in report.rows] == [
        f"'{server.url}': The language model gave no usable answer (it took too long)."
    ] * 2
    assert report.rows[0].scores["hit@1"] == 0.0
    assert "recall@1" not in report.rows[0].scores
    assert server.url in Path("report.html").read_text(encoding="utf-8")


def test_a_system_that_is_none_is_refused_before_anything_is_asked(folder: Path) -> None:
    asked = ("set.jsonl", "--articles", "story.txt", "--json", "report.json", "--system")
    assert _complaint(*asked, "nowhere:ask").startswith("cannot import 'nowhere': ")
    assert _complaint(*asked, "http://") == "'http://' is no URL; give one as http://127.0.0.1:11434/v1"
    assert not Path("report.json").exists()
