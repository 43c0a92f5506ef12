"""The chat application: its pages over a desk, served on this machine only."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from importlib.metadata import entry_points
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

from fastapi import FastAPI
from starlette.routing import Mount

from assistant.chat.access.guard import Guard
from assistant.chat.access.person import Browsers
from assistant.chat.archive.page import PAGE as ARCHIVE
from assistant.chat.ask.page import PAGE as ASK
from assistant.chat.check.page import PAGE as CHECK
from assistant.chat.conversations.routes import conversation_routes
from assistant.chat.document import Documents
from assistant.chat.frame import STATIC
from assistant.chat.later import Later
from assistant.chat.page_routes import page_routes
from assistant.chat.routes import routes
from assistant.chat.statements.page import PAGE as STATEMENTS
from assistant.serve.guard.server import Server
from index.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.chat.access.accounts import Accounts
    from assistant.chat.frame import Page
    from assistant.desk import Desk


class Make(Protocol):
    """Makes an application over a desk, for those whom `accounts` name, or for all; see `application`."""

    def __call__(self, desk: Desk, accounts: Accounts | None, *, is_local: bool) -> FastAPI:
        """Make it, once the event loop runs."""
        ...


GROUP = "isnad.pages"
"""The entry points that name pages of layers above this one."""

GRACE = 1.0
"""Seconds that answers under way are given when the chat is stopped."""

STYLES = (
    "frame.css",
    "forms.css",
    "login.css",
    "ask.css",
    "question.css",
    "audit.css",
    "reader.css",
    "reading_aids.css",
    "plots.css",
    "check.css",
    "statements.css",
    "conversations.css",
    "archive.css",
    "holdings.css",
)


def pages() -> tuple[Page, ...]:
    """Every page, in the order of the head."""
    added = [point.load() for point in entry_points(group=GROUP)]
    return (ASK, CHECK, STATEMENTS, ARCHIVE, *added)


def application(desk: Desk, accounts: Accounts | None, *, is_local: bool) -> FastAPI:
    """Make the application of the pages alone.

    `accounts` are those who may use it, everybody where None; `is_local` lets in only those who call it by a name of
    this machine.
    """
    gradio = Later(desk)
    made = FastAPI(openapi_url=None, lifespan=gradio.lifespan)
    add_pages(made, desk, gradio)
    add_guard(made, accounts, is_local=is_local)
    return made


def add_pages(application: FastAPI, desk: Desk, gradio: Later) -> None:
    """Add the pages and all that they ask for; at every path that the application does not answer then is gradio."""
    shown = pages()
    routers = (routes, conversation_routes, *(page.routes for page in shown if page.routes))
    for router in (page_routes(shown, desk, gradio), *(router(desk) for router in routers)):
        application.include_router(router)
    application.router.routes.append(Mount("/", gradio))


def add_guard(application: FastAPI, accounts: Accounts | None, *, is_local: bool) -> None:
    """Add what lets in only who may come, and what all pages, that for signing in too, are sent with."""
    sheets = [*(STATIC / name for name in STYLES), *(sheet for page in pages() for sheet in page.styles)]
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    application.add_middleware(Guard, accounts=accounts, is_local=is_local)
    application.add_middleware(Documents, style=style)
    application.add_middleware(Browsers)


def serve(
    desk: Desk,
    host: str,
    port: int,
    announce: Callable[[str], None] = lambda address: None,
    accounts: Accounts | None = None,
) -> None:
    """Serve the pages alone until they are interrupted, or until their assistant turns out not to open.

    Args:
        desk: what the pages work with.
        host: the address to listen on.
        port: the port to listen on; 0 takes a free one, any other is taken or refused, never replaced.
        announce: called with the page's address once it can be opened.
        accounts: who may use it; None lets in everybody who can reach the address.

    Raises:
        ServerError: the port is taken or not allowed, or the address is not this machine's.
    """
    with listen(host, port) as listener:
        run(server_for(desk, accounts, is_local=accounts is None and is_local(listener)), listener, desk, announce)


def run(server: Server, listener: socket.socket, desk: Desk, announce: Callable[[str], None]) -> None:
    """Have a server serve at a port until it is interrupted, or until its assistant turns out not to open."""
    with suppress(KeyboardInterrupt):
        desk.when_it_fails(lambda: setattr(server, "should_exit", True))
        desk.check()
        announce(address(listener))
        server.run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Take the port. Raises ServerError."""
    if not 0 <= port <= 65535:
        raise ServerError(f"cannot serve on port {port}: ports go from 0 to 65535; pass another --port")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                reason = "another program listens there; stop it, or pass another --port"
            case errno.EACCES:
                reason = "this account may not listen there; pass a --port above 1023"
            case _:
                reason = "that is no address of this machine; pass --host 127.0.0.1"
        raise ServerError(f"cannot serve on {host} port {port}: {reason}") from error
    # Connections inherit it. asyncio sets it on sockets of its own making alone, and without it the body of a response
    # waits up to 40 ms for the other side to acknowledge the head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address(listener: socket.socket) -> str:
    """What to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_local(listener: socket.socket) -> bool:
    """Whether only this machine can reach it."""
    return ip_address(listener.getsockname()[0]).is_loopback


def server_for(
    desk: Desk, accounts: Accounts | None = None, *, is_local: bool = True, make: Make = application
) -> Server:
    """A server that awaits its socket: ``server_for(desk).run(sockets=[listen(host, port)])``.

    `Blocks.launch` is not used: it asks its own page over HTTP before it goes on, which a proxy setting breaks, and
    finds out that a port is taken only after everything is built.
    """
    # Made once the event loop runs, as gradio leaves a loop of its own open for every part made without one.
    return Server(lambda: make(desk, accounts, is_local=is_local), grace=GRACE)
