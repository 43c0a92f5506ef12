"""The tools over HTTP: who is let in, what is refused, and what becomes of calls that are broken off."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import anyio
import httpx
import pytest
from anyio import CapacityLimiter
from mcp import Client, MCPError
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse

from assistant.chat.access.guard import Guard
from assistant.desk import Desk
from assistant.serve.tools.endpoint import LONGEST_BODY
from assistant.serve.tools.server import server
from assistant.types import Answer
from tests.parts.tool_client import connected, message, serving_tools

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.ask import Assistant

ACCEPT = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
ASK = message(1, "tools/call", name="ask", arguments={"question": "who?"}).strip()
PING = message(1, "ping").strip()


class Writing:
    """An assistant that writes until it is told to come to the end."""

    archive = None

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.enough = threading.Event()
        self.ended = threading.Event()

    def stream(self, text: str, **asked: object) -> Iterator[str | Answer]:
        """Yield a word every hundredth of a second."""
        self.begun.set()
        try:
            while not self.enough.wait(0.01):
                yield "word "
            yield Answer(text, "en", (), "the end", (), 0.0)
        finally:
            self.ended.set()


@pytest.fixture
def writing() -> Iterator[Writing]:
    """Such an assistant, which ends with the test."""
    assistant = Writing()
    yield assistant
    assistant.enough.set()


def _desk(assistant: Writing) -> Desk:
    return Desk(lambda: cast("Assistant", assistant))


class KeyWanted:
    """Lets in only who sends the key, as a guard before the whole application does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] == "http" and (b"authorization", b"Bearer key") not in scope["headers"]:
            await PlainTextResponse("send a key", 401, {"www-authenticate": "Bearer"})(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def test_behind_a_guard_only_a_client_with_a_key_gets_in(writing: Writing) -> None:
    writing.enough.set()
    with serving_tools(_desk(writing), Middleware(KeyWanted)) as (address, _):
        assert httpx.post(address, content=PING, headers=ACCEPT).status_code == HTTPStatus.UNAUTHORIZED
        for mode in ("legacy", "auto"):
            with pytest.RaisesGroup(MCPError, flatten_subgroups=True), connected(address, mode):
                pass
            with connected(address, mode, {"authorization": "Bearer key"}) as client:
                assert client.call("ask", {"question": "who?"}).structured_content is not None


LOCAL = Middleware(Guard, accounts=None, is_local=True)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, HTTPStatus.OK),
        ({"origin": "https://example.org"}, HTTPStatus.FORBIDDEN),
        ({"sec-fetch-site": "cross-site"}, HTTPStatus.FORBIDDEN),
        ({"host": "example.org"}, HTTPStatus.MISDIRECTED_REQUEST),
    ],
)
def test_the_guard_of_the_pages_keeps_other_sites_out(
    writing: Writing, headers: dict[str, str], status: HTTPStatus
) -> None:
    with serving_tools(_desk(writing), LOCAL) as (address, _):
        assert httpx.post(address, content=PING, headers=ACCEPT | headers).status_code == status


def _modern(number: int, method: str, **params: object) -> bytes:
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    return message(number, method, _meta=meta, **params)


MODERN = {"mcp-protocol-version": "2026-07-28"}
CALLING = MODERN | {"mcp-method": "tools/call"}


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"{bad", {}, 400, -32700),
        (b"[" * 100_000, {}, 400, -32700),
        (b"[]", {}, 400, -32602),
        (b"\xff", {}, 400, -32700),
        (b"", {}, 400, -32700),
        (message(1, "nothing"), {}, 200, -32601),
        (message(1, "tools/call"), {}, 200, -32602),
        (message(1, "tools/call", name="ask", arguments=[]), {}, 200, -32602),
        (PING, {"content-type": "text/plain"}, 400, None),
        (PING, {"accept": "text/html"}, 406, -32600),
        (PING, {"mcp-protocol-version": "1999-01-01"}, 400, -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\\ud800"}}', {}, 400, -32700),
        (b"{bad", MODERN, 400, -32700),
        (b"[" * 100_000, MODERN, 400, -32700),
        (_modern(1, "nothing"), MODERN | {"mcp-method": "nothing"}, 404, -32601),
        (
            _modern(1, "tools/call", name="\ud800", arguments={"\ud800": "\ud800"}),
            CALLING | {"mcp-name": "x"},
            400,
            -32020,
        ),
        (b"x" * (LONGEST_BODY + 1), {}, 413, None),
    ],
)
def test_a_request_that_is_none_gets_one_clear_answer(
    writing: Writing, content: bytes, headers: dict[str, str], status: int, code: int | None
) -> None:
    with serving_tools(_desk(writing)) as (address, _):
        answered = httpx.post(address, content=content, headers=ACCEPT | headers)
        assert (answered.status_code, _code(answered)) == (status, code)
        assert httpx.post(address, content=PING, headers=ACCEPT).json() == {"jsonrpc": "2.0", "id": 1, "result": {}}


def _code(answered: httpx.Response) -> int | None:
    """The protocol's code of an error; None where the answer is a line of plain text."""
    if answered.headers.get("content-type") != "application/json":
        assert len(answered.text.splitlines()) == 1
        return None
    code = answered.json()["error"]["code"]
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "OPTIONS"])
def test_nothing_but_messages_is_taken(writing: Writing, method: str) -> None:
    with serving_tools(_desk(writing)) as (address, _):
        answered = httpx.request(method, address, headers={"accept": "text/event-stream"})
        assert (answered.status_code, answered.headers["allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST")


CALLS = [
    (ASK, {}),
    (
        _modern(1, "tools/call", name="ask", arguments={"question": "who?"}),
        CALLING | {"mcp-name": "ask"},
    ),
]


@pytest.mark.parametrize(("content", "headers"), CALLS)
def test_a_call_whose_client_goes_away_is_ended_and_others_are_answered_meanwhile(
    writing: Writing, content: bytes, headers: dict[str, str]
) -> None:
    with serving_tools(_desk(writing)) as (address, _):
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(address, content=content, headers=ACCEPT | headers, timeout=1)
        assert writing.begun.is_set()
        assert httpx.post(address, content=PING, headers=ACCEPT).status_code == HTTPStatus.OK
        assert writing.ended.wait(10)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_a_call_that_its_client_gives_up_is_ended(writing: Writing, mode: str) -> None:
    async def give_up(client: Client) -> None:
        with anyio.move_on_after(0.5):
            await client.call_tool("ask", {"question": "who?"})

    with connected(server(_desk(writing), CapacityLimiter(1)), mode) as client:
        client.run(give_up)
        assert (writing.begun.is_set(), writing.ended.wait(10)) == (True, True)
        assert len(client.tools()) == 4


@pytest.mark.parametrize(("content", "headers"), CALLS)
def test_a_call_in_hand_is_answered_before_the_server_ends(
    writing: Writing, content: bytes, headers: dict[str, str]
) -> None:
    with ThreadPoolExecutor(1) as threads, serving_tools(_desk(writing)) as (address, serving):
        answer = threads.submit(httpx.post, address, content=content, headers=ACCEPT | headers, timeout=30)
        assert writing.begun.wait(10)
        serving.should_exit = True
        threading.Timer(1, writing.enough.set).start()
        found: dict[str, Any] = answer.result().json()["result"]["structuredContent"]
        assert (found["question"], found["reason"]) == ("who?", "the end")
