"""How far a figure is chance: intervals of means, and a test of paired differences. Pure: every draw has its seed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
LEVEL = 0.95
"""The share of resamples that an interval of a mean leaves within."""

_AT_ONCE = 1 << 22  # numbers drawn together, some 32 MB


def bootstrap_interval(values: Sequence[float], *, resamples: int = RESAMPLES, seed: int = 0) -> tuple[float, float]:
    """The percentile bootstrap interval of the mean of at least one value, at `LEVEL`.

    The means of `resamples` samples, each of as many values drawn with replacement, and of these means the percentiles
    2.5 and 97.5 (Efron and Tibshirani 1993, section 13.3). Of paired differences it is the interval of the mean
    difference, the paired bootstrap (Koehn 2004). How often each distinct value is drawn follows a multinomial
    distribution, so that it, and not each value, is drawn.
    """
    distinct, counts = np.unique(np.asarray(values, np.float64), return_counts=True)
    return _interval(tuple(distinct.tolist()), tuple(counts.tolist()), resamples, seed)


@lru_cache(4096)  # one report is written as a table, as JSON and as a page
def _interval(distinct: tuple[float, ...], counts: tuple[int, ...], resamples: int, seed: int) -> tuple[float, float]:
    if len(distinct) == 1:
        return distinct[0], distinct[0]
    generator = np.random.default_rng(seed)
    total = sum(counts)
    shares = np.asarray(counts) / total
    means: list[NDArray[np.float64]] = []
    step = max(1, _AT_ONCE // len(distinct))
    for start in range(0, resamples, step):
        drawn = generator.multinomial(total, shares, size=min(step, resamples - start))
        means.append(drawn @ np.asarray(distinct) / total)
    low, high = np.percentile(np.concatenate(means), [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)


def permutation_test(
    before: Sequence[float], after: Sequence[float], *, resamples: int = RESAMPLES, seed: int = 0
) -> float:
    """The two-sided p-value of the paired permutation test: is the mean difference of pairs no more than chance?

    The share of all ways of exchanging the two values of each pair that give a mean difference at least as far from 0
    (Fisher 1935, *The Design of Experiments*, section 21). Where there are more of them than `resamples`, so many are
    drawn, and ``(as far + 1) / (resamples + 1)`` is taken (Phipson and Smyth 2010). Without a difference it is 1.
    """
    differences = np.subtract(after, before, dtype=np.float64)
    differences = differences[differences != 0]
    if not len(differences):
        return 1.0
    observed = abs(differences.sum()) - 1e-9  # of sums in another order, far below one question in any set
    if 2 ** len(differences) <= resamples:
        signs = np.array(list(product((1, -1), repeat=len(differences))))
        return float(np.mean(abs(signs @ differences) >= observed))
    sizes, counts = np.unique(abs(differences), return_counts=True)
    generator = np.random.default_rng(seed)
    as_far = 0
    step = max(1, _AT_ONCE // len(sizes))
    for start in range(0, resamples, step):
        positive = generator.binomial(counts, 0.5, size=(min(step, resamples - start), len(sizes)))
        as_far += int(np.sum(abs((2 * positive - counts) @ sizes) >= observed))
    return (as_far + 1) / (resamples + 1)
