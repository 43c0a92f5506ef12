"""What the page of statements asks the server for: a list by its address, speakers by their letters, files."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.chat.faults import told
from assistant.chat.interface import language_of
from assistant.chat.statements.listing import WORDS, more_html, rows_html, summary_html
from assistant.speech.spoken import Query
from assistant.speech.timeline import statements_csv, statements_json
from index.errors import IsnadError, QuestionError
from index.types import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.desk import Desk
    from assistant.speech.spoken import Spoken

PAGE_ROWS = 50
"""Statements that are sent at a time."""

Order = Literal["newest", "oldest"]


def statement_routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk."""
    router = APIRouter(prefix="/statements", include_in_schema=False)
    spoken = desk.spoken

    @router.get("/found")
    def found(
        request: Request, asked: Annotated[_Asked, Depends()], order: Order = "newest", first: int = 0
    ) -> JSONResponse:
        """A page of the list; ``progress`` while statements are still being found; or an ``error`` in one line."""
        try:
            return JSONResponse(_listed(spoken, asked.query(), language_of(request), order, first))
        except IsnadError as error:
            return JSONResponse({"error": told(error, language_of(request))})

    @router.get("/speakers")
    def speakers(name: str = "") -> list[str]:
        """The speakers of the archive whose names hold these letters; none while statements are being found."""
        try:
            return [] if spoken.follow() else spoken.suggest(name)
        except IsnadError:
            return []

    @router.get("/outlets")
    def outlets() -> list[str]:
        """The outlets that articles of the archive state."""
        try:
            return spoken.assistant.archive.table().sources.stated
        except IsnadError:
            return []

    @router.get("/download.{kind}")
    def download(kind: Literal["json", "csv"], asked: Annotated[_Asked, Depends()]) -> StreamingResponse:
        """The whole list as a file, oldest first."""
        rows = spoken.find(asked.query())
        pieces: Iterator[str]
        if kind == "csv":
            pieces = statements_csv(spoken.told(rows))
        else:
            pieces = iter([json.dumps(statements_json(list(spoken.told(rows))), ensure_ascii=False, indent=2)])
        named = {"Content-Disposition": f'attachment; filename="isnad-statements.{kind}"'}
        media = "text/csv; charset=utf-8" if kind == "csv" else "application/json"
        return StreamingResponse(pieces, media_type=media, headers=named)

    return router


def _listed(spoken: Spoken, query: Query, reads: Language, order: Order, first: int) -> dict[str, object]:
    """Return a page of the list, with a summary before its first."""
    if spoken.assistant.archive.count_articles() == 0:
        return {"error": WORDS[reads].empty}
    if query.about is None and (progress := spoken.follow()):
        return {"progress": progress._asdict()}
    rows = spoken.find(query)
    if order == "newest":
        # Those of a day stay in the order of reading, and those without one at the end.
        rows = sorted(rows, key=lambda row: -row.day.toordinal() if row.day else 0)
    shown: dict[str, object] = {
        "rows": rows_html(spoken.told(rows[first : first + PAGE_ROWS]), first + 1, reads),
        "more": more_html(first + PAGE_ROWS, len(rows), PAGE_ROWS, reads) if rows else "",
    }
    if first == 0:
        shown["found"] = WORDS[reads].found.format(count=f"{len(rows):,}")
        shown["summary"] = summary_html(query, [row.day for row in rows], reads, order)
    return shown


class _Asked:
    """The query as the page's address writes it."""

    def __init__(
        self, request: Request, speaker: str = "", about: str = "", source: str = "", language: str = "", to: str = ""
    ) -> None:
        self._given = speaker, about, source, language, request.query_params.get("from", ""), to

    def query(self) -> Query:
        """Return what is asked for. Raises QuestionError where a day or a language is none."""
        speaker, about, source, language, first, last = (text.strip() for text in self._given)
        languages: dict[str, Language | None] = {"": None, "ar": "ar", "en": "en"}
        if language not in languages:
            raise QuestionError(f"{language!r} is no language of the archive; give ar or en")
        return Query(speaker or None, about or None, source or None, languages[language], _day(first), _day(last))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise QuestionError(f"{text!r} is no day; write it as 2020-02-17") from error
