"""Whether a sentence says the opposite of what its evidence says of the same thing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.verification.polarity import denies_itself, without_denial
from assistant.words.opposites import sides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.verification.alignment import Alignment
    from assistant.verification.content import Content

NEAR_ASKED, NEAR_GIVEN, FAR_GIVEN = 4.0, 8.0, 5.0
"""Words from one of two opposites at which another word counts for a third: in the sentence, in the same clause of the
evidence, and in another one of that."""

SAME = 0.8
"""Grade from which a word of the sentence stands in the evidence itself."""


class Use(NamedTuple):
    """A word that has an opposite, and which of the two it says there."""

    place: int
    side: int


def opposition(aligned: Alignment) -> dict[str, float]:
    """Tell how well what stands around an opposite is said around a word of the sentence, and around the same one.

    `opposite` is by how much the opposite fits better, `contrary` how well it fits where the evidence does not say the
    same, and `concordant` how well the same fits, 0 to 1 each. A word of the evidence is held against that word of the
    sentence which it fits best.
    """
    asked, given = _uses(aligned.asked, aligned.given), _uses(aligned.given, aligned.asked)
    found = {"opposite": 0.0, "contrary": 0.0, "concordant": 0.0}
    for group in asked.keys() & given.keys():
        mine, theirs = asked[group], given[group]
        fits = _fits(aligned, mine, theirs)
        claimed = fits >= fits.max(axis=0, keepdims=True) - 1e-9
        for row, use in enumerate(mine):
            same = np.array([other.side == use.side for other in theirs])
            held = np.where(claimed[row], fits[row], 0.0)
            opposed, agreeing = float((held * ~same).max()), float((fits[row] * same).max())
            said = bool(
                (aligned.grades[use.place] >= SAME)[[other.place for other in theirs if other.side == use.side]].any()
            )
            found["opposite"] = max(found["opposite"], opposed - agreeing)
            found["concordant"] = max(found["concordant"], agreeing)
            if not same.any() and not said:
                found["contrary"] = max(found["contrary"], opposed)
    return found


def _uses(content: Content, other: Content) -> dict[int | str, list[Use]]:
    """Return the words of a text that have an opposite, by the pair that they belong to.

    That is also a word which only a prefix of denial parts from one of the other text: satisfactory, unsatisfactory.
    """
    found: dict[int | str, list[Use]] = {}
    parted = {bare for word in (*content.words, *other.words) if (bare := without_denial(word.text))}
    parted &= {word.text for word in (*content.words, *other.words)}
    for place, word in enumerate(content.words):
        for group, side in sides(word.text).items():
            found.setdefault(group, []).append(Use(place, side * int(content.sign[place])))
        bare = without_denial(word.text)
        if bare in parted or word.text in parted:
            side = int(content.sign[place]) * (-1 if bare and not denies_itself(word.text) else 1)
            found.setdefault(bare if bare in parted else word.text, []).append(Use(place, side))
    return found


def _fits(aligned: Alignment, mine: list[Use], theirs: list[Use]) -> NDArray[np.float64]:
    """Return how well what stands around each use in the sentence is said around each of the evidence."""
    asked, given = aligned.asked, aligned.given
    telling = aligned.telling.copy()
    telling[[use.place for use in mine]] = 0.0
    words, others = np.arange(len(asked.words)), np.arange(len(given.words))
    fits = np.zeros((len(mine), len(theirs)))
    for column, other in enumerate(theirs):
        width = np.where(given.clause == given.clause[other.place], NEAR_GIVEN, FAR_GIVEN)
        near = (aligned.grades * np.exp(-np.abs(others - other.place) / width)).max(axis=1)
        for row, use in enumerate(mine):
            weights = telling * np.exp(-np.abs(words - use.place) / NEAR_ASKED)
            fits[row, column] = float(weights @ near) / max(float(weights.sum()), 1e-6)
    return fits
