"""What of an archive is written: articles that come and go, in steps that take effect whole or not at all."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from index.archive.address import Server
from index.archive.reader import ArchiveReader
from index.archive.rows import article_row
from index.errors import EncoderMismatchError, UnknownArticleError
from index.types import Article, HalfVectors, Vectors

Where = TypeVar("Where", Path, Server)


class ArchiveWriter(ArchiveReader, Generic[Where]):
    """Reads and writes an archive by SQL; safe to share between threads. Made by `open`.

    Any number of processes may read while one writes; a writer waits for another to finish. Every method raises an
    ArchiveError where the archive cannot be read, is locked for too long or cannot be written.
    """

    @classmethod
    def open(
        cls,
        address: Where,
        *,
        encoder_name: str | None = None,
        dimensions: int | None = None,
        create: bool = False,
        wait_seconds: float = 5.0,
    ) -> Self:
        """Open the archive at an address; with `create`, make one where none is.

        Args:
            address: where the archive is; a folder in which one is to be made may be missing or empty.
            encoder_name: what its vectors must be made by; None takes the archive as it is.
            dimensions: of a vector; needed to create.
            create: needs `encoder_name` and `dimensions`.
            wait_seconds: how long to wait for another process that writes.

        Raises:
            ArchiveError: of every kind but UnknownArticleError.
        """
        make_for = None
        if create:
            if encoder_name is None or dimensions is None:
                raise ValueError("an archive is created for an encoder: give its name and dimensions")
            make_for = (encoder_name, dimensions)
        archive = cls._opened(address, wait_seconds, make_for)
        try:
            if encoder_name is not None and encoder_name != archive.encoder_name:
                raise EncoderMismatchError(
                    f"the archive '{address}' was made with the encoder '{archive.encoder_name}', not '{encoder_name}'"
                    "; run `isnad archive rebuild` to encode its articles anew, or set ISNAD_ENCODER to the one that "
                    "made it"
                )
        except BaseException:
            archive.close()
            raise
        return archive

    @classmethod
    @abstractmethod
    def _opened(cls, address: Where, wait_seconds: float, make_for: tuple[str, int] | None) -> Self:
        """Open an archive; where none is, make it for an encoder's name and dimensions."""

    @abstractmethod
    def close(self) -> None:
        """Close the archive; it is not usable afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """Let what is added and removed within take effect as one step, or not at all; other writers wait."""

    @abstractmethod
    def _run(self, statement: str, values: Sequence[object]) -> None:
        """Run a statement within a transaction, in which each ``?`` stands for a value."""

    @abstractmethod
    def _insert(self, article: Sequence[object], generation: int, passages: Sequence[tuple[int, int, bytes]]) -> None:
        """Insert an article, as values in the order of COLUMNS, and its passages: start, end and vector of each."""

    @abstractmethod
    def _advance(self) -> int:
        """Count the generation on, and return it."""

    @abstractmethod
    def _restate(self, facts: Mapping[str, object]) -> None:
        """Put other facts in the place of some that the archive remembers of itself."""

    def add(self, article: Article, offsets: Sequence[tuple[int, int]], vectors: Vectors | HalfVectors) -> None:
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
            passages = [
                (start, end, vector.tobytes())
                for (start, end), vector in zip(offsets, vectors.astype("<f2", copy=False), strict=True)
            ]
            self._insert(article_row(article), generation, passages)

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
            self._restate({"encoder": name, "dimensions": dimensions})

    def _delete(self, ordinal: int, generation: int) -> None:
        self._run("INSERT INTO removed SELECT number, ? FROM passages WHERE article = ?", (generation, ordinal))
        self._run("DELETE FROM passages WHERE article = ?", (ordinal,))
        self._run("DELETE FROM articles WHERE ordinal = ?", (ordinal,))
