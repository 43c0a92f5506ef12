"""A Milvus server, or Milvus Lite in this process on a file: opened once, shared, closed when the program ends."""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArchiveLockedError, ArchiveWriteError, IndexServerError, SettingsError
from index.settings import IndexPlace

if TYPE_CHECKING:
    from pymilvus import MilvusClient

PATIENCE, SOON = 60.0, 15.0
"""Seconds that a server may take to write or load, and to find something."""

# A server that comes back is found at once, not after minutes, and not only by new connections.
_RECONNECTING = {
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 1_000,
    "grpc.use_local_subchannel_pool": 1,
}
_PAUSE = 0.05  # seconds between two looks whether a file is free
_OPENING = threading.Lock()
_OPEN: dict[IndexPlace, MilvusServer] = {}


class MilvusServer:
    """A connection to the server of a place; threads may share it."""

    def __init__(self, place: IndexPlace, client: MilvusClient) -> None:
        self.place = place
        self.client = client

    @classmethod
    def open(cls, place: IndexPlace, wait_seconds: float) -> MilvusServer:
        """Connect, or share the connection that there is.

        Raises SettingsError where the client is not installed, ArchiveLockedError where another process has the file
        open after the wait, IndexServerError where nobody answers.
        """
        with _OPENING:
            server = _OPEN.get(place)
            if server is None:
                atexit.register(close_servers)  # the threads of Milvus Lite must end before the program does
                server = _OPEN[place] = cls(place, _connect(place, wait_seconds))
            return server


def close_servers() -> None:
    """Close all connections, and end the threads that serve files; what is open cannot be used any more."""
    with _OPENING:
        while _OPEN:
            place, server = _OPEN.popitem()
            server.client.close()
            _release(place)


@contextmanager
def told(place: IndexPlace) -> Iterator[None]:
    """Let an error of the client become one line. Raises IndexServerError."""
    from grpc import RpcError
    from pymilvus import MilvusException

    try:
        yield
    except MilvusException as error:
        raise IndexServerError(f"the index at '{place}' failed: {_line(error.message)}; {_ADVICE}") from error
    except RpcError as error:
        raise IndexServerError(f"the index at '{place}' does not answer: {_line(str(error))}; {_ADVICE}") from error


_ADVICE = "see that it runs, and ask again"


def _connect(place: IndexPlace, wait_seconds: float) -> MilvusClient:
    os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")  # else importing pymilvus reads settings from a .env it finds
    try:
        from pymilvus import MilvusClient, MilvusException
    except ImportError as error:
        raise SettingsError(f"ISNAD_INDEX is '{place}': {error}; run `pip install 'isnad[milvus]'`") from error
    for name in ("pymilvus", "pymilvus.milvus_client", "milvus_lite", "grpc._server"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # they print what is raised as well
    if place.is_file:
        _wait_for_file(place, wait_seconds)
    patience = PATIENCE if place.is_file else max(wait_seconds, 1.0)
    try:
        return MilvusClient(place.uri, token=place.token, timeout=patience, dedicated=True, grpc_options=_RECONNECTING)
    except MilvusException as error:
        _release(place)
        what = "open" if place.is_file else "reach"
        raise IndexServerError(
            f"cannot {what} the index at '{place}': {_line(error.message)}; correct ISNAD_INDEX or start it"
        ) from error


def _wait_for_file(place: IndexPlace, wait_seconds: float) -> None:
    """Wait until no other process has a file of Milvus Lite open, which is a folder with a lock."""
    lock = Path(place.uri) / "LOCK"
    try:
        lock.parent.mkdir(exist_ok=True)
        file = lock.open("ab")
    except OSError as error:
        raise ArchiveWriteError(f"cannot open the index '{place}': {error.strerror}; allow writing there") from error
    with file:
        deadline = time.monotonic() + wait_seconds
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            if time.monotonic() >= deadline:
                raise ArchiveLockedError(
                    f"the index '{place}' is open in another process, and Milvus Lite serves one at a time; end that "
                    "one, or run a Milvus server"
                )
            time.sleep(_PAUSE)


def _release(place: IndexPlace) -> None:
    """End the threads that serve a file."""
    if place.is_file:
        from milvus_lite import server_manager_instance

        server_manager_instance.release_server(place.uri)


def _line(message: str) -> str:
    return " ".join(message.split()).rstrip(".")
