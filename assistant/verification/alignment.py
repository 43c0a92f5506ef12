"""A sentence beside its evidence: how well each word of the one is said by each of the other, and by which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.speech.particles_ar import ATTRIBUTION_AR
from assistant.speech.reporting_ar import SAY_AR, SAYING_AR
from assistant.speech.reporting_en import SAY_EN, SAYING_EN
from assistant.verification.measures import places_beside, spread
from assistant.verification.polarity import is_negator
from assistant.words.lexicon import STOP_WORDS, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.verification.content import Content
    from assistant.words.matching import Matcher
    from index.types import Vectors

LENIENT = 0.05, 0.45
"""Cosines that grades of 0 and 1 stand for here: a paraphrase is farther from its source than a question's word."""

ALIGNED, WINDOW = 0.4, 5
"""Grade from which two words may say the same, and words around the one that must be said around the other."""

_FRAME = (
    frozenset(SAY_AR) | frozenset(SAY_EN) | frozenset(SAYING_AR) | frozenset(SAYING_EN) | frozenset(ATTRIBUTION_AR)
    | folded("according added statement remarks comments country بلاده تصريح تصريحات بيان يوم")
)  # fmt: skip
"""Words that tell who says something, which is compared by itself."""


class Alignment:
    """The words of a sentence and those of its evidence, each compared with each.

    `grades` has a row a word of the sentence and a column a word of the evidence; `tells` and `told` are what the words
    of each count; `telling` is `tells` without those that only frame; `counted` are the places of numbers and dates.
    """

    def __init__(self, asked: Content, given: Content, matcher: Matcher) -> None:
        self.asked, self.given = asked, given
        words, others = [word.text for word in asked.words], [word.text for word in given.words]
        self.grades = matcher.grades(words, others, asked.capitals | given.capitals, cosines=LENIENT)
        self.tells, self.told = matcher.weights(words).astype(float), matcher.weights(others).astype(float)
        self.framing = _framing(words)
        self.telling = np.where(self.framing, 0.0, self.tells)
        self.speaking = np.zeros(len(words), np.bool_)
        for said in asked.statements:
            for mention in said.mentions:
                at = asked.text.find(mention)
                self.speaking[asked.places(at, at + len(mention)) if at >= 0 else []] = True
        self.counted = asked.counted
        for place in self.counted:
            if words[place].isdecimal():
                self.grades[place] = [other == words[place] for other in others]
        self.partners = _partners(self.grades, self.telling, self.counted)
        self.told_telling = np.where(_framing(others), 0.0, self.told)


def _partners(grades: Vectors, telling: NDArray[np.float64], skipped: frozenset[int]) -> dict[int, int]:
    """Return the word of the other side that each telling word is said by, with what stands around it."""
    around = spread(grades, WINDOW - 1)
    partners = {}
    for place in np.flatnonzero(telling).tolist():
        row = grades[place]
        if place in skipped or row.max(initial=0.0) < ALIGNED:
            continue
        beside = places_beside(place, len(telling), WINDOW)
        weights = telling[beside]
        context = weights @ around[beside] / max(float(weights.sum()), 1e-6)
        partners[place] = int(np.argmax(np.where(row >= ALIGNED, row + context, -1.0)))
    return partners


def _framing(words: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([_frames(word) for word in words], np.bool_)


def _frames(word: str) -> bool:
    """Tell whether a folded word carries nothing that could be said: it joins, negates, or tells who speaks."""
    return word in STOP_WORDS or word in _FRAME or word.removeprefix("و") in _FRAME or is_negator(word)
