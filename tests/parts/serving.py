"""The chat page, or another application, served in a thread, for those who look at it as its users do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

# Gradio is imported with it, before any server's thread does: tests that begin and end meanwhile, in another thread,
# would make errors of the warnings that its imports silence.
import assistant.chat.blocks  # noqa: F401
from assistant.chat.app import Make, application, server_for
from assistant.desk import Desk
from tests.parts.running import running

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.chat.access.accounts import Accounts
    from assistant.chat.conversations.store import Conversations
    from assistant.holdings.intake import Intake


@contextmanager
def serving(
    assistant: object,
    examples: Sequence[str] = (),
    conversations: Conversations | None = None,
    intake: Intake | None = None,
    accounts: Accounts | None = None,
    make: Make = application,
) -> Iterator[str]:
    """Serve the page on a free port while the block runs, over an assistant or what stands in for one."""
    with serving_once_open(lambda: assistant, examples, conversations, intake, accounts, make) as address:
        yield address


@contextmanager
def serving_once_open(
    open_assistant: Callable[[], object],
    examples: Sequence[str] = (),
    conversations: Conversations | None = None,
    intake: Intake | None = None,
    accounts: Accounts | None = None,
    make: Make = application,
) -> Iterator[str]:
    """The same over an assistant that is still to be opened."""
    desk = Desk(lambda: cast("Assistant", open_assistant()), lambda assistant: examples, conversations, intake)
    with running(server_for(desk, accounts, make=make)) as address:
        yield address
