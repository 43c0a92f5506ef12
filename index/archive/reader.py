"""What of an archive is read: its facts, articles, passages and vectors, and what came and went."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.archive.address import Address, folder_of
from index.archive.check import Dialect, Row, faults, read_each
from index.archive.rows import COLUMNS, day, row_article
from index.archive.table import ArticleTable
from index.errors import ArchiveDamagedError, UnknownArticleError
from index.types import Article, Filters, Held, Passage, StoredPassage, Vectors

_Value = TypeVar("_Value")
_PAGE = 500  # rows fetched under one hold of the lock; also below every build's limit of variables


@dataclass(frozen=True, slots=True)
class Statistics:
    """What an archive holds, counted; `size` is in bytes, dates are None where no article has one."""

    articles: int
    passages: int
    languages: dict[str, int]
    sources: dict[str | None, int]
    published_from: date | None
    published_to: date | None
    encoder_name: str
    dimensions: int
    generation: int
    size: int


class ArchiveReader(ABC):
    """Reads an archive by SQL; safe to share between threads. What the databases do differently is left to each.

    Every method raises an ArchiveError where the archive cannot be read.
    """

    dialect: Dialect

    def __init__(self, address: Address) -> None:
        self.address = address
        self.folder = folder_of(address)
        self._name = str(address)
        self._table: ArticleTable | None = None

    @abstractmethod
    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a statement, in which each ``?`` stands for a value."""

    @abstractmethod
    def _one_state(self) -> AbstractContextManager[object]:
        """Let several statements of this thread read one state."""

    @abstractmethod
    def _size(self) -> int:
        """Return how many bytes the archive takes."""

    @abstractmethod
    def _among(self, column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
        """Return the condition that a column has one of some values, and what stands for its marks."""

    @property
    def identity(self) -> str:
        """A name that no other archive has."""
        return str(self._fact("identity"))

    @property
    def generation(self) -> int:
        """Grows with every change."""
        return int(self._fact("generation"))

    @property
    def encoder_name(self) -> str:
        """The encoder that made the vectors."""
        return str(self._fact("encoder"))

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._fact("dimensions"))

    def count_articles(self) -> int:
        """Return how many articles there are."""
        return int(self._rows("SELECT count(*) FROM articles")[0][0])

    def statistics(self) -> Statistics:
        """Count what the archive holds."""
        with self._one_state():
            by_language, by_source = (
                sorted(
                    self._rows(f"SELECT {column}, count(*) FROM articles GROUP BY 1"),
                    key=lambda row: (-row[1], row[0] or ""),
                )
                for column in ("language", "source")
            )
            first, last = self._rows("SELECT min(published), max(published) FROM articles")[0]
            return Statistics(
                articles=self.count_articles(),
                passages=self._rows("SELECT count(*) FROM passages")[0][0],
                languages=dict(by_language),
                sources=dict(by_source),
                published_from=day(first),
                published_to=day(last),
                encoder_name=self.encoder_name,
                dimensions=self.dimensions,
                generation=self.generation,
                size=self._size(),
            )

    def article(self, article_id: str) -> Article:
        """Return one article. Raises UnknownArticleError."""
        rows = self._rows(f"SELECT {COLUMNS} FROM articles WHERE id = ?", (article_id,))
        if not rows:
            raise self._unknown(article_id)
        return self._article(rows[0])

    def articles_of(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Return some articles by id; one that is not here is left out."""
        found: dict[str, Article] = {}
        for some in _pages(article_ids):
            condition, values = self._among("id", some)
            found |= {
                row[0]: self._article(row)
                for row in self._rows(f"SELECT {COLUMNS} FROM articles WHERE {condition}", values)
            }
        return found

    def find_path(self, path: str) -> Article | None:
        """Return the article that stands at a path, or None."""
        rows = self._rows(f"SELECT {COLUMNS} FROM articles WHERE path = ?", (path,))
        return self._article(rows[0]) if rows else None

    def taken(self, paths: Sequence[str]) -> set[str]:
        """Return those of some paths at which an article stands."""
        found: set[str] = set()
        for some in _pages(paths):
            condition, values = self._among("path", some)
            found.update(path for (path,) in self._rows(f"SELECT path FROM articles WHERE {condition}", values))
        return found

    def held(self, article_ids: Sequence[str]) -> dict[str, Held]:
        """Return what is held of some articles, without their texts, by id; one that is not here is left out."""
        found: dict[str, Held] = {}
        for some in _pages(article_ids):
            condition, values = self._among("id", some)
            rows = self._rows(
                f"SELECT id, path, title, source, url, author, published FROM articles WHERE {condition}", values
            )
            found |= {row[0]: self._held(row) for row in rows}
        return found

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        """Yield every article that passes the filters, in the order of arrival; writing meanwhile is allowed."""
        if filters is not None and filters != Filters():
            table = self.table()
            for some in _pages(table.ordinals[table.passing(filters)].tolist()):
                condition, values = self._among("ordinal", some)
                query = f"SELECT {COLUMNS} FROM articles WHERE {condition} ORDER BY ordinal"
                yield from map(self._article, self._rows(query, values))
            return
        last = 0
        while rows := self._rows(
            f"SELECT {COLUMNS}, ordinal FROM articles WHERE ordinal > ? ORDER BY ordinal LIMIT {_PAGE}", (last,)
        ):
            last = rows[-1][-1]
            yield from (self._article(row[:-1]) for row in rows)

    def published(self) -> dict[str, date | None]:
        """Return the day of every article, by id; None where its page does not state it."""
        return {name: day(published) for name, published in self._rows("SELECT id, published FROM articles")}

    def paths(self, filters: Filters | None = None) -> dict[str, str]:
        """Return the ids of the articles that pass the filters by their paths, in the order of arrival."""
        chosen = None if filters is None else self.table().ids_of(filters)
        rows = self._rows("SELECT path, id FROM articles ORDER BY ordinal")
        return {path: name for path, name in rows if chosen is None or name in chosen}

    def titles(self) -> dict[str, str]:
        """Return what to call every article, by id: its title, or else its file's name."""
        rows = self._rows("SELECT id, title, path FROM articles")
        return {name: title or path.rpartition("/")[2] for name, title, path in rows}

    def arrivals(self, after: int = 0) -> dict[int, str]:
        """Return the ids of the articles that came after one, by numbers that grow with every arrival, never reused.

        An article that was replaced has arrived anew.
        """
        # With no condition SQLite reads the index of the ids alone, not the articles.
        condition, values = (" WHERE ordinal > ?", (after,)) if after else ("", ())
        return dict(self._rows(f"SELECT ordinal, id FROM articles{condition}", values))

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """Return the passages of these numbers in the same order; a number that is gone is left out."""
        wanted = [int(number) for number in numbers]
        places: dict[int, tuple[int, int, int]] = {}
        for some in _pages(wanted):
            condition, values = self._among("number", some)
            rows = self._rows(f'SELECT number, article, start, "end" FROM passages WHERE {condition}', values)
            places |= {number: (ordinal, start, end) for number, ordinal, start, end in rows}
        articles: dict[int, Article] = {}
        for some in _pages(sorted({ordinal for ordinal, _, _ in places.values()})):
            condition, values = self._among("ordinal", some)
            rows = self._rows(f"SELECT {COLUMNS}, ordinal FROM articles WHERE {condition}", values)
            articles |= {row[-1]: self._article(row[:-1]) for row in rows}
        found = (places[number] for number in wanted if number in places)
        # An article that another process removed between the two looks is gone, and its passages with it.
        return [Passage(articles[ordinal], start, end) for ordinal, start, end in found if ordinal in articles]

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of these passages, one row each; zeros for a number that is gone."""
        found = np.zeros((len(numbers), self.dimensions), np.float32)
        rows = {int(number): row for row, number in enumerate(numbers)}
        for some in _pages(list(rows)):
            condition, values = self._among("number", some)
            held = self._rows(f"SELECT number, vector FROM passages WHERE {condition}", values)
            if held:
                joined = np.frombuffer(b"".join([vector for _, vector in held]), "<f2")
                found[[rows[number] for number, _ in held]] = joined.reshape(len(held), -1)
        return found

    def passage_numbers(self, filters: Filters | None) -> NDArray[np.int64] | None:
        """Return the numbers of the passages whose articles pass the filters, ascending; None with no filter."""
        if filters is None or filters == Filters():
            return None
        table = self.table()
        return table.passages(table.passing(filters))

    def table(self) -> ArticleTable:
        """Return what filters choose by, in the archive's present state; read once for each."""
        generation, table = self.generation, self._table
        if table is None or table.generation != generation:
            with self._one_state():
                generation = self.generation
                articles = self._rows("SELECT ordinal, id, language, source, author, published FROM articles")
                # As two texts: a hundred thousand rows would take three times as long.
                joined = ", ".join(map(self.dialect.joined.format, ("number", "article")))
                columns = self._rows(f"SELECT {joined} FROM passages")[0]
            try:
                passages = (np.fromstring(column or "", np.int64, sep=",") for column in columns)
                self._table = table = ArticleTable.of(generation, articles, *passages)
            except ValueError as error:
                raise ArchiveDamagedError(f"the archive '{self._name}' is damaged: {error}") from error
        return table

    def added_since(self, generation: int) -> Iterator[StoredPassage]:
        """Yield the passages that came after that generation and still stand, oldest first."""
        after = (generation, sys.maxsize)
        while rows := self._rows(
            'SELECT number, id, start, "end", vector, generation FROM passages JOIN articles ON article = ordinal '
            f"WHERE (generation, number) > (?, ?) ORDER BY generation, number LIMIT {_PAGE}",
            after,
        ):
            after = (rows[-1][-1], rows[-1][0])
            for number, article, start, end, vector, _ in rows:
                yield StoredPassage(number, article, start, end, np.frombuffer(vector, "<f2").astype(np.float32))

    def count_changes(self, generation: int) -> int:
        """Return how many passages came or went after that generation."""
        tables = ("passages", "removed")
        counts = (self._rows(f"SELECT count(*) FROM {name} WHERE generation > ?", (generation,)) for name in tables)
        return sum(count for ((count,),) in counts)

    def removed_since(self, generation: int) -> list[int]:
        """Return the numbers of the passages that went after that generation, ascending."""
        rows = self._rows("SELECT number FROM removed WHERE generation > ? ORDER BY number", (generation,))
        return [number for (number,) in rows]

    def standing(self, generation: int | None = None) -> NDArray[np.int64]:
        """Return the numbers of the passages that stand, ascending: of those that came by a generation, or of all."""
        by = sys.maxsize if generation is None else generation
        rows = self._rows("SELECT number FROM passages WHERE generation <= ? ORDER BY number", (by,))
        return np.fromiter((number for (number,) in rows), dtype=np.int64, count=len(rows))

    def verify(self) -> list[str]:
        """Check the archive's own structure, every text against its id, every offset against its text, and the vectors.

        Returns what is wrong, each as a line that says what to do.
        """
        return list(faults(self._rows, self.dialect))

    def rows(self) -> Iterator[Row]:
        """Yield every article as far as it can be read, in the order of arrival, from a damaged archive too."""
        return read_each(self._rows, self.dialect)

    def _fact(self, key: str) -> Any:  # noqa: ANN401  (a number or a string)
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        if not rows:
            raise ArchiveDamagedError(f"the archive '{self._name}' is damaged: it has lost its {key}")
        return rows[0][0]

    def _unknown(self, *article_ids: str) -> UnknownArticleError:
        names = ", ".join(map(repr, article_ids))
        return UnknownArticleError(f"no article {names} in '{self._name}'; `isnad archive list` names them")

    def _article(self, row: Sequence[Any]) -> Article:
        with self._told(row[0]):
            return row_article(row)

    def _held(self, row: Sequence[Any]) -> Held:
        with self._told(row[0]):
            return Held._make((*row[1:-1], day(row[-1])))

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Tell of an article whose row holds what was never written."""
        try:
            yield
        except (ValueError, TypeError) as error:
            raise ArchiveDamagedError(f"the archive '{self._name}' is damaged at article {name}: {error}") from error


def _pages(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), _PAGE):
        yield values[start : start + _PAGE]
