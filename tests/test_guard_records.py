"""What is known of a running server: its health, its measures, and a line for every request."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Mount

from assistant.serve.guard import records
from assistant.serve.guard.measures import MOST_ROUTES, Measures
from assistant.serve.guard.work import Line
from index.errors import NotAnArchiveError, ServerError
from tests.guarded import guarded, until

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from assistant.ask import Assistant


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """The lines of the log, as they come."""
    written: list[dict[str, Any]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(record.getMessage()))

    handler = Kept()
    caplog.set_level(logging.INFO, records.requests.name)
    records.requests.addHandler(handler)
    try:
        yield written
    finally:
        records.requests.removeHandler(handler)


def test_a_request_is_a_line_without_its_question(tmp_path: Path, lines: list[dict[str, Any]]) -> None:
    with guarded(tmp_path) as server:
        key = server.keys.create("one")
        reply = server.ask("Who is secret?", x_api_key=key, x_request_id="from-proxy.7")
        until(lambda: lines)
    (line,) = lines
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert 0 < line.pop("milliseconds") < 10_000
    assert line == {
        "method": "POST",
        "route": "/api/ask",
        "status": 200,
        "key": key[6:14],
        "request": "from-proxy.7",
    }
    assert reply.headers["x-request-id"] == "from-proxy.7"


def test_a_question_is_logged_only_where_that_is_asked_for(tmp_path: Path, lines: list[dict[str, Any]]) -> None:
    with guarded(tmp_path, with_questions=True) as server:
        server.ask("من قال؟")
        until(lambda: lines)
    assert lines[0]["question"] == "من قال؟"


def test_a_refused_request_is_a_line_with_the_reason(tmp_path: Path, lines: list[dict[str, Any]]) -> None:
    with guarded(tmp_path) as server:
        server.keys.create("one")
        reply = server.ask(x_api_key="isnad_" + "x" * 52, x_request_id="a b")
        until(lambda: lines)
    shown = {name: lines[0][name] for name in ("route", "status", "key", "refused")}
    assert shown == {"route": "/api", "status": 401, "key": None, "refused": "wrong_key"}
    assert re.fullmatch(r"[0-9a-f]{32}", lines[0]["request"])  # not what was brought, which is no number
    assert reply.headers["x-request-id"] == lines[0]["request"]


def test_the_measures_count_requests_refusals_answers_and_the_archive(
    tmp_path: Path, seed_assistant: Assistant
) -> None:
    with guarded(tmp_path, assistant=seed_assistant) as server:
        until(lambda: server.send("GET", "/readyz").status == 200)
        server.ask("why")
        server.ask("")
        server.send("GET", "/api/articles/7")
        server.send("GET", "/api/articles/8")
        server.send("GET", "/elsewhere/secret")
        server.send("BREW", "/elsewhere")
        reply = server.send("GET", "/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(reply.body)
        for sample in family.samples
    }
    assert told["isnad_requests_total", "POST", "/api/ask", "200"] == 2
    assert told["isnad_requests_total", "GET", "/api/articles/{number}", "200"] == 2
    assert told["isnad_requests_total", "GET", "other", "404"] == 1
    assert told["isnad_requests_total", "other", "other", "404"] == 1
    assert told["isnad_request_seconds_count", "POST", "/api/ask"] == 2
    assert (told["isnad_answers_total", "answered"], told["isnad_answers_total", "declined"]) == (1, 1)
    assert (told["isnad_in_flight",], told["isnad_queue_length",]) == (1, 0)  # the one that asks
    statistics = seed_assistant.archive.statistics()
    assert (told["isnad_articles",], told["isnad_passages",]) == (statistics.articles, statistics.passages)
    assert "why" not in reply.body
    assert "secret" not in reply.body


def test_the_lines_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    records.log_to_stderr()
    try:
        records.requests.info('{"status": 200}')
    finally:
        records.requests.handlers.clear()
        records.requests.propagate = True
    assert capsys.readouterr() == ("", '{"status": 200}\n')


def test_without_the_library_for_measures_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ServerError) as refused:
        Measures(Line(1, 1), lambda: None)
    assert str(refused.value) == "serving programs needs prometheus-client; run `pip install 'isnad[serve]'`"


def test_there_are_never_more_labels_than_routes_that_could_be_written() -> None:
    measures = Measures(Line(1, 1), lambda: None)
    for number in range(MOST_ROUTES + 100):
        measures.add_request("GET", f"/{number}", 200, 0.1)
    lines = measures.exposition().decode().splitlines()
    assert sum(line.startswith("isnad_requests_total") for line in lines) == MOST_ROUTES + 1
    assert 'isnad_requests_total{method="GET",route="other",status="200"} 100.0' in lines


def templates(paths: list[str]) -> list[str]:
    """The routes that requests take through routers in routers and applications in applications."""
    inner, outer = APIRouter(prefix="/inner"), APIRouter(prefix="/outer")
    for router in (inner, outer):
        router.add_api_route("/{number}", lambda number: number)
    outer.add_api_route("/files/{rest:path}", lambda rest: rest)
    outer.add_api_route("/whole/{number:int}", lambda number: number)
    outer.include_router(inner)
    owned = APIRouter(prefix="/of/{person}")
    owned.add_api_route("/{number}", lambda person, number: number)
    outer.include_router(owned)
    app, mounted = FastAPI(), FastAPI()
    mounted.include_router(inner)
    app.include_router(outer)
    app.mount("/mounted", mounted)
    app.mount("/starlette", Starlette(routes=[Mount("/bare", bare)]))
    found: list[str] = []

    async def seen(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        found.append(records.route_of(scope))

    client = TestClient(seen)
    for path in paths:
        client.get(path)
    return found


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_route_is_named_by_its_template_and_never_by_what_was_sent() -> None:
    routes = {
        "/outer/7": "/outer/{number}",
        "/outer/inner/7": "/outer/inner/{number}",
        "/mounted/inner/7": "/mounted/inner/{number}",
        "/outer/files/a/b/c": "/outer/files/{rest:path}",
        "/starlette/bare/secret/7": "/bare",
        "/mounted/secret": "other",
        "/secret": "other",
        "/api/secret": "/api",
    }
    assert dict(zip(routes, templates(list(routes)), strict=True)) == routes
    for path in ("/outer/whole/7", "/outer/of/amal/7"):
        (template,) = templates([path])
        assert "amal" not in template
        assert "7" not in template


def test_a_server_is_ready_once_the_archive_is_open_and_while_it_can_be_read(
    tmp_path: Path, seed_assistant: Assistant
) -> None:
    class Shelf:
        state: object = 7

        @property
        def archive(self) -> object:
            return self

        @property
        def generation(self) -> object:
            if isinstance(self.state, Exception):
                raise self.state
            return self.state

    shelf = Shelf()
    with guarded(tmp_path, assistant=shelf) as server:
        until(lambda: server.send("GET", "/readyz").status == 200)
        assert json.loads(server.send("GET", "/readyz").body) == {"status": "ready"}
        shelf.state = NotAnArchiveError("gone")
        failed = server.send("GET", "/readyz")
        assert (failed.status, json.loads(failed.body)) == (503, {"status": "the archive cannot be read"})
        assert json.loads(server.send("GET", "/healthz").body) == {"status": "alive"}
        assert server.send("POST", "/healthz").status == 405
