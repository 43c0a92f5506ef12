"""Streams of answers that take long: nothing unverified is shown, whoever waits hears of it, whoever goes ends it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from assistant.ask import Assistant
from assistant.serve.completions import routes
from assistant.types import Answer
from index.errors import ArchiveDamagedError
from tests.completions import completions_served
from tests.llm_server import LlmServer
from tests.written import ASKED, BRIDGE, make_archive, model_of, number, opened

REQUEST = {"model": "isnad", "messages": [{"role": "user", "content": ASKED}], "stream": True}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "PAUSE", 0.05)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("written"))


@pytest.fixture(scope="module")
def assistant(archive: Path, served: LlmServer) -> Iterator[Assistant]:
    with opened(archive, model_of(served), show_unsupported=False) as assistant:
        yield assistant


@dataclass
class Endless:
    """Writes on and on, and knows when it was stopped."""

    begun: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def stream(self, question: str, *, history: Sequence[str] = ()) -> Iterator[str | Answer]:
        self.begun.set()
        try:
            while not self.ended.wait(0.01):
                yield "word "
        finally:
            self.ended.set()


@dataclass
class Broken:
    """Finds out on its way that the archive cannot be read."""

    def stream(self, question: str, *, history: Sequence[str] = ()) -> Iterator[str | Answer]:
        yield "word "
        raise ArchiveDamagedError("the archive is damaged; restore it")


def events(url: str, request: dict[str, object]) -> list[str]:
    with httpx.Client(timeout=60) as client, client.stream("POST", f"{url}/v1/chat/completions", json=request) as sent:
        return sent.read().decode().removesuffix("\n\n").split("\n\n")


def test_what_a_language_model_writes_is_shown_once_it_is_verified(assistant: Assistant, server: LlmServer) -> None:
    bridge = number(assistant, BRIDGE)
    server.reply(f"The new bridge will open in May 2024 [{bridge}]. ", "A tunnel was flooded by protesters [1]. ", " ")
    server.pause = 0.2
    with completions_served(lambda: assistant) as url:
        came = events(url, REQUEST)
    comments = [event for event in came if event.startswith(":")]
    assert comments
    assert set(comments) == {": the answer is being made"}
    chunks = [
        json.loads(event.removeprefix("data: ")) for event in came[: came.index("data: [DONE]")] if event[0] == "d"
    ]
    assert len(chunks) + len(comments) + 1 == len(came)
    content = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
    assert content.split("\n\n")[:2] == [
        "*What the language model wrote and the archive does not support was left out.*",
        "The new bridge will open in May 2024. [1]",
    ]
    assert "tunnel" not in "".join(came)
    (annotation,) = chunks[-2]["choices"][0]["delta"]["annotations"]
    assert (annotation["isnad"]["quote"], annotation["isnad"]["support"]) == (BRIDGE, "supported")


@pytest.mark.parametrize("stream", [True, False])
def test_the_work_ends_where_nobody_waits_for_it(stream: bool) -> None:
    endless = Endless()
    with completions_served(lambda: endless) as url:  # type: ignore[arg-type, return-value]
        with (
            httpx.Client(timeout=httpx.Timeout(60, read=1)) as client,
            pytest.raises(httpx.ReadTimeout),
            client.stream("POST", f"{url}/v1/chat/completions", json=REQUEST | {"stream": stream}) as sent,
        ):
            assert endless.begun.wait(60)
            if stream:
                raise httpx.ReadTimeout("enough was read")
            sent.read()
        assert endless.ended.wait(60)


def test_a_fault_on_the_way_ends_the_stream_with_an_error(caplog: pytest.LogCaptureFixture) -> None:
    with completions_served(lambda: Broken()) as url:  # type: ignore[arg-type, return-value]
        first, last = events(url, REQUEST)
        whole = httpx.post(f"{url}/v1/chat/completions", json=REQUEST | {"stream": False})
    assert json.loads(first.removeprefix("data: "))["choices"][0]["delta"]["role"] == "assistant"
    error = {
        "message": "the archive is damaged; restore it",
        "type": "server_error",
        "param": None,
        "code": "archive_unavailable",
    }
    assert json.loads(last.removeprefix("data: ")) == {"error": error}
    assert (whole.status_code, whole.json()) == (503, {"error": error})
    assert caplog.records == []
