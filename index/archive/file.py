"""The archive's SQLite file: finding it, making it, opening it, and what is said when that fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveVersionError,
    ArchiveWriteError,
    NotAnArchiveError,
)

FILE = "archive.sqlite3"
REJECTS = "rejects.jsonl"
"""What the last ingest rejected, beside it."""
CONVERSATIONS = "conversations.sqlite3"
"""What was asked of it in the browser, beside it too."""
KEYS = "keys.json"
"""What lets programs in that ask it over HTTP, there as well."""
INDEX_FOLDERS = ("dense", "lexical", "words", "statements", "copies", "milvus")
APPLICATION_ID = 0x49534E44  # "ISND", where SQLite keeps the owner of a file
VERSION = 1
_PAUSE = 0.02  # seconds between two tries

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL);
CREATE TABLE articles (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    title TEXT, source TEXT, url TEXT, author TEXT, published TEXT, agency TEXT, dateline TEXT,
    spans TEXT NOT NULL,
    text TEXT NOT NULL  -- last, so that a scan for the other columns does not walk through its overflow pages
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (ordinal),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX passages_by_generation ON passages (generation);
CREATE TABLE removed (number INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE INDEX removed_by_generation ON removed (generation);
"""


def connect(folder: Path, *, wait_seconds: float, make_for: tuple[str, int] | None) -> sqlite3.Connection:
    """Open the file of an archive folder; where none is, make it for an encoder's name and dimensions.

    Raises every ArchiveError but EncoderMismatchError and UnknownArticleError.
    """
    file = _find_file(folder, create=make_for is not None)
    with clear_errors(folder):
        connection = sqlite3.connect(
            _address(file, create=make_for is not None),
            uri=True,
            timeout=wait_seconds,
            isolation_level=None,  # transactions are begun by hand
            check_same_thread=False,  # the archive locks
        )
        try:
            if make_for is not None and not _is_made(connection):
                write_ahead(connection, wait_seconds)
                _make(connection, *make_for)
            _check(connection, folder)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # what was reported as added is there after a power cut
        except BaseException:
            connection.close()
            raise
    return connection


def copy_damaged(folder: Path, into: Path) -> None:
    """Copy an archive's file and log; what a cut-off file lacks becomes empty pages, or SQLite would not open it.

    Raises ArchiveError.
    """
    file = _find_file(folder, create=False)
    try:
        for name in (FILE, f"{FILE}-wal"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, into / name)
        with (into / FILE).open("r+b") as copy:
            head = copy.read(32)
            # The header holds the size of a page, where 1 stands for 65536, and how many there are.
            page, count = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
            copy.truncate(max((65536 if page == 1 else page) * count, file.stat().st_size))
    except OSError as error:
        raise ArchiveWriteError(f"cannot copy the archive '{folder}': {error}; make room or allow reading") from error


def _is_made(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def write_ahead(connection: sqlite3.Connection, wait_seconds: float) -> None:
    """Turn the write-ahead log on; where two processes do so at once, SQLite refuses one without waiting."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
        time.sleep(_PAUSE)


def _make(connection: sqlite3.Connection, encoder_name: str, dimensions: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if not _is_made(connection):  # another process may have been first
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        facts = {"identity": uuid.uuid4().hex, "generation": 0, "encoder": encoder_name, "dimensions": dimensions}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _check(connection: sqlite3.Connection, folder: Path) -> None:
    if not _is_made(connection):
        raise _no_archive(folder)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAnArchiveError(
            f"'{folder / FILE}' is another program's database; choose another folder with --archive"
        )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise ArchiveVersionError(
            f"the archive '{folder}' has format {version}, this program knows up to {VERSION}; update Isnad"
        )


def _find_file(folder: Path, *, create: bool) -> Path:
    """Return where the archive file is or is to be; raise where the folder is something else."""
    file = folder / FILE
    try:
        if file.is_file():
            return file
        if folder.exists() and not folder.is_dir():
            raise NotAnArchiveError(f"'{folder}' is a file; an archive is a folder: name another with --archive")
        names = os.listdir(folder) if folder.is_dir() else []
        if any(
            name not in INDEX_FOLDERS and not name.startswith((FILE, REJECTS, CONVERSATIONS, KEYS)) for name in names
        ):
            raise NotAnArchiveError(
                f"'{folder}' is not an archive and holds other files; name an empty or new folder with --archive"
            )
        if not create:
            raise _no_archive(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveWriteError(f"cannot use '{folder}' for an archive: {error.strerror}; choose another") from error
    return file


def _address(file: Path, *, create: bool) -> str:
    address = file.absolute().as_uri()
    if os.access(file.parent, os.W_OK) and (os.access(file, os.W_OK) or not file.exists()):
        return f"{address}?mode={'rwc' if create else 'rw'}"
    # Where nothing can be written, SQLite cannot make the shared memory that a write-ahead log needs. Without a log
    # left over there is nothing in it to read either.
    has_log = file.with_name(f"{FILE}-wal").exists()
    return f"{address}?mode=ro" if has_log else f"{address}?immutable=1"


def _no_archive(folder: Path) -> NotAnArchiveError:
    return NotAnArchiveError(
        f"there is no archive in '{folder}'; make one with `isnad ingest PATH`, or name another with --archive"
    )


@contextmanager
def clear_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite reports into the error that the user reads."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _archive_error(folder, error) from error


def _archive_error(folder: Path, error: sqlite3.DatabaseError) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, sqlite3.ProgrammingError):
        return error  # a mistake in this program
    match None if code is None else code & 0xFF:  # the low byte is the kind of the failure
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return ArchiveLockedError(f"the archive '{folder}' is locked by another process; try again when it is done")
        case sqlite3.SQLITE_NOTADB:
            return NotAnArchiveError(f"'{folder / FILE}' is not an archive; choose another folder with --archive")
        case None | sqlite3.SQLITE_CORRUPT:
            return ArchiveDamagedError(f"the archive '{folder}' is damaged ({error}); restore it from a copy")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return ArchiveWriteError(f"cannot write to the archive '{folder}': {error}; make room or allow writing")
        case _:
            return ArchiveError(f"cannot use the archive '{folder}': {error}")
