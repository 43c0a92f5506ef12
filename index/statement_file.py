"""The file that statements are kept in: made, opened, sealed when it is done, and believed only while it is whole."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from index.errors import ArchiveDamagedError, ArchiveWriteError
from index.index_folder import sealed, unsealed, write_whole

FILE = "statements.sqlite3"
_SEAL = "seal.json"
_SCHEMA = """
BEGIN;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value NOT NULL);
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, published TEXT);
CREATE TABLE IF NOT EXISTS speakers (number INTEGER PRIMARY KEY, mentions TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS statements (
    article TEXT NOT NULL,
    place INTEGER NOT NULL,  -- among the article's, in reading order
    speaker INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS statements_by_speaker ON statements (speaker);
COMMIT;
"""


@contextmanager
def clear_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite reports into the error that the user reads."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise ArchiveDamagedError(
                f"the statements in '{folder}' are damaged ({error}); mend them with `isnad archive verify --mend`"
            ) from error
        raise ArchiveWriteError(f"cannot keep the statements in '{folder}': {error}; make room or delete it") from error


def connect(file: Path | str) -> sqlite3.Connection:
    """Open a file to write it, made where it is missing."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def connect_to_read(folder: Path) -> sqlite3.Connection | None:
    """Open what is saved, for reading alone; None where it is missing or not whole."""
    if not is_whole(folder):
        return None
    address = f"{(folder / FILE).absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def open_seal(folder: Path) -> None:
    """Say that the file is about to change: who meets it without a seal knows that a process was killed at work."""
    (folder / _SEAL).unlink(missing_ok=True)


def close_seal(folder: Path) -> None:
    """Write down the checksum of the file, which no other may change meanwhile, where none is written down."""
    if not (folder / _SEAL).exists():
        with suppress(OSError):  # a full disk: the next process looks through the file instead
            write_whole(folder / _SEAL, sealed({"checksum": zlib.crc32((folder / FILE).read_bytes())}))


def is_whole(folder: Path) -> bool:
    """Whether the file has the checksum of its seal; where it has no seal, whether SQLite finds it whole."""
    file, seal = folder / FILE, folder / _SEAL
    try:
        if seal.exists() and unsealed(seal.read_bytes()) != {"checksum": zlib.crc32(file.read_bytes())}:
            return False
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            read(connection, "mark")  # rolls back what a killed process left half done
            return seal.exists() or connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
    except (OSError, ValueError, sqlite3.DatabaseError):
        return False


def is_blank(folder: Path) -> bool:
    """Whether nothing was written into the file yet, where a process ended before it could."""
    return not (folder / _SEAL).exists() and not ((folder / FILE).exists() and (folder / FILE).stat().st_size)


def empty(folder: Path) -> None:
    """Delete what is saved; the seal last, since a file beside a seal of another is not believed."""
    for name in (FILE, f"{FILE}-journal", _SEAL):
        (folder / name).unlink(missing_ok=True)


def read(connection: sqlite3.Connection, key: str) -> str | None:
    """Return what the file remembers under a key, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Let what is changed within take effect as one step, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
