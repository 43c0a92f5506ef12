"""The tools over HTTP, as one route of an application."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from fastapi import APIRouter
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from assistant.serve.tools.server import server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from anyio import CapacityLimiter
    from starlette.types import Message, Receive, Scope, Send

    from assistant.desk import Desk

PATH = "/mcp"

LONGEST_BODY = 1 << 20
"""Bytes that a message may have: the longest quotation, each letter escaped, with room for more."""


def router(desk: Desk, threads: CapacityLimiter) -> APIRouter:
    """Return a router with the tools at `PATH`, which lives as long as the application that includes it.

    They work in as many threads at once as `threads` lets.
    Nothing is kept from one message to the next. Who may come, and from which site, is for `Guard` to say, which an
    application puts before all that it serves.
    """
    endpoint = _Endpoint(desk, threads)
    included = APIRouter(lifespan=endpoint.lifespan)
    # Every method, so that none falls through to what is mounted at the root.
    included.routes.append(Route(PATH, endpoint, include_in_schema=False))
    return included


class _Endpoint:
    """Answers a message with its result; the call of a client that has gone is ended."""

    def __init__(self, desk: Desk, threads: CapacityLimiter) -> None:
        self._desk = desk
        self._threads = threads
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def lifespan(self, application: object) -> AsyncIterator[None]:
        """Serve while the application does."""
        # Answers are plain JSON: an event stream would be broken off when the server is told to stop.
        self._manager = StreamableHTTPSessionManager(
            server(self._desk, self._threads), stateless=True, json_response=True, max_request_body_size=LONGEST_BODY
        )
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a message."""
        if scope["method"] != "POST":
            refused = PlainTextResponse("this address takes MCP messages, by POST", 405, {"allow": "POST"})
            await refused(scope, receive, send)
            return
        assert self._manager is not None, "the application's lifespan has not begun"
        whole = anyio.Event()

        async def read() -> Message:
            if whole.is_set():
                await anyio.sleep_forever()
            message = await receive()
            if not message.get("more_body"):
                whole.set()
            return message

        async def watch() -> None:
            await whole.wait()
            while (await receive())["type"] != "http.disconnect":
                pass
            calls.cancel_scope.cancel()

        async with anyio.create_task_group() as calls:
            calls.start_soon(watch)
            await self._manager.handle_request(scope, read, send)
            calls.cancel_scope.cancel()
