"""One application for programs and people: the pages, and beside them what programs call, behind one guard."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from anyio import CapacityLimiter
from fastapi import FastAPI
from starlette.routing import Mount

from assistant.chat.app import add_guard, add_pages, is_local, listen, run
from assistant.chat.later import Later
from assistant.serve import api, completions
from assistant.serve.guard.keys import KeyFile, keys_path
from assistant.serve.guard.protect import Limits, Protection, check_exposure, protect
from assistant.serve.guard.records import log_to_stderr
from assistant.serve.guard.server import Server
from index.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from assistant.chat.access.accounts import Accounts
    from assistant.desk import Desk
    from index.settings import Settings

AT_ONCE = Limits().most_at_once
"""Requests of programs that are worked on at the same time, unless it is set."""


def application(desk: Desk, accounts: Accounts | None, *, is_local: bool, at_once: int = AT_ONCE) -> FastAPI:
    """Make the application over a desk; the other arguments are those of `assistant.chat.app.application`.

    Programs, by whichever face they come, have `at_once` threads between them: as many as the guard lets to work.

    Raises ServerError where the library of MCP is not installed.
    """
    if find_spec("mcp") is None:
        raise ServerError("programs are served with libraries that are missing; run `pip install 'isnad[serve]'`")
    from assistant.serve.tools.endpoint import router as tools

    gradio, threads = Later(desk), CapacityLimiter(at_once)
    made = FastAPI(openapi_url=None, redirect_slashes=False, lifespan=gradio.lifespan)
    mount(made, "/api", api.application(desk, threads))
    made.include_router(completions.router(desk, threads))
    made.include_router(tools(desk, threads))
    # The pages answer at every other path.
    add_pages(made, desk, gradio)
    add_guard(made, accounts, is_local=is_local)
    return made


def serve_all(
    desk: Desk,
    settings: Settings,
    accounts: Accounts | None = None,
    announce: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the application as it is set until it is interrupted, or until its assistant turns out not to open.

    Args:
        desk: what is served from.
        settings: where, to whom, and how much at a time.
        accounts: who may use the pages; None lets in everybody who can reach them.
        announce: called with the address once it can be opened.

    Raises:
        ServerError: the port is taken or not allowed, the address is not this machine's, a library is missing, or
            other machines would be let in without a key or a password.
    """
    with listen(settings.host, settings.port) as listener:
        server = server_by(settings, desk, accounts, is_local=is_local(listener))
        log_to_stderr()
        run(server, listener, desk, announce)


def server_by(settings: Settings, desk: Desk, accounts: Accounts | None = None, *, is_local: bool = True) -> Server:
    """Return a server as it is set, which awaits its socket; `is_local` says that no other machine reaches that.

    Raises ServerError where other machines would be let in without a key or a password.
    """
    keys = KeyFile(keys_path(settings))
    check_exposure(is_local=is_local, is_open=settings.open, accounts=accounts, keys=keys)
    protection = Protection(
        desk,
        keys,
        accounts,
        is_local=is_local,
        is_open=settings.open,
        may_edit=settings.allow_edit,
        limits=Limits.of(settings),
        with_questions=settings.log_questions,
    )

    def make() -> ASGIApp:
        made = application(
            desk, accounts, is_local=accounts is None and is_local, at_once=protection.limits.most_at_once
        )
        return protect(made, protection)

    return Server(make, grace=settings.grace, stopping=protection.stopping)


def mount(application: FastAPI, path: str, face: ASGIApp) -> None:
    """Have a face answer at every path below one."""
    route = Mount(path, face)
    # Starlette's own pattern ends where a path holds the end of a line.
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    application.router.routes.append(route)
