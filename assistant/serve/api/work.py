"""Work over an archive in a bounded number of threads, so that the event loop never waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread

if TYPE_CHECKING:
    from collections.abc import Callable

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
