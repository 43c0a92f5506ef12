"""`isnad serve`: the pages and what programs call, in one process and behind one guard."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import cast

import pytest

from assistant.ask import Assistant
from assistant.chat.access.accounts import Accounts, Password
from assistant.desk import Desk
from assistant.serve.app import application, server_by
from assistant.types import Answer
from index.settings import load_settings
from tests.conftest import ROOT
from tests.parts.api import JSON, get, post, request
from tests.parts.console import ISNAD, isnad_here, make_seed_archive
from tests.parts.running import running
from tests.parts.serving import serving
from tests.parts.tool_client import message

TURKEY = "What did Lavrov say about Turkey?"


@pytest.fixture(scope="module")
def address(seed_assistant: Assistant) -> Iterator[str]:
    with serving(seed_assistant, make=application) as address:
        yield address


def test_the_pages_stand_beside_the_api(address: str) -> None:
    page = get(address, "/")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Isnad" in page.text
    assert get(address, "/examples").status == 200
    assert len(post(address, "/api/ask", {"question": TURKEY}).json["citations"]) > 1


@pytest.mark.parametrize("path", ["/api/nothing", "/api/a%0Ab", "/api/articles/x%0A", "/api/"])
def test_no_page_answers_at_a_path_of_the_api(address: str, path: str) -> None:
    reply = get(address, path)
    assert (reply.status, reply.json["error"]["code"]) == (404, "not_found")


def test_the_api_describes_itself_without_anything_from_elsewhere(address: str) -> None:
    description = get(address, "/api/openapi.json").json
    assert description["servers"] == [{"url": "/api"}]
    assert list(description["paths"]) == [
        *("/ask", "/search", "/check", "/statements", "/stats", "/articles", "/articles/{article_id}", "/intake")
    ]
    docs = get(address, "/api/docs")
    assert docs.status == 200
    text = unescape(re.sub(r"<[^>]+>", "", docs.text))
    for path, operations in description["paths"].items():
        assert all(f"{method.upper()} /api{path}" in text for method in operations)
    assert f"curl -s {address}/api/stats" in text
    assert re.findall(r'(?:src|href)="([^"]+)"', docs.text) == ["openapi.json"]


def test_no_name_of_another_machine_leads_to_the_api(address: str) -> None:
    assert request(address, "POST", "/api/ask", "{}", JSON | {"host": "evil.example"}).status == 421
    cross = JSON | {"origin": "http://evil.example"}
    assert request(address, "POST", "/api/ask", "{}", cross).status == 403


def test_a_password_guards_the_api_as_it_guards_the_pages(seed_assistant: Assistant) -> None:
    basic = {"authorization": "Basic " + base64.b64encode(b"amal:night").decode()}
    accounts = Accounts({"amal": Password.of("night")})
    with serving(seed_assistant, accounts=accounts, make=application) as address:
        assert [get(address, path).status for path in ("/", "/api/stats", "/api/docs")] == [401] * 3
        assert request(address, "GET", "/api/stats", headers=basic).json["articles"] == 5


def test_an_archive_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = isnad_here("serve", "--port", "0", "--archive", str(tmp_path / "none"), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("isnad: there is no archive in")
    assert not (tmp_path / "none").exists()


class Crowded:
    """Answers once so many questions are worked on at the same time; knows how many have been at most."""

    archive = None

    def __init__(self, awaited: int) -> None:
        self.most = 0
        self._working = 0
        self._awaited = awaited
        self._lock = threading.Lock()
        self._enough = threading.Event()

    def quoting(self) -> Crowded:
        """No language model writes."""
        return self

    def stream(self, text: str, **asked: object) -> Iterator[Answer]:
        """Answer after a while."""
        with self._lock:
            self._working += 1
            self.most = max(self.most, self._working)
            if self._working == self._awaited:
                self._enough.set()
        self._enough.wait(10)
        time.sleep(0.02)
        with self._lock:
            self._working -= 1
        yield Answer(text, "en", (), "the end", (), 0.0)


@pytest.mark.parametrize("at_once", [3, 15])
def test_as_many_are_worked_on_at_once_by_all_faces_together_as_one_setting_lets(tmp_path: Path, at_once: int) -> None:
    crowded = Crowded(at_once)
    settings = load_settings(archive=tmp_path, most_at_once=at_once, rate=0)
    asked = {"role": "user", "content": "who?"}
    sent = [
        ("/api/ask", json.dumps({"question": "who?"})),
        ("/v1/chat/completions", json.dumps({"model": "isnad", "messages": [asked]})),
        ("/mcp", message(1, "tools/call", name="ask", arguments={"question": "who?"}).decode()),
    ]
    headers = JSON | {"accept": "application/json, text/event-stream"}
    server = server_by(settings, Desk(lambda: cast("Assistant", crowded)))
    with running(server) as address, ThreadPoolExecutor(15) as clients:
        replies = list(clients.map(lambda one: request(address, "POST", one[0], one[1], headers), sent * 5))
    assert [(reply.status, "the end" in reply.text) for reply in replies] == [(200, True)] * 15
    assert crowded.most == at_once


class Endless:
    """Writes on and on, a word every fifth of a second, and knows when it was stopped."""

    archive = None
    has_model = True

    def __init__(self) -> None:
        self.ended = threading.Event()

    def stream(self, text: str, **asked: object) -> Iterator[str]:
        """Write."""
        try:
            while not self.ended.wait(0.2):
                yield "word "
        finally:
            self.ended.set()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": "who?", "writer": "llm"}),
        ("/v1/chat/completions", {"model": "isnad", "messages": [{"role": "user", "content": "who?"}]}),
    ],
)
def test_an_answer_that_takes_too_long_ends_with_the_piece_that_is_being_made(
    tmp_path: Path, path: str, body: dict[str, object]
) -> None:
    endless = Endless()
    settings = load_settings(archive=tmp_path, timeout=0.5)
    with running(server_by(settings, Desk(lambda: cast("Assistant", endless)))) as address:
        reply = post(address, path, body)
        assert (reply.status, reply.json["error"]["code"]) == (503, "took_too_long")
        assert endless.ended.wait(2)


@pytest.mark.slow
@pytest.mark.parametrize("edited", [True, False])
def test_the_command_serves_until_it_is_interrupted(tmp_path: Path, edited: bool) -> None:
    """An archive that may be changed is made where there is none."""
    if not edited:
        make_seed_archive(tmp_path)
    command = [str(ISNAD), "serve", "--port", "0", *(["--allow-edit"] if edited else [])]
    environment = {**os.environ, "HTTP_PROXY": "http://192.0.2.1:3128"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(f"{address}/api/stats", timeout=60) as response:
            held = response.read().decode()
        process.send_signal(signal.SIGINT)
        printed, logged = process.communicate(timeout=30)
    assert f'"articles": {0 if edited else 5},' in held
    assert (process.returncode, printed) == (0, "")
    (line,) = map(json.loads, logged.splitlines())
    assert (line["route"], line["status"]) == ("/api/stats", 200)


@pytest.mark.parametrize("document", ["README.md", "docs/serving.md"])
def test_what_a_document_shows_of_the_api_is_what_it_answers(address: str, document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    shown = re.findall(r"^\$ (curl .*)\n((?:.*\n)*?)```$", text, flags=re.MULTILINE)
    assert shown
    for command, printed in shown:
        _, _, place, *rest = shlex.split(command)
        path = urllib.parse.urlsplit(place).path
        reply = request(address, "POST", path, rest[3], JSON) if rest else get(address, path)
        assert reply.text == printed
