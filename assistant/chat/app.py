"""The chat page's application: built from an assistant, and served on this machine only."""

from __future__ import annotations

import errno
import socket
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.chat.ask import ask_page
from index.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.chat.ask import Answerer

STYLE = Path(__file__).parent / "style.css"
SANS = ("system-ui", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Geeza Pro", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
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


def build(assistant: Answerer, examples: Sequence[str] = ()) -> gr.Blocks:
    """Build the application around an assistant; `examples` are questions to offer before the first one is asked."""
    blocks = gr.Blocks(title="Isnad · إسناد", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(
            '<h1>Isnad <span lang="ar">إسناد</span></h1>'
            "<p><span>Answers from the archive, each sentence cited</span>"
            '<span lang="ar">أجوبة من الأرشيف، كل جملة باستشهادها</span></p>',
            elem_id="masthead",
            apply_default_css=False,
            js_on_load=None,
        )
        ask_page(assistant, examples)
    return blocks


def serve(
    assistant: Answerer,
    host: str,
    port: int,
    examples: Sequence[str] = (),
    announce: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the chat until it is interrupted.

    Args:
        assistant: what answers.
        host: the address to listen on.
        port: the port to listen on; 0 takes a free one, any other is taken or refused, never replaced.
        examples: questions to offer before the first one is asked.
        announce: called with the page's address once it can be opened.

    Raises:
        ServerError: the port is taken or not allowed, or the address is not this machine's.
    """
    with listen(host, port) as listener, suppress(KeyboardInterrupt):
        server = server_for(assistant, examples)
        announce(address(listener))
        server.run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Take the port. Raises ServerError."""
    if not 0 <= port <= 65535:
        raise ServerError(f"cannot serve on port {port}: ports go from 0 to 65535; pass another --port")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                reason = "another program listens there; stop it, or pass another --port"
            case errno.EACCES:
                reason = "this account may not listen there; pass a --port above 1023"
            case _:
                reason = "that is no address of this machine; pass --host 127.0.0.1"
        raise ServerError(f"cannot serve on {host} port {port}: {reason}") from error


def address(listener: socket.socket) -> str:
    """What to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_for(assistant: Answerer, examples: Sequence[str] = ()) -> uvicorn.Server:
    """A server that awaits its socket: ``server_for(assistant).run(sockets=[listen(host, port)])``.

    `Blocks.launch` is not used: it asks its own page over HTTP before it goes on, which a proxy setting breaks, and
    finds out that a port is taken only after everything is built.
    """
    return uvicorn.Server(
        uvicorn.Config(
            # Made once the event loop runs, as gradio leaves a loop of its own open for every part made without one.
            lambda: _application(assistant, examples),
            factory=True,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
    )


def _application(assistant: Answerer, examples: Sequence[str]) -> FastAPI:
    # Gradio's queue imports it after the first question, which would wait for it: a second, or several.
    threading.Thread(target=import_module, args=("pandas",), daemon=True).start()
    application = FastAPI(openapi_url=None)
    gr.mount_gradio_app(
        application,
        build(assistant, examples),
        path="/",
        theme=gr.themes.Base(font=SANS, font_mono=MONO),
        head=f"<style>{STYLE.read_text(encoding='utf-8')}</style>",  # given as `css`, gradio would rewrite its rules
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        root_path="",
    )
    application.add_middleware(_Confined)
    return application


class _Confined:
    """Sends the policy that keeps the page on this machine with every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_confined(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY.encode())]
            await send(message)

        await self.app(scope, receive, send_confined)
