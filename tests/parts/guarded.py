"""A small application behind the guard of a server, on loopback, and requests to it as they stand."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import sys
import threading
import time
import urllib.parse
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast

from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import PlainTextResponse, StreamingResponse

from assistant.ask import Assistant
from assistant.chat.app import address, listen
from assistant.desk import Desk
from assistant.serve.guard.keys import KeyFile
from assistant.serve.guard.protect import Limits, Protection, protect
from assistant.serve.guard.server import Server
from tests.parts.librarian import Librarian
from tests.parts.running import running

UNLIMITED = Limits(rate=0)


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str

    @property
    def error(self) -> str:
        """The code of a refusal."""
        code: str = json.loads(self.body)["error"]["code"]
        return code


class Small:
    """An application with one route of each sort; `working` counts what works, and `most` how much did at once."""

    def __init__(self) -> None:
        self.working = 0
        self.most = 0
        self.done = 0
        self.left = threading.Event()
        self.received: list[int] = []
        self._lock = threading.Lock()
        self.app = app = FastAPI()

        @app.post("/api/ask")
        def ask(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
            request.state.question = asked.get("question", "")
            request.state.declined = not asked.get("question")
            with self._at_work():
                time.sleep(asked.get("seconds", 0))
            return {"answer": 42, "permissions": sorted(request.state.permissions)}

        @app.get("/api/articles/{number}")
        def article(number: int) -> int:
            return number

        @app.post("/api/stream")
        async def stream(request: Request) -> StreamingResponse:
            return StreamingResponse(self._pieces(), media_type="text/event-stream")

        @app.post("/api/articles")
        async def take(file: UploadFile) -> int:
            content = await file.read()
            self.received.append(len(content))
            return len(content)

        @app.post("/v1/chat/completions")
        def complete() -> dict[str, Any]:
            return {"choices": []}

        @app.get("/gradio_api/heartbeat/{session}")
        async def heartbeat(session: str) -> StreamingResponse:
            return StreamingResponse(self._beats(), media_type="text/event-stream")

        @app.post("/api/fault")
        def fault() -> None:
            raise RuntimeError("a fault of the program")

        @app.get("/api/long")
        def long() -> PlainTextResponse:
            return PlainTextResponse("x" * 50_000_000)

        @app.get("/", response_class=PlainTextResponse)
        def page() -> str:
            return "page"

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._lock:
            self.working += 1
            self.most = max(self.most, self.working)
        try:
            yield
        finally:
            with self._lock:
                self.working -= 1
                self.done += 1

    async def _pieces(self) -> AsyncIterator[str]:
        try:
            for number in range(20):
                yield f"data: {number}\n\n"
                await asyncio.sleep(0.1)
        except asyncio.CancelledError:
            self.left.set()
            raise

    async def _beats(self) -> AsyncIterator[str]:
        while True:
            yield "data: ALIVE\n\n"
            await asyncio.sleep(15)


def send(address: str, method: str, path: str, body: object = None, **headers: str) -> Reply:
    """One request as it stands."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
    try:
        content = json.dumps(body) if isinstance(body, dict) else cast("str | bytes | None", body)
        connection.request(method, path, content, _fields(headers, is_json=isinstance(body, dict)))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read().decode("utf-8", "replace"))
    finally:
        connection.close()


class Guarded(NamedTuple):
    address: str
    small: Small
    keys: KeyFile
    server: Server

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        """One request as it stands."""
        return send(self.address, method, path, body, **headers)

    def ask(self, question: str = "why", **headers: str) -> Reply:
        """A question."""
        return self.send("POST", "/api/ask", {"question": question}, **headers)

    def connected(self) -> socket.socket:
        """A connection for bytes as they stand."""
        found = urllib.parse.urlsplit(self.address)
        return socket.create_connection((str(found.hostname), int(found.port or 0)), timeout=60)

    def measure(self, name: str) -> float:
        """The number behind a measure's name and labels; 0 where it is not told."""
        lines = self.send("GET", "/metrics").body.splitlines()
        return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"{name} ")), 0.0)


def _fields(headers: Mapping[str, str], *, is_json: bool) -> dict[str, str]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"content-type": "application/json", **given} if is_json else given


def read_all(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    read = b""
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return read
        if not piece:
            return read
        read += piece


def until(holds: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)


@contextmanager
def guarded(
    folder: Path,
    limits: Limits = UNLIMITED,
    assistant: object = None,
    prepare: Callable[[Small], object] = lambda small: None,
    **protection: object,
) -> Iterator[Guarded]:
    """Serve the small application behind its guard on a free port while the block runs."""
    small, keys = Small(), KeyFile(folder / "keys.json")
    prepare(small)
    server = _server(small, keys, limits, assistant, 10.0, protection)
    with running(server) as reached:
        yield Guarded(reached, small, keys, server)


def run(folder: Path, grace: float) -> None:
    """Serve it in this process until a signal comes; the address is printed."""
    server = _server(Small(), KeyFile(folder / "keys.json"), UNLIMITED, None, grace, {})
    with listen("127.0.0.1", 0) as listener, suppress(KeyboardInterrupt):
        sys.stdout.write(f"{address(listener)}\n")
        sys.stdout.flush()
        server.run(sockets=[listener])


def _server(
    small: Small, keys: KeyFile, limits: Limits, assistant: object, grace: float, protection: dict[str, object]
) -> Server:
    desk = Desk(lambda: cast("Assistant", assistant or Librarian(())))
    protected = replace(Protection(desk, keys, limits=limits), **protection)  # type: ignore[arg-type]
    return Server(lambda: protect(small.app, protected), grace=grace, stopping=protected.stopping)
