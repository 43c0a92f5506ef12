"""The archive in a schema of a PostgreSQL database: what the SQLite file is, for writers on several machines.

Writers take turns by a lock on the row that holds the generation, taken before it is read and held until the step is
committed. So generations are committed in the order of their numbers, and an index that has followed the archive to one
of them never misses a passage that comes later with a smaller number.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import cache
from typing import Any, NamedTuple, Self, TypeVar

import psycopg
from psycopg.types.json import Jsonb

from index.archive.address import Server
from index.archive.check import Dialect
from index.archive.postgres_connections import Connections
from index.archive.postgres_server import CODE_POINTS, Connection, archive_error, check, clear_errors, make
from index.archive.reader import Statistics
from index.archive.rows import COLUMNS
from index.archive.table import ArticleTable
from index.archive.writer import ArchiveWriter
from index.errors import ArchiveDamagedError, ArchiveUnreachableError, ArchiveWriteError, NotAnArchiveError

_Done = TypeVar("_Done")


class _Look(NamedTuple):
    """The connection that a thread's statements go to while it reads one state."""

    connection: Connection


class _Step(NamedTuple):
    """The connection that a thread's statements go to until its change is made final, or taken back.

    `facts` are what the archive remembers of itself, which nobody else can change meanwhile; where they are not as
    they were `before`, they are written at the end.
    """

    connection: Connection
    facts: dict[str, Any]
    before: dict[str, Any]


class _Thread(threading.local):
    pinned: _Look | _Step | None = None


class PostgresArchive(ArchiveWriter[Server]):
    """An archive in a schema of a PostgreSQL database; safe to share between threads.

    A read whose connection was lost is tried again on a new one, for `wait_seconds`, in which a server may start anew.
    A step whose connection is lost has not happened, or is said to have perhaps happened where it was being committed.
    Every method raises an ArchiveError where the server cannot be reached, is locked for too long or refuses.
    """

    dialect = Dialect("string_agg({}::text, ',')", CODE_POINTS, ("",), lambda rows: iter(()))

    def __init__(self, server: Server, connections: Connections, identity: str, wait_seconds: float) -> None:
        super().__init__(server)
        self._server = server
        self._connections = connections
        self._identity = identity
        self._wait_seconds = wait_seconds
        self._writing = threading.RLock()
        self._thread = _Thread()

    @classmethod
    def _opened(cls, address: Server, wait_seconds: float, make_for: tuple[str, int] | None) -> Self:
        connections = Connections(address)
        try:
            with connections.lent() as connection:
                if make_for is not None:
                    make(connection, address, *make_for)
                identity = check(connection, address)
        except BaseException:
            connections.close()
            raise
        with suppress(OSError):  # as where a folder cannot be written: indexes are then in memory alone
            address.folder.mkdir(parents=True, exist_ok=True)
        return cls(address, connections, identity, wait_seconds)

    @property
    def identity(self) -> str:
        """A name that no other archive has; that it is still this one here is looked at with every generation."""
        return self._identity

    def close(self) -> None:
        """Close the connections; the archive is not usable afterwards."""
        self._connections.close()

    def statistics(self) -> Statistics:
        """Count what the archive holds."""
        return self._patiently(super().statistics)

    def table(self) -> ArticleTable:
        """Return what filters choose by, in the archive's present state; read once for each."""
        return self._patiently(super().table)

    def verify(self) -> list[str]:
        """Check every text against its id, every offset against its text, and the vectors, all of one state.

        Returns what is wrong, each as a line that says what to do. The database's own structure is its server's care.
        """
        with self._one_state():
            return super().verify()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Let what is added and removed within take effect as one step, or not at all; other writers wait."""
        if self._thread.pinned is not None:
            yield
            return
        with self._writing, ExitStack() as held:
            step = self._patiently(lambda: self._begun(held))
            self._thread.pinned = step
            try:
                try:
                    yield
                    for key, value in step.facts.items():
                        if step.before[key] != value:
                            self._run("UPDATE meta SET value = ? WHERE key = ?", (Jsonb(value), key))
                except ArchiveUnreachableError as error:
                    raise ArchiveUnreachableError(f"{error}; nothing of the change under way is in it") from error
                self._commit(step.connection)
            except BaseException:
                with suppress(psycopg.Error):  # the server has taken it back by itself
                    step.connection.execute("ROLLBACK")
                raise
            finally:
                self._thread.pinned = None

    def _begun(self, held: ExitStack) -> _Step:
        """Begin a step once other writers are done, on a connection that is kept until the end of `held`."""
        with ExitStack() as attempt:
            connection = attempt.enter_context(self._connections.lent())
            milliseconds = max(1, round(self._wait_seconds * 1000))  # nought would be for ever
            with clear_errors(self._server):
                # Whatever isolation the database has by itself: each statement is to see what the last writer left.
                connection.execute(
                    f"BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {milliseconds}; "
                    "SELECT FROM meta WHERE key = 'generation' FOR UPDATE".encode()
                )
                facts = dict(_fetch(connection, "SELECT key, value FROM meta", ()))
            self._stated(facts, "generation")  # without its row there is nothing to hold the lock by
            held.push(attempt.pop_all())
            return _Step(connection, facts, dict(facts))

    def _commit(self, connection: Connection) -> None:
        try:
            ended = connection.execute("COMMIT").statusmessage
        except psycopg.OperationalError as error:
            if not connection.closed:
                raise archive_error(self._server, error) from error
            raise ArchiveUnreachableError(
                f"the archive '{self._server}' was lost while a change was being made final: it is there whole or not "
                "at all; do it again once the server answers"
            ) from error
        if ended != "COMMIT":
            raise ArchiveWriteError(f"the archive '{self._server}' did not keep a change ({ended}); do it again")

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        if self._thread.pinned is not None:
            yield
            return
        with self._connections.lent() as connection:
            with clear_errors(self._server):
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._thread.pinned = _Look(connection)
            try:
                yield
            finally:
                self._thread.pinned = None
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")

    def _patiently(self, work: Callable[[], _Done]) -> _Done:
        """Do what changes nothing; where the connection is lost, again on a new one, for as long as a writer waits."""
        deadline: float | None = None
        while True:
            try:
                return work()
            except ArchiveUnreachableError:
                now = time.monotonic()
                deadline = now + self._wait_seconds if deadline is None else deadline
                if self._thread.pinned is not None or now >= deadline:
                    raise
            self._connections.renew(deadline - now)

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        pinned = self._thread.pinned
        if pinned is None:
            return self._patiently(lambda: self._rows_alone(statement, values))
        # In a look at one state, a statement that fails must not take the others with it.
        with (
            clear_errors(self._server),
            pinned.connection.transaction() if isinstance(pinned, _Look) else nullcontext(),
        ):
            return _fetch(pinned.connection, statement, values)

    def _rows_alone(self, statement: str, values: Sequence[object]) -> list[Any]:
        with self._connections.lent() as connection, clear_errors(self._server):
            return _fetch(connection, statement, values)

    def _run(self, statement: str, values: Sequence[object]) -> None:
        assert self._thread.pinned is not None
        with clear_errors(self._server):
            self._thread.pinned.connection.execute(_in_psycopg(statement), values)

    def _insert(self, article: Sequence[object], generation: int, passages: Sequence[tuple[int, int, bytes]]) -> None:
        # One statement, since each is a journey to the server and back.
        starts, ends, vectors = ([passage[part] for passage in passages] for part in range(3))
        self._run(
            f"WITH added AS (INSERT INTO articles ({COLUMNS}) VALUES ({', '.join('?' * len(article))}) "
            'RETURNING ordinal) INSERT INTO passages (article, start, "end", generation, vector) '
            "SELECT ordinal, starts, ends, ?, vectors FROM added, "
            "unnest(?::int[], ?::int[], ?::bytea[]) WITH ORDINALITY AS came (starts, ends, vectors, place) "
            "ORDER BY place",
            (*article, generation, starts, ends, vectors),
        )

    def _advance(self) -> int:
        facts = self._facts()
        facts["generation"] += 1
        return int(facts["generation"])

    def _restate(self, facts: Mapping[str, object]) -> None:
        self._facts().update(facts)

    def _among(self, column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
        return f"{column} = ANY(?)", [list(values)]

    def _size(self) -> int:
        sizes = "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = "
        return int(self._rows(f"{sizes} ?::regnamespace", (self._server.schema,))[0][0])

    def _facts(self) -> dict[str, Any]:
        """Return what the archive remembers of itself; within a step, what the step changes."""
        pinned = self._thread.pinned
        if isinstance(pinned, _Step):
            return pinned.facts
        return dict(self._rows("SELECT key, value FROM meta"))

    def _fact(self, key: str) -> Any:  # noqa: ANN401  (a number or a string)
        return self._stated(self._facts(), key)

    def _stated(self, facts: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401  (a number or a string)
        """Return one of the facts. Raises NotAnArchiveError where they are another archive's than the one opened."""
        if facts.get("identity") != self._identity:
            raise NotAnArchiveError(
                f"the archive '{self._server}' was removed or replaced since it was opened; start again"
            )
        if key not in facts:
            raise ArchiveDamagedError(f"the archive '{self._server}' is damaged: it has lost its {key}")
        return facts[key]


def _fetch(connection: Connection, statement: str, values: Sequence[object]) -> list[Any]:
    return connection.execute(_in_psycopg(statement), values, binary=True).fetchall()


@cache
def _in_psycopg(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()
