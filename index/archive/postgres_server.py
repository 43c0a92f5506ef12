"""An archive's PostgreSQL schema: connecting, making it, recognising it, and what is said when that fails."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.json import Jsonb
from psycopg.types.string import BytesBinaryDumper, StrDumper, TextBinaryLoader

from index.archive.address import Server
from index.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveUnreachableError,
    ArchiveVersionError,
    ArchiveWriteError,
    NotAnArchiveError,
)

Connection = psycopg.Connection[tuple[Any, ...]]

VERSION = 1
_MAKING = 0x49534E44  # "ISND": the number of the lock under which archives are made

# A server that has gone is noticed within a minute, not when the system's own patience ends.
_DEFAULTS: dict[str, str | int] = {
    "application_name": "isnad",
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
# So is a writer that has gone without a word, by the server, which then gives up its lock. A step may take its time
# between two statements: a rebuild encodes there.
_SESSION = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "0",
}

_SCHEMA = """
CREATE TABLE meta (key text PRIMARY KEY, value jsonb NOT NULL);
CREATE TABLE articles (
    ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    path text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    title text COLLATE "C", source text COLLATE "C", url text COLLATE "C", author text COLLATE "C",
    published text COLLATE "C", agency text COLLATE "C", dateline text COLLATE "C",
    spans text COLLATE "C" NOT NULL,
    text text COLLATE "C" NOT NULL,
    EXCLUDE USING hash (path WITH =)  -- a path may be longer than what a unique index takes
);
CREATE TABLE passages (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    article bigint NOT NULL REFERENCES articles (ordinal),
    start integer NOT NULL,
    "end" integer NOT NULL,
    generation bigint NOT NULL,
    vector bytea NOT NULL
);
ALTER TABLE passages ALTER COLUMN vector SET STORAGE EXTERNAL;  -- halves of floats do not get smaller
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX passages_by_generation ON passages (generation, number);
CREATE TABLE removed (number bigint PRIMARY KEY, generation bigint NOT NULL);
CREATE INDEX removed_by_generation ON removed (generation);
"""
_TABLES = {"meta", "articles", "passages", "removed"}


class _Dumper(StrDumper):
    """Writes text, in which PostgreSQL holds every code point but U+0000, with that one as two others."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401  (psycopg's buffers)
        return super().dump(obj.replace("\1", "\1\3").replace("\0", "\1\2") if "\0" in obj or "\1" in obj else obj)


class _Loader(TextBinaryLoader):
    """Reads it again."""

    def load(self, data: Any) -> Any:  # noqa: ANN401  (psycopg's buffers)
        text = str(data, "utf-8")
        return text.replace("\1\2", "\0").replace("\1\3", "\1") if "\1" in text else text


CODE_POINTS = "length(replace({}, chr(1), ''))"
"""The length of a text as it was given: the first of two others is always U+0001, which nothing else is."""


def connect(server: Server) -> Connection:
    """Connect to a server's database, with the archive's schema the only one in sight.

    Raises ArchiveUnreachableError and NotAnArchiveError.
    """
    try:
        given = conninfo_to_dict(server.uri)
    except psycopg.ProgrammingError:
        # What libpq says of it may quote the password.
        raise ArchiveUnreachableError(
            f"the address '{server}' has an option that PostgreSQL does not know, or a password with a bare %; "
            "correct it, and write % as %25"
        ) from None
    try:
        connection = psycopg.connect(
            make_conninfo(server.uri, **{key: value for key, value in _DEFAULTS.items() if key not in given}),
            autocommit=True,
        )
    except psycopg.Error as error:
        raise _refusal(server, error) from error
    with clear_errors(server):
        connection.adapters.register_dumper(str, _Dumper)
        connection.adapters.register_dumper(bytes, BytesBinaryDumper)
        connection.adapters.register_loader("text", _Loader)
        for name, value in {"search_path": server.schema, **_SESSION}.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))
    return connection


def make(connection: Connection, server: Server, encoder_name: str, dimensions: int) -> None:
    """Make the archive's tables where its schema has none. Raises ArchiveError."""
    with clear_errors(server), connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))  # another process may be about it
        if _tables(connection, server):
            return
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise NotAnArchiveError(
                f"the database of '{server}' keeps texts in {encoding}; make one with `createdb --encoding UTF8 "
                "--template template0`"
            )
        if not connection.execute("SELECT to_regnamespace(%s)", (server.schema,)).fetchall()[0][0]:
            connection.execute(f"CREATE SCHEMA {server.schema}".encode())  # which `read_address` has checked
        connection.execute(_SCHEMA)
        facts: dict[str, object] = {"format": VERSION, "identity": uuid.uuid4().hex, "generation": 0}
        facts |= {"encoder": encoder_name, "dimensions": dimensions}
        for key, value in facts.items():
            connection.execute("INSERT INTO meta VALUES (%s, %s)", (key, Jsonb(value)))


def check(connection: Connection, server: Server) -> str:
    """Return the identity of the archive in a schema. Raises ArchiveError where there is none that can be opened."""
    with clear_errors(server):
        tables = _tables(connection, server)
        if not tables:
            raise NotAnArchiveError(
                f"there is no archive in '{server}'; make one with `isnad ingest PATH`, or name another with --archive"
            )
        try:
            facts: dict[str, object] = (
                dict(connection.execute("SELECT key, value FROM meta").fetchall()) if tables >= _TABLES else {}
            )
        except psycopg.errors.UndefinedColumn:
            facts = {}
    version, identity = facts.get("format"), facts.get("identity")
    if not isinstance(version, int) or not isinstance(identity, str):
        raise NotAnArchiveError(
            f"the schema '{server.schema}' of '{server}' holds another program's tables; choose another with "
            "?schema=NAME"
        )
    if version > VERSION:
        raise ArchiveVersionError(
            f"the archive '{server}' has format {version}, this program knows up to {VERSION}; update Isnad"
        )
    return identity


def _tables(connection: Connection, server: Server) -> set[str]:
    rows = connection.execute(
        "SELECT relname::text FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE nspname = %s AND relkind IN ('r', 'p', 'v')",
        (server.schema,),
    )
    return {name for (name,) in rows}


def _refusal(server: Server, error: psycopg.Error) -> ArchiveError:
    """Say why there is no connection; libpq gives no code for that, only words, which are the server's own."""
    told = str(error).partition("\n")[0].removeprefix("connection failed: ")
    if re.search(r'FATAL:  database ".*" does not exist', told):
        return NotAnArchiveError(f"there is no archive in '{server}': {told}; make the database with createdb")
    if "password" in told or re.search(r'FATAL:  role ".*" does not exist|no pg_hba\.conf entry', told):
        todo = "name a role that may, in the address, and its password in ~/.pgpass or PGPASSWORD"
    else:
        todo = "see that its server runs, and that the address is right"
    return ArchiveUnreachableError(f"the archive '{server}' cannot be reached: {told}; {todo}")


_ERRORS: list[tuple[set[str], type[ArchiveError], str]] = [
    (
        # no code at all; shut down, crashed, starting; sat idle for too long
        {"lost", "57P01", "57P02", "57P03", "57P05", "25P03"},
        ArchiveUnreachableError,
        "the archive '{}' cannot be reached: {}; see that its server runs",
    ),
    (
        {"55P03", "40P01", "40001"},
        ArchiveLockedError,
        "the archive '{}' is locked by another process; try again when it is done",
    ),
    ({"42501"}, ArchiveWriteError, "the archive '{}' does not allow this: {}; grant the role what it lacks"),
    (
        {"25006", "53100", "53200", "53400", "58030"},  # it may only be read; no room; faults of the disk
        ArchiveWriteError,
        "cannot write to the archive '{}': {}; make room or allow writing",
    ),
    ({"XX001", "XX002"}, ArchiveDamagedError, "the archive '{}' is damaged ({}); restore it from a copy"),
    ({"42P01", "3F000"}, NotAnArchiveError, "the archive '{}' was removed since it was opened: {}; start again"),
]
"""By PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html"""


@contextmanager
def clear_errors(server: Server) -> Iterator[None]:
    """Turn what PostgreSQL reports into the error that the user reads."""
    try:
        yield
    except psycopg.Error as error:
        raise archive_error(server, error) from error


def archive_error(server: Server, error: psycopg.Error) -> ArchiveError:
    """Return the error that the user reads."""
    told = (error.diag.message_primary or str(error)).partition("\n")[0]
    state = error.sqlstate or ("lost" if isinstance(error, psycopg.OperationalError) else "")
    kind, line = next(
        ((kind, line) for states, kind, line in _ERRORS if state in states),
        (ArchiveError, "cannot use the archive '{}': {}"),
    )
    return kind(line.format(server, told))
