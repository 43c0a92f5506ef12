"""The SQLite file of conversations: made, opened, and what is said when that fails."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from index.archive.file import write_ahead
from index.errors import ConversationsError
from index.text import fold_text

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
APPLICATION_ID = 0x49534E43  # "ISNC", where SQLite keeps the owner of a file
WAIT_SECONDS = 5.0
"""For another process that writes."""

_SCHEMA = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    title TEXT NOT NULL,
    changed REAL NOT NULL,  -- seconds since 1970, as all times here
    token TEXT UNIQUE,  -- under which it is shared
    deleted REAL
);
CREATE INDEX conversations_by_person ON conversations (person, changed);
CREATE INDEX conversations_by_deletion ON conversations (deleted);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    understood TEXT,
    asked REAL NOT NULL,
    folded TEXT NOT NULL,  -- question and answer, to be searched
    stated TEXT NOT NULL,  -- JSON, as answer, articles and filters
    answer TEXT NOT NULL,
    articles TEXT NOT NULL,
    html TEXT NOT NULL,
    filters TEXT NOT NULL
);
CREATE INDEX turns_by_conversation ON turns (conversation);
"""


def connect(file: Path) -> sqlite3.Connection:
    """Open the file, and make it where there is none. Raises sqlite3.DatabaseError and ConversationsError."""
    connection = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    """Make the tables where there are none. Raises ConversationsError for what was made by another program."""
    connection.create_function("fold", 1, fold_text, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what was deleted cannot be read in the file
    connection.execute("BEGIN IMMEDIATE")
    version, owner = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id"))
    if version == owner == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    elif owner != APPLICATION_ID:
        raise ConversationsError(f"conversations are not kept: '{file}' is another program's database; move it away")
    elif version > VERSION:
        raise ConversationsError(
            f"conversations are not kept: '{file}' has format {version}, this program knows up to {VERSION};"
            " update Isnad"
        )
    connection.execute("COMMIT")
    write_ahead(connection, WAIT_SECONDS)


def conversations_error(file: Path, error: sqlite3.DatabaseError) -> ConversationsError:
    """What SQLite reports, as the error that the user reads."""
    match error.sqlite_errorcode & 0xFF:  # the low byte is the kind of the failure
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            what = "is locked by another process; try again when it is done"
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            what = f"is damaged ({error}); move it away, and another is made"
        case _:
            what = f"cannot be written ({error}); make room or allow writing"
    return ConversationsError(f"conversations are not kept: '{file}' {what}")
