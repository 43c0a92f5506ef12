"""Whether the speaker that a question names is the one that an article names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.lexicon import DELEGATES, ROLES_AR, ROLES_EN, folded, office_of
from assistant.names import name_similarity, same_spelling
from assistant.speech.mentions import name_part
from index.batches import batches
from index.text import detect_language, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.matching import Matcher
    from index.statement_index import Mentions

SAME_NAME = 0.8
"""Similarity of sound from which two spellings name one person."""

SAME_WORD = 0.6
"""Grade from which a word of an office or a country is the same in both languages."""

AT_ONCE = 4_096
"""Words that are compared with one at a time."""


class SpeakerMatcher:
    """Finds one speaker among those of several articles."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def select(self, speaker: str, named: Iterable[Mentions]) -> set[Mentions]:
        """Return which of several speakers, each as all forms in which one article names them, is the one meant.

        A person is told by the last word of their name, an office or a country by all of its words. Where an article
        gives the name of an office's holder, that person is taken in the other articles as well.
        """
        everyone = set(named)
        found = {mentions for mentions in self._likely(speaker, everyone) if self.is_same(speaker, mentions)}
        if _own_name(speaker):
            return found
        holders = {name for mentions in found for mention in mentions if (name := _last_name(mention))}
        bare = {mentions: set(map(_bare_name, mentions)) - {""} for mentions in everyone}
        # Each name is compared once, whoever has it.
        meant = {name for name in set().union(*bare.values()) if any(_alike(name, holder) for holder in holders)}
        return found | {mentions for mentions, names in bare.items() if not meant.isdisjoint(names)}

    def _likely(self, speaker: str, everyone: set[Mentions]) -> Iterable[Mentions]:
        """Leave out those whose words rule them out: each word is compared once, whoever has it."""
        name, asked = _own_name(speaker)[-1:], _telling(speaker)
        if not asked and not name:
            return everyone
        having: dict[str, list[Mentions]] = {}
        for mentions in everyone:
            for word in frozenset().union(*map(_words, mentions)):
                having.setdefault(word, []).append(mentions)
        told = (name if name and name[0] in asked else asked[:1]) or name
        chosen = {word for word in having if name and _alike(name[0], word)}
        for some in batches(having, AT_ONCE):
            grades = self._matcher.grades(told, some, {*told, *some} - ROLES_EN)[0]
            chosen.update(word for word, grade in zip(some, grades.tolist(), strict=True) if grade >= SAME_WORD)
        return {mentions for word in chosen for mentions in having[word]}

    def is_same(self, speaker: str, mentions: Iterable[str]) -> bool:
        """Tell whether one of the mentions names the speaker."""
        mentions = list(mentions)
        offices = _offices(speaker)
        known = frozenset().union(*map(_offices, mentions))
        if offices & DELEGATES and not offices & DELEGATES <= known:
            return False
        if name := _own_name(speaker):
            given = [name_part(mention) for mention in mentions]
            # A single word may be a first name: Recep for Recep Tayyip Erdogan.
            compared = [word for words in given for word in (words if len(name) == 1 else words[-1:])]
            if any(_alike(name[-1], word) for word in compared):
                return True
        if offices and (not offices <= known or known & DELEGATES - offices):
            return False
        return any(self._all_said(speaker, mention) for mention in mentions)

    def _all_said(self, speaker: str, mention: str) -> bool:
        asked = _telling(speaker)
        given = [token.text for token in tokens(mention)]
        if not asked:
            return True
        names = {word for word in (*asked, *given) if word not in ROLES_EN}
        # Within one script a name is told by its letters: the vectors of two surnames may be close.
        least = 1.0 if detect_language(speaker) == detect_language(mention) else SAME_WORD
        return bool(np.all(self._matcher.grades(asked, given, names, by_meaning=least < 1.0).max(axis=1) >= least))


_GLUE = folded("the a an of for to in and mr mrs ms dr باسم")
"""Words that join those of an office and tell none from another."""


def _telling(speaker: str) -> list[str]:
    """Return the words of a speaker's name that are no office and tell it from others."""
    return [token.text for token in tokens(speaker) if token.text not in _GLUE and not office_of(token.text)]


@lru_cache(1 << 17)
def _words(mention: str) -> frozenset[str]:
    return frozenset(token.text for token in tokens(mention))


def _own_name(speaker: str) -> list[str]:
    return [word for word in name_part(speaker) if word not in ROLES_AR and word not in ROLES_EN]


def _offices(mention: str) -> frozenset[str]:
    return frozenset(office for token in tokens(mention) if (office := office_of(token.text)))


def _alike(first: str, second: str) -> bool:
    if detect_language(first) == detect_language(second):
        return first == second or same_spelling(first, second)
    return name_similarity(first, second) >= SAME_NAME


@lru_cache(1 << 17)
def _last_name(mention: str) -> str:
    """Return the last word of a person's own name, "" where the mention has none."""
    return (name_part(mention) or [""])[-1]


@lru_cache(1 << 17)
def _bare_name(mention: str) -> str:
    """Return the last word of a name that is mentioned without an office."""
    return "" if _offices(mention) else _last_name(mention)
