"""The catalogue: articles found by words and filters, in order, a page at a time, and counted."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.holdings.catalogue import Catalogue, Order, Wanted
from index.archive.sqlite import SqliteArchive
from index.types import Filters
from tests.archives import fill

ROWS = [
    {"title": "Zebra crossings", "text": "The council painted them.", "date": "2020-03-01", "source": "Times"},
    {
        "title": "القُدس اليوم",
        "text": "زار الوزير المدينة أمس.",
        "date": "2020-02-17",
        "source": "سانا",
        "author": "Amal Ali",
    },
    {"title": "Apples", "text": "The ministers ate apples in Jerusalem.", "source": "Times"},
    {"title": "«Bread»", "text": "The baker spoke of wheat.", "date": "2019-12-31"},
]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    fill(tmp_path / "archive", file)
    return Catalogue(SqliteArchive.open(tmp_path / "archive"))


def titles(catalogue: Catalogue, wanted: Wanted, first: int = 0, size: int = 10) -> str:
    return " ".join(article.title[0] for article in catalogue.page(wanted, first, size).articles)


@pytest.mark.parametrize(
    ("order", "found"),
    [(Order.NEWEST, "Z ا « A"), (Order.OLDEST, "« ا Z A"), (Order.ADDED, "« A ا Z"), (Order.TITLE, "A « Z ا")],
)
def test_articles_come_in_the_order_asked_for_those_without_a_day_last(
    catalogue: Catalogue, order: Order, found: str
) -> None:
    assert titles(catalogue, Wanted(order=order)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "Z ا « A"),
        ("zeb", "Z"),  # a part of a title
        ("minister", "A"),  # another form of a word of the text
        ("القدس الوزير", "ا"),  # one in the title, one in the text
        ("apples wheat", ""),  # not both in one article
        ('the "', "Z « A"),  # no sign has a meaning of its own
        ("* OR body:x", ""),
    ],
)
def test_every_word_is_in_the_title_or_the_text(catalogue: Catalogue, words: str, found: str) -> None:
    assert titles(catalogue, Wanted(words)) == found


def test_filters_and_words_are_taken_together_and_what_is_found_is_counted(catalogue: Catalogue) -> None:
    listing = catalogue.page(Wanted("the", Filters(source="times")), 0, 1)
    assert [article.title for article in listing.articles] == ["Zebra crossings"]
    assert listing.found == 2
    assert listing.days == {date(2020, 3, 1): 1}
    assert (listing.sources, listing.languages) == ({"Times": 2}, {"en": 2})
    every = catalogue.page(Wanted(), 0, 10)
    assert (every.sources, every.languages) == ({"Times": 2, None: 1, "سانا": 1}, {"en": 3, "ar": 1})
    assert titles(catalogue, Wanted(filters=Filters(author="ali"))) == "ا"
    assert titles(catalogue, Wanted(filters=Filters(date(2020, 1, 1), date(2020, 2, 28)))) == "ا"


def test_pages_follow_one_another_and_end(catalogue: Catalogue) -> None:
    assert [titles(catalogue, Wanted(), first, 3) for first in (0, 3, 6)] == ["Z ا «", "A", ""]


def test_what_another_process_adds_and_removes_is_there_at_once(catalogue: Catalogue, tmp_path: Path) -> None:
    assert catalogue.page(Wanted("dates"), 0, 10).found == 0
    (tmp_path / "dates.txt").write_text("Dates from Basra\n\nThe harvest was good.\n", encoding="utf-8")
    fill(tmp_path / "archive", tmp_path / "dates.txt")
    (came,) = catalogue.page(Wanted("dates harvest"), 0, 10).articles
    assert (came.title, came.language, came.source) == ("Dates from Basra", "en", None)
    with SqliteArchive.open(tmp_path / "archive") as archive:
        archive.remove(came.id)
    assert catalogue.page(Wanted("dates"), 0, 10).found == 0


def test_an_empty_archive_has_an_empty_list(tmp_path: Path) -> None:
    fill(tmp_path / "archive")
    listing = Catalogue(SqliteArchive.open(tmp_path / "archive")).page(Wanted("x"), 0, 10)
    assert (listing.found, listing.articles, listing.days, listing.sources) == (0, [], {}, {})
