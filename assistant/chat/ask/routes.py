"""What the page for asking asks of the server: turns, which come in pieces, their audits, and what readers think."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Generator
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import uuid4

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.asking import Narrowing, Refusal, read_narrowing, refuse_question
from assistant.chat.access.person import person_of
from assistant.chat.ask.audit import audit_html, examine
from assistant.chat.ask.feedback import Verdict, add_feedback
from assistant.chat.ask.form import Asked
from assistant.chat.ask.turn import answer_html, error_html, pending_html
from assistant.chat.ask.turns import Turn, Turns
from assistant.chat.conversations.keeping import Place, recall
from assistant.chat.faults import told
from assistant.chat.interface import language_of
from assistant.questions.languages import question_language
from assistant.types import Answer, Narrowed
from index.errors import ArchiveWriteError, IsnadError
from index.types import Filters

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.desk import Desk
    from index.types import Archive

AT_ONCE = 8
"""Questions that are worked on at the same time; more wait."""

PACE = 0.1
"""Seconds between two states of a draft that the browser is sent."""

LINES = "application/x-ndjson"


class Opinion(BaseModel):
    """What a reader thinks of the answer of a turn."""

    model_config = ConfigDict(extra="forbid")

    turn: str
    verdict: Verdict
    reason: str | None = Field(None, max_length=2000)


def ask_routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk."""
    router = APIRouter(include_in_schema=False)
    turns = Turns()
    at_work = CapacityLimiter(AT_ONCE)

    @router.post("/turn")
    async def turn(request: Request, asked: Asked) -> Response:
        """Work on a question: a line of JSON for each state of its turn, the last one marked "final".

        What cannot be asked is one line: a field, and what is wrong with it. Where the browser goes away, the
        work ends with the piece that is being made.
        """
        language = language_of(request)
        refused = refuse_question(asked.question, language)
        narrowed: Narrowed | Refusal = Narrowed(Filters())
        if refused is None and asked.filters != Narrowing():
            archive = (await desk.opened()).archive
            narrowed = await to_thread.run_sync(read_narrowing, asked.filters, archive, language)
        if refused or isinstance(narrowed, Refusal):
            return Response(json.dumps(asdict(refused or narrowed)) + "\n", media_type=LINES)
        place = Place(asked, desk.conversations, person_of(request))
        return StreamingResponse(_lines(desk, turns, place, narrowed, at_work), media_type=LINES)

    @router.get("/audit")
    def audit(request: Request, turn: str, shared: str | None = None) -> HTMLResponse:
        """The audit of a turn's answer, its citations looked up anew; also of one that is shared under a token."""
        kept = _found(desk, turns, request, turn, shared)
        examined = examine(kept.answer, desk.assistant.verifier, desk.assistant.archive)
        return HTMLResponse(audit_html(kept.answer, examined))

    @router.post("/feedback")
    def feedback(request: Request, opinion: Opinion) -> Response:
        """Keep what a reader thinks of the answer of a turn, as it was given."""
        kept = _found(desk, turns, request, opinion.turn)
        try:
            add_feedback(desk.assistant.archive.folder, kept, opinion.verdict, opinion.reason)
        except ArchiveWriteError as error:
            raise HTTPException(507, told(error, language_of(request))) from error
        return Response(status_code=204)

    @router.get("/holdings")
    async def holdings(request: Request) -> dict[str, object]:
        """How many articles the archive has, and what its outlets are called, once it is open."""
        try:
            archive = (await desk.opened()).archive
        except IsnadError as error:
            raise HTTPException(503, told(error, language_of(request))) from error
        return await to_thread.run_sync(_holdings, archive)

    return router


def _found(desk: Desk, turns: Turns, request: Request, name: str, shared: str | None = None) -> Turn:
    turn = turns.find(name) or recall(desk, name, person_of(request), shared)
    if turn is None:
        raise HTTPException(404, "this answer is no longer at hand; ask again")
    return turn


def _holdings(archive: Archive) -> dict[str, object]:
    return {"articles": archive.count_articles(), "outlets": sorted(archive.table().sources.stated)}


async def _lines(
    desk: Desk, turns: Turns, place: Place, narrowed: Narrowed, at_work: CapacityLimiter
) -> AsyncIterator[str]:
    """Yield a turn's states as lines of JSON, at first that it is being worked on."""
    asked = place.asked
    name, language = uuid4().hex, question_language(asked.question)
    yield _line(name, pending_html(asked.question, language, opening=not desk.is_open))
    try:
        assistant = await desk.opened()
    except IsnadError as error:
        yield _line(name, error_html(asked.question, language, told(error, language)), final=True)
        return
    states = _states(assistant, turns, place, narrowed, name)
    try:
        while (line := await to_thread.run_sync(next, states, None, limiter=at_work)) is not None:
            yield line
    finally:
        states.close()


def _states(assistant: Assistant, turns: Turns, place: Place, narrowed: Narrowed, name: str) -> Generator[str]:
    """Yield the states of a turn while it is worked on, a draft no more often than every `PACE` seconds.

    After the answer comes what it is kept as.
    """
    asked, history = place.asked, place.history()
    language = question_language(asked.question)
    draft, shown = "", time.monotonic()
    try:
        for piece in assistant.stream(
            asked.question, history=history, filters=narrowed.filters, speaker=narrowed.speaker
        ):
            if isinstance(piece, Answer):
                turns.keep(name, Turn(piece, history))
                html = answer_html(piece)
                yield _line(name, html, final=True, asked=piece.understood or piece.question)
                yield json.dumps({"kept": place.keep(name, piece, html)}) + "\n"
                continue
            draft += piece
            if time.monotonic() - shown > PACE:
                yield _line(name, pending_html(asked.question, language, draft))
                shown = time.monotonic()
    except IsnadError as error:
        yield _line(name, error_html(asked.question, language, told(error, language)), final=True)


def _line(name: str, html: str, *, final: bool = False, asked: str | None = None) -> str:
    """A state as the browser reads it; `asked` is the question as those that follow it up lean on it."""
    return json.dumps({"id": name, "html": html, "final": final, "asked": asked}) + "\n"
