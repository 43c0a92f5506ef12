"""The articles of an archive as a list: searched by words, filtered, put in order, counted, a page at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.followers.search_indexes import search_indexes
from index.text import fold_text, tokens
from index.types import Filters, Term

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from numpy.typing import NDArray

    from index.archive.table import ArticleTable
    from index.settings import IndexPlace
    from index.types import Archive

MOST_WORDS = 16
"""Words that are looked for; what is typed after them is left out."""


class Order(StrEnum):
    """In what order articles are listed; those without a day come last in an order by days."""

    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"
    """The last that was added first."""
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles to list: those that pass the filters and hold every word, in their title or their text."""

    words: str = ""
    filters: Filters = Filters()
    order: Order = Order.NEWEST


class Listed(NamedTuple):
    """An article in the list; `title` is its file's name where it has none."""

    id: str
    title: str
    path: str
    source: str | None
    author: str | None
    published: date | None
    language: str | None


class Listing(NamedTuple):
    """A page of the list, and all articles of the list counted by day, outlet and language."""

    found: int
    articles: list[Listed]
    days: Counter[date]
    sources: dict[str | None, int]
    languages: dict[str | None, int]


class Catalogue:
    """Lists the articles of one archive as it stands; threads may share it."""

    def __init__(self, archive: Archive, index: IndexPlace | None = None) -> None:
        self._archive = archive
        self._lexical = search_indexes(archive.folder, index).lexical
        self._lock = threading.Lock()
        self._table: ArticleTable | None = None
        self._titles: list[str] = []  # folded, in the table's order
        self._folded: dict[str, str] = {}

    def page(self, wanted: Wanted, first: int, size: int) -> Listing:
        """Return at most `size` articles from place `first` of the list on, counted from 0. Raises ArchiveError."""
        table, titles = self._state()
        passing = table.passing(wanted.filters) & self._holding(wanted.words, table, titles)
        places = _ordered(wanted.order, passing, table, titles)[first : first + size]
        held = self._archive.held([table.ids[place] for place in places])
        articles = [
            Listed(name, one.title or one.path.rpartition("/")[2], one.path, one.source, one.author, one.published, own)
            for name, own in ((table.ids[place], table.languages.of(place)) for place in places)
            if (one := held.get(name))
        ]
        counts = table.published(passing), table.sources.counts(passing), table.languages.counts(passing)
        return Listing(int(passing.sum()), articles, *counts)

    def _state(self) -> tuple[ArticleTable, list[str]]:
        """Return the archive's present table, and the folded titles in its order."""
        with self._lock:
            table = self._archive.table()
            if self._table is not table:
                names = self._archive.titles()
                self._folded = {
                    name: self._folded.get(name) or fold_text(names.get(name, "")).strip(" \"'«»") for name in table.ids
                }
                self._table, self._titles = table, list(self._folded.values())
            return table, self._titles

    def _holding(self, words: str, table: ArticleTable, titles: list[str]) -> NDArray[np.bool_]:
        """Tell of each article whether it holds every word."""
        holding = np.ones(len(titles), bool)
        typed = [token.text for token in tokens(words)][:MOST_WORDS]
        if typed:
            self._lexical.catch_up(self._archive)
        for word in typed:
            within = np.fromiter((word in title for title in titles), bool, len(titles))
            found = self._lexical.search([[Term(word, 1.0)]], max(len(table.numbers), 1))
            within[table.places_of(found.numbers)] = True
            holding &= within
        return holding


def _ordered(order: Order, passing: NDArray[np.bool_], table: ArticleTable, titles: list[str]) -> list[int]:
    """Return the places of the articles that pass, in order."""
    places = np.flatnonzero(passing)
    days = table.days[places]
    match order:
        case Order.ADDED:
            places = places[::-1]
        case Order.NEWEST:
            places = places[::-1][np.argsort(-days[::-1], kind="stable")]
        case Order.OLDEST:
            places = places[np.argsort(np.where(days > 0, days, np.iinfo(days.dtype).max), kind="stable")]
        case Order.TITLE:
            return sorted(places.tolist(), key=titles.__getitem__)
    return places.tolist()
