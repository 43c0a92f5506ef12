"""The last answers that were given, by the turns that show them: what a browser says of an answer is not believed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.types import Answer

MOST = 500
"""Turns that are kept; their articles make up most of what they take, some 100 KB a turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer, and the questions before it in its conversation, oldest first."""

    answer: Answer
    history: tuple[str, ...]


class Turns:
    """Keeps the last turns of all pages under names that nobody guesses; threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Turn] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, name: str, turn: Turn) -> None:
        """Keep a turn, and drop the one that was asked for least lately where there are too many."""
        with self._lock:
            self._kept[name] = turn
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def find(self, name: str) -> Turn | None:
        """Return a turn, None where it is not kept, or no longer."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)
