"""A server on loopback that speaks the OpenAI protocol, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle


@dataclass
class LlmServer:
    """What the server replies from now on, and what it was asked."""

    url: str
    chunks: list[str] = field(default_factory=list)
    status: int = 200
    stall_after: int | None = None
    """Chunks after which the server falls silent."""
    cut_after: int | None = None
    """Chunks after which the connection ends."""
    finish: str | None = "stop"
    """Why the reply ends, as the last event tells; None leaves that event out."""
    raw: bytes | None = None
    """What is sent instead of events."""
    pause: float = 0.0
    """Seconds before each chunk."""
    endless: bool = False
    """Whether the chunks are sent over and over."""
    streams: int = 0
    """Replies that are being sent."""
    requests: list[dict[str, object]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def behave(self) -> None:
        """Let go whoever waits, and start anew."""
        self.released.set()
        vars(self).update(vars(LlmServer(self.url)))

    def reply(self, *chunks: str) -> None:
        """Reply with these chunks."""
        self.chunks = list(chunks)

    def prompt(self) -> str:
        """The last prompt, all its messages."""
        messages = self.requests[-1]["messages"]
        assert isinstance(messages, list)
        return "\n\n".join(message["content"] for message in messages)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        state = self.server.state
        state.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        state.keys.append(self.headers["Authorization"])
        if self.path != "/v1/chat/completions":
            self._send(404, b'{"error": {"message": "no such path"}}')
        elif state.status != 200:
            self._send(state.status, b'{"error": {"message": "broken on demand"}}')
        elif state.raw is not None:
            self._send(200, state.raw)
        elif state.requests[-1].get("stream"):
            state.streams += 1
            with suppress(OSError):  # whoever asked may go
                self._stream(state)
            state.streams -= 1
        else:
            message = {"role": "assistant", "content": "".join(state.chunks)}
            choice = {"index": 0, "message": message, "finish_reason": state.finish}
            self._send(200, json.dumps(_event("chat.completion", choice)).encode("utf-8"))

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, state: LlmServer) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self._event({"delta": {"role": "assistant", "content": ""}, "finish_reason": None})
        chunks = cycle(state.chunks) if state.endless else state.chunks
        for number, chunk in enumerate(chunks):
            if number == state.stall_after:
                state.released.wait(30)
                return
            if number == state.cut_after:
                return
            time.sleep(state.pause)
            self._event({"delta": {"content": chunk}, "finish_reason": None})
        if state.finish:
            self._event({"delta": {}, "finish_reason": state.finish})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choice: dict[str, object]) -> None:
        event = _event("chat.completion.chunk", {"index": 0, **choice})
        self.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


class _Server(ThreadingHTTPServer):
    state: LlmServer


@contextmanager
def llm_server() -> Iterator[LlmServer]:
    """Serve on a free port while the block runs."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.state = state = LlmServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _event(kind: str, choice: dict[str, object]) -> dict[str, object]:
    return {"id": "1", "object": kind, "created": int(time.time()), "model": "loopback", "choices": [choice]}
