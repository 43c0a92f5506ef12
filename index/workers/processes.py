"""Workers that are processes of this machine: at work once that turns out to be long, none outliving this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self, TypeVar

from index.errors import IsnadError
from index.workers.portions import HERE, Lanes, Lost, Task, WorkerEnded

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

ENOUGH = 1.0
"""Seconds that the work has taken in this process before others are worth their start, which takes each as long."""

_SPAWN = multiprocessing.get_context("spawn")  # a copy of this process would share its locks and threads
_LEAVE = 10.0  # seconds in which a process ends that has nothing left to do
_GARBAGE = 50_000  # objects made until Python looks for cycles among them: portions have none, and it takes 3 in 100
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Processes:
    """Does work in so many processes; within a ``with`` block, at whose end they are gone.

    A process is given one portion at a time. One that ends, killed or for want of memory, is replaced. None is started
    before the work has taken `enough` seconds in this process.

    Where they are `forked`, they begin at once as copies of this process, within milliseconds and with every library
    and model that it has loaded; so enter the block before anything is opened. Raises ValueError there where `may_fork`
    is false.
    """

    def __init__(self, count: int, *, enough: float = ENOUGH, forked: bool = False) -> None:
        self._count = count
        self._is_forked = forked
        self._enough = 0.0 if forked else enough
        self._lanes = Lanes(count, self._call, _ignore_interrupts)
        self._idle: queue.SimpleQueue[_Process | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: set[_Process] = set()
        self._is_closed = False

    def __enter__(self) -> Self:
        if self._is_forked and not may_fork():
            raise ValueError("a process with threads cannot be copied: their locks would never be given back")
        forked: list[_Process] = []
        with _interrupts_blocked():
            for _ in range(self._count):
                if self._is_forked:
                    forked.append(_Process(1, forked))
                self._idle.put(forked[-1] if forked else None)  # None is one that is not started yet
        self._running.update(forked)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lanes.close()
        with self._lock:
            self._is_closed = True
            idle = set()
            with suppress(queue.Empty):
                while True:
                    idle.add(self._idle.get_nowait())
            for process in self._running:
                process.dismiss() if process in idle and error is None else process.kill()
        for _ in range(self._count):
            self._idle.put(None)  # for lanes that are about to look for another
        self._lanes.join()
        for process in self._running:
            process.close()

    @property
    def are_at_work(self) -> bool:
        """Whether any was given something to do and still runs."""
        with self._lock:
            return self._enough <= 0 and bool(self._running)

    def map(
        self, task: Task[_Item, _Result], portions: Iterable[Sequence[_Item]]
    ) -> Iterator[Sequence[_Result | Lost]]:
        """See `Workers`."""
        rest = iter(portions)
        while self._enough > 0:
            items = next(rest, None)
            if items is None:
                return
            began = time.perf_counter()
            (results,) = HERE.map(task, [items])
            self._enough -= time.perf_counter() - began
            yield results
        yield from self._lanes.map(task, rest)

    def _call(self, task: object, items: Sequence[object]) -> Any:  # noqa: ANN401  (what the task returns)
        process = self._idle.get()
        try:
            process = process or self._start()
            return process.do(task, items)
        except WorkerEnded:
            if process:
                self._forget(process)
            process = None
            raise
        finally:
            self._idle.put(process)

    def _forget(self, process: _Process) -> None:
        with self._lock:
            self._running.discard(process)
        process.close()

    def _start(self) -> _Process:
        with self._lock:
            if self._is_closed:
                raise WorkerEnded("no more are started")
            resource_tracker.ensure_running()  # a first process would start it, and it lets Ctrl-C through afterwards
            _ignore_interrupts()
            process = _Process(threads=max(1, (os.cpu_count() or 1) // self._count))
            self._running.add(process)
        return process


def may_fork() -> bool:
    """Whether this process can be copied: it runs no other thread of Python, and its system's libraries allow it."""
    return sys.platform == "linux" and threading.active_count() == 1


class _Process:
    """One process, and the way to it; started anew, or a copy of this one `beside` those that were copied before."""

    def __init__(self, threads: int, beside: Sequence[_Process] | None = None) -> None:
        context = _SPAWN if beside is None else multiprocessing.get_context("fork")
        self._connection, other = context.Pipe()
        # A copy has this side of every pipe, too: a process would never see its own closed.
        copied = [] if beside is None else [self._connection, *(each._connection for each in beside)]
        self._process = context.Process(target=_serve, args=(other, threads, copied), daemon=True)
        self._process.start()
        other.close()

    def do(self, task: object, items: Sequence[object]) -> Any:  # noqa: ANN401
        """Return what a task makes of a portion, or raise the IsnadError that it raises. Raises WorkerEnded."""
        try:
            self._connection.send((task, items))
            reply = self._connection.recv()
        except (EOFError, OSError) as error:
            self._process.join()
            raise WorkerEnded(_told(self._process.exitcode)) from error
        if isinstance(reply, IsnadError):
            raise reply
        return reply

    def dismiss(self) -> None:
        """Let it end, once it has nothing to do."""
        self._connection.close()

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """Wait for its end, and forget it."""
        self._process.join(_LEAVE)
        self._process.kill()
        self._process.join()
        self._connection.close()


def _told(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"the process was ended by {signal.Signals(-exit_code).name}"
    return f"the process ended with {exit_code}"


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the main thread: a process that is started here gets no such signal from its first instant."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Do the same for a while; a Ctrl-C meanwhile comes at the end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, threads: int, copied: Sequence[Connection]) -> None:
    """Do one portion after another until the parent has no more, or is gone; close first what a copy has of its own."""
    for other in copied:
        other.close()
    for name in _THREADS:  # before a library that reads them is imported
        os.environ[name] = str(threads)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(_GARBAGE)
    while (portion := _next(connection)) is not None:
        try:
            task, items = pickle.loads(portion)  # which may load a model
            reply: object = task(items)
        except IsnadError as error:
            reply = error
        with suppress(OSError):  # the parent is gone
            connection.send(reply)


def _next(connection: Connection) -> bytes | None:
    try:
        return connection.recv_bytes()
    except (EOFError, OSError):
        return None


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
