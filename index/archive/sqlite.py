"""The archive in one SQLite file: articles, their passages and vectors. It is the truth; the indexes follow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from index.archive.file import clear_errors, connect
from index.archive.reader import ArchiveReader
from index.archive.rows import COLUMNS, article_row
from index.archive.rows import article_id as article_id
from index.errors import EncoderMismatchError, UnknownArticleError
from index.types import Article, Vectors


class SqliteArchive(ArchiveReader):
    """An archive in ``folder/archive.sqlite3``; safe to share between threads. Made by `open`.

    Any number of processes may read while one writes; a writer waits `wait_seconds` for another to finish. Every method
    raises an ArchiveError when the file is locked for too long, damaged or not to be written.
    """

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
                self._check_stands()
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

    def remove(self, article_id: str) -> str:
        """Remove an article, readable or not, and its passages; returns its path. Raises UnknownArticleError."""
        with self.transaction():
            rows = self._rows("SELECT ordinal, path FROM articles WHERE id = ?", (article_id,))
            if not rows:
                raise self._unknown(article_id)
            ((ordinal, path),) = rows
            self._delete(ordinal, self._advance())
        return str(path)

    def remove_all(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Remove articles in one step and return their paths by id; none where one is unknown: UnknownArticleError."""
        with self.transaction():
            paths: dict[str, str] = {}
            unknown: list[str] = []
            for name in dict.fromkeys(article_ids):
                try:
                    paths[name] = self.remove(name)
                except UnknownArticleError:
                    unknown.append(name)
            if unknown:
                raise self._unknown(*unknown)
            return paths

    def change_encoder(self, name: str, dimensions: int) -> None:
        """Say that the vectors come from another encoder; the caller replaces every article in the same transaction."""
        with self.transaction():
            generation = self._advance()
            # No article stands for these, in a damaged archive: nothing would replace them.
            for (ordinal,) in self._rows(
                "SELECT DISTINCT article FROM passages WHERE article NOT IN (SELECT ordinal FROM articles)"
            ):
                self._delete(ordinal, generation)
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
