"""The chat page served in a thread, for the tests and the screenshots that look at it in a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.chat.app import address, listen, server_for
from assistant.chat.ask import Answerer


@contextmanager
def serving(assistant: Answerer, examples: Sequence[str] = ()) -> Iterator[str]:
    """Serve the page on a free port while the block runs; gives its address."""
    with listen("127.0.0.1", 0) as listener:
        server = server_for(assistant, examples)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join()
