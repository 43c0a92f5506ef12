"""A connection of the server: one that says nothing, or too much, before its request is refused in one answer."""

from __future__ import annotations

import json
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.serve.guard.paths import is_endless
from assistant.serve.guard.refusal import Refusal, error_json

if TYPE_CHECKING:
    import asyncio

HEAD_SECONDS = 10.0
"""How long a request's head may take, and a new connection be silent."""

HEAD_BYTES = 32 * 2**10
"""What a request's head may hold, its address among it."""

WRITE_SECONDS = 30.0
"""How long a client may take nothing of an answer that does not fit between the two."""

MOST_CONNECTIONS = 800
"""Connections that are open at the same time: each takes a file descriptor, of which many systems allow 1024."""

TOO_MANY = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE, "too_many_connections", "too many connections are open; try again in a moment"
)
TOO_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, "slow_request", f"the request's head took longer than {HEAD_SECONDS:.0f} seconds"
)
TOO_LONG = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "long_head",
    f"the request's address and header fields hold more than {HEAD_BYTES} bytes; send a question in the body",
)
MALFORMED = Refusal(HTTPStatus.BAD_REQUEST, "malformed_request", "this is no HTTP request; see RFC 9112")


class Connection(H11Protocol):
    """uvicorn's own connection, which by itself waits for ever: for a request's head, and for who takes no answer."""

    _head_timer: asyncio.TimerHandle | None = None
    _write_timer: asyncio.TimerHandle | None = None

    @property
    def is_answering(self) -> bool:
        """Whether a request has come whose answer is not complete."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def is_endless(self) -> bool:
        """Whether that answer goes on until one side leaves."""
        return self.is_answering and is_endless(self.scope["method"], self.scope["path"])

    def cut(self) -> None:
        """Close the connection once what was written is sent; to the application, the client has left."""
        self.transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Take the connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(TOO_MANY)
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self._forget_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        super().data_received(data)
        if self.transport.is_closing() or self.is_answering:
            self._stop_waiting()
        else:
            # A head in pieces, or what is left of a body whose request was answered already.
            self._await_head()

    def pause_writing(self) -> None:
        """Wait for the client to take what was sent."""
        super().pause_writing()
        self._write_timer = self._write_timer or self.loop.call_later(WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Send on."""
        super().resume_writing()
        self._forget_writing()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over."""
        self._stop_waiting()
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read as a request; called where reading it has failed."""
        error = sys.exception()
        is_long = isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == TOO_LONG.status
        self._refuse(TOO_LONG if is_long else MALFORMED)

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._refuse, TOO_SLOW)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _forget_writing(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def _refuse(self, refusal: Refusal) -> None:
        """Answer before there is a request, and close."""
        if self.transport.is_closing():
            return
        if self.is_answering:  # the application may be about to answer, and is told that nobody listens any more
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = json.dumps(error_json(refusal)).encode()
            head = [("content-type", "application/json"), ("content-length", str(len(body))), ("connection", "close")]
            self.transport.write(
                self.conn.send(h11.Response(status_code=refusal.status, headers=head, reason=refusal.status.phrase))
                + self.conn.send(h11.Data(data=body))
                + self.conn.send(h11.EndOfMessage())
            )
        self.transport.close()
