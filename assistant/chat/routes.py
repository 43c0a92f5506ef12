"""What the pages ask for beside gradio's events: articles as HTML, examples, the choice of a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.chat.interface import COOKIE, language_of
from assistant.chat.reader import Run, RunKind, article_html
from index.errors import UnknownArticleError
from index.text import detect_language

if TYPE_CHECKING:
    from assistant.chat.desk import Desk

YEAR = 365 * 24 * 3600
RUN = re.compile(r"(\d{1,6}):(\d{1,9})-(\d{1,9})(?::((?:\d{1,9}-\d{1,9},?)+))?", re.ASCII)
MOST_RUNS = 200


def routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk."""
    router = APIRouter(include_in_schema=False)

    @router.get("/article")
    def article(
        request: Request,
        id: str,
        run: Annotated[list[str], Query(max_length=MOST_RUNS)] = [],  # noqa: B006 - fastapi copies it
        kind: RunKind = RunKind.CITATION,
    ) -> HTMLResponse:
        """An article with its runs marked, each as ``NUMBER:START-END`` or ``NUMBER:START-END:START-END,...``."""
        try:
            found = desk.assistant.archive.article(id)
        except UnknownArticleError as error:
            raise HTTPException(404, str(error)) from error
        runs = [_run(text, len(found.text)) for text in run]
        return HTMLResponse(article_html(found, runs, kind, language_of(request)))

    @router.get("/examples")
    def examples(request: Request) -> list[str]:
        """The questions to offer before the first one is asked, those in the reader's language first."""
        own = language_of(request)
        return sorted(desk.examples(), key=lambda question: detect_language(question) != own)

    @router.get("/language/{language}")
    def choose(request: Request, language: Literal["ar", "en"]) -> RedirectResponse:
        """Keep a choice of the interface's language, and go back to where it was made."""
        # Only the path of the page before, so that nobody is sent to another site.
        before = re.sub(r"\Ahttps?://[^/]*", "", request.headers.get("referer", "/"))
        back = RedirectResponse(before if re.match(r"/(?![/\\])", before) else "/", status_code=303)
        back.set_cookie(COOKIE, language, max_age=YEAR, samesite="lax")
        return back

    return router


def _run(text: str, length: int) -> Run:
    """Read ``NUMBER:START-END`` with what is asked for within it; raises HTTPException where it is no run."""
    parts = RUN.fullmatch(text)
    if parts is None:
        raise HTTPException(422, f"{text!r} is no run of an article; write NUMBER:START-END")
    number, start, end, asked = parts.groups()
    pairs = [pair.split("-") for pair in (asked or "").split(",") if pair]
    run = Run(int(number), int(start), int(end), tuple((int(first), int(last)) for first, last in pairs))
    if not run.start < run.end <= length:
        raise HTTPException(422, f"the article has no run {start}-{end}; it has {length} characters")
    return run
