"""One application for programs and people: the pages, and beside them what programs call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.routing import Mount

from assistant.chat.app import add_guard, add_pages, serve
from assistant.serve import api

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from assistant.chat.access.accounts import Accounts
    from assistant.desk import Desk


def application(desk: Desk, accounts: Accounts | None, *, is_local: bool) -> FastAPI:
    """Make the application over a desk; the arguments are those of `assistant.chat.app.application`."""
    made = FastAPI(openapi_url=None, redirect_slashes=False)
    mount(made, "/api", api.application(desk))
    # Further faces are mounted here, before the pages, which answer at every other path.
    add_pages(made, desk)
    add_guard(made, accounts, is_local=is_local)
    return made


def serve_all(
    desk: Desk,
    host: str,
    port: int,
    announce: Callable[[str], None] = lambda address: None,
    accounts: Accounts | None = None,
) -> None:
    """Serve the application until it is interrupted; arguments and errors are those of `assistant.chat.app.serve`."""
    serve(desk, host, port, announce, accounts, application)


def mount(application: FastAPI, path: str, face: ASGIApp) -> None:
    """Have a face answer at every path below one."""
    route = Mount(path, face)
    # Starlette's own pattern ends where a path holds the end of a line.
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    application.router.routes.append(route)
