"""Is the server alive, can it answer, and how does it do: asked by other programs, and never made to wait."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.serve.guard.access import NO_KEY
from assistant.serve.guard.paths import HEALTH, METRICS
from index.errors import IsnadError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.desk import Desk
    from assistant.serve.guard.access import Access
    from assistant.serve.guard.measures import Measures
    from assistant.serve.guard.refusal import Refusals
    from assistant.serve.guard.stopping import Stopping


class Health:
    """Answers /healthz, /readyz and /metrics before any limit, and passes on all else."""

    def __init__(
        self, app: ASGIApp, desk: Desk, measures: Measures, access: Access, refusals: Refusals, stopping: Stopping
    ) -> None:
        self.app = app
        self._desk = desk
        self._measures = measures
        self._access = access
        self._refusals = refusals
        self._stopping = stopping
        paths = (self._alive, self._ready, self._metrics)
        self._own = Starlette(routes=[Route(path, answer) for path, answer in zip(HEALTH, paths, strict=True)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["path"] == METRICS and not self._access.may_measure(HTTPConnection(scope)):
            await self._refusals.send(NO_KEY, scope, send)
            return
        await (self._own if scope["path"] in HEALTH else self.app)(scope, receive, send)

    async def _alive(self, request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def _ready(self, request: Request) -> Response:
        status = await asyncio.to_thread(self._state)
        is_ready = status == "ready"
        return JSONResponse({"status": status}, HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)

    def _state(self) -> str:
        if self._stopping.has_begun:
            return "shutting down"
        if not self._desk.is_open:
            return "opening the archive"
        try:
            _ = self._desk.assistant.archive.generation  # which is read from it
        except IsnadError:
            return "the archive cannot be read"
        return "ready"

    async def _metrics(self, request: Request) -> Response:
        content = await asyncio.to_thread(self._measures.exposition)
        return Response(content, media_type=self._measures.content_type)
