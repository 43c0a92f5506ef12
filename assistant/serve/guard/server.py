"""The server that every face is served by: it refuses slow connections, and ends without cutting answers off."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import uvicorn

from assistant.serve.guard.connections import HEAD_BYTES, Connection
from assistant.serve.guard.stopping import Stopping

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

_PAUSE = 0.05  # seconds between two looks at what is under way


class Server(uvicorn.Server):
    """Serves what `make_app` makes, which it calls once the event loop runs.

    When it is to end, it takes nothing new (`protect` sees to that), closes what would never end, waits for `grace`
    seconds for the answers under way, and cuts off those that are left, without a word on the terminal.
    """

    def __init__(self, make_app: Callable[[], ASGIApp], *, grace: float, stopping: Stopping | None = None) -> None:
        self.stopping = stopping or Stopping()
        self._grace = grace
        super().__init__(
            uvicorn.Config(
                lambda: _Uncut(make_app(), self.stopping),
                factory=True,
                http=Connection,
                h11_max_incomplete_event_size=HEAD_BYTES,
                log_level="error",  # a client's faults are answered, and are none of ours
                access_log=False,
                server_header=False,
                forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"),  # ::1 is ours
                timeout_graceful_shutdown=1,
            )
        )

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal comes; SIGTERM ends in a KeyboardInterrupt, as Ctrl-C does, so that all is closed."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        super().run(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: the answers under way first. Until then the socket listens, so that who asks is told."""
        self.stopping.has_begun = True
        deadline = time.monotonic() + self._grace
        while self._answering() and time.monotonic() < deadline and not self.force_exit:
            await asyncio.sleep(_PAUSE)
        self.stopping.cuts = True
        for server in self.servers:
            server.close()
        for connection in self._connections():
            connection.cut()
        await asyncio.sleep(0)  # in which the connections learn that they are closed
        for task in self.server_state.tasks:
            task.cancel()
        self.force_exit = False  # nobody is waited for any more, and the application is to end as it would otherwise
        await super().shutdown(sockets)

    def _connections(self) -> list[Connection]:
        return [each for each in self.server_state.connections if isinstance(each, Connection)]

    def _answering(self) -> bool:
        return any(each.is_answering and not each.is_endless for each in self._connections())


class _Uncut:
    """Forgets a request that is cut off at the end of the server, which uvicorn would print a traceback of."""

    def __init__(self, app: ASGIApp, stopping: Stopping) -> None:
        self.app = app
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except asyncio.CancelledError:
            if not self._stopping.cuts:
                raise
