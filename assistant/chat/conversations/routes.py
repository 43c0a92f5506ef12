"""What the page for asking asks of the server about kept conversations: the list, one of them, its files, its link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from assistant.chat.access.person import person_of
from assistant.chat.conversations.exports import FORMATS, file_name
from assistant.chat.conversations.listing import gone_html, list_html, not_kept_html
from assistant.chat.conversations.store import LISTED, LONGEST_NAME, Conversation
from assistant.chat.faults import told
from assistant.chat.interface import language_of
from index.errors import ConversationsError, UnknownConversationError

if TYPE_CHECKING:
    from assistant.chat.conversations.store import Conversations
    from assistant.desk import Desk


class Name(BaseModel):
    """What a conversation is to be called."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]


def conversation_routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk.

    What changes something is never a GET or a POST, so that no page of another site can have a browser send it.
    """
    router = APIRouter(include_in_schema=False)

    def own(request: Request, name: str) -> Conversation:
        with _clear_errors(request):
            return _kept(desk).load(_owner(request), name)

    def shared(request: Request, name: str) -> Conversation:
        with _clear_errors(request):
            return replace(_kept(desk).load_shared(name), token=None)

    @router.get("/conversations")
    def listed(request: Request, words: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
        """The list of a person's conversations, or why there is none."""
        language, person = language_of(request), person_of(request)
        try:
            if person is None:
                return HTMLResponse(not_kept_html(language, None))
            found = _kept(desk).find(person, words)
        except ConversationsError as error:
            return HTMLResponse(not_kept_html(language, told(error, language)))
        today, cut = datetime.now().astimezone().date(), len(found) == LISTED
        return HTMLResponse(list_html(found, today, language, searched=bool(words.strip()), cut=cut))

    _add_changing(router, desk)
    _add_reading(router, "/conversations/{name}", own, desk)
    _add_reading(router, "/shared/{name}", shared, desk)
    return router


def _add_changing(router: APIRouter, desk: Desk) -> None:
    """Add the routes that change a conversation of one's own."""

    @router.patch("/conversations/{name}")
    def rename(request: Request, name: str, new: Name) -> dict[str, str]:
        with _clear_errors(request):
            return {"title": _kept(desk).rename(_owner(request), name, new.title).title}

    @router.delete("/conversations/{name}", status_code=204)
    def delete(request: Request, name: str) -> None:
        with _clear_errors(request):
            _kept(desk).delete(_owner(request), name)

    @router.put("/conversations/{name}", status_code=204)
    def undelete(request: Request, name: str) -> None:
        with _clear_errors(request):
            _kept(desk).undelete(_owner(request), name)

    @router.put("/conversations/{name}/link")
    def share(request: Request, name: str) -> dict[str, str]:
        with _clear_errors(request):
            return {"token": _kept(desk).share(_owner(request), name)}

    @router.delete("/conversations/{name}/link", status_code=204)
    def stop_sharing(request: Request, name: str) -> None:
        with _clear_errors(request):
            _kept(desk).stop_sharing(_owner(request), name)


def _add_reading(router: APIRouter, place: str, find: Callable[[Request, str], Conversation], desk: Desk) -> None:
    """Add the routes that read a conversation, which are the same for one's own and for a shared one."""

    @router.get(place)
    def load(request: Request, name: str) -> dict[str, object]:
        """A conversation as it was shown."""
        found = find(request, name)
        turns = [
            {"id": turn.id, "html": turn.html, "asked": turn.understood or turn.question, "filters": turn.filters}
            for turn in found.turns
        ]
        return {"title": found.title, "token": found.token, "turns": turns}

    @router.get(place + "/files/{format}")
    def save(request: Request, name: str, format: str, turn: str | None = None) -> Response:
        """A conversation, or one turn of it, as a file to be saved."""
        if format not in FORMATS:
            raise HTTPException(404, f"there is no format {format!r}; formats are {', '.join(FORMATS)}")
        found = find(request, name)
        chosen = tuple(one for one in found.turns if turn in (None, one.id))
        if not chosen:
            raise HTTPException(404, "this conversation has no such turn")
        if turn is not None:
            found = replace(found, title=chosen[0].question, turns=chosen)
        kind = FORMATS[format]
        named = quote(file_name(found.title, kind.ending), safe="")
        return Response(
            kind.write(found),
            media_type=f"{kind.media_type}; charset=utf-8",
            headers={
                "Content-Disposition": f"attachment; filename=\"isnad.{kind.ending}\"; filename*=UTF-8''{named}",
                "X-Content-Type-Options": "nosniff",
            },
        )

    @router.get(place + "/quotes/{turn}/{number}")
    def gone(request: Request, name: str, turn: str, number: int) -> HTMLResponse:
        """The words that a turn cites under a number, for where their article is gone."""
        answers = [cast("dict[str, Any]", one.answer) for one in find(request, name).turns if one.id == turn]
        cited = [one for answer in answers for one in answer["citations"] if one["n"] == number]
        if not cited:
            raise HTTPException(404, "this conversation cites no such words")
        changed = desk.assistant.archive.find_path(cited[0]["path"]) is not None
        return HTMLResponse(gone_html(cited[0], language_of(request), changed=changed))


def _kept(desk: Desk) -> Conversations:
    if desk.conversations is None:
        raise ConversationsError("this page keeps no conversations")
    return desk.conversations


def _owner(request: Request) -> str:
    person = person_of(request)
    if person is None:
        raise ConversationsError("your browser keeps no cookies, by which its conversations would be known")
    return person


@contextmanager
def _clear_errors(request: Request) -> Iterator[None]:
    """Tell the browser what cannot be done."""
    try:
        yield
    except UnknownConversationError as error:
        raise HTTPException(404, told(error, language_of(request))) from error
    except ConversationsError as error:
        raise HTTPException(503, told(error, language_of(request))) from error
