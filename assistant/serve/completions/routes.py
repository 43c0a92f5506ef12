"""OpenAI's chat completions over a desk: the archive is a model, which any chat client can ask.

Nothing of a language model's reply is shown before it is verified, and a client cannot take back what it has shown. So
a stream holds comments while an answer is made, which clients pass over, and then the answer, a paragraph at a time.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import aclosing
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect

from assistant.serve.completions.errors import Refusal
from assistant.serve.completions.reply import Exchange, Reply, answer_reply
from assistant.serve.completions.request import MODEL, read_request, unknown_model
from assistant.types import Answer
from index.errors import IsnadError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from anyio import CapacityLimiter

    from assistant.ask import Assistant
    from assistant.desk import Desk
    from assistant.rendering.answers import Json
    from assistant.serve.completions.request import Asked

PAUSE = 2.0
"""Seconds after which whoever waits is told that the answer is still being made."""

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
HEADERS = {"cache-control": "no-cache", "x-accel-buffering": "no"}
"""No proxy keeps a stream back."""


def router(desk: Desk, threads: CapacityLimiter, pages: str | None = None) -> APIRouter:
    """Return the routes over a desk, which work in as many threads at once as `threads` lets.

    `pages` is the address at which readers open the chat's page, for the links of citations; None takes the one by
    which the request came.
    """
    routes = APIRouter(prefix="/v1", include_in_schema=False)
    model: Json = {"id": MODEL, "object": "model", "created": int(time.time()), "owned_by": "isnad"}

    @routes.get("/models")
    async def models() -> dict[str, object]:
        """The one model there is."""
        return {"object": "list", "data": [model]}

    @routes.get("/models/{name:path}")
    async def one_model(name: str) -> Response:
        """That model, by its name."""
        return JSONResponse(model) if name == MODEL else _refuse(unknown_model(name))

    @routes.post("/chat/completions")
    async def complete(request: Request) -> Response:
        """The answer to the last question of a conversation, whole or as a stream of events."""
        try:
            asked = read_request(await request.body())
        except ClientDisconnect:
            return _NOBODY
        if isinstance(asked, Refusal):
            return _refuse(asked)
        try:
            assistant = await desk.opened()
            replies = _replies(asked, assistant, pages or str(request.base_url), threads)
            if asked.stream:
                return StreamingResponse(_events(Exchange(asked), replies), 200, HEADERS, "text/event-stream")
            return await _whole(Exchange(asked), replies, request)
        except IsnadError as error:
            return _refuse(_unavailable(error))

    @routes.api_route("/{path:path}", methods=METHODS)
    async def nothing(request: Request) -> Response:
        """What OpenAI serves beside that, and the archive does not."""
        asked = f"{request.method} {request.scope['path'][:100]}"
        there = "POST /v1/chat/completions, GET /v1/models"
        return _refuse(Refusal(f"nothing is served at {asked}; there are {there}", code="unknown_url", status=404))

    return routes


async def _whole(exchange: Exchange, replies: AsyncGenerator[Reply | None], request: Request) -> Response:
    async with aclosing(replies):
        async for reply in replies:
            if reply is not None:
                return JSONResponse(exchange.completion(reply))
            if await request.is_disconnected():
                break
    return _NOBODY


async def _events(exchange: Exchange, replies: AsyncGenerator[Reply | None]) -> AsyncGenerator[str]:
    yield _event(exchange.opening())
    try:
        async with aclosing(replies):
            async for reply in replies:
                if reply is None:
                    yield WAITING
                    continue
                for chunk in exchange.chunks(reply):
                    yield _event(chunk)
    except IsnadError as error:
        yield _event(_unavailable(error).body())
        return
    yield DONE


async def _replies(
    asked: Asked, assistant: Assistant, pages: str, threads: CapacityLimiter
) -> AsyncGenerator[Reply | None]:
    """Yield None every `PAUSE` seconds while an answer is made, and at last the reply.

    Where nobody waits for it any longer, the work ends with the piece that is being made.
    """
    if asked.reply is not None:
        yield Reply((asked.reply,))
        return
    left = threading.Event()
    work = asyncio.ensure_future(to_thread.run_sync(_answered, asked, assistant, left, limiter=threads))
    try:
        while not (await asyncio.wait({work}, timeout=PAUSE))[0]:
            yield None
        if answer := work.result():
            yield answer_reply(answer, pages)
    finally:
        left.set()
        work.cancel()  # where it still waits for a thread
        work.add_done_callback(lambda done: done.cancelled() or done.exception())  # else it is logged as lost


def _answered(asked: Asked, assistant: Assistant, left: threading.Event) -> Answer | None:
    for piece in assistant.stream(asked.question, history=asked.history):
        if isinstance(piece, Answer):
            return piece
        if left.is_set():
            break
    return None


WAITING = ": the answer is being made\n\n"
DONE = "data: [DONE]\n\n"
_NOBODY = Response(status_code=400)
"""What is sent to somebody who has gone."""


def _event(data: Json) -> str:
    # In ASCII: some clients take U+2028 and its like, which articles hold, for the end of a line.
    return f"data: {json.dumps(data)}\n\n"


def _refuse(refusal: Refusal) -> Response:
    return JSONResponse(refusal.body(), refusal.status)


def _unavailable(error: IsnadError) -> Refusal:
    return Refusal(str(error), code="archive_unavailable", status=503)
