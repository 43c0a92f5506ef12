"""The pages' document as it is sent: its language, its style, and the policy that keeps it on this machine."""

from __future__ import annotations

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

HTML = b'<html\n\tlang="en"'
HEAD = b"<head>"
MANIFEST = b'<link rel="manifest" href="/manifest.json" />'

CHOSEN = 'Object.defineProperty(navigator, "language", { get: () => "%s" });'
"""Gradio takes the language of its labels from the browser, which knows nothing of a choice."""


class Documents:
    """Sends the policy with every response, and puts language and style into every page before gradio's own script.

    What gradio itself takes as `head` comes only once its script runs, after it has settled on a language, and after
    the page was first drawn.
    """

    def __init__(self, app: ASGIApp, style: str) -> None:
        self.app = app
        self._style = style

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, pages changed on their way."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_changed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY.encode())]
                if is_page(message):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                page = self._changed(body, language_of(HTTPConnection(scope)), scope.get("person"))
                kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
                await send({**start, "headers": [*kept, (b"content-length", str(len(page)).encode())]})
                message = {"type": "http.response.body", "body": page}
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
        page = page.replace(HTML, attributes.encode(), 1).replace(MANIFEST, b"", 1)
        return page.replace(HEAD, HEAD + own.encode(), 1)


def is_page(start: Message) -> bool:
    """Whether a response is HTML to be shown, not to be saved as a file."""
    headers = dict(start["headers"])
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-disposition" not in headers
