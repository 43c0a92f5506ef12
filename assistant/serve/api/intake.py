"""The routes that change the archive, for those who may."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from email.message import Message
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, BinaryIO

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.holdings.intake import ENDED, MOST_BYTES, MOST_FILES, Intake, Taking
from assistant.serve.api import holdings
from assistant.serve.api.archive import ArticleName, unknown
from assistant.serve.api.descriptions import ARTICLES_BODY, WITH_BODY, described
from assistant.serve.api.refusals import RETRY, Printed, explained, shown
from assistant.serve.api.requests import Sending, SentArticles
from index.archive.rows import article_id as name_of
from index.errors import ArchiveLockedError, UnknownArticleError

if TYPE_CHECKING:
    from starlette.types import Message as Received

    from assistant.desk import Desk
    from assistant.serve.api.work import Work

Files = list[tuple[str, BinaryIO]]

WRITE = "write"
"""The permission to change the archive, in ``request.state.permissions`` of who has it."""

JSON_FILE = "articles.jsonl"
"""What a file of the articles that are sent as JSON is called: their paths begin with it."""

MOST_JSON = 32 * 2**20
FORM_BYTES = 2**20
"""Bytes of articles that may be sent as JSON, and of what a form may hold beside its files."""

LINE_END = b"\r\n"
LAST_BYTES = 512
"""Bytes among which a form has its end: at most 70 of it, and white space."""

LONGEST_SOURCE = 200

SENT = {
    "responses": {HTTPStatus.ACCEPTED: {"model": holdings.Taking, "description": "It has begun."}},
    "openapi_extra": {"requestBody": ARTICLES_BODY},
}
"""How articles may be sent, and what is answered where `wait` is false."""


def intake_routes(desk: Desk, work: Work) -> APIRouter:
    """Return the routes over a desk; they refuse where it has no intake.

    What is sent is read in threads of its own: it takes no place at work, and waits for none.
    """
    router = APIRouter(tags=["changing the archive"])

    def allowed(request: Request) -> Intake:
        """Return what takes articles in and out, for who may change the archive."""
        if WRITE not in getattr(request.state, "permissions", ()):
            message = "this request may not change the archive; send a key with the permission to write"
            raise HTTPException(HTTPStatus.FORBIDDEN, message)
        if desk.intake is None:
            message = "this archive is not to be changed; start the server with --allow-edit"
            raise HTTPException(HTTPStatus.FORBIDDEN, message)
        return desk.intake

    needed = Depends(allowed)

    @router.post("/articles", **described("add", holdings.Report, 409, *WITH_BODY, **SENT))
    async def add(request: Request, how: Annotated[Sending, Query()], to: Intake = needed) -> Response:
        """Take articles in: files of any format that `isnad ingest` reads, or articles as JSON.

        What cannot be read is named in the report and stops nothing else. A file takes the place of the one that was
        sent under its name before, an article that of the one with its id. It goes on where the client goes away.
        """
        await desk.opened()
        async with _sent(request) as (files, source):
            with _told_of_others():
                taken = await to_thread.run_sync(to.take, files, source)
        if not how.wait:
            return Printed(_taking_json(to.taking), HTTPStatus.ACCEPTED)
        ended = await asyncio.shield(asyncio.wrap_future(taken))
        if ended.report is None:
            raise _failed(ended)
        return Printed(ended.report)

    @router.get("/intake", **described("intake", holdings.Taking))
    async def intake(to: Intake = needed) -> Response:
        """Tell how the last taking in stands."""
        return Printed(_taking_json(to.taking))

    @router.delete("/articles/{article_id}", **described("remove", holdings.Removed, 404, 409))
    async def remove(article_id: ArticleName, to: Intake = needed) -> Response:
        """Remove an article from the archive; its file stays."""
        try:
            with _told_of_others():
                removed = await work.do(lambda _: to.remove([article_id]))
        except UnknownArticleError as error:
            raise unknown(article_id) from error
        return Printed({"article": article_id, "path": removed[article_id]})

    return router


@asynccontextmanager
async def _sent(request: Request) -> AsyncIterator[tuple[Files, str | None]]:
    """Give the files that were sent, and their outlet; they are gone afterwards."""
    match request.headers.get("content-type", "").partition(";")[0].strip().lower():
        case "multipart/form-data":
            sent = _bounded(request, MOST_BYTES + FORM_BYTES, _end_of(request.headers["content-type"]))
            async with sent.form(max_files=MOST_FILES, max_fields=10) as form:
                yield _read_form(form)
        case "application/json":
            body = await _bounded(request, MOST_JSON).body()
            yield [(JSON_FILE, BytesIO(await to_thread.run_sync(_lines, body)))], None
        case _:
            message = "send files as multipart/form-data, or articles as application/json"
            raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)


def _bounded(request: Request, most: int, end: bytes = b"") -> Request:
    """Return a request whose body is refused beyond so many bytes, and without its end."""
    too_large = HTTPException(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body has more than {most // 2**20} MB; send less at once"
    )
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most:
        raise too_large
    read, last = 0, LINE_END

    async def receive() -> Received:
        nonlocal read, last
        message = await request.receive()
        body = message.get("body", b"")
        read, last = read + len(body), (last + body)[-LAST_BYTES:]
        if read > most:
            raise too_large
        if message["type"] == "http.request" and not message.get("more_body") and end not in last:
            # The parser would drop a file without its end, and say nothing.
            raise HTTPException(HTTPStatus.BAD_REQUEST, "the form is cut off; send it whole")
        return message

    return Request(request.scope, receive)


def _end_of(content_type: str) -> bytes:
    """Return what a form ends with; nothing where its header field does not say."""
    header = Message()
    header["content-type"] = content_type
    boundary = header.get_boundary()
    return LINE_END + f"--{boundary}--".encode() if boundary else b""


def _read_form(form: FormData) -> tuple[Files, str | None]:
    """Return the files of a form, and their outlet. Raises HTTPException."""
    files: Files = []
    sources: list[str] = []
    for name, value in form.multi_items():
        if name == "file" and isinstance(value, UploadFile) and value.filename:
            files.append((value.filename, value.file))
        elif name == "source" and isinstance(value, str):
            sources.append(value.strip()[:LONGEST_SOURCE])
        else:
            message = f"{shown(name)} is no such field; send files as `file`, and their outlet as `source`"
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, message)
    if not files:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "there is no file; send one or several as `file`")
    if len(sources) > 1:
        message = "there are several fields 'source'; send the files of each outlet by themselves"
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, message)
    return files, "".join(sources) or None


def _lines(body: bytes) -> bytes:
    """Return articles that were sent as JSON as a file of JSON lines, those without an id named by their text."""
    try:
        sent = SentArticles.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            message = f"the body is not JSON ({first['ctx']['error']}); correct it there"
            raise HTTPException(HTTPStatus.BAD_REQUEST, message) from error
        message = explained({**first, "loc": ("body", *first["loc"])})
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, message) from error
    rows = ({"id": one.id or name_of(one.text)} | one.model_dump(exclude_none=True) for one in sent.articles)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@contextmanager
def _told_of_others() -> Iterator[None]:
    """Tell whoever would change the archive that somebody else does so at the moment."""
    try:
        yield
    except ArchiveLockedError as error:
        raise HTTPException(HTTPStatus.CONFLICT, str(error), RETRY) from error


def _taking_json(taking: Taking | None) -> dict[str, object]:
    return asdict(taking) if taking else {"state": "none", "files": 0, "done": 0, "report": None, "reason": None}


def _failed(ended: Taking) -> HTTPException:
    """Return why nothing was taken in: because of the files, or because of the archive."""
    if ended.reason == ENDED:
        message = "the files cannot be read: they take too much memory, or meet a fault of the program; send fewer"
        return HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, message)
    return HTTPException(
        HTTPStatus.SERVICE_UNAVAILABLE, ended.reason or "the taking in was stopped; send it again", RETRY
    )
