"""Sentences written about runs of news articles, each with the verdict on it: the fit of the verdict learns from them.

The sentences are committed, the articles are not: a run is named by file, record, `Article.id` and code points.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.types import Support
from assistant.verification.signals import Evidence
from eval.benchmarks.labels import Labelled, LabelledRecord, read_labelled
from eval.benchmarks.statements import find_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

CLAIMS = Path(__file__).parent.parent / "sets" / "training" / "claims.jsonl"

Judged = tuple[str, Evidence, Support]
"""A sentence, its evidence, and the verdict on it."""


class Claim(Labelled):
    """A sentence about a run, in either language, and what the run says of it.

    `change` is wherein the run says otherwise, `role` that two have changed places; None where it does not.
    """

    sentence: str
    label: Support
    change: Literal["number", "negation", "name", "role", "speaker", "date"] | None


class ClaimedRun(LabelledRecord):
    """A run of an article, code points ``[start, end)`` of its text, and the sentences about it."""

    start: int
    end: int
    claims: tuple[Claim, ...]


def read_claims(file: Path = CLAIMS) -> list[ClaimedRun]:
    """Read the runs and their sentences. Raises QuestionSetError where a line is none."""
    return read_labelled(file, ClaimedRun, "run with claims")


def judged_claims(runs: Sequence[ClaimedRun], archives: Path) -> list[Judged]:
    """Return every sentence with its evidence, from the files of a folder.

    Raises QuestionSetError where a file lacks an article, or holds another text under its name.
    """
    return [
        (claim.sentence, Evidence(article.text[run.start : run.end]), claim.label)
        for run, article in zip(runs, find_articles(runs, archives, archives), strict=True)
        for claim in run.claims
    ]
