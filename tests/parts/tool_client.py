"""The official client of MCP for the tests, connected to the program or to an application on loopback."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import uvicorn
from anyio import CapacityLimiter
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from mcp import Client, StdioServerParameters
from mcp.client import Transport
from mcp.client.streamable_http import streamable_http_client
from mcp.server import Server
from mcp_types import CallToolResult, TextContent, TextResourceContents, Tool
from starlette.middleware import Middleware

from assistant.desk import Desk
from assistant.serve.app import AT_ONCE
from assistant.serve.tools.endpoint import PATH, router
from tests.parts.console import ISNAD
from tests.parts.running import running

Result = TypeVar("Result")


class ToolClient:
    """A client whose calls wait for their results."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal = portal
        self._client = client

    def run(self, work: Callable[[Client], Awaitable[Result]]) -> Result:
        """Do some work with the client itself."""
        return self._portal.call(work, self._client)

    def tools(self) -> list[Tool]:
        """The tools that the server lists."""
        return self.run(lambda client: client.list_tools()).tools

    def call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        """Call a tool."""
        return self.run(lambda client: client.call_tool(tool, arguments))

    def at_once(self, calls: Sequence[tuple[str, dict[str, Any]]]) -> list[CallToolResult]:
        """Call tools, all at the same time."""

        async def gathered(client: Client) -> list[CallToolResult]:
            return await asyncio.gather(*(client.call_tool(tool, arguments) for tool, arguments in calls))

        return self.run(gathered)

    def read(self, address: str) -> str:
        """The text of a resource."""
        (content,) = self.run(lambda client: client.read_resource(address)).contents
        assert isinstance(content, TextResourceContents)
        return content.text


@contextmanager
def connected(
    server: StdioServerParameters | Server[Any] | str, mode: str, headers: dict[str, str] | None = None
) -> Iterator[ToolClient]:
    """Connect to a program, a server in this process, or an address with headers of one's own, during the block."""
    with ExitStack() as stack:
        portal = stack.enter_context(start_blocking_portal())
        reached: StdioServerParameters | Server[Any] | Transport | str = server
        if isinstance(server, str) and headers:
            sending = portal.wrap_async_context_manager(httpx2.AsyncClient(headers=headers))
            reached = streamable_http_client(server, http_client=stack.enter_context(sending))
        client = stack.enter_context(portal.wrap_async_context_manager(Client(reached, mode=mode)))
        yield ToolClient(portal, client)


def program(folder: Path) -> StdioServerParameters:
    """The program over the archive of a folder, as a client starts it."""
    return StdioServerParameters(command=str(ISNAD), args=["mcp"], cwd=folder, env=environment())


def environment() -> dict[str, str]:
    """The environment without settings of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}


@contextmanager
def serving_tools(desk: Desk, *guards: Middleware) -> Iterator[tuple[str, uvicorn.Server]]:
    """Serve the tools behind some guards while the block runs; gives their address and what serves them."""
    application = FastAPI(openapi_url=None)
    application.include_router(router(desk, CapacityLimiter(AT_ONCE)))
    for guard in guards:
        application.user_middleware.append(guard)
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=10))
    with running(server) as address:
        yield f"{address}{PATH}", server


def message(number: int, method: str, **params: object) -> bytes:
    """A request, on a line of its own."""
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n"


def text_of(result: CallToolResult) -> str:
    """What a result says for reading."""
    first = result.content[0]
    assert isinstance(first, TextContent)
    return first.text
