"""The chat page served in a thread, for the tests and the screenshots that look at it in a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from assistant.chat.app import address, listen, server_for
from assistant.chat.desk import Desk

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.chat.accounts import Accounts
    from assistant.intake import Intake


@contextmanager
def serving(
    assistant: object, examples: Sequence[str] = (), intake: Intake | None = None, accounts: Accounts | None = None
) -> Iterator[str]:
    """Serve the page on a free port while the block runs, over an assistant or what stands in for one."""
    with listen("127.0.0.1", 0) as listener:
        server = server_for(Desk(lambda: cast("Assistant", assistant), lambda assistant: examples, intake), accounts)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join()
