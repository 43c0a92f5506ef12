"""How much a server takes on: rates, lines, sizes, and how slow a client may be."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.serve.guard import bodies, connections
from assistant.serve.guard.protect import Limits
from assistant.serve.guard.rates import Allowance, Rates, sender_at
from assistant.verification.audit import LONGEST_TEXT
from tests.parts.guarded import Guarded, guarded, read_all, until

if TYPE_CHECKING:
    from assistant.ask import Assistant


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_at_once_and_fills_with_time() -> None:
    clock = Clock()
    rates = Rates(per_minute=30, burst=2, clock=clock)
    assert rates.take("a") == Allowance(limit=2, remaining=1, reset=2, wait=0)
    assert rates.take("a") == Allowance(limit=2, remaining=0, reset=4, wait=0)
    assert rates.take("a") == Allowance(limit=2, remaining=0, reset=4, wait=2)
    assert rates.take("b").wait == 0
    clock.now = 1.0
    assert rates.take("a").wait == 1
    clock.now = 2.0
    assert rates.take("a").wait == 0
    clock.now = 1000.0
    assert rates.take("a") == Allowance(limit=2, remaining=1, reset=2, wait=0)


def test_an_ipv6_network_is_one_sender() -> None:
    assert sender_at("2001:db8:1:2::3") == sender_at("2001:db8:1:2:ffff::9") == "at:2001:db8:1:2::/64"
    assert sender_at("2001:db8:1:3::3") != sender_at("2001:db8:1:2::3")
    assert (sender_at("192.0.2.1"), sender_at("")) == ("at:192.0.2.1", "at:")


def test_who_asks_too_often_is_told_when_to_come_back_and_nobody_else_waits(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=1, burst=2)) as server:
        first = server.ask()
        assert (first.status, first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == (200, "2", "1")
        assert server.ask().status == 200
        refused = server.ask()
        wait = refused.headers["retry-after"]
        assert (refused.status, json.loads(refused.body)) == (
            429,
            {"error": {"code": "too_many_requests", "message": f"too many requests; try again in {wait} s"}},
        )
        assert 50 < int(wait) <= 60
        assert (refused.headers["ratelimit-remaining"], int(refused.headers["ratelimit-reset"]) > 100) == ("0", True)
        assert server.ask(x_forwarded_for="127.0.0.2").status == 200
        assert [server.send("GET", path).status for path in ("/", "/healthz", "/readyz") * 3] == [200] * 9
        key = server.keys.create("own")
        assert server.ask(x_api_key=key).status == 200
        assert server.ask(x_api_key="isnad_guess").status == 429  # guessed keys count for the address


def test_of_300_at_once_each_is_answered_or_refused_at_once(tmp_path: Path, seed_assistant: Assistant) -> None:
    limits = Limits(rate=0, most_at_once=4, most_waiting=20)
    with guarded(tmp_path, limits, seed_assistant) as server:
        question = {"question": "why", "seconds": 0.05}
        with ThreadPoolExecutor(300) as clients:
            replies = list(clients.map(lambda _: server.send("POST", "/api/ask", question), range(300)))
        statuses = Counter(reply.status for reply in replies)
        assert set(statuses) == {200, 503}
        assert statuses[200] >= 24
        assert server.small.most <= 4
        for reply in replies:
            if reply.status == 503:
                assert reply.error == "queue_full"
                assert int(reply.headers["retry-after"]) >= 1
        assert server.small.done == statuses[200]
        assert server.measure('isnad_refused_total{reason="queue_full"}') == statuses[503]
        assert (server.measure("isnad_at_work"), server.measure("isnad_queue_length")) == (0, 0)


def test_an_answer_that_takes_too_long_is_given_up_and_its_place_is_free(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=0, most_at_once=1, timeout=0.5)) as server:
        begun = time.monotonic()
        late = server.send("POST", "/api/ask", {"question": "why", "seconds": 3})
        assert (late.status, late.error) == (503, "took_too_long")
        assert "retry-after" in late.headers
        assert time.monotonic() - begun < 2.5
        assert server.ask().status == 200


def test_a_stream_that_stops_is_cut_off_where_it_stands(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=0, most_at_once=1, timeout=0.05)) as server:
        with server.connected() as client:
            client.sendall(b"POST /api/stream HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n")
            answer = read_all(client)
        assert b"data: 0\n\n" in answer
        assert not answer.endswith(b"0\r\n\r\n")  # as a whole one ends
        assert server.ask().status == 200


def test_a_fault_of_the_program_is_told_on_its_terminal_and_gives_its_place_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with guarded(tmp_path, Limits(rate=0, most_at_once=1)) as server:
        for _ in range(3):
            assert server.send("POST", "/api/fault").status == 500
        assert server.ask().status == 200
    assert capsys.readouterr().err.count("RuntimeError: a fault of the program") == 3


def test_a_stream_passes_piece_by_piece_and_may_take_longer_than_a_piece(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=0, timeout=1.0)) as server:
        with server.connected() as client:
            begun = time.monotonic()
            client.sendall(b"POST /api/stream HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n")
            assert client.recv(65536)
            assert time.monotonic() - begun < 1.0
        whole = server.send("POST", "/api/stream")
        assert whole.body == "".join(f"data: {number}\n\n" for number in range(20))


def cut_off(client: socket.socket) -> None:
    """Leave without a word, as a client does that dies."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


ASK = b"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"


def asking(server: Guarded, body: bytes) -> socket.socket:
    client = server.connected()
    client.sendall(ASK % (len(body), body))
    return client


def test_clients_that_leave_give_their_places_back(tmp_path: Path, seed_assistant: Assistant) -> None:
    with guarded(tmp_path, Limits(rate=0, most_at_once=2, most_waiting=10), seed_assistant) as server:
        slow = b'{"question": "why", "seconds": 0.6}'
        clients = [asking(server, slow) for _ in range(10)]
        until(lambda: server.measure("isnad_queue_length") == 8)
        for client in clients:
            cut_off(client)
        until(lambda: server.measure("isnad_queue_length") == 0)
        until(lambda: server.measure("isnad_at_work") == 0)
        assert server.small.done == 2  # those in the line were never begun
        assert server.ask().status == 200
        assert server.measure('isnad_requests_total{method="POST",route="/api",status="499"}') == 8


def test_a_stream_ends_when_its_client_leaves(tmp_path: Path, seed_assistant: Assistant) -> None:
    with guarded(tmp_path, assistant=seed_assistant) as server:
        client = server.connected()
        client.sendall(b"POST /api/stream HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n")
        assert client.recv(65536)
        cut_off(client)
        assert server.small.left.wait(10)
        until(lambda: server.measure("isnad_at_work") == 0)


def test_an_overlong_body_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=0, longest_body=2000)) as server:
        refused = server.ask("x" * 3000)
        assert (refused.status, json.loads(refused.body)) == (
            413,
            {"error": {"code": "long_body", "message": "the body is longer than 2000 bytes; send less at once"}},
        )
        assert server.ask("x" * 1900).status == 200


def test_the_longest_text_that_may_be_checked_fits_into_a_request_in_whatever_way_it_is_written() -> None:
    for letter in ("ا", "中", "\n"):
        assert len(json.dumps({"text": letter * LONGEST_TEXT}).encode()) < Limits().longest_body


def chunks(size: int, count: int) -> Iterator[bytes]:
    yield b"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
    for _ in range(count):
        yield b"%x\r\n%s\r\n" % (size, b" " * size)


def test_an_overlong_body_in_chunks_is_counted_while_it_comes(tmp_path: Path) -> None:
    with guarded(tmp_path, Limits(rate=0, longest_body=100_000)) as server, server.connected() as client:
        for chunk in chunks(50_000, 40):  # never ended, and all of it sent before anything is read
            client.sendall(chunk)
        answer = read_all(client)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in answer
        assert answer.endswith(
            b'{"error": {"code": "long_body", "message": "the body is longer than 100000 bytes; send less at once"}}'
        )


def test_uploads_may_be_longer_and_are_counted_as_they_come(tmp_path: Path) -> None:
    def form(size: int) -> bytes:
        part = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        return part + b"a" * size + b"\r\n--x--\r\n"

    limits = Limits(rate=0, longest_body=2000, longest_upload=1_000_000)
    with guarded(tmp_path, limits) as server:
        fields = {"content_type": "multipart/form-data; boundary=x"}
        assert server.send("POST", "/api/articles", form(500_000), **fields).body == "500000"
        assert server.send("POST", "/api/articles", form(2_000_000), **fields).error == "long_body"
        with server.connected() as client:
            client.sendall(
                b"POST /api/articles HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n"
                b"content-type: multipart/form-data; boundary=x\r\n\r\n"
            )
            body = form(3_000_000)
            for start in range(0, len(body), 50_000):
                piece = body[start : start + 50_000]
                client.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            assert read_all(client).startswith(b"HTTP/1.1 413 ")
        assert server.small.received == [500_000]


def test_a_body_that_comes_too_slowly_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.6)
    monkeypatch.setattr(bodies, "LINGER_SECONDS", 0.2)
    with guarded(tmp_path) as server, server.connected() as client:
        client.sendall(ASK % (1000, b"{"))
        answered = threading.Event()

        def drip() -> None:
            while not answered.wait(0.1):
                try:
                    client.sendall(b" ")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        answer = read_all(client)
        answered.set()
        dripping.join()
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b'"code": "slow_request"' in answer
        assert server.small.done == 0


def test_a_head_that_comes_too_slowly_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 2.0)
    with guarded(tmp_path) as server:
        silent, slow, again = server.connected(), server.connected(), server.connected()
        with silent, slow, again:
            again.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            page = b""
            while not page.endswith(b"page"):
                page += again.recv(65536)
            assert page.startswith(b"HTTP/1.1 200 ")
            slow.sendall(b"GET / HTTP/1.1\r\nhost: loc")
            for _ in range(3):
                time.sleep(0.1)
                slow.sendall(b"a")
            again.sendall(b"GET / HT")  # a second request over the same connection
            for client in (silent, slow, again):
                answer = read_all(client)
                assert answer.startswith(b"HTTP/1.1 408 ")
                assert b'"code": "slow_request"' in answer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01", 400),
        (b"GET /\r\n\r\n", 400),
        (b"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n", 400),
        (b"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", 400),
        (b"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: localhost\r\nx: " + b"x" * 500_000, 431),
        (b"GET /?%s HTTP/1.1\r\nhost: localhost\r\n\r\n" % (b"x" * 9000), 414),
        (b"GET / HTTP/1.1\r\nhost: localhost\r\n%s\r\n" % (b"x: y\r\n" * 120), 431),
    ],
)
def test_what_is_no_request_or_too_long_has_one_answer(tmp_path: Path, head: bytes, status: int) -> None:
    with guarded(tmp_path) as server:
        with server.connected() as client:
            client.sendall(head)
            answer = read_all(client)
        assert answer.startswith(b"HTTP/1.1 %d " % status)
        assert answer.count(b"HTTP/1.1") == 1
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"]
        assert server.ask().status == 200


def test_a_client_that_takes_nothing_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed_assistant: Assistant
) -> None:
    monkeypatch.setattr(connections, "WRITE_SECONDS", 0.5)
    with guarded(tmp_path, assistant=seed_assistant) as server, server.connected() as client:
        client.sendall(b"GET /api/long HTTP/1.1\r\nhost: localhost\r\n\r\n")
        until(lambda: server.measure("isnad_at_work") == 1)
        until(lambda: server.measure("isnad_at_work") == 0)
        assert len(read_all(client)) < 50_000_000


def test_more_connections_than_the_server_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 3)
    with guarded(tmp_path) as server:
        held = [server.connected() for _ in range(3)]
        until(lambda: len(server.server.server_state.connections) == 3)
        with server.connected() as one_more:
            assert b'"code": "too_many_connections"' in read_all(one_more)
        for client in held:
            client.close()
        until(lambda: not server.server.server_state.connections)
        assert server.ask().status == 200
