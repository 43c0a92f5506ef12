"""The pages themselves, each sent in two pieces: what is used at once, and what gradio adds once it is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, StreamingResponse

from assistant.chat.document import beginning, rest, sheet_file
from assistant.chat.frame import page_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.chat.frame import Page
    from assistant.chat.later import Later
    from assistant.desk import Desk

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
"""For what has another name once it is another."""


def page_routes(pages: Sequence[Page], desk: Desk, gradio: Later) -> APIRouter:
    """Return the routes of the pages over a desk, and of the style sheet that they wait for."""
    router = APIRouter(include_in_schema=False)

    def add(page: Page) -> None:
        first = beginning(page_html(page, pages, desk))

        async def pieces(request: Request) -> AsyncIterator[bytes]:
            yield first
            if request.method != "HEAD":
                yield rest(await gradio.document(request.scope))

        async def document(request: Request) -> StreamingResponse:
            return StreamingResponse(pieces(request), media_type="text/html")

        router.add_api_route(f"/{page.path}", document, methods=["GET", "HEAD"])

    for page in pages:
        add(page)
    sheet = sheet_file()

    @router.get(f"/assets/{sheet.name}")
    def first_sheet() -> FileResponse:
        return FileResponse(sheet, headers=FOR_EVER)

    return router
