"""Many clients that ask a server at once for a while: how many answers come, how late, and whether any goes wrong."""

from __future__ import annotations

import asyncio
import json
import os
import random
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import h11
import numpy as np

from index.errors import BenchmarkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HONEST = (HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
"""What a server under load may say: an answer, or when to come back."""

PATIENCE = 300.0
"""Seconds after which a client takes its answer for lost."""

_FAULTS = (OSError, EOFError, TimeoutError, h11.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one request: a status, or 0 and what went wrong; `seconds` until the answer was read."""

    status: int
    seconds: float
    fault: str = ""

    @property
    def is_honest(self) -> bool:
        """Whether it was answered, or refused as a server that has too much to do refuses."""
        return self.status in HONEST


@dataclass(frozen=True, slots=True)
class Load:
    """All requests of some clients, over so many seconds."""

    clients: int
    seconds: float
    asked: tuple[Asked, ...]

    @property
    def errors(self) -> int:
        """How many requests went wrong."""
        return sum(not each.is_honest for each in self.asked)

    def to_json(self) -> dict[str, Any]:
        """Return the figures; percentiles are of the answers' seconds, None where there was none."""
        answers = [each.seconds for each in self.asked if each.status == HTTPStatus.OK]
        middle, late, latest = np.percentile(answers, (50, 95, 99)).tolist() if answers else (None, None, None)
        return {
            "clients": self.clients,
            "seconds": round(self.seconds, 2),
            "requests": len(self.asked),
            "answers": len(answers),
            "answers_per_second": round(len(answers) / self.seconds, 2),
            "p50": middle,
            "p95": late,
            "p99": latest,
            "statuses": {str(status): count for status, count in sorted(Counter(a.status for a in self.asked).items())},
            "errors": self.errors,
            "faults": dict(Counter(each.fault for each in self.asked if each.fault)),
        }

    def to_text(self) -> str:
        """Return the figures for reading."""
        told = self.to_json()
        seconds = [f"{name} {told[name]:.2f} s" for name in ("p50", "p95", "p99") if told[name] is not None]
        statuses = [f"{'none' if status == '0' else status}: {count}" for status, count in told["statuses"].items()]
        lines = [
            f"{told['clients']} clients, {told['seconds']} s: {told['requests']} requests,"
            f" {told['answers']} answers, {told['answers_per_second']} a second",
            *([f"answers after {', '.join(seconds)}"] if seconds else []),
            f"statuses: {', '.join(statuses)}",
            *(f"{count} without an answer: {fault}" for fault, count in told["faults"].items()),
        ]
        return "\n".join(lines) + "\n"


def ask_all(address: str, questions: Sequence[str], clients: int, seconds: float, key: str | None = None) -> Load:
    """Ask ``POST /api/ask`` of a server by so many clients, each one question after another, for so many seconds.

    Each has a connection of its own, and asks the questions in an order of its own. One that is told to come back
    later does so. Raises BenchmarkError where there is no server.
    """
    return asyncio.run(_ask_all(_Server.at(address, key), questions, clients, seconds))


@contextmanager
def serving(archive: Path, command: str = "serve") -> Iterator[str]:
    """Serve an archive by a command in a process of its own, which counts nobody's requests; gives its address.

    Raises BenchmarkError where it does not start.
    """
    arguments = [sys.executable, "-c", "from assistant.cli import main; main()", command, "--port", "0"]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as logged,
        subprocess.Popen(
            [*arguments, "--archive", archive],
            env={**os.environ, "ISNAD_RATE": "0"},
            stdout=subprocess.PIPE,
            stderr=logged,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                process.wait()
                logged.seek(0)
                reason = (logged.read().splitlines() or ["nothing was said"])[-1].removeprefix("isnad: ")
                raise BenchmarkError(f"cannot serve '{archive}': {reason}")
            yield address
        finally:
            process.terminate()


async def _ask_all(server: _Server, questions: Sequence[str], clients: int, seconds: float) -> Load:
    first = _Client(server)
    try:
        await first.ask(questions[0])
    except _FAULTS as error:
        raise BenchmarkError(f"nobody answers at {server.address} ({error}); start `isnad serve` there") from error
    finally:
        first.leave()
    begun = time.monotonic()
    asking = (_ask_on(server, questions, number, begun + seconds) for number in range(clients))
    asked = await asyncio.gather(*asking)
    return Load(clients, time.monotonic() - begun, tuple(each for some in asked for each in some))


async def _ask_on(server: _Server, questions: Sequence[str], number: int, until: float) -> list[Asked]:
    chosen, client, asked = random.Random(number), _Client(server), list[Asked]()
    while (begun := time.monotonic()) < until:
        try:
            status, wait = await asyncio.wait_for(client.ask(chosen.choice(questions)), PATIENCE)
        except _FAULTS as error:
            asked.append(Asked(0, time.monotonic() - begun, str(error) or type(error).__name__))
            client.leave()
            await asyncio.sleep(min(1.0, max(0.0, until - time.monotonic())))
            continue
        asked.append(Asked(status, time.monotonic() - begun))
        if wait:
            client.leave()  # the server would not keep the connection for as long
            await asyncio.sleep(max(0.0, min(wait, until - time.monotonic())))
    client.leave()
    return asked


@dataclass(frozen=True, slots=True)
class _Server:
    address: str
    host: str
    port: int
    path: str
    tls: ssl.SSLContext | None
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def at(cls, address: str, key: str | None) -> _Server:
        parts = urlsplit(address)
        try:
            port = parts.port
        except ValueError:
            port = None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BenchmarkError(f"{address!r} is no address of a server; write it as http://127.0.0.1:7860")
        is_secret = parts.scheme == "https"
        fields = [("host", parts.netloc.rpartition("@")[2]), ("content-type", "application/json")]
        if key:
            fields.append(("authorization", f"Bearer {key}"))
        tls = ssl.create_default_context() if is_secret else None
        path = f"{parts.path.rstrip('/')}/api/ask"
        return cls(address, parts.hostname, port or (443 if is_secret else 80), path, tls, tuple(fields))


class _Client:
    """One connection, which is kept as long as the server keeps it."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._state = h11.Connection(h11.CLIENT)

    async def ask(self, question: str) -> tuple[int, float]:
        """Return the status, and for how many seconds the server asks to be left alone."""
        if self._streams is None:
            self._state = h11.Connection(h11.CLIENT)
            self._streams = await asyncio.open_connection(self._server.host, self._server.port, ssl=self._server.tls)
        reader, writer = self._streams
        body = json.dumps({"question": question}).encode()
        fields = [*self._server.fields, ("content-length", str(len(body)))]
        request = h11.Request(method="POST", target=self._server.path, headers=fields)
        for event in (request, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(self._state.send(event) or b"")
        status, wait = await self._answered(reader)
        if self._state.our_state is h11.DONE and self._state.their_state is h11.DONE:
            self._state.start_next_cycle()
        else:
            self.leave()
        return status, wait

    async def _answered(self, reader: asyncio.StreamReader) -> tuple[int, float]:
        status, wait = 0, 0.0
        while True:
            match self._state.next_event():
                case h11.NEED_DATA:
                    if not (piece := await reader.read(65536)):
                        raise EOFError("the server closed the connection")
                    self._state.receive_data(piece)
                case h11.Response(status_code=status, headers=headers):
                    after = dict(headers).get(b"retry-after", b"")
                    wait = float(after) if after.isdigit() else 0.0
                case h11.EndOfMessage():
                    return status, wait

    def leave(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
