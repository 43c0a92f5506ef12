"""The statements of the archive for those who list them: found in the background, searched, counted."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assistant.questions.checking import check_question
from assistant.questions.narrowing import check_names
from assistant.speech.mentions import name_part, names_office
from assistant.speech.statement_search import StatementSearch
from assistant.speech.statements import StatementFinder
from index.archive.table import name_key
from index.errors import QuestionError
from index.followers.statement_index import StatementIndex
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistant.ask import Assistant
    from assistant.desk import Desk
    from assistant.speech.statement_search import Row, Told
    from index.types import Language

AT_ONCE = 0.5
"""Seconds for which a search waits for statements to be found, before it tells how far that is."""

KEPT_ROWS = 250_000
"""Statements of earlier searches that are kept for their further pages: about as many as 60,000 articles have."""

SUGGESTED = 12
"""Speakers that are suggested at a time."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: whose statements, on what, where and when; None means any."""

    speaker: str | None = None
    about: str | None = None
    source: str | None = None
    language: Language | None = None
    first: date | None = None
    last: date | None = None

    @property
    def filters(self) -> Filters:
        return Filters(self.first, self.last, self.source, self.language)


class Progress(NamedTuple):
    """How many articles were read for their statements, of how many."""

    read: int
    of: int


class Spoken:
    """Lists the statements of one archive; threads may share it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="statements")
        self._following: tuple[int, Future[None]] | None = None
        self._read = 0
        self._kept: dict[tuple[int, str | None, str | None, Filters], list[Row]] = {}
        self._named: tuple[int, Counter[str]] = (-1, Counter())
        self._people = Counter[str]()

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant, once it is open. Raises IsnadError."""
        return self._desk.assistant

    @cached_property
    def _index(self) -> StatementIndex:
        return StatementIndex(self.assistant.archive.folder, StatementFinder())

    @cached_property
    def _search(self) -> StatementSearch:
        return StatementSearch(self.assistant, self._index)

    def follow(self) -> Progress | None:
        """Have the statements of new articles found; None once all are, else how far that is. Raises ArchiveError."""
        archive = self.assistant.archive
        generation = archive.generation
        with self._lock:
            if self._following is None or (self._following[0] != generation and self._following[1].done()):
                self._read = 0
                self._following = generation, self._threads.submit(self._index.catch_up, archive, self._count)
            of, following = self._following
        wait([following], AT_ONCE)
        if not following.done():
            return Progress(self._read, archive.count_articles())
        if following.exception() is not None:
            with self._lock:
                self._following = None  # the next search tries again
        following.result()
        return None if of == generation else self.follow()

    def _count(self, articles: int) -> None:
        self._read += articles

    def find(self, query: Query) -> Sequence[Row]:
        """Return what a query finds, by day. Raises QuestionError, FilterError or ArchiveError."""
        check_names(query.filters, self.assistant.archive)
        if query.first and query.last and query.last < query.first:
            raise QuestionError(
                f"the last day, {query.last}, comes before the first, {query.first}; give them in order"
            )
        return self.rows(query.speaker, query.about, query.filters)

    def rows(self, speaker: str | None, about: str | None, filters: Filters) -> Sequence[Row]:
        """Return the statements of a speaker on a topic, by day, as `StatementSearch.rows`; kept for a while."""
        if about:
            check_question(about)
        key = self.assistant.archive.generation, speaker, about, filters
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)  # to the end: used last
                return self._kept[key]
        rows = self._search.rows(speaker, about, filters)
        with self._lock:
            self._kept = {kept: held for kept, held in self._kept.items() if kept[0] == key[0]} | {key: rows}
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > KEPT_ROWS:
                del self._kept[next(iter(self._kept))]
        return rows

    def told(self, rows: Sequence[Row]) -> Iterator[Told]:
        """Yield statements with their articles."""
        return self._search.told(rows)

    def suggest(self, start: str) -> list[str]:
        """Return speakers whose names hold what was typed at the start of a word, those who say the most first.

        Where nothing was typed, people whose office the articles name as well, if there are any.
        """
        key = f" {name_key(start)}"
        named = self._speakers()
        if not key.strip():
            return [name for name, _ in (self._people or named).most_common(SUGGESTED)]
        fitting = [name for name in named if key in f" {name_key(name)}"]
        return sorted(fitting, key=lambda name: -named[name])[:SUGGESTED]

    def _speakers(self) -> Counter[str]:
        """Count the statements of everyone, by each form in which articles name them."""
        generation = self.assistant.archive.generation
        with self._lock:
            if self._named[0] != generation:
                named, people = Counter[str](), Counter[str]()
                for mentions, count in self._index.count_speakers().items():
                    for mention in mentions:
                        named[" ".join(mention.split())] += count
                    bare = [mention for mention in mentions if name_part(mention) and not names_office(mention)]
                    if bare and len(bare) < len(mentions):
                        people[" ".join(bare[0].split())] += count
                self._named, self._people = (generation, named), people
            return self._named[1]
