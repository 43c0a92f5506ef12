"""Reranking: late interaction, and the scale on which scores of different kinds add up. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.words import SMALLEST

Scores = NDArray[np.float32]


def late_interaction(weights: Scores, best: Scores) -> Scores:
    """Score passages by how well they hold each word of a question, shape (len(best),).

    A question word scores its best match in the passage, `best` of shape (passages, question words) (Khattab and
    Zaharia 2020, https://arxiv.org/abs/2004.12832), centred by that word's mean over the passages, so that a word which
    every passage holds says nothing. `weights` are what each question word counts, above 0.
    """
    if not len(weights) or not len(best):
        return np.zeros(len(best), np.float32)
    return np.asarray((best - best.mean(axis=0)) @ weights / weights.sum(), np.float32)


def standardized(scores: Scores) -> Scores:
    """Return z-scores: mean 0 and deviation 1, so that scores of different kinds add up; equal scores all become 0."""
    deviation = scores.std() if len(scores) else 0.0
    if deviation < SMALLEST:
        return np.zeros(len(scores), np.float32)
    return np.asarray((scores - scores.mean()) / deviation, np.float32)
