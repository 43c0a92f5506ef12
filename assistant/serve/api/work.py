"""Work over an archive in a bounded number of threads, so that the event loop never waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from starlette.requests import Request

    from assistant.ask import Assistant
    from assistant.desk import Desk

Done = TypeVar("Done")

AT_ONCE = 8
"""Requests that are worked on at the same time; more wait."""


class Work:
    """Does work with the assistant of a desk, once it is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._threads = CapacityLimiter(AT_ONCE)

    async def do(self, what: Callable[[Assistant], Done]) -> Done:
        """Return what a function of the assistant returns; raise what it raises."""
        return await to_thread.run_sync(what, await self._desk.opened(), limiter=self._threads)

    async def finish(self, steps: Generator[object, None, Done], request: Request) -> Done:
        """Return what comes of a work of many steps; raise ClientDisconnect once whoever asked for it has left."""
        try:
            while not await request.is_disconnected():
                done = await self.do(lambda _: _step(steps))
                if done is not None:
                    return done
        finally:
            steps.close()
        raise ClientDisconnect


def _step(steps: Generator[object, None, Done]) -> Done | None:
    """Take a step; return what comes of all where it was the last."""
    try:
        next(steps)
    except StopIteration as end:
        done: Done = end.value
        return done
    return None
