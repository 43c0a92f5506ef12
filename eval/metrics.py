"""The measures of a report, over runs of text: pure.

A run is relevant when it overlaps a gold run of the same article by at least one code point. Offsets are exact by
construction, and citations are whole sentences, so that a stricter share of overlap would measure how sentences are
cut rather than whether the right one was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import numpy as np


class Run(NamedTuple):
    """Code points ``[start, end)`` of the article with this id."""

    article: str
    start: int
    end: int


SAME = 0.5
"""Intersection over union of characters from which a run is the one that was labelled."""

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


def article_ranks(ranked: Sequence[Run], gold: Sequence[Run]) -> Ranks:
    """For each gold run the rank of its article among distinct ones, each at the place of its first passage."""
    places = {article: rank for rank, article in enumerate(dict.fromkeys(run.article for run in ranked), start=1)}
    return tuple(places.get(wanted.article) for wanted in gold)


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


def _things(found: Ranks, grades: Sequence[float] | None) -> tuple[dict[int, float], list[float]]:
    """The grades of the things to find, by rank, and of those not found.

    Gold runs that the same passage is the first to reach are one thing, of the highest of their grades: a ranking has
    one place for them.
    """
    ranked: dict[int, float] = {}
    missed: list[float] = []
    for rank, grade in zip(found, grades or [1.0] * len(found), strict=True):
        if rank is None:
            missed.append(grade)
        else:
            ranked[rank] = max(grade, ranked.get(rank, 0.0))
    return ranked, missed


def average_precision(found: Ranks) -> float:
    """The mean, over the relevant things, of the precision at the rank of each; 0 for one that was not found.

    ``sum(i / rank_i) / things``, where rank_i is the rank of the i-th that was found. Its mean over the questions is
    MAP: Manning, Raghavan and Schütze 2008, section 8.4.
    """
    ranked, missed = _things(found, None)
    return sum(place / rank for place, rank in enumerate(sorted(ranked), start=1)) / (len(ranked) + len(missed))


def ndcg_at_k(found: Ranks, k: int, grades: Sequence[float] | None = None) -> float:
    """Normalized discounted cumulative gain: that of the first k passages, over that of the best order of all.

    ``DCG = sum(grade / log2(rank + 1))``, as trec_eval has it (Järvelin and Kekäläinen 2002, with the grade itself as
    the gain). Without `grades`, which are above 0, each gold run counts 1.
    """
    ranked, missed = _things(found, grades)
    best = sorted([*ranked.values(), *missed], reverse=True)[:k]
    gained = sum(grade / log2(rank + 1) for rank, grade in ranked.items() if rank <= k)
    return gained / sum(grade / log2(rank + 1) for rank, grade in enumerate(best, start=1))


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


def intersection_over_union(one: Run, other: Run) -> float:
    """The share of what two runs cover that both cover: 0 where they are apart, 1 where they are the same."""
    if not overlap(one, other):
        return 0.0
    return (min(one.end, other.end) - max(one.start, other.start)) / (
        max(one.end, other.end) - min(one.start, other.start)
    )


def match(found: Sequence[Run], labelled: Sequence[Run]) -> dict[int, int]:
    """Pair runs that are the same but for their ends: the place in `labelled` of each in `found` that has one.

    Each is taken once, those that cover each other most first, from an intersection over union of `SAME` on.
    """
    shares = sorted(
        (intersection_over_union(one, other), first, second)
        for first, one in enumerate(found)
        for second, other in enumerate(labelled)
    )
    pairs: dict[int, int] = {}
    for share, first, second in reversed(shares):
        if share >= SAME and first not in pairs and second not in pairs.values():
            pairs[first] = second
    return pairs


def f1(right: int, found: int, labelled: int) -> float:
    """The harmonic mean of precision and recall, ``2 right / (found + labelled)``; 0 where nothing is either."""
    return 2 * right / max(found + labelled, 1)


def statement_f1(cited: Sequence[Run], gold: Sequence[Run]) -> float:
    """The F1 of the statements that an answer cites, held against the gold ones by `match`."""
    return f1(len(match(cited, gold)), len(cited), len(gold))


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean of at least one value."""
    return sum(values) / len(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent of at least one value lie.

    Interpolates between the two nearest ranks: Hyndman and Fan 1996, *Sample Quantiles*, definition 7.
    """
    return float(np.percentile(values, percent))
