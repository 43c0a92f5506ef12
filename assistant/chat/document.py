"""The pages' document as it is sent: its language, its style, and the policy that keeps it on this machine.

A page comes in two pieces: first all of it that can be seen and used, later what gradio adds. Its scripts, and the
application that answers them, take seconds to be there after the program has started.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from assistant.chat.interface import language_of
from assistant.chat.messages import MESSAGES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from index.types import Language

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # gradio evaluates its templates
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""The page loads nothing from another machine; the browser holds it to that."""

HTML = b'<html lang="en"'
HEAD = b"<head>"
PAGE_ID = "page"
"""The element that holds a page, as its first piece brings it; gradio's component takes it in."""

CHOSEN = 'Object.defineProperty(navigator, "language", { get: () => "%s" });'
"""Gradio takes the language of its labels from the browser, which knows nothing of a choice."""

DARK = """
const theme = new URLSearchParams(location.search).get("__theme");
if (theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches))
  document.body.classList.add("dark");
"""
"""Gradio chooses the theme in the same way."""

BEGINNING = """<!doctype html>
<html lang="en" style="margin: 0; padding: 0; min-height: 100%; display: flex; flex-direction: column">
<head>
<meta charset="utf-8">
<base href="./">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isnad · إسناد</title>
{sheet}
</head>
<body style="width: 100%; margin: 0; padding: 0; display: flex; flex-direction: column; flex-grow: 1">
<script>{dark}</script>
<div id="{name}" class="{scope}">{page}</div>
"""
CONFIG = b"<script>window.gradio_config"
MANIFEST = b'<link rel="manifest" href="/manifest.json" />'
SHEET = re.compile(r'<link rel="stylesheet" crossorigin href="\./(assets/[\w.-]+)">')


def beginning(page: str) -> bytes:
    """Return the first piece of a page's document."""
    scope = f"gradio-container gradio-container-{version('gradio').replace('.', '-')}"
    return BEGINNING.format(sheet=_sheet()[0], dark=DARK, name=PAGE_ID, scope=scope, page=page).encode()


def rest(gradio: bytes) -> bytes:
    """Return the second piece: the scripts and the body of the document that gradio sends."""
    scripts = gradio[gradio.index(CONFIG) : gradio.index(b"</head>")]
    body = gradio[gradio.index(b"<gradio-app") :]
    return scripts.replace(MANIFEST, b"").replace(_sheet()[0].encode(), b"") + body


def sheet_file() -> Path:
    """Return the file of gradio's first style sheet, which puts all that browsers add of their own back to nothing."""
    return _frontend() / _sheet()[1]


@cache
def _sheet() -> re.Match[str]:
    """The element that loads it, and the sheet's path."""
    found = SHEET.search((_frontend() / "index.html").read_text(encoding="utf-8"))
    if found is None:
        raise RuntimeError("this version of gradio loads its style sheet otherwise; install the one that is pinned")
    return found


def _frontend() -> Path:
    # Looked up, not imported: that takes seconds.
    return Path(str(distribution("gradio").locate_file("gradio/templates/frontend")))


class Documents:
    """Sends the policy with every response, and puts language and style into the first piece of every page."""

    def __init__(self, app: ASGIApp, style: str) -> None:
        self.app = app
        self._style = style

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, pages changed on their way."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def send_changed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY.encode())]
                if is_page(message):
                    start = message
                    return
            elif start is not None:
                page = self._changed(message["body"], language_of(HTTPConnection(scope)), scope.get("person"))
                kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
                whole = [] if message.get("more_body") else [(b"content-length", str(len(page)).encode())]
                await send({**start, "headers": [*kept, *whole]})
                start, message = None, {**message, "body": page}
            await send(message)

        await self.app(scope, receive, send_changed)

    def _changed(self, page: bytes, language: Language, person: str | None) -> bytes:
        attributes = f'<html lang="{language}" dir="{MESSAGES[language].direction}"'
        style = self._style
        if person:
            # As code points: no name ends the style.
            name = "".join(f"\\{ord(character):x} " for character in person.partition(":")[2])
            attributes, style = f"{attributes} data-signed-in", f'{style}:root{{--person:"{name}"}}'
        own = f"<script>{CHOSEN % language}</script><style>{style}</style>"
        return page.replace(HTML, attributes.encode(), 1).replace(HEAD, HEAD + own.encode(), 1)


def is_page(start: Message) -> bool:
    """Whether a response is HTML to be shown, not to be saved as a file."""
    headers = dict(start["headers"])
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-disposition" not in headers
