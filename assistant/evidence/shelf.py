"""What was made of articles, kept for the next question within a bound of memory."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Article

Made = TypeVar("Made")

MOST_CHARACTERS = 4_000_000
"""Characters of the articles whose parts are kept: about 2,000 news articles.

Beside the text a `Page` takes about 6 bytes a character, its sentences' vectors about 7: 60 MB for both in all.
"""


class Shelf(Generic[Made]):
    """Gives what `make` makes of an article, from memory where it was made before; threads may share it.

    What was used longest ago goes first once the articles together have more than `most_characters`; the newest stays
    whatever its length. An article whose marked spans were found anew is another one.
    """

    def __init__(self, make: Callable[[Article], Made], most_characters: int = MOST_CHARACTERS) -> None:
        self._make = make
        self._most_characters = most_characters
        self._lock = threading.Lock()
        self._made: dict[Article, Made] = {}
        self._characters = 0

    def take(self, article: Article) -> Made:
        """Return what is made of an article."""
        with self._lock:
            if article in self._made:
                made = self._made[article] = self._made.pop(article)  # to the end: used last
                return made
        made = self._make(article)  # without the lock: two threads may make the same, and lose a little time
        with self._lock:
            if article not in self._made:
                self._made[article] = made
                self._characters += len(article.text)
            while self._characters > self._most_characters and len(self._made) > 1:
                oldest = next(iter(self._made))
                del self._made[oldest]
                self._characters -= len(oldest.text)
        return made
