"""What happens in news, and the words of the two languages that tell it: who died was killed, or «لقي حتفه». Pure.

The vectors of words say which ones stand in like texts, of which opposites are some; these tables say which ones tell
one event. A word may tell several.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.words.gazetteer import is_entity
from index.text import fold_text, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Vectors

TOLD = 0.7
"""Grade of a word that tells the event which another word of the question tells."""

EVENTS = Path(__file__).with_name("events.txt")
"""The words that tell each event, the events parted by an empty line."""


_PARTICLE = re.compile("[وف]?(?:س(?=[ينتا])|ب?ال|لل|ل(?!ل)|ب)?")
"""What may be written onto an Arabic word, the «س» of the future before an imperfect alone."""


def _forms(word: str) -> set[str]:
    """Return a folded word, and what is left of it without particles and endings."""
    if word.isascii():
        return {word, stem(word)}
    particles = _PARTICLE.match(word)
    bare = {word, word[1:] if word[0] in "وف" else word, word[particles.end() if particles else 0 :]}
    return {form for form in bare | {stem(one) for one in bare} if len(form) > 1}


@lru_cache(maxsize=1)
def _events_of_forms() -> dict[str, frozenset[int]]:
    """Return the numbers of the events that each form of the tables tells."""
    known: dict[str, set[int]] = {}
    for number, group in enumerate(EVENTS.read_text(encoding="utf-8").split("\n\n")):
        for word in map(fold_text, group.split()):
            for form in (word, stem(word)):
                known.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in known.items()}


@lru_cache(maxsize=20_000)
def events_of(word: str) -> frozenset[int]:
    """Return the numbers of the events that a folded word tells; a country tells none: التركي is no form of ترك."""
    if is_entity(word):
        return frozenset()
    known = _events_of_forms()
    return frozenset[int]().union(*(known.get(form, frozenset()) for form in _forms(word)))


def raise_by_event(graded: Vectors, terms: Sequence[str], words: Sequence[str]) -> None:
    """Raise the grades, shape (terms, words), of words that tell one event to at least `TOLD`."""
    asked = [(row, events) for row, term in enumerate(terms) if (events := events_of(term))]
    if not asked:
        return
    for column, word in enumerate(words):
        told = events_of(word)
        if told:
            for row, events in asked:
                if not events.isdisjoint(told):
                    graded[row, column] = max(graded[row, column], TOLD)
