"""What the pages ask for beside gradio's events: examples, the choice of a language, and what the reader does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from assistant.chat.interface import COOKIE, language_of
from assistant.chat.reader.routes import reader_routes
from index.text import detect_language

if TYPE_CHECKING:
    from assistant.desk import Desk

YEAR = 365 * 24 * 3600


def routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk."""
    router = APIRouter(include_in_schema=False)
    router.include_router(reader_routes(desk))

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
