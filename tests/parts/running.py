"""A server of HTTP, run in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.chat.app import address, listen

if TYPE_CHECKING:
    import uvicorn


@contextmanager
def running(server: uvicorn.Server) -> Iterator[str]:
    """Run a server on a free port while the block runs; gives its address, without a slash at its end."""
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join()
