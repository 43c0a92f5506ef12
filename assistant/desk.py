"""What pages and programs are served from: an assistant, which may still be opening while they are first looked at."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.ask import Assistant
    from assistant.chat.conversations.store import Conversations
    from assistant.holdings.intake import Intake
    from assistant.speech.spoken import Spoken


class Desk:
    """Opens an assistant in a thread of its own, so that the pages can be seen meanwhile.

    `open_assistant` is called once, at once; what it raises is raised wherever the assistant is needed. `examples`
    makes the questions to offer before the first one is asked. `conversations` keeps what is asked; None keeps nothing.
    `intake` takes articles in and out; None is where nobody may change the archive. On the pages nobody may either
    unless `edits_on_pages` says so.
    """

    def __init__(
        self,
        open_assistant: Callable[[], Assistant],
        examples: Callable[[Assistant], Sequence[str]] = lambda assistant: (),
        conversations: Conversations | None = None,
        intake: Intake | None = None,
        *,
        edits_on_pages: bool = True,
    ) -> None:
        self.conversations = conversations
        self.intake = intake
        self.page_intake = intake if edits_on_pages else None
        threads = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._opening = threads.submit(open_assistant)
        # Not made before they are asked for: the page would come later, for something that is read after it.
        self._make_examples = examples
        self._examples: Sequence[str] | None = None
        self._lock = threading.Lock()
        threads.shutdown(wait=False)

    @property
    def assistant(self) -> Assistant:
        """The assistant, once it is open. Raises IsnadError where it could not be opened."""
        return self._opening.result()

    @cached_property
    def spoken(self) -> Spoken:
        """The statements of the archive, kept once for all who list them."""
        from assistant.speech.spoken import Spoken

        return Spoken(self)

    @property
    def is_open(self) -> bool:
        """Whether the assistant is open, or known not to open."""
        return self._opening.done()

    async def opened(self) -> Assistant:
        """Wait for the assistant without holding a thread. Raises IsnadError where it could not be opened."""
        return await asyncio.shield(asyncio.wrap_future(self._opening))

    def check(self) -> None:
        """Raise the IsnadError that kept the assistant from opening, where that is known already."""
        if self._opening.done():
            self._opening.result()

    def when_it_fails(self, then: Callable[[], object]) -> None:
        """Call a function should the assistant not open, also where that is known already."""
        self._opening.add_done_callback(lambda opening: then() if opening.exception() else None)

    def close(self) -> None:
        """Close the archive, once it is open. Raises IsnadError where it could not be opened."""
        if self.conversations is not None:
            self.conversations.close()
        if self.intake:
            self.intake.close()
        with closing(self.assistant.archive):
            pass

    def examples(self) -> Sequence[str]:
        """The questions to offer, once they are made. Raises IsnadError where the assistant could not be opened."""
        with self._lock:
            if self._examples is None:
                self._examples = self._make_examples(self.assistant)
            return self._examples
