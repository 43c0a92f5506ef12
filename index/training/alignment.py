"""Word translations learnt from parallel rows by IBM model 1, in both directions."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

Numbers = NDArray[np.int64]

MOST_CELLS = 40_000_000  # word by word of a row; 48 bytes each at the peak
ITERATIONS = 5
NULL = 0.02  # the probability that a word owes itself to no word of the other side
LEAST_JOINT = 0.01  # the product of both probabilities
LEAST_COUNT = 0.3  # how often one word explained the other


class WordPair(NamedTuple):
    """An English and an Arabic word that explain each other.

    `english_given_arabic` and `arabic_given_english` are the model's probabilities; `times` is how many rows' worth of
    the one word the other explained, the smaller of the two directions.
    """

    english: str
    arabic: str
    english_given_arabic: float
    arabic_given_english: float
    times: float


class _Rows(NamedTuple):
    """One side of every row: distinct words, numbered, end to end."""

    vocabulary: list[str]
    ids: Numbers
    lengths: Numbers


class _Cells(NamedTuple):
    """Every word of a row beside every word of its other side, rows in order, the English word changing more slowly.

    `pair` is the place of a cell's two words in `english` and `arabic`; `english_place` and `arabic_place` are the
    words' places in their texts.
    """

    pair: NDArray[np.int32]
    english_place: NDArray[np.int32]
    arabic_place: NDArray[np.int32]
    english: Numbers
    arabic: Numbers


def align(rows: Sequence[tuple[Sequence[str], Sequence[str]]], iterations: int = ITERATIONS) -> list[WordPair]:
    """Learn which words translate each other from rows of (English words, Arabic words).

    This is model 1 of Brown et al. 1993 (https://aclanthology.org/J93-2003/), over the distinct words of a row: each
    word of one side is explained by some word of the other, all being alike likely at first, and expectation
    maximization settles which. It runs in both directions, and a pair is kept where both agree.

    The shortest rows come first, until MOST_CELLS bounds the memory: they tell the most, a cell for a cell.
    """
    costs = np.array([len(set(english)) * len(set(arabic)) for english, arabic in rows], np.int64)
    order = np.argsort(costs, kind="stable")
    taken = np.sort(order[(np.cumsum(costs[order]) <= MOST_CELLS) & (costs[order] > 0)])
    if not len(taken):
        return []
    english, arabic = (_number([rows[place][side] for place in taken]) for side in (0, 1))
    cells = _lay_out(english, arabic)
    logger.info(
        "aligning %d rows of %d: %d cells, %d pairs of words",
        len(taken),
        len(rows),
        len(cells.pair),
        len(cells.english),
    )
    to_english, english_counts = _learn(cells.pair, cells.english_place, cells.arabic, iterations)
    to_arabic, arabic_counts = _learn(cells.pair, cells.arabic_place, cells.english, iterations)
    counts = np.minimum(english_counts, arabic_counts)
    return [
        WordPair(
            english.vocabulary[cells.english[at]],
            arabic.vocabulary[cells.arabic[at]],
            float(to_english[at]),
            float(to_arabic[at]),
            float(counts[at]),
        )
        for at in np.flatnonzero((to_english * to_arabic > LEAST_JOINT) & (counts > LEAST_COUNT))
    ]


def _number(texts: Sequence[Sequence[str]]) -> _Rows:
    numbers: dict[str, int] = {}
    distinct = [[numbers.setdefault(word, len(numbers)) for word in dict.fromkeys(words)] for words in texts]
    lengths = np.array([len(words) for words in distinct], np.int64)
    ids = np.fromiter((number for words in distinct for number in words), np.int64, int(lengths.sum()))
    return _Rows(list(numbers), ids, lengths)


def _lay_out(english: _Rows, arabic: _Rows) -> _Cells:
    # An English word has a cell for each word of its row's other side.
    widths = np.repeat(arabic.lengths, english.lengths)
    english_place = np.repeat(np.arange(len(english.ids), dtype=np.int32), widths)
    first_cells = np.cumsum(widths) - widths
    first_arabic = np.repeat(np.cumsum(arabic.lengths) - arabic.lengths, english.lengths)
    arabic_place = np.arange(len(english_place), dtype=np.int32) + np.repeat(
        (first_arabic - first_cells).astype(np.int32), widths
    )
    keys = english.ids[english_place] * len(arabic.vocabulary) + arabic.ids[arabic_place]
    pairs, pair = np.unique(keys, return_inverse=True)
    return _Cells(
        pair.astype(np.int32),
        english_place,
        arabic_place,
        pairs // len(arabic.vocabulary),
        pairs % len(arabic.vocabulary),
    )


def _learn(
    pair: NDArray[np.int32], explained: NDArray[np.int32], explaining: Numbers, iterations: int
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return each pair's probability, of the explained word given the explaining one, and its expected count.

    `explained` is the place of each cell's explained word, `explaining` the number of each pair's explaining word.
    """
    probability = np.ones(len(explaining), np.float32)
    count: NDArray[np.float64] = np.zeros(len(explaining))
    for iteration in range(iterations):
        each = probability[pair]
        total: NDArray[np.float64] = np.bincount(explained, each).astype(np.float64)
        # At first nothing is known, and a null word would take the same part of everything.
        total += NULL if iteration else 0
        each /= total.astype(np.float32)[explained]
        count = np.bincount(pair, each, len(explaining)).astype(np.float64)
        probability = (count / np.maximum(np.bincount(explaining, count)[explaining], 1e-9)).astype(np.float32)
    return probability, count
