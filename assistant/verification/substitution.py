"""Whether a sentence has another word where its evidence, telling the same, has one of its own. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.verification.measures import spread
from index.text import detect_language

if TYPE_CHECKING:
    from assistant.verification.alignment import Alignment

FOREIGN = 0.4
"""Grade below which a word is not said on the other side."""

BESIDE = 2
"""Telling words on each side of one that show where the evidence tells the same."""

GAP = 5
"""Words of the evidence between those that the neighbours are said by, at most."""

CLOSE, ALONE = 2, 0.6
"""The same where one neighbour alone is said, and how much less that shows."""

HELD = 0.8
"""Grade from which a neighbour is said."""


def substituted(aligned: Alignment) -> float:
    """Tell how likely a word of the sentence stands for another one of the evidence, 0 to 1.

    That is one which the evidence does not say, between neighbours that it says side by side, where it has there a word
    that the sentence does not say: «in Aden» for «in Sanaa».
    """
    if detect_language(aligned.asked.text) != detect_language(aligned.given.text):
        return 0.0  # a translation has words of its own
    telling = np.flatnonzero(aligned.telling).tolist()
    said = aligned.grades.max(axis=1)
    # A word of the evidence is said by those words of the sentence that it says best, not by any that are near it.
    claimed = np.where(aligned.grades >= said[:, None], aligned.grades, 0.0).max(axis=0)
    own = (claimed < FOREIGN) * aligned.told_telling
    own[list(aligned.given.counted)] = 0.0
    worst = 0.0
    for number, place in enumerate(telling):
        if said[place] >= FOREIGN or place in aligned.counted:
            continue
        sides = telling[max(0, number - BESIDE) : number][::-1], telling[number + 1 : number + 1 + BESIDE]
        nearest = (next((near for near in side if said[near] >= HELD), None) for side in sides)
        held = [near for near in nearest if near is not None]
        if held:
            # Both neighbours enclose the place; one alone must stand close to it.
            reach, trust = (GAP, 1.0) if len(held) == len(sides) else (CLOSE, ALONE)
            fits = spread(aligned.grades[held], reach).mean(axis=0)
            worst = max(worst, trust * float((fits * own).max()) * float(aligned.telling[place]))
    return worst
