"""What became of a question, as one of a few words: pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from eval.metrics import overlap

if TYPE_CHECKING:
    from eval.run import Excerpt, Row

FOUND = 10
"""The passages among which evidence counts as retrieved."""

CITED = 3
"""The citations among which evidence counts as chosen."""


class Outcome(StrEnum):
    """The first thing that went wrong on the way from a question to its evidence, the gravest first; or nothing."""

    ERROR = "error"
    ANSWERED_UNANSWERABLE = "answered_unanswerable"
    DECLINED_WRONGLY = "declined_wrongly"
    NOT_RETRIEVED = "not_retrieved"
    NOT_CHOSEN = "not_chosen"
    WRONG_RUN = "wrong_run"
    NOT_SUPPORTED = "not_supported"
    RIGHT = "right"


SAID = {
    Outcome.ERROR: "error",
    Outcome.ANSWERED_UNANSWERABLE: "answered, though no article answers it",
    Outcome.DECLINED_WRONGLY: "declined, though an article answers it",
    Outcome.NOT_RETRIEVED: "the evidence was not retrieved",
    Outcome.NOT_CHOSEN: "the evidence was retrieved, and not chosen",
    Outcome.WRONG_RUN: "the right article was chosen, and the wrong run of it",
    Outcome.NOT_SUPPORTED: "the evidence is cited, and a sentence says what its citations do not",
    Outcome.RIGHT: "right",
}


def outcome(row: Row) -> Outcome:
    """Return what became of a question.

    It is right where an unanswerable question is declined, and where one of the first three citations of an answer is
    evidence and, by our verifier, every sentence is supported by its citations. Otherwise, from the beginning of the
    way: no passage with evidence is among the first ten; the question is declined all the same; nothing is cited from
    an article that holds evidence; or something is, but no evidence.
    """
    if row.error is not None:
        return Outcome.ERROR
    if row.unanswerable:
        return Outcome.RIGHT if row.declined else Outcome.ANSWERED_UNANSWERABLE
    if row.asked and any(meets(run, row.gold) for run in row.evidence[:CITED]):
        return Outcome.RIGHT if all(row.judged.get("verifier", ())) else Outcome.NOT_SUPPORTED
    if row.retrieved and not any(rank is not None and rank <= FOUND for rank in row.retrieved):
        return Outcome.NOT_RETRIEVED
    if not row.asked:
        return Outcome.RIGHT
    if row.declined:
        return Outcome.DECLINED_WRONGLY
    articles = {run.article for run in row.gold}
    return Outcome.WRONG_RUN if any(run.article in articles for run in row.evidence) else Outcome.NOT_CHOSEN


def meets(excerpt: Excerpt, others: Sequence[Excerpt]) -> bool:
    """Whether a run overlaps one of the others."""
    return any(overlap(excerpt.run, other.run) for other in others)
