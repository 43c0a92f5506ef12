"""Question sets, runs, stored reports and their HTML, without a browser."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.ask import open_assistant
from assistant.desk import Desk
from assistant.holdings.intake import Intake
from eval.baseline import compare, scores_of
from eval.chat import sets
from eval.chat.page import PAGE
from eval.chat.routes import evaluation_routes
from eval.chat.shown import question_html, report_html, runs_html, sets_html
from eval.chat.stored import Stored
from eval.chat.words import SAID
from eval.report_file import read_report
from eval.run import Excerpt, Report, Row
from index.errors import QuestionSetError
from tests.archives import fill, write
from tests.librarian import article
from tests.shown import HOSTILE, Shown

if TYPE_CHECKING:
    from assistant.ask import Assistant

TEXT = "Mayor Lina Haddad opened the new library in Zamrin on Monday.\n\nThe library cost four million dollars.\n"
RIGHT = {
    "id": "one",
    "question": "Who opened the library in Zamrin?",
    "language": "en",
    "kind": "who",
    "gold": [{"article": "library.txt", "text": "Mayor Lina Haddad opened the new library in Zamrin on Monday."}],
}
NONE = {"id": "two", "question": "Who won the cup in Brazil?", "language": "en", "unanswerable": True}


def lines(*entries: dict[str, Any]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An archive of one article."""
    folder = tmp_path_factory.mktemp("small")
    articles = folder / "articles"
    articles.mkdir()
    fill(folder / "archive", *write(articles, library=TEXT))
    return open_assistant(folder / "archive")


@pytest.fixture
def folder(small: Assistant) -> Iterator[Path]:
    """The folder of that archive, without what a test leaves there."""
    place = small.archive.folder
    yield place
    for file in [*place.glob("sets/*"), *place.glob("evaluations/*"), *place.glob("feedback.jsonl")]:
        file.unlink()


@pytest.fixture
def client(small: Assistant, folder: Path) -> Iterator[TestClient]:
    with served(small) as client:
        yield client


def served(assistant: object, intake: Intake | None = None) -> TestClient:
    application = FastAPI()
    application.include_router(evaluation_routes(Desk(lambda: assistant, intake=intake)))  # type: ignore[arg-type,return-value]
    return TestClient(application)


def finish(client: TestClient) -> dict[str, Any]:
    """Wait for the end of a run, and return the last that is told of it."""
    told = client.get("/evaluation/progress").text.splitlines()
    return dict(json.loads(told[-1]))


def row(name: str, text: str = "Who?", **changed: Any) -> Row:  # noqa: ANN401
    plain = Row("s", name, text, "en", "who", "en→en", (GOLD,), ("Yes.",), (GOLD,), None, None, 0.1, {"hit@1": 1.0})
    return replace(plain, **changed)


GOLD = Excerpt("a1", "a.txt", 4, 9, "words", "some ", " more")
WRONG: dict[str, Any] = {"evidence": (replace(GOLD, article="b1"),), "retrieved": (1,), "scores": {"hit@1": 0.0}}


def test_the_packaged_sets_are_offered_where_the_archive_holds_their_articles(
    seed_assistant: Assistant, small: Assistant, folder: Path
) -> None:
    assert sets.offered_sets(seed_assistant.archive) == [sets.Offered(sets.Origin.PACKAGED, "seeds", 124)]
    assert sets.offered_sets(small.archive) == []


def test_sets_of_the_archives_folder_are_offered_and_a_faulty_one_says_so(small: Assistant, folder: Path) -> None:
    (folder / "sets").mkdir(exist_ok=True)
    (folder / "sets" / "good.jsonl").write_text(lines(RIGHT, NONE, RIGHT | {"id": "3", "draft": True}))
    (folder / "sets" / "bad.jsonl").write_text("{}\n")
    offered = sets.offered_sets(small.archive)
    assert [(one.key, one.questions) for one in offered] == [("folder/bad", None), ("folder/good", 2)]
    assert "bad · has a fault" in sets_html(offered, "en")
    read = sets.read_offered("folder/good", small.archive)
    assert read is not None
    assert (len(read.questions), read.drafts) == (2, 1)
    with pytest.raises(QuestionSetError, match=r"^line 1 of 'bad\.jsonl' is not a question: id: Field required$"):
        sets.read_offered("folder/bad", small.archive)
    assert sets.read_offered("folder/../good", small.archive) is None


def test_what_readers_said_is_a_set_without_what_is_to_be_checked_first(client: TestClient, folder: Path) -> None:
    said = {"question": "Who won the cup in Brazil?", "language": "en", "answer": {"sentences": [], "citations": []}}
    entries = lines(said | {"verdict": "up"}, said | {"verdict": "down", "question": "Who opened the library?"})
    (folder / "feedback.jsonl").write_text(entries, encoding="utf-8")
    assert '<option value="feedback/feedback">feedback · 1</option>' in client.get("/evaluation/sets").text
    assert client.post("/evaluation/run", json={"chosen": "feedback/feedback"}).json() == {"refused": None}
    last = finish(client)
    assert (last["name"], last["total"], last["drafts"]) == ("feedback-1", 1, 1)


def test_a_set_has_a_bound_and_a_plain_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sets.read_set("../../my set <b>.jsonl", lines(NONE)).name == "my_set_b"
    assert sets.read_set("…", lines(NONE)).name == "pasted"
    monkeypatch.setattr(sets, "MOST_QUESTIONS", 1)
    with pytest.raises(QuestionSetError, match="has 2 questions; at most 1 are asked here"):
        sets.read_set("a.jsonl", lines(RIGHT, NONE))


def test_a_run_is_told_line_by_line_and_stored(client: TestClient, folder: Path) -> None:
    begun = client.post("/evaluation/run", json={"file": "mine.jsonl", "text": lines(RIGHT, NONE)})
    assert begun.json() == {"refused": None}
    last = finish(client)
    assert (last["state"], last["done"], last["total"], last["name"]) == ("finished", 2, 2, "mine-1")
    report = read_report(folder / "evaluations" / "mine-1.json")
    assert [(one.id, one.scores.get("hit@1"), one.scores.get("declined_rightly")) for one in report.rows] == [
        ("one", 1.0, None),
        ("two", None, 1.0),
    ]
    assert client.get("/evaluation/file/json", params={"name": "mine-1"}).json()["version"] == 2
    page = client.get("/evaluation/file/html", params={"name": "mine-1"})
    assert page.text.startswith("<!doctype html>")
    assert page.headers["content-disposition"] == 'attachment; filename="mine-1.html"'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (lines(RIGHT) + "no\n", "line 2 of 'pasted.jsonl' is not a question: Invalid JSON"),
        (
            lines(RIGHT | {"gold": [{"article": "x.txt", "text": "x"}]}),
            "line 1 of 'pasted.jsonl' names article 'x.txt', which the archive does not hold; ingest it",
        ),
        ("\n\n", "'pasted.jsonl' holds no question; write one JSON object a line"),
        (lines(NONE | {"filters": {"source": "Nobody"}}), "line 1 of 'pasted.jsonl': "),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_asked(client: TestClient, folder: Path, text: str, line: str) -> None:
    refused = client.post("/evaluation/run", json={"file": "pasted.jsonl", "text": text})
    assert refused.json()["refused"].startswith(line)
    assert client.get("/evaluation/progress").text == ""
    assert not list(folder.glob("evaluations/*"))


def test_what_is_too_large_or_no_longer_there_is_refused(client: TestClient) -> None:
    large = client.post("/evaluation/run", content=b"x" * (sets.MOST_BYTES + 2**20 + 1))
    assert (large.status_code, large.json()["detail"]) == (
        413,
        "The set is larger than 4 MB; ask it with isnad eval.",
    )
    gone = client.post("/evaluation/run", json={"chosen": "folder/gone"}, headers={"accept-language": "ar"})
    assert gone.json() == {"refused": "لم تعد هذه المجموعة متاحة، فاختر غيرها."}
    assert client.get("/evaluation/report", params={"name": "../x-1"}).status_code == 404


class Held:
    """An assistant whose answers wait until they may come."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.asked = threading.Semaphore(0)
        self.may_answer = threading.Semaphore(0)
        self.broken = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._assistant, name)

    def ask(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        self.asked.release()
        assert self.may_answer.acquire(timeout=20)
        if self.broken:
            raise RuntimeError("broken")
        return self._assistant.ask(*given, **named)


def test_one_set_is_asked_at_a_time_and_only_who_began_it_stops_it(small: Assistant, folder: Path) -> None:
    held = Held(small)
    with served(held) as client:
        client.cookies.set("isnad_browser", "a" * 22)
        assert client.post("/evaluation/run", json={"text": lines(RIGHT, NONE)}).json() == {"refused": None}
        assert held.asked.acquire(timeout=20)
        second = client.post("/evaluation/run", json={"text": lines(NONE)})
        assert second.json() == {"refused": "Another set is being asked (pasted: 0 of 2); wait until it ends."}
        client.cookies.set("isnad_browser", "b" * 22)
        assert client.delete("/evaluation/run").status_code == 403
        client.cookies.set("isnad_browser", "a" * 22)
        assert client.delete("/evaluation/run").status_code == 204
        held.may_answer.release()
        last = finish(client)
        assert (last["state"], last["done"], last["mine"]) == ("stopped", 0, True)
        assert not list(folder.glob("evaluations/*"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_ends_a_run(small: Assistant, folder: Path) -> None:
    held = Held(small)
    held.broken = True
    held.may_answer.release()
    with served(held) as client:
        client.post("/evaluation/run", json={"text": lines(RIGHT)})
        last = finish(client)
        assert (last["state"], last["reason"]) == ("failed", None)
        held.broken = False
        held.may_answer.release()
        client.post("/evaluation/run", json={"text": lines(RIGHT)})
        assert finish(client)["state"] == "finished"


def test_a_run_ends_with_the_program(small: Assistant, folder: Path) -> None:
    held = Held(small)
    with served(held) as client:
        client.post("/evaluation/run", json={"text": lines(RIGHT, NONE)})
        assert held.asked.acquire(timeout=20)
        held.may_answer.release()
        held.may_answer.release()
    assert not [thread for thread in threading.enumerate() if thread.name == "evaluation"]


def test_stored_runs_are_deleted_only_where_the_archive_may_be_changed(small: Assistant, folder: Path) -> None:
    name = Stored(folder / "evaluations").add("s", Report((row("1"),)))
    with served(small) as client:
        refused = client.delete("/evaluation/report", params={"name": name})
        assert (refused.status_code, refused.json()["detail"]) == (403, SAID["edit_off"][0])
        assert 'class="delete"' not in client.get("/evaluation/report", params={"name": name}).text
    with served(small, Intake(folder)) as client:
        assert 'class="delete"' in client.get("/evaluation/report", params={"name": name}).text
        assert client.delete("/evaluation/report", params={"name": name}).status_code == 204
        assert client.delete("/evaluation/report", params={"name": name}).status_code == 409


def test_stored_runs_are_numbered_by_their_set_and_a_damaged_one_is_listed(tmp_path: Path) -> None:
    stored = Stored(tmp_path / "evaluations")
    assert stored.list() == []
    report = Report((row("1"), row("2", **WRONG)))
    assert [stored.add("s", report), stored.add("s", report), stored.add("s-2", report)] == ["s-1", "s-2", "s-2-1"]
    (tmp_path / "evaluations" / "s-1.json").write_text("{", encoding="utf-8")
    entries = {one.name: (one.questions, one.right, one.hit, one.problem) for one in stored.list()}
    assert entries == {
        "s-1": (0, 0, None, "'s-1.json' is no report of this version of the program"),
        "s-2": (2, 1, 0.5, None),
        "s-2-1": (2, 1, 0.5, None),
    }
    html = runs_html(stored.list(), "en")
    assert '<button type="button" class="open-run" data-name="s-2"><bdi>s-2</bdi></button></th><td>2</td>' in html
    assert "&#x27;s-1.json&#x27; is no report of this version of the program" in html
    assert stored.add("s", report) == "s-3"


def test_questions_are_listed_by_what_went_wrong_and_those_that_are_right_come_last() -> None:
    report = Report((row("1", "First?"), row("2", "Second?", **WRONG), row("3", "Third?", error="no")))
    html = report_html("s-2", report, ["s-1"], "en", editable=False)
    assert re.findall(r'data-outcome="(\w+)" data-rank', html) == ["error", "not_chosen", "right"]
    assert re.findall(r'<details class="outcome" data-outcome="(\w+)"( open)?', html) == [
        ("error", " open"),
        ("not_chosen", " open"),
        ("right", ""),
    ]
    assert '<option value="s-1">s-1</option>' in html


def test_a_comparison_names_the_questions_that_changed_and_opens_them() -> None:
    before = Report((row("1", "First?"), row("2", "Second?")))
    after = Report((row("2", "Second?", **WRONG), row("1", "First?")))
    comparison = compare(scores_of(after), {one.key: one.scores for one in scores_of(before)})
    html = report_html("s-2", after, ["s-1"], "en", ("s-1", comparison), editable=False)
    assert '<button type="button" class="asked to-question" data-order="0" dir="auto">Second?</button>' in html
    assert '<option value="s-1" selected>' in html
    assert 'class="noise"' in html
    same = compare(scores_of(after), {one.key: one.scores for one in scores_of(after)})
    assert SAID["same"][1] in report_html("s-2", after, [], "ar", ("s-1", same), editable=False)


def test_a_question_opens_its_citation_and_its_gold_at_their_runs() -> None:
    held = replace(article("a.txt", "The words in an article."), id="a1", title="A title")
    shown = question_html(row("1", **WRONG), {"a1": held}.get, "en")
    assert "[1]" in shown  # what is cited is no longer held
    assert 'data-article="a1" data-passage="1" data-run="4-9"' in shown


def test_nothing_of_a_set_or_an_article_becomes_markup() -> None:
    run = Excerpt("a1", HOSTILE, 0, 5, HOSTILE, HOSTILE, HOSTILE)
    hostile = row(HOSTILE, HOSTILE, set=HOSTILE, gold=(run,), evidence=(run,), answer=(HOSTILE,), cited=((0,),))
    hostile = replace(hostile, tags=(HOSTILE,), history=(HOSTILE,), notes=(HOSTILE,), answers=(HOSTILE,))
    held = replace(article("a.txt", "The words."), id="a1", title=HOSTILE)
    report = Report((hostile,), sets={HOSTILE: "0" * 64})
    changed = compare(scores_of(report), {one.key: {"hit@1": 0.0} for one in scores_of(report)})
    for html in (
        report_html(HOSTILE, report, [HOSTILE], "ar", (HOSTILE, changed), editable=True),
        question_html(hostile, {"a1": held}.get, "en"),
        sets_html([sets.Offered(sets.Origin.FOLDER, HOSTILE, 1)], "en"),
    ):
        assert {"script", "img"}.isdisjoint(Shown(html).tags)


def test_the_page_brings_its_routes_and_its_style() -> None:
    assert (PAGE.path, PAGE.routes) == ("evaluation", evaluation_routes)
    assert [sheet.name for sheet in PAGE.styles] == ["report.css", "evaluation.css"]
    assert all(sheet.is_file() for sheet in PAGE.styles)
