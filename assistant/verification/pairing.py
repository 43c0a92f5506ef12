"""A sentence and its evidence as one run of words, each with what is known of it beside the other side: pure numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.verification.measures import spread
from assistant.verification.polarity import HEDGES, is_negative, is_negator, sides

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from assistant.verification.alignment import Alignment
    from assistant.verification.binding import Binding
    from assistant.verification.content import Content
    from index.dates import FoundDate
    from index.types import Vectors

FEATURES = 26
"""Numbers that are known of each word besides its vector."""

NEIGHBOURS, REACH = 4, 4
"""Words around one that tell its surroundings, and how far from a word of the other side they are looked for."""

SAID, HELD = 0.8, 0.4
"""Grades from which a word is the same one, and from which it may be."""

LONGEST = 60, 160
"""Words of a sentence and of its evidence that are read; what follows is left out."""

FAR = 10.0
"""Words by which two places are far apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """The words of a sentence, then those of its evidence.

    `vectors` are unit rows of shape (words, dimensions), `features` have shape (words, FEATURES). `grades` and
    `contexts`, of shape (words of the sentence, words of the evidence), tell how well two words, and what stands around
    them, say the same; `clause` is the number of each word's clause.
    """

    vectors: Vectors
    features: Vectors
    grades: Vectors
    contexts: Vectors
    clause: NDArray[np.intp]


def pair(aligned: Alignment, binding: Binding, missing: Collection[FoundDate], vectors: Vectors) -> Pairing:
    """Put the two sides into one run; `vectors` are those of all words of both, `missing` the dates not given."""
    asked, given = aligned.asked, aligned.given
    count, others = min(len(asked.words), LONGEST[0]), min(len(given.words), LONGEST[1])
    grades = aligned.grades[:count, :others]
    turned = np.ascontiguousarray(grades.T)
    contexts = _contexts(grades, aligned.telling[:count])
    back = _contexts(turned, aligned.told_telling[:others])
    missing_places = {place for day in missing for place in asked.places(day.start, day.end)}
    numbers = {place: binding.is_given(one) for one in asked.numbers for place in asked.places(one.start, one.end)}
    held = {
        place: any(binding.is_same(one, other) for one in asked.numbers)
        for other in given.numbers
        for place in given.places(other.start, other.end)
    }
    lacking = set(binding.missing_names())
    mine = _side(asked, given, grades, contexts, numbers, missing_places, lacking, 1.0)
    theirs = _side(given, asked, turned, back, held, set(), set(), 0.0)
    mine[:, 21], theirs[:, 21] = aligned.tells[:count], aligned.told[:others]
    mine[:, 22], theirs[:, 22] = aligned.telling[:count] > 0, aligned.told_telling[:others] > 0
    mine[:, 23] = aligned.speaking[:count]
    kept = np.r_[0:count, len(asked.words) : len(asked.words) + others]
    return Pairing(
        vectors[kept], np.concatenate([mine, theirs]), grades, contexts,
        np.concatenate([asked.clause[:count], given.clause[:others]]),
    )  # fmt: skip


def _contexts(grades: Vectors, telling: NDArray[np.float64]) -> Vectors:
    """Return how well what stands around each row's word is said around each column's."""
    places = np.arange(len(grades))
    apart = np.abs(places[:, None] - places)
    band = ((apart <= NEIGHBOURS) & (apart > 0)) * telling
    contexts: Vectors = (band @ spread(grades, REACH) / np.maximum(band.sum(axis=1, keepdims=True), 1e-6)).astype(np.float32)
    return contexts


def _side(
    own: Content,
    other: Content,
    grades: Vectors,
    contexts: Vectors,
    numbers: dict[int, bool],
    missing: set[int],
    lacking: set[int],
    side: float,
) -> Vectors:
    count, others = grades.shape
    found = np.zeros((count, FEATURES), np.float32)
    best = grades.max(axis=1)
    fits = np.where(grades >= HELD, grades + contexts, -1.0)
    partner = np.where(best >= HELD, fits.argmax(axis=1), grades.argmax(axis=1))
    rows = np.arange(count)
    near = np.where(grades >= SAID, contexts, -1.0).max(axis=1)
    found[:, 0] = side
    found[:, 1], found[:, 2] = best, grades[rows, partner]
    found[:, 3], found[:, 4] = contexts[rows, partner], contexts.max(axis=1)
    found[:, 5] = np.where(near >= 0, contexts.max(axis=1) - near, 0.0)
    for place, is_given in numbers.items():
        if place < count:
            found[place, 6], found[place, 7] = 1.0, float(is_given)
    dated = [place for day in own.dates for place in own.places(day.start, day.end) if place < count]
    found[dated, 8] = 1.0
    found[[place for place in missing if place < count], 9] = 1.0
    names = [place for place in range(count) if own.is_name(place)]
    found[names, 10] = 1.0
    found[[place for place in lacking if place < count], 11] = 1.0
    signs = own.sign[:count].astype(np.float32)
    found[:, 12] = signs < 0
    found[:, 13] = np.where(best >= HELD, signs * other.sign[:others][partner] < 0, 0.0)
    texts = [word.text for word in own.words[:count]]
    found[:, 14] = [is_negator(text) for text in texts]
    found[:, 15] = [is_negative(text) for text in texts]
    found[:, 16] = [text in HEDGES for text in texts]
    found[:, 17] = _opposed(texts, own.sign, other, contexts)
    found[:, 18] = rows / max(count - 1, 1)
    found[:, 19] = partner / max(others - 1, 1)
    found[1:, 20] = np.clip((partner[1:] - partner[:-1]) / FAR, -1.0, 1.0)
    found[:, 24] = np.minimum(own.clause[:count], 5) / 5.0
    found[:, 25] = count / 50.0
    return found


def _opposed(texts: Sequence[str], sign: NDArray[np.int8], other: Content, contexts: Vectors) -> list[float]:
    """Return for each word how well its surroundings fit those of a word that says the opposite, less the same."""
    held: dict[int, list[tuple[int, int]]] = {}
    for place, word in enumerate(other.words[: contexts.shape[1]]):
        for group, value in sides(word.text).items():
            held.setdefault(group, []).append((value * int(other.sign[place]), place))
    found = []
    for place, text in enumerate(texts):
        worst = 0.0
        for group, value in sides(text).items():
            meant = value * int(sign[place])
            fits = [(theirs == meant, contexts[place, at]) for theirs, at in held.get(group, [])]
            against = max((float(fit) for same, fit in fits if not same), default=0.0)
            worst = max(worst, against - max((float(fit) for same, fit in fits if same), default=0.0))
        found.append(worst)
    return found
