"""The article beside a page, without a browser: what is folded, what stands around the text, and what is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.chat.reader.article import Run, RunKind, article_html
from assistant.chat.reader.messages import lines_counted
from assistant.chat.reader.other_statements import other_statements_html, said_at
from assistant.chat.routes import routes
from assistant.desk import Desk
from assistant.speech.statement_search import Told
from assistant.speech.statements import StatementFinder
from index.types import Article, Language, Span, SpanKind
from tests.librarian import article, run, seed
from tests.shown import HOSTILE, Shown
from tests.test_chat import plain

FURNITURE = "SHARE\n\nclose\nmenu\n"
STORY = "A headline\nThe minister spoke on Monday.\n"


def furnished(before: str, after: str = "") -> Article:
    """A story between lines of boilerplate."""
    text = before + STORY + after
    edges = ((0, len(before)), (len(text) - len(after), len(text)))
    spans = [Span(start, end, SpanKind.BOILERPLATE) for start, end in edges if start < end]
    return replace(plain(text), spans=(*spans, Span(len(before), len(before) + 10, SpanKind.TITLE)))


def read(page: Article, *runs: Run, language: Language = "en") -> Shown:
    return Shown(article_html(page, runs, RunKind.CITATION, language))


def labels(shown: Shown) -> list[str | None]:
    return [attributes.get("data-label") for tag, attributes in shown.seen if tag == "summary"]


def test_lines_in_a_row_that_are_no_story_are_one_disclosure_and_part_of_the_text() -> None:
    page = furnished(FURNITURE, "close\nTAG:\n")
    shown = read(page)
    assert labels(shown) == ["Page furniture, 3 lines", "Page furniture, 2 lines"]
    assert labels(read(page, language="ar")) == ["من هوامش الصفحة: 3 أسطر", "من هوامش الصفحة: سطران"]
    assert shown.texts["furniture"] == FURNITURE + "close\nTAG:\n"
    assert shown.texts["article-text"] == page.text
    assert "open" not in shown.attributes


def test_a_single_short_line_that_is_no_story_is_not_folded() -> None:
    assert labels(read(furnished("SHARE\n\n"))) == []
    assert labels(read(furnished("word " * 50 + "\n"))) == ["Page furniture, 1 line"]


def test_a_cited_run_within_folded_lines_unfolds_them_alone() -> None:
    page = furnished(FURNITURE, FURNITURE)
    shown = read(page, Run(1, 7, 12))
    assert [("open" in attributes) for tag, attributes in shown.seen if tag == "details"] == [True, False]
    assert shown.marked == {"1": "close"}


def test_every_seed_article_is_whole_with_its_furniture_folded() -> None:
    for number in range(5):
        page = seed(number)
        shown = read(page, Run(1, 0, len(page.text)))
        assert (shown.texts["article-text"], shown.marked) == (page.text, {"1": page.text})


@pytest.mark.parametrize(
    ("count", "english", "arabic"),
    [
        (1, "1 line", "سطر واحد"),
        (2, "2 lines", "سطران"),
        (10, "10 lines", "10 أسطر"),
        (11, "11 lines", "11 سطرًا"),
        (100, "100 lines", "100 سطر"),
        (1103, "1,103 lines", "1,103 أسطر"),
    ],
)
def test_lines_are_counted_in_the_words_of_the_language(count: int, english: str, arabic: str) -> None:
    assert (lines_counted(count, "en"), lines_counted(count, "ar")) == (english, arabic)


def test_an_article_states_its_author_between_outlet_and_date() -> None:
    shown = read(replace(plain("x"), source="S", author="A. Writer", published=date(2020, 2, 17)))
    assert shown.texts["meta"] == "S · A. Writer · 2020-02-17 · a.txt"


def test_a_long_article_is_laid_out_in_a_moment() -> None:
    text = "".join(f"Paragraph {number} of the story, with some words.\n" for number in range(5_000))
    spans = tuple(Span(start, start + 9, SpanKind.BOILERPLATE) for start in range(0, len(text) - 9, 90))
    page = replace(plain(text), spans=spans)
    runs = [Run(number, 400 * number, 400 * number + 60) for number in range(1, 200)]
    started = time.process_time()
    html = article_html(page, runs, RunKind.CITATION, "en")
    assert time.process_time() - started < 0.5  # quadratic, it took several seconds
    assert html.count("<p dir=") == 5_000


SAYS = article("a.txt", "Foreign Minister Sergey Lavrov said on Monday that talks would go on. It rained.", "Daily")


def test_the_statement_of_a_run_is_the_one_that_shares_most_with_it() -> None:
    found = StatementFinder()(SAYS)
    (said,) = found
    assert said_at(found, said.start, said.end) == said
    assert said_at(found, *run(SAYS, "It rained.")[1:]) is None


def test_other_statements_name_their_outlet_and_day_and_open_at_their_words() -> None:
    (said,) = StatementFinder()(SAYS)
    undated = replace(SAYS, published=None)
    dated = replace(SAYS, id="b", published=date(2017, 4, 12), source=None)
    shown = Shown(other_statements_html([Told(dated, said), Told(undated, said)], said.speaker, "en"))
    assert shown.texts["h3"] == "What else Foreign Minister Sergey Lavrov says in the archive"
    assert shown.texts["fact"] == "2017-04-12 · outlet not statedundated · Daily".replace("undated", "date not stated")
    chips = [attributes for tag, attributes in shown.seen if tag == "button"]
    assert [(chip["data-article"], chip["data-run"]) for chip in chips] == [
        ("b", f"{said.start}-{said.end}"),
        ("a.txt", f"{said.start}-{said.end}"),
    ]
    assert other_statements_html([], said.speaker, "en") == ""


def test_nothing_of_another_statement_becomes_markup() -> None:
    (said,) = StatementFinder()(SAYS)
    hostile = replace(SAYS, id=HOSTILE, source=HOSTILE, title=HOSTILE)
    shown = Shown(other_statements_html([Told(hostile, said)], HOSTILE, "en"))
    assert {"script", "img"}.isdisjoint(shown.tags)
    assert HOSTILE in shown.texts["h3"]


@pytest.fixture(scope="module")
def client(seed_assistant: Assistant) -> Iterator[TestClient]:
    application = FastAPI()
    application.include_router(routes(Desk(lambda: seed_assistant)))
    with TestClient(application, headers={"accept-language": "en"}) as client:
        yield client


def the_id(assistant: Assistant, beginning: str) -> str:
    return next(name for path, name in assistant.archive.paths().items() if f"/{beginning}_" in path)


@pytest.mark.parametrize("place", ["1:5-999999", "1:7-7", "1:x-y", "1:null-null"])
def test_a_place_that_the_article_does_not_have_opens_it_without_a_mark(
    client: TestClient, seed_assistant: Assistant, place: str
) -> None:
    name = the_id(seed_assistant, "004")
    shown = Shown(client.get("/article", params={"id": name, "run": place}).text)
    assert shown.texts["note"] == "The link names a place that this article does not have."
    assert shown.texts["article-text"] == seed_assistant.archive.article(name).text
    assert "mark" not in shown.tags


def test_an_article_that_is_gone_is_not_found(client: TestClient) -> None:
    assert client.get("/article", params={"id": "gone"}).status_code == 404
    assert client.get("/article/statements", params={"id": "gone", "start": 0, "end": 9}).status_code == 404


def test_the_other_statements_of_a_speaker_are_those_of_every_article_and_not_the_cited_one(
    client: TestClient, seed_assistant: Assistant
) -> None:
    name = the_id(seed_assistant, "001")
    page = seed_assistant.archive.article(name)
    _, start, end = run(page, "وشدد لافروف", '"خفض التصعيد".')
    shown = Shown(client.get("/article/statements", params={"id": name, "start": start, "end": end}).text)
    opened = [attributes["data-article"] for tag, attributes in shown.seen if tag == "button"]
    assert {the_id(seed_assistant, number) for number in ("000", "002")} <= set(opened)
    assert "استعادة النظام السوري السيطرة" not in shown.texts["words"]
    _, start, end = run(page, "يوم 17 ايلول 2018")
    assert client.get("/article/statements", params={"id": name, "start": start, "end": end}).text == ""


def test_glosses_are_in_the_language_of_the_interface(client: TestClient) -> None:
    asked = {"words": "الحكومة تركيا Turkey في"}
    assert client.get("/gloss", params=asked).json() == {"الحكومة": "government", "تركيا": "Turkey"}
    arabic = client.get("/gloss", params=asked, headers={"accept-language": "ar"})
    assert arabic.json() == {"Turkey": "تركيا"}
