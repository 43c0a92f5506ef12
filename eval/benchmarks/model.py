"""The embedding model alone, on public test sets: every text is one vector."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.sets import DIRECTIONS, LANGUAGES, Bitext, Similarity, TestSets
from index.types import Encoder

Figures = dict[str, dict[str, float]]
"""Figures by measure, then by direction, pair of languages or unit; shares and correlations are of one."""


def measure_model(encoder: Encoder, sets: TestSets) -> Figures:
    """Measure an encoder: figures by set and measure, then by direction or languages.

    NTREX, Tatoeba and TICO-19: the nearest neighbour in the other language is taken for a sentence's translation;
    accuracy and F1 of that. STS17: Spearman's correlation of cosines with people's scores. XQuAD: the share of
    questions whose nearest of the 240 paragraphs, each as one vector, is the one that they were written for.
    """
    figures: Figures = {}
    for name, bitext in sets.bitexts.items():
        nearest = _mine(encoder, bitext)
        figures[f"{name} F1"] = {direction: bitext_f1(found) for direction, found in nearest.items()}
        figures[f"{name} accuracy"] = {
            direction: _share(found, np.arange(len(found))) for direction, found in nearest.items()
        }
    figures["STS17"] = {languages: _correlate(encoder, pairs) for languages, pairs in sets.similarities.items()}
    questions = {language: encoder.encode_questions(sets.xquad[language].questions) for language in LANGUAGES}
    paragraphs = {language: encoder.encode_passages(sets.xquad[language].paragraphs) for language in LANGUAGES}
    figures["XQuAD R@1"] = {
        f"{asked}→{searched}": _share(
            (questions[asked] @ paragraphs[searched].T).argmax(axis=1), np.array(sets.xquad[asked].gold)
        )
        for asked, searched in DIRECTIONS
    }
    return figures


def _mine(encoder: Encoder, bitext: Bitext) -> dict[str, NDArray[np.int64]]:
    """Return by direction each sentence's nearest neighbour in the other language."""
    cosines = encoder.encode_passages(bitext["ar"]) @ encoder.encode_passages(bitext["en"]).T
    return {"ar→en": cosines.argmax(axis=1), "en→ar": cosines.argmax(axis=0)}


def bitext_f1(nearest: NDArray[np.int64]) -> float:
    """Return the F1 of bitext mining as MTEB counts it, given the neighbour found for each of n sentences.

    Sentence i should find i. MTEB (Muennighoff et al. 2023, https://arxiv.org/abs/2210.07316; its
    `BitextMiningEvaluator`) calls scikit-learn's `f1_score(average="weighted")`: every sentence of the other side is a
    class of one member, its F1 is 2·hits / (times found + 1), and the mean over the classes is taken. It is never above
    accuracy: a sentence that is also found wrongly counts 2/3, 1/2 ...
    """
    count = len(nearest)
    hits = nearest == np.arange(count)
    return float(np.mean(2 * hits / (np.bincount(nearest, minlength=count) + 1)))


def _correlate(encoder: Encoder, pairs: list[Similarity]) -> float:
    left = encoder.encode_passages([pair.left for pair in pairs])
    right = encoder.encode_passages([pair.right for pair in pairs])
    return spearman(np.sum(left * right, axis=1), np.array([pair.score for pair in pairs]))


def _share(found: NDArray[np.int64], gold: NDArray[np.int64]) -> float:
    return float((found == gold).mean())


def spearman(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Return Spearman's rank correlation of two lists of numbers; equal numbers share their mean rank.

    It is 0 where all numbers of a list are equal: a model that tells nothing apart agrees with nobody.
    """
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    ranks: NDArray[np.float64] = ends - (sizes - 1) / 2
    return ranks[group]
