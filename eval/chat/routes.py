"""What the page for evaluating asks for over HTTP: sets, a run and its progress, stored runs and their questions."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from pydantic import BaseModel, Field, ValidationError

from assistant.chat.access.person import person_of
from assistant.chat.faults import told
from assistant.chat.interface import language_of
from eval.baseline import compare, scores_of
from eval.chat.runs import Runs
from eval.chat.sets import MOST_BYTES, PASTED, QuestionSet, locate_in, offered_sets, read_offered, read_set
from eval.chat.shown import question_html, report_html, runs_html, sets_html
from eval.chat.stored import FOLDER, MOST, Stored
from eval.chat.words import said
from eval.page.page import to_html
from eval.questions import first_problem
from index.errors import IsnadError, QuestionSetError, UnknownArticleError

if TYPE_CHECKING:
    from assistant.desk import Desk
    from eval.baseline import Comparison
    from eval.run import Report
    from index.types import Article, Language

BETWEEN = 0.2
"""Seconds between two looks at how a run stands."""

FORM_BYTES = 2**20
"""What a request may hold beside a set: JSON writes some characters as six."""


class Wanted(BaseModel, extra="forbid"):
    """The set that is to be asked: one that is offered, by its key, or one that comes along as text."""

    chosen: str = Field("", max_length=500)
    file: str = Field(PASTED, max_length=500)
    text: str = ""


class _Bench:
    """What the routes work with: the run that goes on, and the runs of the archive's folder."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.runs = Runs()
        self._lock = threading.Lock()
        self._stored: Stored | None = None

    @property
    def stored(self) -> Stored:
        """The stored runs. Raises IsnadError where the archive could not be opened."""
        archive = self.desk.assistant.archive
        with self._lock:
            self._stored = self._stored or Stored(archive.folder / FOLDER)
            return self._stored

    def begin(self, wanted: Wanted, owner: str | None, language: Language) -> str | None:
        """Begin a run; where that cannot be, return why, in one line."""
        if self.runs.is_asking:
            return self._busy(language)
        if self.stored.count() >= MOST:
            return said("full", language, most=MOST)
        assistant = self.desk.assistant
        try:
            chosen = _set_of(wanted, self.desk)
            if chosen is None:
                return said("no_set", language)
            located = locate_in(assistant.archive, chosen.questions)
        except QuestionSetError as error:
            return told(error, language)
        if self.runs.begin(chosen, located, assistant, self.stored, owner):
            return None
        return self._busy(language)

    def _busy(self, language: Language) -> str:
        now = self.runs.progress
        return said("busy", language, set=now.set, done=now.done, total=now.total) if now else ""

    def article(self, identifier: str) -> Article | None:
        """Return an article by its id; None where the archive no longer holds it."""
        try:
            return self.desk.assistant.archive.article(identifier)
        except UnknownArticleError:
            return None

    def opened(self, name: str, other: str) -> tuple[Report, tuple[str, Comparison] | None]:
        """Return a stored report, and what differs from another one where that is named. Raises HTTPException."""
        try:
            report = self.stored.read(name)
            if not other:
                return report, None
            before = {one.key: one.scores for one in scores_of(self.stored.read(other))}
            return report, (other, compare(scores_of(report), before))
        except QuestionSetError as error:
            raise HTTPException(HTTPStatus.NOT_FOUND, str(error)) from error


def evaluation_routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk; a run that goes on ends with the program."""
    bench = _Bench(desk)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001
        yield
        await asyncio.to_thread(bench.runs.close)

    router = APIRouter(prefix="/evaluation", include_in_schema=False, lifespan=lifespan)

    @router.get("/sets")
    def sets(request: Request) -> Response:
        """The sets that can be asked, as options."""
        return HTMLResponse(sets_html(offered_sets(desk.assistant.archive), language_of(request)))

    @router.post("/run")
    async def begin(request: Request) -> dict[str, str | None]:
        """Begin to ask a set; nothing is asked where that is refused, as when a line of it is wrong."""
        language = language_of(request)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES + FORM_BYTES:
            reason = said("too_large", language, most=MOST_BYTES // 2**20)
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason)
        try:
            wanted = Wanted.model_validate_json(await request.body())
        except ValidationError as error:
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, first_problem(error)) from error
        return {"refused": await asyncio.to_thread(bench.begin, wanted, person_of(request), language)}

    @router.get("/progress")
    def progress(request: Request) -> StreamingResponse:
        """How the run stands, a line of JSON for each change, until it has ended; nothing where there was none."""
        return StreamingResponse(_progress(bench.runs, person_of(request)), media_type="application/x-ndjson")

    @router.delete("/run")
    def stop(request: Request) -> Response:
        """Stop the run, where this person began it."""
        now = bench.runs.progress
        if now and now.owner != person_of(request):
            raise HTTPException(HTTPStatus.FORBIDDEN, said("not_yours", language_of(request)))
        bench.runs.stop()
        return Response(status_code=HTTPStatus.NO_CONTENT)

    @router.get("/runs")
    def runs(request: Request) -> Response:
        """The stored runs."""
        return HTMLResponse(runs_html(bench.stored.list(), language_of(request)))

    _add_stored(router, bench)
    return router


def _add_stored(router: APIRouter, bench: _Bench) -> None:
    """Add the routes of one stored run, whose name is a part of their query: it may hold any letter."""
    editable = bench.desk.page_intake is not None

    @router.get("/report")
    def report(request: Request, name: str, against: str = "") -> Response:
        """A stored run: its figures, and its questions by what went wrong."""
        opened, compared = bench.opened(name, against)
        sets = {row.set for row in opened.rows}
        others = [one.name for one in bench.stored.list() if one.name != name and one.set in sets]
        html = report_html(name, opened, others, language_of(request), compared, editable=editable)
        return HTMLResponse(html)

    @router.get("/question")
    def question(request: Request, name: str, order: int) -> Response:
        """What one of its questions opens to, by its place in the report."""
        rows = bench.opened(name, "")[0].rows
        if not 0 <= order < len(rows):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return HTMLResponse(question_html(rows[order], cache(bench.article), language_of(request)))

    @router.get("/file/{kind}")
    def file(kind: str, name: str, against: str = "") -> Response:
        """A stored run as a file: its JSON, or the page that needs nothing beside itself."""
        opened, compared = bench.opened(name, against)
        if kind == "json":
            return FileResponse(bench.stored.path(name), media_type="application/json", filename=f"{name}.json")
        page = Response(to_html(opened, compared[1] if compared else None), media_type="text/html")
        page.headers["content-disposition"] = FileResponse(bench.stored.path(name), filename=f"{name}.html").headers[
            "content-disposition"
        ]
        return page

    @router.delete("/report")
    def delete(request: Request, name: str) -> Response:
        """Delete a stored run, where the archive may be changed."""
        if not editable:
            raise HTTPException(HTTPStatus.FORBIDDEN, said("edit_off", language_of(request)))
        try:
            bench.stored.delete(name)
        except IsnadError as error:
            raise HTTPException(HTTPStatus.CONFLICT, told(error, language_of(request))) from error
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _set_of(wanted: Wanted, desk: Desk) -> QuestionSet | None:
    return read_offered(wanted.chosen, desk.assistant.archive) if wanted.chosen else read_set(wanted.file, wanted.text)


async def _progress(runs: Runs, person: str | None) -> AsyncIterator[str]:
    told = None
    while (now := runs.progress) is not None:
        if now != told:
            line = {
                "set": now.set,
                "state": now.state,
                "done": now.done,
                "total": now.total,
                "drafts": now.drafts,
                "name": now.name,
                "reason": now.reason,
                "mine": now.owner == person,
            }
            yield json.dumps(line, ensure_ascii=False) + "\n"
        if now.state != "asking":
            return
        told = now
        await asyncio.sleep(BETWEEN)
