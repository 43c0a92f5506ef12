"""The types that the index hands on: articles, their spans and passages, hits, and the replaceable parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pathlib import Path

    from index.archive.address import Address
    from index.archive.check import Row
    from index.archive.reader import Statistics
    from index.archive.table import ArticleTable

Language = Literal["ar", "en"]
Backend = Literal["torch", "onnx", "openvino"]
"""What runs a sentence-transformers model."""
Vectors = NDArray[np.float32]
"""Rows of float32 vectors, one a text, each of unit length unless said otherwise."""
HalfVectors = NDArray[np.float16]
"""The same as half floats."""


class SpanKind(StrEnum):
    """What a marked run of an article's text is; every kind but TITLE is kept out of passages and answers."""

    TITLE = "title"
    SECTION = "section"
    DATE = "date"
    DATELINE = "dateline"
    AGENCY = "agency"
    REPEAT = "repeat"
    BOILERPLATE = "boilerplate"
    TEASER = "teaser"


@dataclass(frozen=True, slots=True)
class Span:
    """A marked run of an article's text: code points ``[start, end)``."""

    start: int
    end: int
    kind: SpanKind

    def __reduce__(self) -> tuple[type[Span], tuple[int, int, SpanKind]]:
        # In a quarter of the time that the pickling of slotted dataclasses takes: every article has some.
        return Span, (self.start, self.end, self.kind)


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the archive holds it; `text` is never changed after reading.

    `id` names this very text: a changed article gets another id, so that no stored offset can point into other words.
    A fact that the page does not state is None.
    """

    id: str
    path: str
    text: str
    language: Language
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: date | None = None
    agency: str | None = None
    dateline: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of one article's text that is retrieved as a whole: code points ``[start, end)``."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the run, taken from the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found; a higher score is better, and scores compare within one search only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must be to be searched; None means any. Dates include both ends.

    Of several outlets or authors, one must be the article's. Names are compared without case, diacritics, punctuation
    and forms of letters; an author may be named by a part of the byline, in whole words side by side. `articles` are
    ids. An article without a date passes no date filter, one without a source no source filter, one without an author
    no author filter.
    """

    published_from: date | None = None
    published_to: date | None = None
    source: str | frozenset[str] | None = None
    language: Language | None = None
    author: str | frozenset[str] | None = None
    articles: frozenset[str] | None = None

    def among(self, articles: frozenset[str]) -> Filters:
        """Return the same filters that pass no other articles than these, by id."""
        return replace(self, articles=articles if self.articles is None else articles & self.articles)


class Words(NamedTuple):
    """The words of one text as the bundled model sees them.

    `spans` are code-point offsets into that text; `vectors` has one row a word, the sum of its subwords' vectors,
    whose norm is the word's weight.
    """

    spans: list[tuple[int, int]]
    vectors: Vectors


class Term(NamedTuple):
    """A word to look for, and what a match of it counts for."""

    text: str
    weight: float


class Encoder(Protocol):
    """Turns texts into unit vectors of `dimensions` numbers."""

    @property
    def name(self) -> str:
        """What an archive remembers; two encoders of one name give equal vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        """One row a text, shape (len(texts), dimensions); `progress` gets the number of texts done since its last call.

        They may be done in any order.
        """
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimensions)."""
        ...


class StoredPassage(NamedTuple):
    """A passage's row in the archive: its number, never used twice, its article, offsets and vector."""

    number: int
    article_id: str
    start: int
    end: int
    vector: Vectors


class Held(NamedTuple):
    """What the archive holds of an article beside its text, as far as a file may state it."""

    path: str
    title: str | None
    source: str | None
    url: str | None
    author: str | None
    published: date | None


class Archive(AbstractContextManager["Archive"], Protocol):
    """The truth: articles, their passages and vectors. Dense and lexical indexes can be rebuilt from it.

    Threads may share it. Every method raises an ArchiveError where the archive cannot be read or written; leaving its
    ``with`` block closes it.
    """

    @property
    def address(self) -> Address:
        """What it is opened by."""

    @property
    def folder(self) -> Path:
        """Where on this machine lies what goes with it: its indexes, conversations, what readers said."""

    @property
    def identity(self) -> str:
        """Names this archive for good; an index made from another archive, in the same place, is told by it."""

    @property
    def generation(self) -> int:
        """Grows by at least one with every change."""

    @property
    def encoder_name(self) -> str:
        """The name of the encoder that made its vectors."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def close(self) -> None:
        """Close it; it is not usable afterwards."""

    def count_articles(self) -> int:
        """How many articles there are."""

    def statistics(self) -> Statistics:
        """What it holds, counted."""

    def transaction(self) -> AbstractContextManager[None]:
        """What is added and removed within takes effect as one step, or not at all."""

    def add(self, article: Article, offsets: Sequence[tuple[int, int]], vectors: Vectors | HalfVectors) -> None:
        """Add an article with its passages in one step; replaces the article that stood at the same path.

        The same text under another path moves here: an archive holds a text once.
        """

    def remove(self, article_id: str) -> str:
        """Remove an article, readable or not, and its passages; returns its path. Raises UnknownArticleError."""

    def remove_all(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Remove articles in one step and return their paths by id; none where one is unknown: UnknownArticleError."""

    def change_encoder(self, name: str, dimensions: int) -> None:
        """Say that the vectors come from another encoder; the caller replaces every article in the same transaction."""

    def article(self, article_id: str) -> Article:
        """Raises UnknownArticleError."""

    def articles_of(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Some articles, by id; one that is not here is left out."""

    def find_path(self, path: str) -> Article | None:
        """The article that stands at a path, or None."""

    def taken(self, paths: Sequence[str]) -> set[str]:
        """Those of some paths at which an article stands."""

    def held(self, article_ids: Sequence[str]) -> dict[str, Held]:
        """What is held of some articles, without their texts, by id; one that is not here is left out."""

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        """Every article that passes the filters, in the order of arrival."""

    def published(self) -> dict[str, date | None]:
        """The day of every article, by id; None where it is not known."""

    def paths(self, filters: Filters | None = None) -> dict[str, str]:
        """The ids of the articles that pass the filters, by their paths."""

    def titles(self) -> dict[str, str]:
        """What to call every article, by id: its title, or else its file's name."""

    def table(self) -> ArticleTable:
        """What filters choose by, in the archive's present state."""

    def arrivals(self, after: int = 0) -> dict[int, str]:
        """The ids of the articles that came after one, by numbers that grow with every arrival and are never reused."""

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in the same order; a number that is gone is left out."""

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """The vectors of these passages, shape (len(numbers), dimensions); a row of zeros for a number that is gone."""

    def passage_numbers(self, filters: Filters | None) -> NDArray[np.int64] | None:
        """The numbers of the passages whose articles pass the filters, ascending; None where nothing is filtered."""

    def added_since(self, generation: int) -> Iterator[StoredPassage]:
        """The passages that came after that generation and still stand, oldest first."""

    def count_changes(self, generation: int) -> int:
        """How many passages came or went after that generation."""

    def removed_since(self, generation: int) -> list[int]:
        """The numbers of the passages that went after that generation."""

    def standing(self, generation: int | None = None) -> NDArray[np.int64]:
        """The numbers of the passages that stand, ascending: of those that came by that generation, or of all."""

    def verify(self) -> list[str]:
        """What is wrong with it, each as a line that says what to do; others may write meanwhile."""

    def rows(self) -> Iterator[Row]:
        """Every article as far as it can be read, in the order of arrival, from a damaged archive too."""


class Found(NamedTuple):
    """Passage numbers, best first, and their scores; both of shape (k,)."""

    numbers: NDArray[np.int64]
    scores: NDArray[np.float32]


class DenseIndex(Protocol):
    """Nearest passages by inner product of unit vectors; holds no fact of its own."""

    def catch_up(self, archive: Archive) -> None:
        """Take in what changed in the archive since this index was last saved, and save."""
        ...

    def search(self, vector: Vectors, top_k: int, allowed: NDArray[np.int64] | None = None) -> Found:
        """The nearest of `allowed` passage numbers (of all when None) to one vector of shape (dimensions,)."""
        ...


class LexicalIndex(Protocol):
    """Best passages by BM25 over folded, stemmed tokens; holds no fact of its own."""

    def catch_up(self, archive: Archive) -> None:
        """Take in what changed in the archive since this index was last saved, and save."""
        ...

    def search(
        self,
        query: str | Sequence[Sequence[Term]],
        top_k: int,
        allowed: NDArray[np.int64] | None = None,
        filters: Filters | None = None,
    ) -> Found:
        """The best of `allowed` passage numbers (of all when None) for the words of a query.

        Of these, the passages whose articles pass the filters. A query that is no string gives for each word what may
        stand for it; of these the best match counts.
        """
        ...
