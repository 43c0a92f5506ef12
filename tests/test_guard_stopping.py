"""How a server ends: answers under way first, nothing new meanwhile, and not a word on the terminal."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.guarded import Reply, guarded, read_all, send, until

SERVE = """
import sys
from pathlib import Path
from tests.guarded import run

run(Path(sys.argv[1]), grace=float(sys.argv[2]))
print("closed")
"""


class Served(NamedTuple):
    process: subprocess.Popen[str]
    address: str

    def connected(self, request: bytes) -> socket.socket:
        host, _, port = self.address.removeprefix("http://").partition(":")
        client = socket.create_connection((host, int(port)), timeout=30)
        client.sendall(request)
        return client

    def ended(self) -> tuple[int, str, str]:
        """The exit code, and what was printed."""
        printed, logged = self.process.communicate(timeout=30)
        return self.process.returncode, printed, logged


@contextmanager
def served(folder: Path, grace: float) -> Iterator[Served]:
    command = [sys.executable, "-c", SERVE, str(folder), str(grace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield Served(process, process.stdout.readline().strip())
        finally:
            process.kill()


def ask(seconds: float) -> bytes:
    body = json.dumps({"question": "why", "seconds": seconds}).encode()
    head = "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return (head % len(body)).encode() + body


HEARTBEAT = b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nhost: localhost\r\n\r\n"
STREAM = b"POST /api/stream HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n"


@pytest.mark.slow
def test_sigterm_waits_for_answers_and_for_nothing_else(tmp_path: Path) -> None:
    with served(tmp_path, grace=20) as server:
        idle = server.connected(b"")
        page = server.connected(HEARTBEAT)
        assert page.recv(65536).startswith(b"HTTP/1.1 200 ")
        stream = server.connected(STREAM)
        begun = stream.recv(65536)
        answer = server.connected(ask(1.5))
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        until(lambda: send(server.address, "GET", "/readyz").status == 503)
        assert json.loads(send(server.address, "GET", "/readyz").body) == {"status": "shutting down"}
        refused = send(server.address, "POST", "/api/ask", {"question": "late"})
        assert (refused.status, json.loads(refused.body)) == (
            503,
            {"error": {"code": "shutting_down", "message": "the server is being stopped; try again in a while"}},
        )
        assert refused.headers["retry-after"] == "10"
        assert b'"answer":42' in read_all(answer)
        assert b"data: 19\n\n" in begun + read_all(stream)
        asked = time.monotonic()
        assert server.ended() == (0, "closed\n", "")
        assert time.monotonic() - asked < 5
        for client in (idle, page, stream, answer):
            client.close()


@pytest.mark.slow
def test_an_answer_that_takes_longer_than_the_grace_is_cut_off(tmp_path: Path) -> None:
    with (
        served(tmp_path, grace=0.5) as server,
        server.connected(ask(3)) as answer,
        server.connected(STREAM) as stream,
    ):
        assert stream.recv(65536)
        server.process.send_signal(signal.SIGTERM)
        assert read_all(answer) == b""
        assert b"data: 19\n\n" not in read_all(stream)
        assert server.ended() == (0, "closed\n", "")


@pytest.mark.slow
def test_a_second_interrupt_waits_no_longer(tmp_path: Path) -> None:
    with served(tmp_path, grace=60) as server, server.connected(STREAM) as stream:
        assert stream.recv(65536)
        server.process.send_signal(signal.SIGINT)
        until(lambda: send(server.address, "GET", "/readyz").status == 503)
        server.process.send_signal(signal.SIGINT)
        assert b"data: 19\n\n" not in read_all(stream)
        assert server.ended() == (0, "closed\n", "")


CHAT = """
from assistant.chat.app import serve
from assistant.desk import Desk
from tests.librarian import Librarian

serve(Desk(lambda: Librarian(())), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
print("closed")
"""


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_chat_ends_without_a_word_though_a_page_is_open(stop: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHAT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        server = Served(process, process.stdout.readline().strip())
        with server.connected(HEARTBEAT) as page:
            assert page.recv(65536).startswith(b"HTTP/1.1 200 ")
            process.send_signal(stop)
            assert server.ended() == (0, "closed\n", "")


def test_what_begins_while_the_server_ends_is_refused_on_an_open_connection(tmp_path: Path) -> None:
    replies: list[Reply] = []
    with guarded(tmp_path) as server:
        answering = threading.Thread(
            target=lambda: replies.append(server.send("POST", "/api/ask", {"question": "why", "seconds": 1}))
        )
        answering.start()
        until(lambda: server.small.working == 1)
        server.server.should_exit = True
        until(lambda: server.ask().status == 503)
        answering.join()
        assert replies[0].status == 200
