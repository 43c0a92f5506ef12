"""Work over an archive in a bounded number of threads, so that the event loop never waits for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from anyio import to_thread
from starlette.requests import ClientDisconnect

from assistant.serve.api.refusals import Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from anyio import CapacityLimiter
    from starlette.requests import Request

    from assistant.ask import Assistant
    from assistant.desk import Desk
    from assistant.rendering.answers import Json

Done = TypeVar("Done")


class Steps(Generic[Done]):
    """The steps of a piece of work, taken in threads one after the other.

    Where it is given up, it ends with the step that is being taken: a thread cannot be stopped.
    """

    def __init__(self, steps: Generator[Done, None, object]) -> None:
        self._steps = steps
        self._taking = threading.Lock()
        self._is_given_up = False

    def __next__(self) -> Done:
        """Take a step; raise StopIteration with what comes of all after the last one."""
        try:
            with self._taking:
                return next(self._steps)
        finally:
            if self._is_given_up:
                self.give_up()

    def give_up(self) -> None:
        """End, without waiting for a step."""
        self._is_given_up = True
        if self._taking.acquire(blocking=False):
            try:
                self._steps.close()
            finally:
                self._taking.release()


class Work:
    """Does work with the assistant of a desk, once it is open, in as many threads at once as `threads` lets."""

    def __init__(self, desk: Desk, threads: CapacityLimiter) -> None:
        self._desk = desk
        self._threads = threads

    async def do(self, what: Callable[[Assistant], Done]) -> Done:
        """Return what a function of the assistant returns; raise what it raises."""
        return await to_thread.run_sync(what, await self._desk.opened(), limiter=self._threads)

    async def answer(self, what: Callable[[Assistant], Json]) -> Printed:
        """Answer with the object that a function of the assistant returns, which may take long to write down."""
        return await self.do(lambda assistant: Printed(what(assistant)))

    async def finish(self, steps: Generator[object, None, Json], request: Request) -> Printed:
        """Answer with what comes of many steps; raise ClientDisconnect once whoever asked for it has left."""
        taken = Steps(steps)
        try:
            while not await request.is_disconnected():
                answer = await self.do(lambda _: _step(taken))
                if answer is not None:
                    return answer
        finally:
            taken.give_up()
        raise ClientDisconnect


def _step(steps: Steps[object]) -> Printed | None:
    """Take a step; answer with what comes of all where it was the last."""
    try:
        next(steps)
    except StopIteration as end:
        return Printed(end.value)
    return None
