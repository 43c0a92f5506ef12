"""The face for OpenAI's clients, alone on a loopback server, for the tests that ask it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI

from assistant.chat.app import address, listen
from assistant.desk import Desk
from assistant.serve import completions

if TYPE_CHECKING:
    from assistant.ask import Assistant


@contextmanager
def completions_served(open_assistant: Callable[[], Assistant], pages: str | None = None) -> Iterator[str]:
    """Serve it on a free port while the block runs; gives the address without a slash at its end."""
    with listen("127.0.0.1", 0) as listener:
        application = FastAPI(openapi_url=None)
        application.include_router(completions.router(Desk(open_assistant), pages))
        server = uvicorn.Server(uvicorn.Config(application, log_level="warning", log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join()
