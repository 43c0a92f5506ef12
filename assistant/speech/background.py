"""Finding statements beside other work: in a process while articles are still being added, or by workers after that."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from index.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path
    from types import TracebackType

    from index.archive.address import Address
    from index.types import Archive
    from index.workers import Workers

ENOUGH = 500
"""Articles from which a process of its own is worth its start."""

_PAUSE = 1.0  # seconds between two looks for what has come
_TOLD = 50  # articles between two reports of progress


class BackgroundStatements:
    """Keeps the statements of an archive up while it grows, on another core; within a ``with`` block.

    It is a help and no more: where the process ends early, what it found stays, and catching up finds the rest.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._articles = 0
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._connection is not None:
            self._process.terminate()
            self._process.join()
            self._connection.close()

    def count(self, articles: int) -> None:
        """Take note that so many more articles were added."""
        self._articles += articles
        if self._process is None and self._articles >= ENOUGH:
            context = multiprocessing.get_context("spawn")  # a copy of this process would share its locks and threads
            self._connection, other = context.Pipe()
            self._process = context.Process(target=_find, args=(self._address, other, os.getpid()), daemon=True)
            self._process.start()
            other.close()

    def finish(self, progress: Callable[[int], object]) -> None:
        """Wait until all statements are found; `progress` gets the number of articles read since its last call.

        Call it once nothing more is added.
        """
        if self._connection is None:
            return
        with suppress(EOFError, OSError):  # the process has ended
            self._connection.send(None)
            while True:
                progress(self._connection.recv())


def _find(address: Address, connection: Connection, parent: int) -> None:
    """Follow an archive until the parent has no more to add, or is gone."""
    from assistant.speech.statements import StatementFinder
    from index.archive.opening import open_at
    from index.followers.statement_index import StatementIndex

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    found = 0
    finished = False

    def count(articles: int) -> None:
        nonlocal found
        found += articles
        # Until the parent waits it reads nothing: three hundred reports fill the pipe, and this process would stand.
        if found >= _TOLD and (finished or connection.poll()):
            connection.send(found)
            found = 0
        if os.getppid() != parent:
            raise SystemExit

    with suppress(ArchiveError, EOFError, OSError), open_at(address) as archive:
        index = StatementIndex(archive.folder, StatementFinder())
        while not finished:
            if finished := connection.poll(_PAUSE):
                connection.recv()
            index.catch_up(archive, count)


class SpreadStatements:
    """Has workers find the statements of an archive to which nothing more is added; within a ``with`` block.

    A thread saves them, so that the other indexes can be brought up to date meanwhile.
    """

    def __init__(self, archive: Archive, folder: Path, workers: Workers) -> None:
        self._archive = archive
        self._folder = folder
        self._workers = workers
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="statements")
        self._is_stopped = threading.Event()
        self._found = 0
        self._finding: Future[None] | None = None

    def __enter__(self) -> Self:
        self._finding = self._thread.submit(self._find)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_stopped.set()
        self._thread.shutdown()

    def finish(self, progress: Callable[[int], object]) -> None:
        """Wait until all statements are found; see `BackgroundStatements.finish`. Raises what kept them from it."""
        shown = 0
        while self._finding and not self._finding.done():
            wait([self._finding], _PAUSE)
            progress(self._found - shown)
            shown = self._found
        if self._finding:
            self._finding.result()

    def _find(self) -> None:
        from assistant.speech.statements import StatementFinder
        from index.followers.statement_index import StatementIndex

        with suppress(_StoppedError):
            StatementIndex(self._folder, StatementFinder()).catch_up(self._archive, self._count, self._workers)

    def _count(self, articles: int) -> None:
        self._found += articles
        if self._is_stopped.is_set():
            raise _StoppedError


class _StoppedError(Exception):
    """What was found so far is enough: the ingest has failed or was interrupted."""
