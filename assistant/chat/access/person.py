"""Who asks: a user by name where the pages know one, else a browser by an id of its own in a cookie."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from assistant.chat.document import is_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "isnad_browser"
"""What a browser is known by: 128 random bits, which no script of a page can read."""

PERSON = "person"
"""Where the scope of a request has who signed in, put there by `assistant.chat.access.guard`."""

YEAR = 365 * 24 * 3600
_ID = re.compile(r"[\w-]{22}", re.ASCII)


def person_of(request: HTTPConnection) -> str | None:
    """Who sent a request, by a name that no one else has; None for a browser that keeps no cookies."""
    if signed_in := request.scope.get(PERSON):
        return str(signed_in)
    browser = request.cookies.get(COOKIE, "")
    return f"browser:{browser}" if _ID.fullmatch(browser) else None


class Browsers:
    """Gives a browser its cookie with all HTML that it is sent, so that it lasts for a year after the last visit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, HTML with the cookie."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and is_page(message):
                message["headers"] = [*message["headers"], (b"set-cookie", _cookie(HTTPConnection(scope)))]
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _cookie(connection: HTTPConnection) -> bytes:
    former = connection.cookies.get(COOKIE, "")
    value = former if _ID.fullmatch(former) else secrets.token_urlsafe(16)
    secure = "; Secure" if connection.url.scheme == "https" else ""
    return f"{COOKIE}={value}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}".encode("latin-1")
