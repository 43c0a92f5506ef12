"""Many clients at once: what is counted of their answers, and what counts as gone wrong."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest

from assistant.serve.guard.protect import Limits
from eval.benchmarks.cli_serving import QUESTIONS
from eval.benchmarks.serving import Asked, Load, ask_all
from index.errors import BenchmarkError
from tests.console import isnad_here
from tests.guarded import guarded


def test_the_figures_of_a_load() -> None:
    asked = tuple(Asked(200, seconds / 100) for seconds in range(1, 101))
    load = Load(3, 20.0, (*asked, Asked(429, 0.0), Asked(500, 0.1), Asked(0, 1.0, "refused")))
    assert load.to_json() == {
        "clients": 3,
        "seconds": 20.0,
        "requests": 103,
        "answers": 100,
        "answers_per_second": 5.0,
        "p50": pytest.approx(0.505),
        "p95": pytest.approx(0.9505),
        "p99": pytest.approx(0.9901),
        "statuses": {"0": 1, "200": 100, "429": 1, "500": 1},
        "errors": 2,
        "faults": {"refused": 1},
    }
    assert load.to_text() == (
        "3 clients, 20.0 s: 103 requests, 100 answers, 5.0 a second\n"
        "answers after p50 0.51 s, p95 0.95 s, p99 0.99 s\n"
        "statuses: none: 1, 200: 100, 429: 1, 500: 1\n"
        "1 without an answer: refused\n"
    )
    assert Load(1, 1.0, ()).to_json()["p95"] is None


def test_clients_beyond_the_rate_and_the_line_are_refused_honestly(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=60, burst=30, most_at_once=2, most_waiting=2)) as server:
        load = ask_all(server.address, ["why", "who"], clients=40, seconds=1.0)
        assert load.errors == 0
        assert {each.status for each in load.asked} <= {200, 429, 503}
        assert server.small.done == load.to_json()["answers"] + 1  # the one that finds out whether a server is there
        assert 5 <= server.small.done <= 40


def test_a_server_that_hangs_up_is_an_error_and_the_command_fails(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = 0

        def answer_once() -> None:
            nonlocal served
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                with client:
                    asked = b""
                    while not asked.endswith(b"}"):  # what is left unread would reset the connection
                        asked += client.recv(65536)
                    if not served:
                        client.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
                    served += 1

        thread = threading.Thread(target=answer_once, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        options = ("--clients", "2", "--seconds", "0.3", "--json")
        done = isnad_here("bench", "serve", f"http://127.0.0.1:{port}", *options, folder=tmp_path)
        listener.shutdown(socket.SHUT_RDWR)
    told = json.loads(done.stdout)
    assert (done.returncode, told["answers"], set(told["statuses"])) == (1, 0, {"0"})
    assert set(told["faults"]) == {"the server closed the connection"}


def test_where_nobody_serves_it_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(BenchmarkError, match=rf"nobody answers at http://127.0.0.1:{port} \(.*\); start `isnad serve`"):
        ask_all(f"http://127.0.0.1:{port}", ["why"], 1, 0.1)
    for wrong in ("ftp://a", "127.0.0.1:1", "http://"):
        with pytest.raises(BenchmarkError, match="is no address of a server; write it as http://127.0.0.1:7860"):
            ask_all(wrong, ["why"], 1, 0.1)


def test_the_questions_are_there() -> None:
    assert QUESTIONS.is_file()
