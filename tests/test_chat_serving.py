"""How the chat is served: its port, its policy, what it reaches for, and how it stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from assistant.chat.app import listen
from assistant.chat.document import POLICY
from index.errors import ServerError


def test_a_taken_port_is_refused_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerError) as refused:
            listen("127.0.0.1", port)
    assert str(refused.value) == (
        f"cannot serve on 127.0.0.1 port {port}: another program listens there; stop it, or pass another --port"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ServerError, match=f"cannot serve on {host} port 7860: that is no address of this machine"):
        listen(host, 7860)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(ServerError, match=f"cannot serve on port {port}: ports go from 0 to 65535"):
        listen("127.0.0.1", port)


def test_what_is_sent_does_not_wait_for_the_other_side_to_acknowledge_what_went_before() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


SERVE = """
import sys

def watch(event, arguments):
    if event == "socket.connect":
        print("connect", arguments[1], file=sys.stderr)
    if event == "socket.getaddrinfo":
        print("look up", arguments[0], file=sys.stderr)

sys.addaudithook(watch)
from assistant.chat.app import serve
from assistant.desk import Desk
from tests.librarian import Librarian

serve(Desk(lambda: Librarian(())), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
print("stopped")
"""


@pytest.mark.slow
def test_serving_reaches_for_no_network_whatever_the_proxy_and_stops_when_interrupted() -> None:
    proxied = {**os.environ, "HTTP_PROXY": "http://192.0.2.1:3128", "ALL_PROXY": "http://192.0.2.1:3128"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], env=proxied, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(address, timeout=60) as response:
            assert response.status == 200
            assert response.headers["content-security-policy"] == POLICY
        process.send_signal(signal.SIGINT)
        printed, logged = process.communicate(timeout=30)
    assert printed == "stopped\n"
    assert logged == "look up 127.0.0.1\n"
    assert process.returncode == 0
