"""The bodies of requests: read before anything works on them, and refused where they are too long or too slow."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from assistant.serve.guard.paths import is_upload
from assistant.serve.guard.refusal import CLOSE, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.serve.guard.refusal import Refusals

PATIENCE = 15.0
"""Seconds that a body may take, and one more for every `SLOWEST` bytes of it."""

SLOWEST = 16 * 2**10

LINGER_SECONDS, LINGER_BYTES = 2.0, 8 * 2**20
"""How long the rest of a refused body is read, and thrown away: a client that still sends would not see the answer."""

LONGEST_ADDRESS = 8 * 2**10
MOST_FIELDS = 100

_LONG_ADDRESS = Refusal(
    HTTPStatus.REQUEST_URI_TOO_LONG,
    "long_address",
    f"the address is longer than {LONGEST_ADDRESS} bytes; send a question in the body",
    (CLOSE,),
)
_MANY_FIELDS = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "long_head",
    f"the request has more than {MOST_FIELDS} header fields; leave some out",
    (CLOSE,),
)
_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, "slow_request", "the body came too slowly; send the request again", (CLOSE,)
)


class Bodies:
    """Gives the application whole bodies of at most `longest` bytes.

    Those sent to `uploads` may have `longest_upload`, and are passed on as they come: they are written to files.
    """

    def __init__(
        self, app: ASGIApp, refusals: Refusals, longest: int, uploads: Sequence[str], longest_upload: int
    ) -> None:
        self.app = app
        self._refusals = refusals
        self._longest = longest
        self._uploads = uploads
        self._longest_upload = longest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or refuse the body."""
        streams = is_upload(scope["method"], scope["path"], self._uploads)
        body = _Body(receive, self._longest_upload if streams else self._longest)
        refusal = _refused_head(scope) or body.refused(_stated(scope))
        if refusal is None:
            if streams:
                await self._stream(body, scope, send)
                return
            content = b""
            while body.is_open:
                content += await body.read()
            if body.has_left:
                return
            refusal = body.refusal
            if refusal is None:
                await self.app(scope, _replayed(content, receive), send)
                return
        await self._refuse(refusal, body, scope, send)

    async def _stream(self, body: _Body, scope: Scope, send: Send) -> None:
        """Pass a body on as it comes; of an application that goes on after a refusal, nothing is sent."""
        has_begun = False

        async def receive() -> Message:
            if not body.is_open:
                # The end of the body has been passed on, unless it was cut short.
                return {"type": "http.disconnect"} if body.is_cut else await body.receive()
            piece = await body.read()
            return {"type": "http.disconnect"} if body.is_cut else _request(piece, more=body.is_open)

        async def send_unless_refused(message: Message) -> None:
            nonlocal has_begun
            if body.refusal is None:
                has_begun = True
                await send(message)

        try:
            await self.app(scope, receive, send_unless_refused)
        except ClientDisconnect:
            if not body.is_cut:
                raise
        if body.refusal is not None and not has_begun:
            await self._refuse(body.refusal, body, scope, send)

    async def _refuse(self, refusal: Refusal, body: _Body, scope: Scope, send: Send) -> None:
        await self._refusals.send(refusal, scope, send, more=True)
        await body.drain()
        await send({"type": "http.response.body", "body": b""})


class _Body:
    """Reads a body, as long as it is neither too long nor too slow."""

    def __init__(self, receive: Receive, longest: int) -> None:
        self.receive = receive
        self.is_open = True
        self.has_left = False
        self.refusal: Refusal | None = None
        self._longest = longest
        self._read = 0
        self._begun = time.monotonic()

    @property
    def is_cut(self) -> bool:
        """Whether its end has not been read, and will not be."""
        return self.has_left or self.refusal is not None

    def refused(self, size: int) -> Refusal | None:
        """Return the refusal of a body of so many bytes."""
        if size <= self._longest:
            return None
        text = f"the body is longer than {self._longest} bytes; send less at once"
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "long_body", text, (CLOSE,))

    async def read(self) -> bytes:
        """Return the next piece; afterwards it says whether more comes, and why not."""
        deadline = self._begun + PATIENCE + self._read / SLOWEST
        try:
            async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                message = await self.receive()
        except TimeoutError:
            self.refusal = _SLOW
        else:
            self.has_left = message["type"] == "http.disconnect"
            piece: bytes = message.get("body", b"")
            self._read += len(piece)
            self.refusal = self.refused(self._read)
            self.is_open = message.get("more_body", False) and not self.is_cut
            return b"" if self.is_cut else piece
        self.is_open = False
        return b""

    async def drain(self) -> None:
        """Read what still comes, for a short while."""
        thrown = 0
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while thrown < LINGER_BYTES:
                    message = await self.receive()
                    thrown += len(message.get("body", b""))
                    if not message.get("more_body", False):
                        return
        except TimeoutError:
            return


def _refused_head(scope: Scope) -> Refusal | None:
    """Refuse what reaches the application though it is long: what comes in one piece is not counted before."""
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
        return _LONG_ADDRESS
    return _MANY_FIELDS if len(scope["headers"]) > MOST_FIELDS else None


def _stated(scope: Scope) -> int:
    """How many bytes a body has by its header field; a number that is none was refused by the server."""
    return next((int(value) for name, value in scope["headers"] if name == b"content-length"), 0)


def _request(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Give the body once, and then what the server says: that the client has left."""
    is_given = False

    async def replay() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return _request(body, more=False)

    return replay
