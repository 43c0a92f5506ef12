"""A sentence beside its evidence: how well each word of the one is said by each of the other, and by which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.speech.particles_ar import ATTRIBUTION_AR
from assistant.speech.reporting_ar import SAY_AR, SAYING_AR
from assistant.speech.reporting_en import SAY_EN, SAYING_EN
from assistant.verification.measures import places_beside, spread
from assistant.verification.polarity import is_negator
from assistant.words.bodies import find_bodies
from assistant.words.letters_ar import find_spelt
from assistant.words.lexicon import STOP_WORDS, folded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.verification.content import Content
    from assistant.words.matching import Matcher
    from index.types import Vectors

LENIENT = 0.05, 0.45
"""Cosines that grades of 0 and 1 stand for here: a paraphrase is farther from its source than a question's word."""

ALIGNED, WINDOW = 0.4, 5
"""Grade from which two words may say the same, and words around the one that must be said around the other."""

LETTERS = 6
"""First letters that a name is shortened to, at most."""

_SHORT = re.compile(rf"[A-Z](?:\.?[A-Z]){{1,{LETTERS - 1}}}\.?")
"""How a name of first letters is written: SEC, N.Z."""

_SAYING = frozenset(SAY_AR) | frozenset(SAY_EN) | frozenset(SAYING_AR) | frozenset(SAYING_EN)

_FRAME = (
    _SAYING | frozenset(ATTRIBUTION_AR)
    | folded("according added statement remarks comments country بلاده تصريح تصريحات بيان يوم")
)  # fmt: skip
"""Words that tell who says something, which is compared by itself."""


class Alignment:
    """The words of a sentence and those of its evidence, each compared with each.

    `grades` has a row a word of the sentence and a column a word of the evidence; `tells` and `told` are what the words
    of each count; `telling` is `tells` without those that only frame; `counted` are the places of numbers and dates.
    `title` stands beside the evidence, and `titled` is how well it says each word of the sentence.
    """

    def __init__(self, asked: Content, given: Content, matcher: Matcher, title: Content) -> None:
        self.asked, self.given, self.title = asked, given, title
        words, others = [word.text for word in asked.words], [word.text for word in given.words]
        self.grades = matcher.grades(words, others, asked.capitals | given.capitals, cosines=LENIENT)
        for places, others_places in [*_same_bodies(words, others), *_short_forms(asked, given)]:
            self.grades[np.ix_(places, others_places)] = 1.0
        beside = [word.text for word in title.words]
        by_title = matcher.grades(words, beside, asked.capitals | title.capitals, cosines=LENIENT)
        for places, others_places in [*_same_bodies(words, beside), *_short_forms(asked, title)]:
            by_title[np.ix_(places, others_places)] = 1.0
        self.titled = by_title.max(axis=1, initial=0.0)
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


_Places = tuple[Sequence[int], Sequence[int]]


def _same_bodies(words: Sequence[str], others: Sequence[str]) -> Iterator[_Places]:
    """Yield the places of the bodies that both sides name, on each side: the IMF, صندوق النقد الدولي."""
    named = list(find_bodies(others))
    for body, places in find_bodies(words):
        yield from ((places, others_places) for other, others_places in named if other == body)


def _short_forms(asked: Content, given: Content) -> Iterator[_Places]:
    """Yield the places of a name on one side, and on the other of the letters that its words begin with: the SEC.

    They may also be spelt by their Arabic names: «آر تي بي إف», RTBF.
    """
    for spelt, letters in find_spelt([word.text for word in asked.words]):
        yield from ((spelt, [place]) for place, short in _shorts(given) if letters.fullmatch(short))
    for spelt, letters in find_spelt([word.text for word in given.words]):
        yield from (([place], spelt) for place, short in _shorts(asked) if letters.fullmatch(short))
    for places, first in _letters(given):
        yield from (([place], places) for place, short in _shorts(asked) if short == first)
    for places, first in _letters(asked):
        yield from ((places, [place]) for place, short in _shorts(given) if short == first)


def _shorts(content: Content) -> Iterator[tuple[int, str]]:
    for place, word in enumerate(content.words):
        if _SHORT.fullmatch(content.text[word.start : word.end]):
            yield place, word.text


def _letters(content: Content) -> Iterator[tuple[list[int], str]]:
    """Yield each run of words with capitals, small words between them left out, and the letters they begin with."""
    run: list[int] = []
    for place, word in enumerate(content.words):
        if content.text[word.start].isupper():
            run.append(place)
        elif run and word.text not in STOP_WORDS:
            run = []
        if run and place == run[-1]:
            for first in range(max(0, len(run) - LETTERS), len(run) - 1):
                yield run[first:], "".join(content.words[at].text[0] for at in run[first:])


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


def says(word: str) -> bool:
    """Tell whether a folded word is a verb of saying."""
    return word in _SAYING or word.removeprefix("و") in _SAYING


def _framing(words: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([_frames(word) for word in words], np.bool_)


def _frames(word: str) -> bool:
    """Tell whether a folded word carries nothing that could be said: it joins, negates, or tells who speaks."""
    return word in STOP_WORDS or word in _FRAME or word.removeprefix("و") in _FRAME or is_negator(word)
