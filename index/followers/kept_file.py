"""A database kept beside an archive: made, opened, sealed when it is done, and believed only while it is whole."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from index.errors import ArchiveDamagedError, ArchiveWriteError
from index.followers.index_folder import sealed, unsealed, write_whole

_SEAL = "seal.json"
_AT_ONCE = 1 << 20  # bytes read for the checksum


@contextmanager
def clear_errors(what: str, folder: Path) -> Iterator[None]:
    """Turn what SQLite reports of what is kept in a folder, "the statements", into the error that the user reads."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise ArchiveDamagedError(
                f"{what} in '{folder}' are damaged ({error}); mend them with `isnad archive verify --mend`"
            ) from error
        raise ArchiveWriteError(f"cannot keep {what} in '{folder}': {error}; make room or delete it") from error


def connect(file: Path | str, schema: str) -> sqlite3.Connection:
    """Open a file to write it, and make what of its tables is missing."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(f"BEGIN;\n{schema}COMMIT;")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def connect_to_read(file: Path) -> sqlite3.Connection | None:
    """Open what is saved, for reading alone; None where it is missing or not whole."""
    if not is_whole(file):
        return None
    address = f"{file.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def open_seal(file: Path) -> None:
    """Say that the file is about to change: who meets it without a seal knows that a process was killed at work."""
    _seal(file).unlink(missing_ok=True)


def close_seal(file: Path) -> None:
    """Write down the checksum of the file, which no other may change meanwhile, where none is written down."""
    if not _seal(file).exists():
        with suppress(OSError):  # a full disk: the next process looks through the file instead
            write_whole(_seal(file), sealed({"checksum": _checksum(file)}))


def is_whole(file: Path) -> bool:
    """Whether the file has the checksum of its seal; where it has no seal, whether SQLite finds it whole."""
    seal = _seal(file)
    try:
        if seal.exists() and unsealed(seal.read_bytes()) != {"checksum": _checksum(file)}:
            return False
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            read(connection, "mark")  # rolls back what a killed process left half done
            return seal.exists() or connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
    except (OSError, ValueError, sqlite3.DatabaseError):
        return False


def is_blank(file: Path) -> bool:
    """Whether nothing was written into the file yet, where a process ended before it could."""
    return not _seal(file).exists() and not (file.exists() and file.stat().st_size)


def empty(file: Path) -> None:
    """Delete what is saved; the seal last, since a file beside a seal of another is not believed."""
    for part in (file, file.with_name(f"{file.name}-journal"), _seal(file)):
        part.unlink(missing_ok=True)


def _seal(file: Path) -> Path:
    return file.with_name(_SEAL)


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as stream:
        while block := stream.read(_AT_ONCE):
            checksum = zlib.crc32(block, checksum)
    return checksum


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
