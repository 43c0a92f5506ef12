"""Sentences that say the same in nearly the same words, and articles that print the same story.

Agency copy is printed by many papers, each with its own small changes. In 400 pairs of such copies in Arabic papers,
five in six of the sentences that had 30 in a hundred of their telling stems in common with one of the other article had
60; of 14,000 sentences held against articles drawn by chance none had 30.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.evidence.shelf import Shelf
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import STOP_WORDS
from assistant.words.quantities import find_quantities
from index.day_words import MONTHS, WEEKDAYS
from index.text import tokens

if TYPE_CHECKING:
    from fractions import Fraction

    from index.followers.copy_index import CopyIndex
    from index.types import Article

SHINGLE = 5
"""Words side by side that are compared as one."""

SAME_STORY = 0.5
"""Share of the shorter article's shingles that another one holds which prints the same story."""

SAME_WORDS, SAME_WORDS_COPIED = 0.8, 0.6
"""Share of all telling stems of two sentences that both have where they say the same, and where their articles are
copies of one story."""


REPEATED = 0.9
"""Share of a sentence's telling stems that another one of its article has which says all of it, and perhaps more."""


class Wording(NamedTuple):
    """What a sentence is compared by: the stems of its telling words, those of them that name, and its numbers."""

    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[Fraction]


@lru_cache(maxsize=4096)
def wording_of(text: str) -> Wording:
    """Return what a sentence is compared by."""
    words = [word for word in tokens(text) if word.text not in STOP_WORDS]
    names = (
        word.stem
        for number, word in enumerate(words)
        if is_entity(word.text)
        or word.text in WEEKDAYS
        or word.text in MONTHS
        or (number and text[word.start].isupper())
    )
    numbers = (found.value for found in find_quantities(text))
    return Wording(frozenset(word.stem for word in words), frozenset(names), frozenset(numbers))


def say_the_same(one: Wording, other: Wording, share: float) -> bool:
    """Tell whether two sentences have that share of their stems in common, the same numbers, and no names at odds."""
    if one.numbers != other.numbers or (one.names - other.stems and other.names - one.stems):
        return False
    return len(one.stems & other.stems) >= share * len(one.stems | other.stems) > 0


def repeats(one: Wording, other: Wording) -> bool:
    """Tell whether one of two sentences of an article says all that the other one says, its numbers too."""
    short, long = sorted((one, other), key=lambda wording: len(wording.stems))
    return short.numbers <= long.numbers and len(short.stems & long.stems) >= REPEATED * len(short.stems) > 0


class Copies:
    """Tells which articles print one story; it keeps the shingles of those used last, and threads may share it.

    `known` are copies that were found before; what holds most of a much longer article, only comparing them tells.
    """

    def __init__(self, known: CopyIndex | None = None) -> None:
        self._known = known
        self._shingles = Shelf(_shingles)

    def same_words(self, one: tuple[Article, str], other: tuple[Article, str]) -> bool:
        """Tell whether two sentences, each with its article, say the same."""
        first, second = wording_of(one[1]), wording_of(other[1])
        if not say_the_same(first, second, SAME_WORDS_COPIED):
            return False
        return say_the_same(first, second, SAME_WORDS) or self.same_story(one[0], other[0])

    def same_story(self, one: Article, other: Article) -> bool:
        """Tell whether an article holds most of what another one says, word for word."""
        if self._known:
            clusters = self._known.clusters_of((one.id, other.id))
            if len(clusters) == 2 and len({*clusters.values()}) == 1:
                return True
        first, second = self._shingles.take(one), self._shingles.take(other)
        return len(first & second) >= SAME_STORY * min(len(first), len(second)) > 0


def _shingles(article: Article) -> frozenset[int]:
    words = [word.text for word in tokens(article.text)]
    return frozenset(hash(tuple(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1))
