"""What the reader asks for: an article with its places marked, its speaker's other statements, glosses of its words."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Annotated, NamedTuple

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from assistant.chat.faults import told
from assistant.chat.interface import language_of
from assistant.chat.reader.article import Run, RunKind, article_html
from assistant.chat.reader.other_statements import other_statements_html, said_at
from assistant.speech.same_speaker import SameSpeaker, is_named
from assistant.speech.statements import StatementFinder
from assistant.words.glosses import Glosses
from index.errors import UnknownArticleError
from index.followers.statement_index import StatementIndex

if TYPE_CHECKING:
    from assistant.desk import Desk
    from index.types import Article

RUN = re.compile(r"(\d{1,6}):(\d{1,9})-(\d{1,9})(?::((?:\d{1,9}-\d{1,9},?)+))?", re.ASCII)
MOST_RUNS = 200
MOST_STATEMENTS = 20
MOST_WORDS = 400
"""Words of one request that glosses are looked for."""


class _Aids(NamedTuple):
    speech: SameSpeaker
    glosses: Glosses


class _Opened:
    """What helps a reader, made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._aids: _Aids | None = None

    def aids(self) -> _Aids:
        with self._lock:
            if self._aids is None:
                assistant = self._desk.assistant
                archive = assistant.archive
                index = StatementIndex(archive.folder, StatementFinder())
                self._aids = _Aids(SameSpeaker(archive, index), Glosses(archive, assistant.model))
            return self._aids


def reader_routes(desk: Desk) -> APIRouter:
    """Return the reader's routes over a desk."""
    router = APIRouter(include_in_schema=False)
    opened = _Opened(desk)

    @router.get("/article")
    def article(
        request: Request,
        id: str,
        run: Annotated[list[str], Query(max_length=MOST_RUNS)] = [],  # noqa: B006 - fastapi copies it
        kind: RunKind = RunKind.CITATION,
    ) -> HTMLResponse:
        """An article with its runs marked, each as ``NUMBER:START-END`` or ``NUMBER:START-END:START-END,...``.

        Runs that the article does not have are left out, and the page says so.
        """
        found = _article(desk, request, id)
        runs = [_run(text, len(found.text)) for text in run]
        marked = [run for run in runs if run is not None]
        language = language_of(request)
        return HTMLResponse(article_html(found, marked, kind, language, is_elsewhere=len(marked) < len(runs)))

    @router.get("/article/statements")
    def statements(request: Request, id: str, start: int, end: int) -> HTMLResponse:
        """What else the speaker of a run says in the archive, newest first; nothing where the run has no speaker."""
        found = _article(desk, request, id)
        said = said_at(StatementFinder()(found), start, end)
        if said is None or not is_named(said.mentions):
            return HTMLResponse("")
        told = opened.aids().speech.newest(said, found, MOST_STATEMENTS)
        return HTMLResponse(other_statements_html(told, said.speaker, language_of(request)))

    @router.get("/gloss")
    def gloss(request: Request, words: str) -> dict[str, str]:
        """Glosses in the interface's language for those of some words, apart by spaces, that have a sure one."""
        return opened.aids().glosses.find(words.split()[:MOST_WORDS], language_of(request))

    return router


def _article(desk: Desk, request: Request, article_id: str) -> Article:
    try:
        return desk.assistant.archive.article(article_id)
    except UnknownArticleError as error:
        raise HTTPException(404, told(error, language_of(request))) from error


def _run(text: str, length: int) -> Run | None:
    """Read ``NUMBER:START-END`` with what is asked for within it; None where an article of this length has no such."""
    parts = RUN.fullmatch(text)
    if parts is None:
        return None
    number, start, end, asked = parts.groups()
    pairs = [pair.split("-") for pair in (asked or "").split(",") if pair]
    run = Run(int(number), int(start), int(end), tuple((int(first), int(last)) for first, last in pairs))
    return run if run.start < run.end <= length else None
