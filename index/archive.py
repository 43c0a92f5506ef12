"""The archive in one SQLite file: articles, their passages and vectors. It is the truth; the indexes follow it."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.archive_file import FILE, clear_errors, connect
from index.archive_rows import COLUMNS, article_row, conditions, day, row_article
from index.errors import (
    ArchiveDamagedError,
    EncoderMismatchError,
    UnknownArticleError,
)
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


def article_id(text: str) -> str:
    """Return the name of this very text: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


class SqliteArchive:
    """An archive in ``folder/archive.sqlite3``; safe to share between threads. Made by `open`.

    Any number of processes may read while one writes; a writer waits `wait_seconds` for another to finish. Every method
    raises an ArchiveError when the file is locked for too long, damaged or not to be written.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection
        # One connection under one lock: SQLite would serialise the writes in any case, and a read takes microseconds.
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        encoder_name: str | None = None,
        dimensions: int | None = None,
        create: bool = False,
        wait_seconds: float = 5.0,
    ) -> Self:
        """Open the archive of a folder; with `create`, make one where none is.

        Args:
            folder: where the archive lies; one that is to be created may be missing or empty.
            encoder_name: what its vectors must be made by; None takes the archive as it is.
            dimensions: of a vector; needed to create.
            create: needs `encoder_name` and `dimensions`.
            wait_seconds: how long to wait for another process that writes.

        Raises:
            NotAnArchiveError, ArchiveVersionError, EncoderMismatchError, ArchiveLockedError, ArchiveDamagedError,
            ArchiveWriteError.
        """
        make_for = None
        if create:
            if encoder_name is None or dimensions is None:
                raise ValueError("an archive is created for an encoder: give its name and dimensions")
            make_for = (encoder_name, dimensions)
        archive = cls(folder, connect(folder, wait_seconds=wait_seconds, make_for=make_for))
        if encoder_name is not None and encoder_name != archive.encoder_name:
            message = (
                f"the archive '{folder}' was made with the encoder '{archive.encoder_name}', not '{encoder_name}'; "
                "run `isnad archive rebuild` to encode its articles anew, or set ISNAD_ENCODER to the one that made it"
            )
            archive.close()
            raise EncoderMismatchError(message)
        return archive

    def close(self) -> None:
        """Close the file; the archive is not usable afterwards."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What it is

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
        with self._lock:
            by_language = self._rows("SELECT language, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1")
            by_source = self._rows("SELECT source, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1")
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
                size=sum(file.stat().st_size for file in self.folder.glob(f"{FILE}*")),
            )

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Let what is added and removed within take effect as one step, or not at all; other threads wait."""
        with self._lock, clear_errors(self.folder):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()  # does nothing where SQLite has rolled back by itself
                raise

    def add(self, article: Article, offsets: Sequence[tuple[int, int]], vectors: Vectors) -> None:
        """Add an article, its passages as offsets into its text, and their vectors, shape (passages, dimensions).

        It replaces the article of the same path; the same text under another path moves here.
        """
        if vectors.shape != (len(offsets), self.dimensions):
            raise ValueError(
                f"vectors of shape {vectors.shape} for {len(offsets)} passages of {self.dimensions} numbers"
            )
        if any(not 0 <= start < end <= len(article.text) for start, end in offsets):
            raise ValueError(f"a passage lies outside the text of {article.path!r}")
        with self.transaction():
            generation = self._advance()
            for (ordinal,) in self._rows(
                "SELECT ordinal FROM articles WHERE path = ? OR id = ?", (article.path, article.id)
            ):
                self._delete(ordinal, generation)
            ordinal = self._connection.execute(
                f"INSERT INTO articles ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", article_row(article)
            ).lastrowid
            self._connection.executemany(
                "INSERT INTO passages (article, start, end, generation, vector) VALUES (?, ?, ?, ?, ?)",
                (
                    (ordinal, start, end, generation, vector.tobytes())
                    for (start, end), vector in zip(offsets, vectors.astype("<f2"), strict=True)
                ),
            )

    def remove(self, article_id: str) -> None:
        """Remove an article and its passages. Raises UnknownArticleError."""
        with self.transaction():
            rows = self._rows("SELECT ordinal FROM articles WHERE id = ?", (article_id,))
            if not rows:
                raise self._unknown(article_id)
            self._delete(rows[0][0], self._advance())

    def remove_all(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Remove articles in one step and return their paths by id; none where one is unknown: UnknownArticleError."""
        with self.transaction():
            paths = {name: held.path for name, held in self.held(article_ids).items()}
            if unknown := [name for name in dict.fromkeys(article_ids) if name not in paths]:
                raise self._unknown(*unknown)
            for name in dict.fromkeys(article_ids):
                self.remove(name)
            return {name: paths[name] for name in dict.fromkeys(article_ids)}

    def change_encoder(self, name: str, dimensions: int) -> None:
        """Say that the vectors come from another encoder; the caller replaces every article in the same transaction."""
        with self.transaction():
            self._advance()
            facts = [(name, "encoder"), (dimensions, "dimensions")]
            self._connection.executemany("UPDATE meta SET value = ? WHERE key = ?", facts)

    def _advance(self) -> int:
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        return self.generation

    def _delete(self, ordinal: int, generation: int) -> None:
        run = self._connection.execute
        run("INSERT INTO removed SELECT number, ? FROM passages WHERE article = ?", (generation, ordinal))
        run("DELETE FROM passages WHERE article = ?", (ordinal,))
        run("DELETE FROM articles WHERE ordinal = ?", (ordinal,))

    # Reading

    def article(self, article_id: str) -> Article:
        """Return one article. Raises UnknownArticleError."""
        rows = self._rows(f"SELECT {COLUMNS} FROM articles WHERE id = ?", (article_id,))
        if not rows:
            raise self._unknown(article_id)
        return self._article(rows[0])

    def find_path(self, path: str) -> Article | None:
        """Return the article that stands at a path, or None."""
        rows = self._rows(f"SELECT {COLUMNS} FROM articles WHERE path = ?", (path,))
        return self._article(rows[0]) if rows else None

    def held(self, article_ids: Sequence[str]) -> dict[str, Held]:
        """Return what is held of some articles, without their texts, by id; one that is not here is left out."""
        found: dict[str, Held] = {}
        for some in _pages(article_ids):
            rows = self._rows(
                f"SELECT id, path, title, source, url, author, published FROM articles WHERE id IN ({_marks(some)})",
                some,
            )
            found |= {row[0]: Held._make((*row[1:-1], day(row[-1]))) for row in rows}
        return found

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        """Yield every article that passes the filters, in the order of arrival; writing meanwhile is allowed."""
        condition, values = conditions(filters)
        last = 0
        while rows := self._rows(
            f"SELECT {COLUMNS}, ordinal FROM articles WHERE ordinal > ?{condition} ORDER BY ordinal LIMIT {_PAGE}",
            (last, *values),
        ):
            last = rows[-1][-1]
            yield from (self._article(row[:-1]) for row in rows)

    def published(self) -> dict[str, date | None]:
        """Return the day of every article, by id; None where its page does not state it."""
        return {name: day(published) for name, published in self._rows("SELECT id, published FROM articles")}

    def paths(self, filters: Filters | None = None) -> dict[str, str]:
        """Return the ids of the articles that pass the filters by their paths, in the order of arrival."""
        condition, values = conditions(filters)
        return dict(self._rows(f"SELECT path, id FROM articles WHERE 1{condition} ORDER BY ordinal", values))

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
            rows = self._rows(
                f"SELECT number, article, start, end FROM passages WHERE number IN ({_marks(some)})", some
            )
            places |= {number: (ordinal, start, end) for number, ordinal, start, end in rows}
        articles: dict[int, Article] = {}
        for some in _pages(sorted({ordinal for ordinal, _, _ in places.values()})):
            rows = self._rows(f"SELECT {COLUMNS}, ordinal FROM articles WHERE ordinal IN ({_marks(some)})", some)
            articles |= {row[-1]: self._article(row[:-1]) for row in rows}
        found = (places[number] for number in wanted if number in places)
        # An article that another process removed between the two looks is gone, and its passages with it.
        return [Passage(articles[ordinal], start, end) for ordinal, start, end in found if ordinal in articles]

    def passage_numbers(self, filters: Filters | None) -> NDArray[np.int64] | None:
        """Return the numbers of the passages whose articles pass the filters, ascending; None with no filter."""
        condition, values = conditions(filters)
        if not condition:
            return None
        rows = self._rows(
            f"SELECT number FROM articles JOIN passages ON article = ordinal WHERE 1{condition} ORDER BY number",
            values,
        )
        return np.fromiter((number for (number,) in rows), dtype=np.int64, count=len(rows))

    def added_since(self, generation: int) -> Iterator[StoredPassage]:
        """Yield the passages that came after that generation and still stand, oldest first."""
        after = (generation, sys.maxsize)
        while rows := self._rows(
            "SELECT number, id, start, end, vector, generation FROM passages JOIN articles ON article = ordinal "
            f"WHERE (generation, number) > (?, ?) ORDER BY generation, number LIMIT {_PAGE}",
            after,
        ):
            after = (rows[-1][-1], rows[-1][0])
            for number, article, start, end, vector, _ in rows:
                yield StoredPassage(number, article, start, end, np.frombuffer(vector, "<f2").astype(np.float32))

    def removed_since(self, generation: int) -> list[int]:
        """Return the numbers of the passages that went after that generation, ascending."""
        rows = self._rows("SELECT number FROM removed WHERE generation > ? ORDER BY number", (generation,))
        return [number for (number,) in rows]

    def verify(self) -> list[str]:
        """Check the file, every text against its id and every offset against its text; return what is wrong."""
        try:
            return [*self._verify_file(), *self._verify_articles(), *self._verify_passages()]
        except ArchiveDamagedError as error:
            return [str(error)]

    def _verify_file(self) -> Iterator[str]:
        for (message,) in self._rows("PRAGMA integrity_check"):
            if message != "ok":
                yield message
        for table, row, *_ in self._rows("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} belongs to nothing"

    def _verify_articles(self) -> Iterator[str]:
        for article in self.articles():
            if article.id != article_id(article.text):
                yield f"article {article.id} ({article.path!r}): the text is not the one that was added"
            if any(not 0 <= span.start < span.end <= len(article.text) for span in article.spans):
                yield f"article {article.id} ({article.path!r}): a marked span lies outside the text"

    def _verify_passages(self) -> Iterator[str]:
        for number, article in self._rows(
            "SELECT number, id FROM passages JOIN articles ON article = ordinal "
            "WHERE start < 0 OR start >= end OR end > length(text) ORDER BY number"
        ):
            yield f"passage {number} of article {article}: lies outside the text"
        for number, size in self._rows(
            "SELECT number, length(vector) FROM passages WHERE length(vector) != 2 * ? ORDER BY number",
            (self.dimensions,),
        ):
            yield f"passage {number}: its vector has {size} bytes, not {2 * self.dimensions}"

    # Within

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock, clear_errors(self.folder):
            return self._connection.execute(statement, values).fetchall()

    def _fact(self, key: str) -> Any:  # noqa: ANN401  (a number or a string)
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        if not rows:
            raise ArchiveDamagedError(f"the archive '{self.folder}' is damaged: it has lost its {key}")
        return rows[0][0]

    def _unknown(self, *article_ids: str) -> UnknownArticleError:
        names = ", ".join(map(repr, article_ids))
        return UnknownArticleError(f"no article {names} in '{self.folder}'; `isnad archive list` names them")

    def _article(self, row: Sequence[Any]) -> Article:
        try:
            return row_article(row)
        except (ValueError, TypeError) as error:
            raise ArchiveDamagedError(f"the archive '{self.folder}' is damaged at article {row[0]}: {error}") from error


def _pages(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), _PAGE):
        yield values[start : start + _PAGE]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
