"""A bounded line before the work: so many requests at once, so many that wait, and none that goes on for ever."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from assistant.serve.guard.paths import is_upload, is_work
from assistant.serve.guard.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.serve.guard.refusal import Refusals

LEAVING = 10.0
"""Seconds that an answer has to end by itself once its client has left."""

_WEIGHT = 0.1  # of the last answer in what an answer takes on average


class Line:
    """Places at work, and the line of those who wait for one, first come, first served."""

    def __init__(self, most_at_once: int, most_waiting: int) -> None:
        self._most_at_once = most_at_once
        self._most_waiting = most_waiting
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._seconds = 0.5
        self.at_work = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether nobody more may wait."""
        return self.at_work >= self._most_at_once and len(self._waiting) >= self._most_waiting

    @property
    def wait_seconds(self) -> int:
        """In how many seconds whoever waits now will have had a turn, judged by the answers before."""
        return max(1, math.ceil((len(self._waiting) + 1) * self._seconds / self._most_at_once))

    def enter(self) -> asyncio.Future[None]:
        """Return what is done once there is a place."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.at_work < self._most_at_once:
            self.at_work += 1
            turn.set_result(None)
        else:
            self._waiting.append(turn)
        return turn

    def leave(self, turn: asyncio.Future[None]) -> None:
        """Give a place back, or one's place in the line up."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        elif self._waiting:
            self._waiting.popleft().set_result(None)  # whose place it now is
        else:
            self.at_work -= 1

    @contextmanager
    def working(self) -> Iterator[None]:
        """Take the time of what is done within."""
        begun = time.monotonic()
        yield
        self._seconds += _WEIGHT * (time.monotonic() - begun - self._seconds)


class Work:
    """Lets requests work when it is their turn.

    One whose client leaves is given up, in the line and at work. One that waits for `timeout` seconds, or sends nothing
    for as long, is given up too: with 503, as the program has taken on more than it can do; 504 would speak of a server
    behind it. Uploads take no place: they are written to files, and read by a process of their own.
    """

    def __init__(
        self, app: ASGIApp, refusals: Refusals, line: Line, timeout: float, uploads: Sequence[str] = ()
    ) -> None:
        self.app = app
        self._refusals = refusals
        self._line = line
        self._uploads = uploads
        self._timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, in turn; or refuse."""
        method, path = scope["method"], scope["path"]
        if not is_work(method, path) or is_upload(method, path, self._uploads):
            await self.app(scope, receive, send)
            return
        if self._line.is_full:
            await self._refuse("queue_full", "too many requests are waiting; try again in a while", scope, send)
            return
        body = await receive()  # whole, by `Bodies`; what comes next is that the client has left
        turn = self._line.enter()
        gone = asyncio.ensure_future(receive())
        try:
            await asyncio.wait((turn, gone), timeout=self._timeout, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return
            if turn.done():
                with self._line.working():
                    answer = _Answer(self.app, scope, body, gone, send)
                    has_ended = await answer.within(self._timeout)
                if has_ended or answer.has_begun:
                    return
            await self._refuse("took_too_long", "the answer took too long; ask for less at once", scope, send)
        finally:
            self._line.leave(turn)
            await _ended(gone)

    async def _refuse(self, code: str, message: str, scope: Scope, send: Send) -> None:
        wait = (("retry-after", str(self._line.wait_seconds)),)
        await self._refusals.send(Refusal(HTTPStatus.SERVICE_UNAVAILABLE, code, message, wait), scope, send)


class _Answer:
    """One run of the application, which is watched while it goes on."""

    def __init__(self, app: ASGIApp, scope: Scope, body: Message, gone: asyncio.Future[Message], send: Send) -> None:
        self.has_begun = False
        self._body: Message | None = body
        self._gone = gone
        self._send = send
        self._last = time.monotonic()
        self._running = asyncio.ensure_future(app(scope, self._receive, self._sent))

    async def within(self, timeout: float) -> bool:
        """Wait for its end; return whether it came. It is given up once it is silent for too long.

        Where the client has left, or has all of the answer, its end has come.
        """
        try:
            while not self._running.done():
                left = self._last + timeout - time.monotonic()
                if left <= 0:
                    return False
                both = (self._running, self._gone)
                await asyncio.wait(both, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                if self._gone.done():
                    # It is told, and keeps its place until it ends: a thread cannot be stopped, and works meanwhile.
                    await asyncio.wait((self._running,), timeout=LEAVING)
                    break
            if self._running.done():
                self._running.result()  # raises what it raised
            return True
        finally:
            await _ended(self._running)

    async def _receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return body
        return await asyncio.shield(self._gone)

    async def _sent(self, message: Message) -> None:
        self.has_begun = True
        await self._send(message)
        self._last = time.monotonic()


async def _ended(running: asyncio.Future[Any]) -> None:
    """Cancel what still goes on, and wait for its end; what it raises on its way is of no more use."""
    if not running.done():
        running.cancel()
        await asyncio.wait((running,))
    if not running.cancelled():
        running.exception()
