"""The face for OpenAI's clients, alone on a loopback server, for the tests that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from anyio import CapacityLimiter
from fastapi import FastAPI

from assistant.desk import Desk
from assistant.serve import completions
from assistant.serve.app import AT_ONCE
from tests.parts.running import running

if TYPE_CHECKING:
    from assistant.ask import Assistant


@contextmanager
def completions_served(open_assistant: Callable[[], Assistant], pages: str | None = None) -> Iterator[str]:
    """Serve it on a free port while the block runs; gives the address without a slash at its end."""
    application = FastAPI(openapi_url=None)
    application.include_router(completions.router(Desk(open_assistant), CapacityLimiter(AT_ONCE), pages))
    with running(
        uvicorn.Server(uvicorn.Config(application, log_level="warning", log_config=None, lifespan="off"))
    ) as address:
        yield address
