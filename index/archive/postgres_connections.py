"""Connections to one PostgreSQL database, lent to one thread at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.pq import TransactionStatus

from index.archive.address import Server
from index.archive.postgres_server import Connection, connect
from index.errors import ArchiveUnreachableError

MOST = 8
"""Connections of one process to one archive; more threads wait. A server has a hundred for all unless it is told."""

_PAUSE = 0.1  # seconds between two tries to connect


class Connections:
    """Lends connections to a server's database and keeps them for the next; threads may share it.

    One that the server has dropped is not kept. Not psycopg's own pool: that tries to connect again in a thread of its
    own, and what keeps it from connecting, a wrong password as well as a server that is down, is then told to nobody.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._room = threading.BoundedSemaphore(MOST)
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._closed = False

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Give a connection, outside of any transaction; it comes back at the end. Raises ArchiveUnreachableError."""
        with self._room:
            connection = self._take()
            try:
                yield connection
            finally:
                self._put_back(connection)

    def renew(self, wait_seconds: float) -> None:
        """Forget the connections that are not in use, and connect anew, for so long as the server may take to start.

        Raises ArchiveUnreachableError.
        """
        self._forget()
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                return self._put_back(connect(self._server))
            except ArchiveUnreachableError:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(_PAUSE)

    def close(self) -> None:
        """Close all, those in use when they come back."""
        self._closed = True
        self._forget()

    def _take(self) -> Connection:
        with self._lock:
            if self._closed:
                raise RuntimeError(f"the archive '{self._server}' is closed")
            if self._idle:
                return self._idle.pop()
        return connect(self._server)

    def _put_back(self, connection: Connection) -> None:
        with self._lock:
            if not self._closed and connection.info.transaction_status is TransactionStatus.IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _forget(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
