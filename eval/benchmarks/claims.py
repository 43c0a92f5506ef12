"""Sentences about runs of news articles, each with its verdict, to which that of the program is fitted and held.

The sentences are committed, the articles are not: a run is named by file, record, `Article.id` and code points.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from assistant.types import Support
from assistant.verification.signals import Evidence
from assistant.verification.verify import evidence_of
from eval.benchmarks.labels import Labelled, LabelledRecord, Split, read_labelled
from eval.benchmarks.statements import find_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.types import Citation
    from assistant.verification.verify import Verifier

SETS = Path(__file__).parent.parent / "sets"
CLAIMS = SETS / "training" / "claims.jsonl"
CITED = SETS / "archives" / "cited.jsonl"

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


class CitedRun(ClaimedRun):
    """A run as an article is cited, and sentences as a report or an answer has them, a third of them made wrong."""

    split: Split


_Run = TypeVar("_Run", bound=ClaimedRun)


def read_claims(file: Path = CLAIMS) -> list[ClaimedRun]:
    """Read the runs and their sentences. Raises QuestionSetError where a line is none."""
    return read_labelled(file, ClaimedRun, "run with claims")


def read_cited(file: Path = CITED) -> list[CitedRun]:
    """Read the runs that are cited. Raises QuestionSetError where a line is none."""
    return read_labelled(file, CitedRun, "cited run")


def find_claims(runs: Sequence[_Run], archives: Path, verifier: Verifier) -> Iterator[tuple[_Run, Claim, Citation]]:
    """Yield every sentence with its run and the citation of that, from the files of a folder.

    Raises QuestionSetError where a file lacks an article, or holds another text under its name.
    """
    for run, article in zip(runs, find_articles(runs, archives, archives), strict=True):
        citation = verifier.cite(article, run.start, run.end)
        for claim in run.claims:
            yield run, claim, citation


def judged_claims(runs: Sequence[ClaimedRun], archives: Path, verifier: Verifier) -> list[Judged]:
    """Return every sentence with its evidence and the verdict on it. Raises QuestionSetError as `find_claims` does."""
    return [
        (claim.sentence, evidence_of(claim.sentence, [citation]), claim.label)
        for _, claim, citation in find_claims(runs, archives, verifier)
    ]
