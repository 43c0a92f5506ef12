"""What a search may be narrowed to: outlets and authors that the archive has, and the articles of a speaker."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from typing import TYPE_CHECKING, Literal

from assistant.rendering.wording import names_of
from assistant.speech.speakers import SpeakerMatcher, SpeakerWords
from assistant.words.names import name_similarity
from index.archive.table import name_key
from index.errors import FilterError
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.words.matching import Matcher
    from index.followers.statement_index import StatementIndex
    from index.types import Archive

LAGGING = 50
"""Articles whose statements a question does not wait for, about a third of a second."""

NEAREST = 3
"""Names that are offered in the place of an unknown one."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """An outlet or an author that no article has, and the nearest names that some have, the best first."""

    noun: Literal["outlet", "author"]
    name: str
    nearest: tuple[str, ...]


def find_unknown(filters: Filters, archive: Archive) -> UnknownName | None:
    """Return the first outlet or author that no article has; None where some article has each."""
    if filters.source is None and filters.author is None:
        return None
    table = archive.table()
    for name in names_of(filters.source):
        if not table.ids_of(Filters(source=name)):
            return UnknownName("outlet", name, _nearest(name, table.sources.stated))
    for name in names_of(filters.author):
        if not table.ids_of(Filters(author=name)):
            return UnknownName("author", name, _nearest(name, table.authors.stated))
    return None


def check_names(filters: Filters, archive: Archive) -> None:
    """Raise FilterError where no article has one of the outlets or authors, with the nearest names that some have."""
    unknown = find_unknown(filters, archive)
    if unknown is None:
        return
    noun, name = unknown.noun, unknown.name
    if not unknown.nearest:
        option = "--source" if noun == "outlet" else "--author"
        raise FilterError(f"no article of the archive states its {noun}; leave {option} {name!r} out")
    raise FilterError(f"the archive holds no {noun} {name!r}; name the one meant, perhaps {_listed(unknown.nearest)}")


def _nearest(name: str, held: Sequence[str]) -> tuple[str, ...]:
    return tuple(nlargest(NEAREST, held, key=lambda one: _likeness(name, one)))


def _listed(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(map(repr, names[:-1])), repr(names[-1]))))


def _likeness(asked: str, held: str) -> float:
    first, second = name_key(asked), name_key(held)
    letters = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return max(letters, name_similarity(first, second) if first.isascii() != second.isascii() else 0.0)


class SpeakerArticles:
    """Finds the articles in which a speaker makes a statement; threads may share it."""

    def __init__(self, archive: Archive, index: StatementIndex, matcher: Matcher) -> None:
        self._archive = archive
        self._index = index
        self._speakers = SpeakerMatcher(matcher)
        self._lock = threading.Lock()
        self._words = SpeakerWords(())
        self._known: tuple[int, dict[tuple[bool, str], frozenset[str]]] = (-1, {})

    def find(self, speaker: str) -> frozenset[str]:
        """Return the ids of the articles in which someone whom this name, in either language, means says something."""
        return self._find(speaker, by_name_alone=False)

    def find_called(self, speaker: str) -> frozenset[str]:
        """Return the ids of those in which someone called by this own name does; none where it is not quickly known."""
        if self._index.lag(self._archive) > LAGGING:
            return frozenset()
        return self._find(speaker, by_name_alone=True)

    def _find(self, speaker: str, *, by_name_alone: bool) -> frozenset[str]:
        with self._lock:
            generation = self._archive.generation
            if self._known[0] != generation:
                self._index.catch_up(self._archive)
                self._words = SpeakerWords(self._index.speaker_words())
                self._known = (generation, {})
            known, asked = self._known[1], (by_name_alone, speaker)
            if asked not in known:
                choose = self._speakers.find_called if by_name_alone else self._speakers.find
                known[asked] = self._index.articles(choose(speaker, self._index, self._words))
            return known[asked]
