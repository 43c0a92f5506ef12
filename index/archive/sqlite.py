"""The archive in one SQLite file: articles, their passages and vectors. It is the truth; the indexes follow it."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from index.archive.check import REBUILD, RESTORE, Dialect, Rows
from index.archive.file import FILE, clear_errors, connect
from index.archive.rows import COLUMNS
from index.archive.rows import article_id as article_id
from index.archive.writer import ArchiveWriter
from index.errors import NotAnArchiveError

_SHOWN = 10  # complaints of SQLite about one file: the first tells, a hundred more do not


def _file_faults(rows: Rows) -> Iterator[str]:
    for (message,) in rows(f"PRAGMA integrity_check({_SHOWN})"):
        if message != "ok":
            told = " ".join(message.split())
            yield f"the file is damaged: {told}; {RESTORE}"
    for table, row, *_ in rows("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to nothing; {REBUILD}"


class SqliteArchive(ArchiveWriter[Path]):
    """An archive in ``folder/archive.sqlite3``; safe to share between threads.

    Every method raises an ArchiveError when the file is locked for too long, damaged, replaced or not to be written.
    """

    dialect = Dialect("group_concat({})", "length({})", ("", "NOT INDEXED"), _file_faults)

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        super().__init__(folder)
        self._connection = connection
        # One connection under one lock: SQLite would serialise the writes in any case, and a read takes microseconds.
        self._lock = threading.RLock()
        self._file = folder / FILE
        self._was = self._file.stat()

    @classmethod
    def _opened(cls, address: Path, wait_seconds: float, make_for: tuple[str, int] | None) -> Self:
        return cls(address, connect(address, wait_seconds=wait_seconds, make_for=make_for))

    def close(self) -> None:
        """Close the file; the archive is not usable afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Let what is added and removed within take effect as one step, or not at all; other threads wait."""
        with self._lock, clear_errors(self.folder):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._check_stands()
                yield
                self._check_stands()
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()  # does nothing where SQLite has rolled back by itself
                raise

    def _one_state(self) -> AbstractContextManager[object]:
        return self._lock

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock, clear_errors(self.folder):
            if not self._connection.in_transaction:  # at whose beginning and end that is looked at
                self._check_stands()
            return self._connection.execute(statement, values).fetchall()

    def _run(self, statement: str, values: Sequence[object]) -> None:
        self._connection.execute(statement, values)

    def _insert(self, article: Sequence[object], generation: int, passages: Sequence[tuple[int, int, bytes]]) -> None:
        ordinal = self._connection.execute(
            f"INSERT INTO articles ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", article
        ).lastrowid
        self._connection.executemany(
            "INSERT INTO passages (article, start, end, generation, vector) VALUES (?, ?, ?, ?, ?)",
            ((ordinal, start, end, generation, vector) for start, end, vector in passages),
        )

    def _advance(self) -> int:
        rows = self._rows("UPDATE meta SET value = value + 1 WHERE key = 'generation' RETURNING value")
        return int(rows[0][0]) if rows else self.generation  # which says what is lost

    def _restate(self, facts: Mapping[str, object]) -> None:
        changed = [(value, key) for key, value in facts.items()]
        self._connection.executemany("UPDATE meta SET value = ? WHERE key = ?", changed)

    def _among(self, column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
        return f"{column} IN ({', '.join('?' * len(values))})", values

    def _size(self) -> int:
        return sum(file.stat().st_size for file in self.folder.glob(f"{FILE}*"))

    def _check_stands(self) -> None:
        """Raise where the file was deleted or replaced: SQLite would go on reading, and writing, what no name leads to.

        Raises NotAnArchiveError.
        """
        with suppress(OSError):
            if os.path.samestat(self._was, self._file.stat()):
                return
        raise NotAnArchiveError(f"the archive '{self.folder}' was removed or replaced since it was opened; start again")
