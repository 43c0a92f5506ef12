"""Holds a report against an earlier one, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics import mean, paired_difference
from eval.run import LOWER_IS_BETTER, METRICS, Report, Row
from index.errors import QuestionSetError

HEADLINE = (
    "recall@10",
    "mrr",
    "hit@1",
    "hit@3",
    "citation_precision",
    "citation_recall",
    "declined_rightly",
    "declined_wrongly",
)
"""The measures whose drop is a regression."""

_ROUNDING = 1e-9  # of sums of fractions, far below one question in any set


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One measure before and after, over the questions of both reports that have it in both."""

    metric: str
    questions: int
    before: float
    after: float
    difference: float  # of goodness: positive is better for every measure
    error: float  # standard error of the paired difference
    regression: bool


@dataclass(frozen=True, slots=True)
class RowChange:
    """One question whose scores differ: each measure that does, before and after."""

    row: Row
    better: dict[str, tuple[float, float]]
    worse: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report held against a baseline, question by question; those that only one of them has are left out."""

    metrics: tuple[MetricChange, ...]
    rows: tuple[RowChange, ...]
    questions: int  # of this report
    uncompared: int  # questions of this report that the baseline has not, or has with other words

    @property
    def regression(self) -> bool:
        """Whether any headline measure regressed."""
        return any(change.regression for change in self.metrics)


def compare(report: Report, baseline: Report) -> Comparison:
    """What got better or worse since the baseline.

    A headline measure regresses when its paired difference is below zero by more than one standard error. With one
    question flipped the two are equal, so that it takes a net loss of two questions, or of as much in fractions.

    Raises:
        QuestionSetError: The two share no question.
    """
    known = {(row.set, row.id, row.question): row for row in baseline.rows}
    pairs = [(known[key], row) for row in report.rows if (key := (row.set, row.id, row.question)) in known]
    if not pairs:
        raise QuestionSetError("the baseline shares no question with this run; compare runs of the same set")
    return Comparison(
        metrics=tuple(moved for metric in METRICS if (moved := _metric_change(metric, pairs))),
        rows=tuple(change for change in (_row_change(old, new) for old, new in pairs) if change.better or change.worse),
        questions=len(report.rows),
        uncompared=len(report.rows) - len(pairs),
    )


def _metric_change(metric: str, pairs: Sequence[tuple[Row, Row]]) -> MetricChange | None:
    both = [(old.scores[metric], new.scores[metric]) for old, new in pairs if metric in old.scores.keys() & new.scores]
    if not both:
        return None
    before, after = zip(*both, strict=True)
    difference, error = paired_difference(before, after)
    goodness = 0.0 - difference if metric in LOWER_IS_BETTER else difference
    return MetricChange(
        metric=metric,
        questions=len(both),
        before=mean(before),
        after=mean(after),
        difference=goodness,
        error=error,
        regression=metric in HEADLINE and goodness + error < -_ROUNDING,
    )


def _row_change(old: Row, new: Row) -> RowChange:
    change = RowChange(new, {}, {})
    for metric in METRICS:
        before, after = old.scores.get(metric), new.scores.get(metric)
        if before is None or after is None or before == after:
            continue
        improved = (after < before) == (metric in LOWER_IS_BETTER)
        (change.better if improved else change.worse)[metric] = (before, after)
    return change
