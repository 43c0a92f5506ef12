"""Which of the sentences that were found answer a question, and how well each of them does.

A linear score of a sentence's features (`evidence.features`) is held against that of no answer, as one more choice of a
softmax over the sentences (Cao et al. 2007, https://doi.org/10.1145/1273496.1273513); `isnad bench answers --fit` fits
it to labelled questions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.candidates import Candidate
from assistant.evidence.features import FEATURES, describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence.features import Found
    from index.types import Vectors

WEIGHTS = Path(__file__).with_name("answering.json")
"""The weight of each feature, and the score of no answer; `isnad bench answers --fit` writes them."""

FEW = 100
"""Articles of an archive in which no answer has its least score; it grows with the logarithm of their number.

The best of many sentences that say something else comes nearer to a question than the best of a few.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Answering(Candidate):
    """A sentence that answers: `score` is the logarithm of its odds against no answer."""

    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The weights of the features, shape (features,), and the score of no answer in an archive of `FEW` articles.

    `tenfold` is what is added to it for every tenfold of them.
    """

    weights: Vectors
    nothing: float
    tenfold: float

    def score(self, features: Vectors, articles: int) -> Vectors:
        """Return the logarithms of the odds of sentences against no answer, shape (sentences,).

        `features`, shape (sentences, features), are theirs; `articles` the archive's number of them.
        """
        scores: Vectors = features @ self.weights - self.nothing - self.tenfold * tenfolds(articles)
        return scores


def tenfolds(articles: int) -> float:
    """Return how many times an archive of so many articles has ten times as many as `FEW`."""
    return log10(max(articles, FEW) / FEW)


@lru_cache(maxsize=1)
def ranking() -> Ranking:
    """Return the ranking that the program comes with."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = np.array([stored["features"][name] for name in FEATURES], np.float32)
    return Ranking(weights, stored["nothing"], stored["tenfold"])


def find_answering(found: Found, articles: int) -> Sequence[Answering]:
    """Return the sentences that answer better than none would, in an archive of so many articles; best first."""
    candidates, features = describe(found)
    scores = ranking().score(features, articles).tolist()
    answering = [
        Answering(one.covered, one.number, one.asked_for, one.tells_cause, score)
        for one, score in zip(candidates, scores, strict=True)
        if score > 0
    ]
    return sorted(answering, key=lambda one: -one.score)
