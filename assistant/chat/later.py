"""Gradio, which takes seconds to import: it comes after the pages, and what is asked of it until then waits."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import IsnadError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.desk import Desk

HEAD_START = 2.0
"""Seconds for which an archive that is opening goes before gradio: a question is asked sooner than gradio is missed."""


class Later:
    """Gradio's application over a desk, made in the background from the first moment that somebody may need it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._making: tuple[asyncio.Future[ASGIApp], asyncio.Task[None]] | None = None
        self._ended = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as gradio does, once it is there."""
        application = await self.application()
        await application(scope, receive, send)

    async def application(self) -> ASGIApp:
        """Return gradio's application, once it is made."""
        made, running = self._begun()
        await asyncio.wait((made, running), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()  # raises what kept it from being made
        return made.result()

    async def document(self, scope: Scope) -> bytes:
        """Return the document that gradio sends to who asks as this request does, on whichever page."""
        parts: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            parts.append(message.get("body", b""))

        # Uncompressed, as what sends it on decides on that.
        headers = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        await self({**scope, "path": "/", "raw_path": b"/", "query_string": b"", "headers": headers}, receive, send)
        return b"".join(parts)

    @asynccontextmanager
    async def lifespan(self, application: FastAPI) -> AsyncGenerator[None]:  # noqa: ARG002 - FastAPI gives it
        """Begin with the server, and end with it."""
        made, running = self._begun()
        yield
        self._ended.set()
        if not made.done():
            running.cancel()
        await asyncio.wait((running,))

    def _begun(self) -> tuple[asyncio.Future[ASGIApp], asyncio.Task[None]]:
        if self._making is None:
            made: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()
            self._making = made, asyncio.create_task(self._run(made))
        return self._making

    async def _run(self, made: asyncio.Future[ASGIApp]) -> None:
        with suppress(IsnadError, TimeoutError):
            await asyncio.wait_for(self._desk.opened(), HEAD_START)
        blocks = await asyncio.to_thread(import_module, "assistant.chat.blocks")
        application: FastAPI = blocks.application(self._desk)
        async with application.router.lifespan_context(application):
            made.set_result(application)
            # Gradio's queue imports it after the first event, which would wait for it: a second, or several.
            await asyncio.to_thread(import_module, "pandas")
            await self._ended.wait()
