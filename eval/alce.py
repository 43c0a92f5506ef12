"""Citation recall and precision without gold: do the citations of each sentence support it, and is each needed? Pure.

As in ALCE: Gao et al. 2023, *Enabling Large Language Models to Generate Text with Citations*, section 3 and its code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Cited = TypeVar("Cited")

Judge = Callable[[str, Sequence[Cited]], bool]
"""Tells whether some citations, taken together, support a sentence; it is never asked about none."""


class Verdict(NamedTuple):
    """Whether its citations together support a sentence, how many of them count, and how many there are."""

    supported: bool
    counted: int
    citations: int


def judge_sentence(sentence: str, citations: Sequence[Cited], supports: Judge[Cited]) -> Verdict:
    """Judge one sentence.

    A citation counts where all together support the sentence, unless it is irrelevant: it alone does not support the
    sentence, while the others do without it. A sentence without citations is not supported.
    """
    if not citations or not supports(sentence, citations):
        return Verdict(supported=False, counted=0, citations=len(citations))
    if len(citations) == 1:
        return Verdict(supported=True, counted=1, citations=1)
    counted = sum(
        supports(sentence, [citation]) or not supports(sentence, [*citations[:place], *citations[place + 1 :]])
        for place, citation in enumerate(citations)
    )
    return Verdict(supported=True, counted=counted, citations=len(citations))


def alce_recall(verdicts: Sequence[Verdict]) -> float:
    """The share of an answer's sentences, at least one, that their citations support."""
    return sum(verdict.supported for verdict in verdicts) / len(verdicts)


def alce_precision(verdicts: Sequence[Verdict]) -> float:
    """The share of an answer's citations that count; 0 where there are none."""
    return sum(verdict.counted for verdict in verdicts) / max(1, sum(verdict.citations for verdict in verdicts))


class Agreement(NamedTuple):
    """How far two judges agree: over so many sentences, on what share of them, and by Cohen's kappa.

    Kappa (Cohen 1960) is ``(share - chance) / (1 - chance)``, chance the share that two judges would agree on who say
    yes as often as these two, each by itself; None where both always say the same.
    """

    sentences: int
    share: float
    kappa: float | None


def agreement(one: Sequence[bool], other: Sequence[bool]) -> Agreement:
    """Compare two judges on the same sentences, at least one."""
    count = len(one)
    share = sum(first == second for first, second in zip(one, other, strict=True)) / count
    first, second = sum(one) / count, sum(other) / count
    chance = first * second + (1 - first) * (1 - second)
    return Agreement(count, share, (share - chance) / (1 - chance) if chance < 1 else None)
