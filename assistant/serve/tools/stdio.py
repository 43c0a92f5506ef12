"""The tools over standard input and output, for a program that starts this one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import anyio
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp_types import PARSE_ERROR, ErrorData, JSONRPCError

from assistant.serve.tools.server import server

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from mcp.shared._stream_protocols import ReadStream, WriteStream

    from assistant.desk import Desk

logger = logging.getLogger(__name__)


def serve(desk: Desk, at_once: int) -> None:
    """Answer what comes by standard input until it ends; nothing else is written to standard output.

    `at_once` calls are worked on at the same time; more wait. Raises IsnadError, before
    anything is answered, where the archive cannot be opened.
    """
    try:
        anyio.run(_serve, desk, at_once)
    except* BrokenPipeError:
        logger.info("the client went away without waiting for an answer")


async def _serve(desk: Desk, at_once: int) -> None:
    await desk.opened()
    served = server(desk, anyio.CapacityLimiter(at_once))
    async with stdio_server() as (incoming, outgoing):
        await served.run(_Readable(incoming, outgoing), outgoing, served.create_initialization_options())


class _Readable:
    """The messages of a client; a line that is none is answered with an error, which the library would pass over."""

    def __init__(self, incoming: ReadStream[SessionMessage | Exception], outgoing: WriteStream[SessionMessage]) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    async def receive(self) -> SessionMessage:
        """Return the next message."""
        while isinstance(item := await self._incoming.receive(), Exception):
            error = ErrorData(code=PARSE_ERROR, message="this line is no JSON-RPC message")
            await self._outgoing.send(SessionMessage(JSONRPCError(jsonrpc="2.0", id=None, error=error)))
        return item

    async def aclose(self) -> None:
        """Take no more."""
        await self._incoming.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
