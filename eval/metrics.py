"""The measures of a report, as pure functions over runs of text.

A run is relevant when it overlaps a gold run of the same article by at least one code point. Offsets are exact by
construction, and citations are whole sentences, so that a stricter share of overlap would measure how sentences are
cut rather than whether the right one was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Run(NamedTuple):
    """Code points ``[start, end)`` of the article with this id."""

    article: str
    start: int
    end: int


Ranks = tuple[int | None, ...]
"""Where each gold run was found; see `ranks`."""


def overlap(one: Run, other: Run) -> bool:
    """Whether two runs share a code point of one article."""
    return one.article == other.article and max(one.start, other.start) < min(one.end, other.end)


def _touched(runs: Sequence[Run], others: Sequence[Run]) -> int:
    """How many of the runs overlap any of the others."""
    return sum(any(overlap(run, other) for other in others) for run in runs)


def ranks(ranked: Sequence[Run], gold: Sequence[Run]) -> Ranks:
    """For each gold run the rank, from 1, of the first passage that overlaps it; None where none does."""
    return tuple(
        next((rank for rank, run in enumerate(ranked, start=1) if overlap(run, wanted)), None) for wanted in gold
    )


def recall_at_k(found: Ranks, k: int, *, capped: bool = True) -> float:
    """Recall at k: the share of the gold runs that the first k passages overlap.

    ``|{g : rank(g) <= k}| / |gold|`` (Manning, Raghavan and Schütze 2008, section 8.4). One passage cannot reach two
    gold runs that lie apart, so that recall@1 could not be 1 on a question with two: `capped`, the divisor is at most
    k and the quotient at most 1, which is "capped recall" in Thakur et al. 2021, *BEIR*, section 4. With one gold run,
    or with k of 1, that is success@k, the R@1 of other tables; with at most k gold runs the two are the same.
    """
    reached = sum(rank is not None and rank <= k for rank in found)
    return min(1.0, reached / min(k, len(found))) if capped else reached / len(found)


def reciprocal_rank(found: Ranks, k: int | None = None) -> float:
    """One over the rank of the first relevant passage, 0 if none is among the first k, or among all.

    Its mean over the questions is MRR: Voorhees 1999, *The TREC-8 Question Answering Track Report*, section 3.
    """
    first = min((rank for rank in found if rank is not None), default=None)
    return 0.0 if first is None or (k is not None and first > k) else 1 / first


def evidence_hit_at_k(cited: Sequence[Run], gold: Sequence[Run], k: int) -> float:
    """1 if one of the first k cited runs is relevant, else 0."""
    return float(_touched(cited[:k], gold) > 0)


def citation_precision(cited: Sequence[Run], gold: Sequence[Run]) -> float | None:
    """The share of cited runs that are relevant; None when nothing is cited.

    Set precision (Manning, Raghavan and Schütze 2008, section 8.3) with overlap in place of identity.
    """
    return _touched(cited, gold) / len(cited) if cited else None


def citation_recall(cited: Sequence[Run], gold: Sequence[Run]) -> float:
    """The share of gold runs that a cited run overlaps; set recall, as in `citation_precision`."""
    return _touched(gold, cited) / len(gold)


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean of at least one value."""
    return sum(values) / len(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent of at least one value lie.

    Interpolates between the two nearest ranks: Hyndman and Fan 1996, *Sample Quantiles*, definition 7.
    """
    return float(np.percentile(values, percent))


def paired_difference(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """The mean of ``after - before`` over pairs, and its standard error.

    The error is the differences' sample standard deviation over the root of their number; one pair has an error of 0.
    """
    differences = np.subtract(after, before, dtype=np.float64)
    error = differences.std(ddof=1) / np.sqrt(len(differences)) if len(differences) > 1 else 0.0
    return float(differences.mean()), float(error)
