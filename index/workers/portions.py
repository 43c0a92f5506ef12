"""Work in portions: results in order, a bounded number at a time, and what becomes of a worker's end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from index.errors import WorkersError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

Task = Callable[[Sequence[_Item]], Sequence[_Result]]
"""What is done with a portion: one result an item, in the same order. It can be pickled."""

TRIES = 2
"""How often a portion may end the worker that it is given to, before it is divided."""

HOPELESS = 20
"""Workers that may end, none of them having finished anything, before it is they that are at fault."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What is put in the place of a result: the item ends every worker that it is given to. `reason` says how."""

    reason: str


class WorkerEnded(Exception):
    """A worker ended before its portion was done; the message says how."""


class Workers(Protocol):
    """What does work a portion at a time."""

    def map(
        self, task: Task[_Item, _Result], portions: Iterable[Sequence[_Item]]
    ) -> Iterator[Sequence[_Result | Lost]]:
        """Yield the results of every portion, in the order of the portions.

        Some portions are taken ahead of the results that are asked for, a bounded number. What the task raises is
        raised here. An empty portion costs nothing.
        """
        ...


class _Here:
    """Does the work in this process, when its results are asked for."""

    def map(
        self, task: Task[_Item, _Result], portions: Iterable[Sequence[_Item]]
    ) -> Iterator[Sequence[_Result | Lost]]:
        return (list(task(items)) if items else [] for items in portions)


HERE: Workers = _Here()


class Lanes:
    """Does the work in several lanes side by side, each a thread that waits for a worker.

    `call` has one worker do a task on a portion, and raises WorkerEnded where that worker ends meanwhile. The portion
    is then tried anew; one that ends workers `TRIES` times is divided, down to the single item, which is `Lost`.
    """

    def __init__(
        self, count: int, call: Callable[[Any, Any], Any], initializer: Callable[[], object] | None = None
    ) -> None:
        self._call = call
        self._ahead = 2 * count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker", initializer=initializer)
        self._deaths = 0
        self._has_proven = False  # whether a worker has ever finished anything
        self._is_closed = False

    def map(
        self, task: Task[_Item, _Result], portions: Iterable[Sequence[_Item]]
    ) -> Iterator[Sequence[_Result | Lost]]:
        """See `Workers`."""
        waiting: deque[Future[list[_Result | Lost]]] = deque()
        for items in portions:
            waiting.append(self._threads.submit(self._finish, task, items) if items else _nothing())
            while waiting and (len(waiting) > self._ahead or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """Begin nothing more; the caller ends the workers, and then calls `join`."""
        self._is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def join(self) -> None:
        """Wait until no lane waits for a worker."""
        self._threads.shutdown()

    def _finish(self, task: Task[_Item, _Result], items: Sequence[_Item]) -> list[_Result | Lost]:
        for _ in range(TRIES):
            try:
                results: list[_Result | Lost] = list(self._call(task, items))
            except WorkerEnded as ended:
                if self._is_closed:
                    raise
                how = str(ended)
                self._count_death(how)
            else:
                self._has_proven = True
                return results
        if len(items) == 1:
            return [Lost(how)]
        half = len(items) // 2
        return [*self._finish(task, items[:half]), *self._finish(task, items[half:])]

    def _count_death(self, how: str) -> None:
        self._deaths += 1
        if self._deaths >= HOPELESS and not self._has_proven:
            raise WorkersError(f"{HOPELESS} workers ended, none of which had done anything ({how}); start fewer")


def _nothing() -> Future[list[Any]]:
    """Return what comes of an empty portion: it waits for no lane."""
    future: Future[list[Any]] = Future()
    future.set_result([])
    return future
