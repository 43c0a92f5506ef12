"""Work over an archive in a bounded number of threads, so that the event loop never waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

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
        try:
            while not await request.is_disconnected():
                answer = await self.do(lambda _: _step(steps))
                if answer is not None:
                    return answer
        finally:
            steps.close()
        raise ClientDisconnect


def _step(steps: Generator[object, None, Json]) -> Printed | None:
    """Take a step; answer with what comes of all where it was the last."""
    try:
        next(steps)
    except StopIteration as end:
        return Printed(end.value)
    return None
