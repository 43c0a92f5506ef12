"""Answers held back by their confidence: risk, coverage and calibration. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from eval.run import Row

BINS = 10


def sure_answers(rows: Sequence[Row]) -> tuple[list[float], list[bool]]:
    """The confidence of each answer that has one, and whether it is right."""
    sure = [(row.confidence, row.right) for row in rows if row.confidence is not None]
    return [confidence for confidence, _ in sure], [right for _, right in sure]


class RiskPoint(NamedTuple):
    """What comes of answering only where the confidence is at least `threshold`: the shares answered and wrong."""

    threshold: float
    coverage: float  # of all questions
    risk: float  # of those answered


class RiskCoverage(NamedTuple):
    """The points of a curve from the surest answer to all, and the area under it; both None and empty without one."""

    points: tuple[RiskPoint, ...]
    area: float | None


def risk_coverage(confidences: Sequence[float], right: Sequence[bool], questions: int) -> RiskCoverage:
    """The risk–coverage curve of a system that answered these of so many questions.

    Risk is the share of wrong ones among the answers at least as sure as a threshold, coverage their share of all
    questions (El-Yaniv and Wiener 2010). The area is the mean of the risks of the surest 1, 2 ... answers, the AURC of
    Geifman, Uziel and El-Yaniv 2019, *Bias-Reduced Uncertainty Estimation*; of answers equally sure the order is open,
    and its expectation is taken.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points: list[RiskPoint] = []
    answered, wrong, area = 0, 0.0, 0.0
    for threshold, group in groupby(ordered, key=lambda pair: pair[0]):
        verdicts = [verdict for _, verdict in group]
        missed = len(verdicts) - sum(verdicts)
        area += sum((wrong + missed * n / len(verdicts)) / (answered + n) for n in range(1, len(verdicts) + 1))
        answered, wrong = answered + len(verdicts), wrong + missed
        points.append(RiskPoint(threshold, answered / questions, wrong / answered))
    return RiskCoverage(tuple(points), area / answered if answered else None)


class Bin(NamedTuple):
    """The answers whose confidence is above `low`, and at most `high`: how many, how sure, and what share is right."""

    low: float
    high: float
    answers: int
    confidence: float
    accuracy: float


def calibration_bins(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """Answers by their confidence in [0, 1], in bins of one width; those without an answer are left out.

    A bin holds its upper end, the first one 0 too: a reliability diagram (Guo et al. 2017, *On Calibration of Modern
    Neural Networks*, section 2).
    """
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, verdict in zip(confidences, right, strict=True):
        place = next(n for n in range(bins) if confidence <= (n + 1) / bins or n == bins - 1)
        held[place].append((confidence, verdict))
    return tuple(
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            answers=len(some),
            confidence=sum(confidence for confidence, _ in some) / len(some),
            accuracy=sum(verdict for _, verdict in some) / len(some),
        )
        for place, some in enumerate(held)
        if some
    )


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of confidence and accuracy over the bins, each weighted by its answers, of which there are any.

    ``sum(|accuracy - confidence| * answers) / sum(answers)`` (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017).
    """
    total = sum(held.answers for held in bins)
    return sum(abs(held.accuracy - held.confidence) * held.answers for held in bins) / total
