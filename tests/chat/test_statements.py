"""The list of statements without a browser: its filters, its rows, its files, and how it waits for the index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.ask import open_assistant
from assistant.chat.statements.listing import address, more_html, rows_html, summary_html
from assistant.chat.statements.routes import PAGE_ROWS, statement_routes
from assistant.desk import Desk
from assistant.speech.spoken import Query, Spoken
from assistant.speech.statement_search import StatementSearch, Told
from assistant.speech.statements import StatementFinder, find_statements
from assistant.speech.timeline import COLUMNS, statements_csv
from index.followers.statement_index import StatementIndex
from tests.parts.archives import fill, write
from tests.parts.librarian import article
from tests.parts.shown import HOSTILE, Shown

if TYPE_CHECKING:
    from assistant.ask import Assistant

NEWS = {
    "one": "12 April 2017\n\nFrance's president Emmanuel Macron said on Monday that Paris would help Beirut.",
    "two": "2 May 2017\n\nEmmanuel Macron denied that talks had failed.",
    "four": "قال وزير الخارجية عادل الجبير إن بلاده ترحب بالقرار الأخير.",
    "three": "Emmanuel Macron said that Paris had waited too long.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("statements")
    fill(folder / "archive", *write(folder, **NEWS), source="Daily")
    return open_assistant(folder / "archive")


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    application = FastAPI()
    application.include_router(statement_routes(Desk(lambda: assistant)))
    return TestClient(application)


def told(text: str, day: date | None = None) -> list[Told]:
    page = replace(article("a.txt", text), published=day)
    return [Told(page, statement) for statement in find_statements(page)]


def test_a_row_names_speaker_stance_words_outlet_and_day_and_opens_the_words() -> None:
    (one,) = told("The minister John Kerry denied that talks had failed.", date(2017, 5, 2))
    shown = Shown(html := rows_html([one._replace(article=replace(one.article, source="Daily"))], 7, "en"))
    assert shown.texts["h3"] == "Tuesday, 2 May 2017"
    assert shown.texts["who"].startswith("The minister John Kerry denied")
    assert shown.texts["words"] == f"{one.article.text[slice(*one.statement.words)]}7"
    assert shown.texts["source"] == "a.txtDaily2017-05-02"
    assert f'data-run="{one.statement.words[0]}-{one.statement.words[1]}"' in html
    assert Shown(rows_html([one], 1, "ar")).texts["stance"] == "نفي"


def test_a_day_that_is_not_stated_says_so() -> None:
    assert Shown(rows_html(told("John Kerry said that it rained."), 1, "en")).texts["h3"] == "Day not stated"


def test_nothing_of_an_article_becomes_markup() -> None:
    for one in told(f"The minister John Kerry said that {HOSTILE} was here."):
        page = replace(one.article, title=HOSTILE, source=HOSTILE)
        shown = Shown(rows_html([Told(page, replace(one.statement, speaker=HOSTILE, role=f"{HOSTILE}!"))], 1, "en"))
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert {"onerror", "onclick"}.isdisjoint(shown.attributes)


def test_a_bar_leads_to_its_days_within_the_same_query() -> None:
    query = Query(speaker="ماكرون", source="A&B", first=date(2017, 4, 10))
    days = [date(2017, 4, 12), date(2017, 7, 2), None]
    html = summary_html(query, days, "en", "oldest")
    assert html.count("<a ") == 2
    assert (
        'href="./statements?speaker=%D9%85%D8%A7%D9%83%D8%B1%D9%88%D9%86&amp;source=A%26B&amp;from=2017-04-10'
        '&amp;to=2017-04-30&amp;order=oldest"'
    ) in html
    assert "without a date: 1" in html
    assert address(Query(about="Syria")) == "./statements?about=Syria"


def test_a_list_tells_how_much_of_it_is_shown() -> None:
    assert Shown(more_html(50, 1_234, 50, "en")).texts == {"span": "Shown: 50 of 1,234", "button": "Show 50 more"}
    assert Shown(more_html(100, 60, 50, "ar")).texts == {"span": "المعروض: 60 من 60"}


def test_rows_are_what_the_command_line_finds(assistant: Assistant) -> None:
    index = StatementIndex(assistant.archive.folder, StatementFinder())
    search = StatementSearch(assistant, index)
    for query in (Query("Macron"), Query(), Query(about="talks"), Query(first=date(2017, 5, 1))):
        rows = search.rows(query.speaker, query.about, query.filters)
        found = search.find(query.speaker, query.about, query.filters)
        assert [(told.article.id, told.statement, told.day) for told in found] == [tuple(row) for row in rows]
        days = [row.day or date.max for row in rows]
        assert days == sorted(days)


def test_the_newest_come_first_and_those_without_a_day_last(client: TestClient) -> None:
    for order, days in (("newest", ["2017-05-02", "2017-04-10", ""]), ("oldest", ["2017-04-10", "2017-05-02", ""])):
        found = client.get("/statements/found", params={"speaker": "Macron", "order": order}).json()
        assert found["found"] == "Statements: 3"
        assert [part.split('"')[0] for part in found["rows"].split('data-day="')[1:]] == days


def test_filters_narrow_the_list(client: TestClient) -> None:
    for filters, count in (
        ({"language": "ar"}, 1),
        ({"source": "daily"}, 4),
        ({"speaker": "Macron", "from": "2017-04-30"}, 1),
        ({"speaker": "Macron", "to": "2017-04-30"}, 1),
        ({"speaker": "الجبير"}, 1),
    ):
        assert client.get("/statements/found", params=filters).json()["found"] == f"Statements: {count}"
    assert "No statement passes these filters." in client.get("/statements/found?speaker=Zuma").json()["summary"]


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("?from=yesterday", "'yesterday' is no day; write it as 2020-02-17"),
        ("?language=fr", "'fr' is no language of the archive; give ar or en"),
        ("?from=2017-05-02&to=2017-05-01", "the last day, 2017-05-01, comes before the first, 2017-05-02; "),
        ("?source=Dayly", "the archive holds no outlet 'Dayly'; name the one meant, perhaps 'Daily'"),
    ],
)
def test_a_query_that_cannot_be_worked_on_is_one_line(client: TestClient, address: str, error: str) -> None:
    assert client.get(f"/statements/found{address}").json()["error"].startswith(error)


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    fill(tmp_path)
    application = FastAPI()
    application.include_router(statement_routes(Desk(lambda: open_assistant(tmp_path))))
    found = TestClient(application).get("/statements/found?speaker=x").json()
    assert found == {"error": "The archive is empty; add articles to it first."}


def test_speakers_are_suggested_as_one_types(client: TestClient) -> None:
    assert client.get("/statements/speakers?name=mac").json() == [
        "Emmanuel Macron",
        "France's president Emmanuel Macron",
    ]
    assert client.get("/statements/speakers?name=zzz").json() == []
    assert client.get("/statements/outlets").json() == ["Daily"]


def test_the_list_comes_as_a_file(client: TestClient) -> None:
    table = client.get("/statements/download.csv?speaker=Macron")
    assert table.headers["content-disposition"] == 'attachment; filename="isnad-statements.csv"'
    heading, *lines = table.content.decode("utf-8-sig").splitlines()
    assert heading == ",".join(COLUMNS)
    assert len(lines) == 3
    assert lines[0].startswith("2017-04-10,")
    statements = client.get("/statements/download.json?speaker=Macron").json()["statements"]
    assert [one["said_on"] for one in statements] == ["2017-04-10", None, None]


def test_a_table_holds_no_formula() -> None:
    (one,) = told("The minister John Kerry said that it rained.")
    line = list(statements_csv([Told(one.article, replace(one.statement, speaker="=1+1"))]))[1]
    assert line.startswith(",'=1+1,")


def test_a_long_list_comes_in_pages(tmp_path: Path) -> None:
    text = "\n\n".join(f"The minister John Kerry said that {number} towns were free." for number in range(120))
    fill(tmp_path / "archive", *write(tmp_path, long=text))
    application = FastAPI()
    application.include_router(statement_routes(Desk(lambda: open_assistant(tmp_path / "archive"))))
    client = TestClient(application)
    shown = [client.get(f"/statements/found?speaker=Kerry&first={first}").json() for first in (0, 50, 100)]
    assert [page["rows"].count("<li") for page in shown] == [PAGE_ROWS, PAGE_ROWS, 20]
    assert Shown(shown[1]["more"]).texts["button"] == "Show 20 more"
    assert "button" not in Shown(shown[2]["more"]).tags
    assert 'data-citation="101"' in shown[2]["rows"]


def test_while_statements_are_found_the_list_says_how_far_that_is(assistant: Assistant) -> None:
    spoken = Spoken(Desk(lambda: assistant))
    while progress := spoken.follow():
        assert 0 <= progress.read <= progress.of == 4
    assert spoken.follow() is None
