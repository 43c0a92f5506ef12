"""The routes that ask the archive: for answers, passages, verdicts and statements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from contextlib import closing
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.asking import narrow
from assistant.questions.checking import check_question
from assistant.rendering.answers import answer_json, hits_json
from assistant.rendering.check import audit_json, places_json
from assistant.serve import answers
from assistant.serve.api.descriptions import AN_EVENT, EVENTS, JSON, WITH_BODY, described, event
from assistant.serve.api.refusals import RETRY, refusal_json, status_of
from assistant.serve.api.requests import Ask, Check, Search, Statements
from assistant.serve.api.work import Steps
from assistant.speech.timeline import statements_json
from assistant.types import Answer
from assistant.verification.audit import Audit, Auditor
from assistant.verification.quotations import find_quotation_in_steps
from index.errors import IsnadError, QuestionError

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.desk import Desk
    from assistant.rendering.answers import Json
    from assistant.serve.api.work import Work
    from assistant.verification.quotations import Place

STREAMED = {HTTPStatus.OK: {"model": answers.Answer, "content": {EVENTS: {"itemSchema": AN_EVENT}}}}
"""What answers a question: an object, or events of which the last one holds it."""

Pieces = Generator[str | Answer, None, None]


def json_only(request: Request) -> None:
    """Refuse a body that does not say that it is JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        message = "send JSON, and say so in the header field `content-type: application/json`"
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)


def asking_routes(desk: Desk, work: Work) -> APIRouter:
    """Return the routes over a desk."""
    router = APIRouter(tags=["asking"], dependencies=[Depends(json_only)])

    @router.post("/ask", **described("ask", answers.Answer, *WITH_BODY, responses=STREAMED))
    async def ask(request: Request, sent: Ask) -> Response:
        """Answer a question.

        Every sentence of the answer has numbered citations, each the exact place in an article that it rests on. A
        question that the archive cannot answer is declined, with the reason and the nearest passages.

        With `stream`, or `accept: text/event-stream`, the answer comes as server-sent events: `piece` for the words
        that a language model writes, not verified yet, `{"text": …}`; and at last `answer`, the same object as without
        streaming, or `error`, an error. Whoever goes away stops the work.
        """
        pieces = await work.do(lambda assistant: _begun(assistant, sent))
        if sent.stream or EVENTS in request.headers.get("accept", ""):
            headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
            return StreamingResponse(_events(work, pieces), media_type=EVENTS, headers=headers)
        return await work.finish(_answered(pieces), request)

    @router.post("/search", **described("search", answers.Hits, *WITH_BODY))
    async def search(sent: Search) -> Response:
        """Find the passages nearest to a question or some words, in both languages, the best first."""
        return await work.answer(lambda assistant: _found(assistant, sent))

    @router.post("/check", **described("check", answers.Places | answers.Audit, *WITH_BODY))
    async def check(request: Request, sent: Check) -> Response:
        """Check a quotation, or every sentence of a text.

        A quotation stands in the archive verbatim; or folded, the same but for diacritics, letter forms, digits,
        quotation marks and spacing; or it is absent. A sentence is supported, partial, unsupported or contradicted by
        the best evidence in the archive, which comes with it.
        """
        steps = await work.do(lambda assistant: _checked(assistant, sent))
        return await work.finish(steps, request)

    @router.post("/statements", **described("statements", answers.Told, *WITH_BODY))
    async def statements(sent: Statements) -> Response:
        """List who said what, and when.

        The statements come by the day of the saying or, where an article does not state it, by its own; those without
        a day come last.
        """
        return await work.answer(lambda assistant: _said(desk, assistant, sent))

    return router


def _begun(assistant: Assistant, sent: Ask) -> Pieces:
    """Return what yields the pieces of an answer. Raises QuestionError or FilterError before it does anything."""
    history = sent.history or []
    for question in (*history, sent.question):
        check_question(question)
    narrowed = narrow(sent.narrowing(sent.speaker), assistant.archive)
    if sent.writer == "llm" and not assistant.has_model:
        raise QuestionError("writer: this server has no language model; leave the field out")
    writing = assistant if sent.writer == "llm" else assistant.quoting()
    return writing.stream(
        sent.question, history=history, language=sent.lang, filters=narrowed.filters, speaker=narrowed.speaker
    )


def _answered(pieces: Pieces) -> Generator[str, None, Json]:
    """Yield the words that come before an answer; return the answer."""
    with closing(pieces):
        for piece in pieces:
            if isinstance(piece, Answer):
                return answer_json(piece)
            yield piece
    raise AssertionError("an assistant's stream ends with its answer")


async def _events(work: Work, pieces: Pieces) -> AsyncIterator[str]:
    steps = Steps(pieces)
    try:
        while True:
            piece = await work.do(lambda _: next(steps))
            if isinstance(piece, Answer):
                yield event("answer", answer_json(piece))
                return
            yield event("piece", {"text": piece})
    except IsnadError as error:
        yield event("error", refusal_json(status_of(error), str(error)))
    finally:
        steps.give_up()


def _found(assistant: Assistant, sent: Search) -> Json:
    query = check_question(sent.query)
    narrowed = narrow(sent.narrowing(sent.speaker), assistant.archive)
    return hits_json(query, assistant.search(query, narrowed.filters, sent.k, speaker=narrowed.speaker))


def _checked(assistant: Assistant, sent: Check) -> Generator[None, None, Json]:
    """Yield after each sentence, or after some articles; return the verdict."""
    if sent.quote is None:
        findings = []
        for finding in Auditor(assistant).find_each(sent.text or "")[1]:
            findings.append(finding)
            yield
        return audit_json(Audit(tuple(findings)))
    places: list[Place] = []
    for _, found in find_quotation_in_steps(sent.quote, assistant.archive.articles()):
        places = found
        yield
    return places_json(sent.quote, places)


def _said(desk: Desk, assistant: Assistant, sent: Statements) -> Json:
    narrowed = narrow(sent.narrowing(sent.speaker), assistant.archive)
    if sent.about is None and (progress := desk.spoken.follow()):
        message = f"statements are still being found, in {progress.read} of {progress.of} articles; try again"
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, message, RETRY)
    rows = desk.spoken.rows(narrowed.speaker, sent.about, narrowed.filters)
    return statements_json(list(desk.spoken.told(rows[sent.offset : sent.offset + sent.limit])))
