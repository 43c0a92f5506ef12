"""Lets requests in, each sender so often a minute."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from assistant.chat.access.guard import PERMISSIONS
from assistant.serve.guard.paths import is_counted, is_for_programs
from assistant.serve.guard.refusal import CLOSE, Refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.serve.guard.access import Access
    from assistant.serve.guard.rates import Allowance, Rates
    from assistant.serve.guard.refusal import Refusals
    from assistant.serve.guard.stopping import Stopping

KEY = "key"
"""Where the state of a request has the id of its key."""

SHUTTING_DOWN = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "shutting_down",
    "the server is being stopped; try again in a while",
    (CLOSE, ("retry-after", "10")),
)


class Admission:
    """Passes on what is let in, with its permissions in ``scope["state"]["permissions"]``, and refuses all else.

    `rates` is None where nobody's requests are counted.
    """

    def __init__(
        self, app: ASGIApp, refusals: Refusals, access: Access, rates: Rates | None, stopping: Stopping
    ) -> None:
        self.app = app
        self._refusals = refusals
        self._access = access
        self._rates = rates
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or refuse."""
        if self._stopping.has_begun:
            await self._refusals.send(SHUTTING_DOWN, scope, send)
            return
        caller = self._access.of(HTTPConnection(scope))
        state = scope.setdefault("state", {})
        if caller.key is not None:
            state[KEY] = caller.key
        allowance = None
        if self._rates is not None and is_counted(scope["method"], scope["path"]):
            # Before whether they are let in: who guesses keys waits, too.
            allowance = self._rates.take(caller.sender)
            if allowance.wait:
                text = f"too many requests; try again in {allowance.wait} s"
                refusal = Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", text, allowance.headers)
                await self._refusals.send(refusal, scope, send)
                return
        if caller.refusal is not None:
            await self._refusals.send(caller.refusal, scope, send)
            return
        if is_for_programs(scope["path"]):
            state[PERMISSIONS] = caller.permissions
        await self.app(scope, receive, _telling(allowance, send) if allowance else send)


def _telling(allowance: Allowance, send: Send) -> Send:
    """Send answers with the header fields of an allowance."""
    fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in allowance.headers]

    async def send_with_fields(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *fields]
        await send(message)

    return send_with_fields
