"""Holds scores against earlier ones, question by question, and tells a change from chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from eval.metrics import mean
from eval.run import LOWER_IS_BETTER
from eval.scored import Scored
from eval.significance import permutation_test
from index.errors import QuestionSetError

if TYPE_CHECKING:
    from eval.run import Report

HEADLINE = (
    "recall@10",
    "mrr",
    "hit@1",
    "hit@3",
    "citation_precision",
    "citation_recall",
    "alce_recall",
    "alce_precision",
    "exact_match_folded",
    "f1_folded",
    "declined_rightly",
    "declined_wrongly",
    "verdict",
    "caught",
    "evidence",
    "exists",
    "understood",
    "statement_f1",
)
"""The measures whose drop is a regression."""

CHANCE = 0.05
"""The p-value below which a difference is no chance."""

DIGITS = 4
"""Digits of a score in a file; what differs in later ones is the same."""

ALL = "all"
"""The name of all sets together."""

_ROUNDING = 1e-9  # of sums of fractions, far below one question in any set


class Verdict(StrEnum):
    """What a difference is; it is noise where as large a one comes about by chance at least once in twenty times."""

    SAME = "same"
    NOISE = "noise"
    BETTER = "better"
    WORSE = "worse"
    REGRESSION = "regression"


Baseline = dict[tuple[str, str, str], dict[str, float]]
"""Earlier scores, by the keys of their questions."""


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One measure of a set before and after, over the questions that have it in both."""

    set: str
    metric: str
    questions: int
    before: float
    after: float
    difference: float  # of goodness: positive is better for every measure
    chance: float  # the p-value of the paired permutation test, two-sided

    @property
    def verdict(self) -> Verdict:
        """What the difference is."""
        if self.difference == 0:
            return Verdict.SAME
        if self.chance >= CHANCE:
            return Verdict.NOISE
        if self.difference > 0:
            return Verdict.BETTER
        return Verdict.REGRESSION if self.metric in HEADLINE else Verdict.WORSE

    @property
    def below_floor(self) -> bool:
        """Whether a headline measure of a set fell by more than one question, which another processor may cost."""
        fallen = -self.difference * self.questions
        return self.metric in HEADLINE and self.set != ALL and fallen > 1 + _ROUNDING


@dataclass(frozen=True, slots=True)
class RowChange:
    """One question whose scores differ: each measure that does, before and after."""

    row: Scored
    better: dict[str, tuple[float, float]]
    worse: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scores held against a baseline, question by question; those that only one of them has are left out.

    `rows` are the questions that changed, but for what is held back.
    """

    metrics: tuple[MetricChange, ...]
    rows: tuple[RowChange, ...]
    questions: int  # of this run
    uncompared: int  # questions of this run that the baseline has not, or has with other words

    @property
    def regression(self) -> bool:
        """Whether any headline measure regressed beyond noise."""
        return any(change.verdict is Verdict.REGRESSION for change in self.metrics)

    @property
    def below_floor(self) -> tuple[MetricChange, ...]:
        """The headline measures that fell by more than one question of their set."""
        return tuple(change for change in self.metrics if change.below_floor)


def scores_of(report: Report) -> list[Scored]:
    """Return the scores of every question and every labelled thing of a report."""
    return [Scored(row.set, row.id, row.question, row.scores) for row in report.rows] + list(report.labelled)


def compare(scored: Sequence[Scored], baseline: Baseline) -> Comparison:
    """What got better or worse since the baseline: by set and measure, and where there are several sets, over all.

    Raises:
        QuestionSetError: The two share no question.
    """
    pairs = [(baseline[one.key], one) for one in scored if one.key in baseline]
    if not pairs:
        raise QuestionSetError("the baseline shares no question with this run; compare runs of the same set")
    changes = [
        change
        for name in dict.fromkeys(one.set for _, one in pairs)
        for change in _metric_changes(name, [(old, new) for old, new in pairs if new.set == name])
    ]
    sets = Counter(change.metric for change in changes)
    over_all = [change for change in _metric_changes(ALL, pairs) if sets[change.metric] > 1]
    return Comparison(
        metrics=(*over_all, *changes),
        rows=tuple(
            change
            for change in (_row_change(old, new) for old, new in pairs if not new.held_back)
            if change.better or change.worse
        ),
        questions=len(scored),
        uncompared=len(scored) - len(pairs),
    )


def _metric_changes(name: str, pairs: Sequence[tuple[dict[str, float], Scored]]) -> Iterable[MetricChange]:
    for metric in dict.fromkeys(metric for _, new in pairs for metric in new.scores):
        both = [
            (round(old[metric], DIGITS), round(new.scores[metric], DIGITS))
            for old, new in pairs
            if metric in old.keys() & new.scores
        ]
        if not both:
            continue
        before, after = zip(*both, strict=True)
        difference = mean(after) - mean(before)
        yield MetricChange(
            set=name,
            metric=metric,
            questions=len(both),
            before=mean(before),
            after=mean(after),
            difference=0.0 if abs(difference) < _ROUNDING else _goodness(metric, difference),
            chance=permutation_test(before, after),
        )


def _goodness(metric: str, difference: float) -> float:
    return -difference if metric in LOWER_IS_BETTER else difference


def _row_change(old: dict[str, float], new: Scored) -> RowChange:
    change = RowChange(new, {}, {})
    for metric, after in new.scores.items():
        before = old.get(metric)
        if before is None or round(before - after, DIGITS) == 0:
            continue
        improved = (after < before) == (metric in LOWER_IS_BETTER)
        (change.better if improved else change.worse)[metric] = (before, after)
    return change
