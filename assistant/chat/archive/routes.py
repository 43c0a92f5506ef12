"""What the archive page asks for over HTTP: the list, the facts, uploads and removals."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile

from assistant.chat.archive.holdings import facts_html, taking_html
from assistant.chat.archive.listing import PAGE_SIZE, form_html, list_html, plots_html
from assistant.chat.archive.messages import ARCHIVE_MESSAGES
from assistant.chat.faults import told
from assistant.chat.interface import language_of
from assistant.commands.options import settings_of
from assistant.holdings.catalogue import Catalogue, Order, Wanted
from assistant.holdings.facts import Facts
from assistant.holdings.intake import MOST_BYTES, MOST_FILES, Intake
from index.errors import ArchiveLockedError, IsnadError, UnknownArticleError
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.chat.archive.messages import ArchiveMessages
    from assistant.desk import Desk
    from index.types import Language

FIELDS = ("words", "source", "language", "author", "from", "to", "order")
LONGEST_FIELD = 200
FORM_BYTES = 2**20
"""What an upload may hold beside its files."""


class Removal(BaseModel, extra="forbid"):
    """The articles that are to go."""

    ids: list[str] = Field(min_length=1, max_length=PAGE_SIZE)


class _Shelf:
    """What the routes keep of the archive, made when it is first needed. Raises IsnadError where it does not open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def catalogue(self) -> Catalogue:
        """Its articles as a list."""
        return Catalogue(self._desk.assistant.archive, settings_of().index_place)

    @cached_property
    def facts(self) -> Facts:
        """What it holds, counted."""
        return Facts(self._desk.assistant.archive)


def archive_routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk; those that change the archive refuse where it has no intake."""
    router = APIRouter(include_in_schema=False)
    router.include_router(edit_routes(desk.page_intake))
    shelf = _Shelf(desk)

    @router.get("/list")
    def articles(request: Request, page: int = 1) -> Response:
        """A page of the articles that are asked for, and plots of all of them."""
        language, asked = language_of(request), _asked(request)
        wanted = _wanted(asked, language)
        page = max(1, page)
        found = shelf.catalogue.page(wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        if found.found and not found.articles:  # the list has become shorter
            page = -(-found.found // PAGE_SIZE)
            found = shelf.catalogue.page(wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        rows = list_html(found, asked, page, language, editable=desk.page_intake is not None)
        plots = plots_html(found, asked, language)
        return HTMLResponse(f'<div class="listing">{rows}</div><div class="plots">{plots}</div>')

    @router.get("/list/form")
    def form(request: Request) -> Response:
        """The form that narrows the list."""
        outlets = desk.assistant.archive.table().sources.stated
        return HTMLResponse(form_html(_asked(request), outlets, language_of(request)))

    @router.get("/list/facts")
    def facts(request: Request) -> Response:
        """What the archive holds."""
        return HTMLResponse(facts_html(shelf.facts.count(), language_of(request)))

    return router


def edit_routes(intake: Intake | None) -> APIRouter:
    """Return the routes that change the archive; without an intake they refuse."""
    router = APIRouter(include_in_schema=False)

    def allowed(request: Request) -> Intake:
        if intake is None:
            raise HTTPException(HTTPStatus.FORBIDDEN, ARCHIVE_MESSAGES[language_of(request)].edit_off)
        return intake

    needed = Depends(allowed)

    @router.post("/list/remove")
    def remove(request: Request, removal: Removal, to: Intake = needed) -> Response:
        """Remove articles: all of them, or none."""
        words = ARCHIVE_MESSAGES[language_of(request)]
        with _told(request, words):
            removed = to.remove(removal.ids)
        return PlainTextResponse(words.removed.format(count=len(removed)))

    @router.post("/uploads")
    async def upload(request: Request, to: Intake = needed) -> Response:
        """Take files in: the answer says that it has begun."""
        words = ARCHIVE_MESSAGES[language_of(request)]
        _check_size(request, words)
        if to.is_working:
            raise HTTPException(HTTPStatus.CONFLICT, words.busy)
        # One more, to tell too many from what cannot be read.
        async with request.form(max_files=MOST_FILES + 1, max_fields=10) as sent:
            uploads = [one for one in sent.getlist("file") if isinstance(one, UploadFile)]
            files = [(one.filename, one.file) for one in uploads if one.filename]
            if not files:
                raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, words.no_file)
            if len(files) > MOST_FILES:
                raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, words.too_many.format(most=MOST_FILES))
            source = str(sent.get("source") or "").strip()[:LONGEST_FIELD] or None
            with _told(request, words):
                await asyncio.to_thread(to.take, files, source)
        return Response(status_code=HTTPStatus.ACCEPTED)

    @router.get("/uploads")
    def uploaded(request: Request, to: Intake = needed) -> Response:
        """How the last upload stands; nothing where there was none."""
        return HTMLResponse(taking_html(to.taking, language_of(request)) if to.taking else "")

    @router.delete("/uploads")
    def stop(to: Intake = needed) -> Response:
        """Stop taking files in."""
        to.stop()
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router


def _check_size(request: Request, words: ArchiveMessages) -> None:
    """Refuse what is too large before it is read."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(HTTPStatus.LENGTH_REQUIRED, words.no_file)
    if int(length) > MOST_BYTES + FORM_BYTES:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words.too_large.format(most=MOST_BYTES // 2**20))


@contextmanager
def _told(request: Request, words: ArchiveMessages) -> Iterator[None]:
    """Tell in one line what cannot be done to the archive."""
    try:
        yield
    except UnknownArticleError as error:
        raise HTTPException(HTTPStatus.CONFLICT, words.gone) from error
    except ArchiveLockedError as error:
        raise HTTPException(HTTPStatus.CONFLICT, words.busy) from error
    except IsnadError as error:
        raise HTTPException(HTTPStatus.CONFLICT, told(error, language_of(request))) from error


def _asked(request: Request) -> dict[str, str]:
    given = {name: request.query_params.get(name, "").strip()[:LONGEST_FIELD] for name in FIELDS}
    return {name: value for name, value in given.items() if value}


def _wanted(asked: dict[str, str], language: Language) -> Wanted:
    """Read what is asked for; what no field of the form holds is as if it were not there. Raises HTTPException."""
    first, last = (_day(asked.get(name), language) for name in ("from", "to"))
    if first and last and first > last:
        reason = ARCHIVE_MESSAGES[language].wrong_days.format(first=first, last=last)
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, reason)
    spoken: Language | None = "ar" if asked.get("language") == "ar" else "en" if asked.get("language") == "en" else None
    order = Order(asked["order"]) if asked.get("order") in list(Order) else Order.NEWEST
    filters = Filters(first, last, asked.get("source"), spoken, asked.get("author"))
    return Wanted(asked.get("words", ""), filters, order)


def _day(written: str | None, language: Language) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        reason = ARCHIVE_MESSAGES[language].wrong_day.format(day=written)
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, reason) from error
