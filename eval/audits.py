"""Audits, held against what an editor says of each sentence: the verdict, the article behind it, the quotation."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from assistant.types import Support
from assistant.verification.audit import Auditor
from eval.benchmarks.labels import Labelled, read_labelled
from index.types import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from assistant.ask import Assistant
    from assistant.verification.audit import Finding


class Claim(Labelled):
    """A sentence to be checked against an archive, and what a careful editor says of it.

    `article` is the end of the path of the article that bears the sentence out or denies it; None where none speaks of
    it. `change` is what was done to a true sentence to make this one. `exists` is how its quotation stands in the
    archive, where it has one.
    """

    id: str
    language: Language
    claim: str
    verdict: Support
    article: str | None
    change: Literal["number", "negation", "name", "date", "quotation"] | None
    exists: Literal["verbatim", "folded", "absent"] | None


def read_claims(path: Path) -> list[Claim]:
    """Read a set of claims. Raises QuestionSetError where a line is none."""
    return read_labelled(path, Claim, "claim")


def audit(claims: Sequence[Claim], assistant: Assistant) -> Iterator[tuple[Claim, dict[str, float]]]:
    """Check each claim, and yield what was right of the verdict, the evidence and the quotation: 1 or 0 each.

    A sentence that is to be found wanting counts as `caught` where it is not said to be supported.
    """
    auditor = Auditor(assistant)
    for claim in claims:
        (finding,) = auditor.audit_text(claim.claim).findings
        yield claim, _scores(claim, finding)


def _scores(claim: Claim, finding: Finding) -> dict[str, float]:
    scores = {"verdict": float(finding.support is claim.verdict)}
    if claim.verdict is not Support.SUPPORTED:
        scores["caught"] = float(finding.support is not Support.SUPPORTED)
    if claim.article is not None:
        end = PurePath(claim.article).parts
        paths = [PurePath(citation.article.path).parts for citation in finding.evidence]
        scores["evidence"] = float(any(path[-len(end) :] == end for path in paths))
    if claim.exists is not None:
        found = [one.place.existence.value if one.place else "absent" for one in finding.quotations]
        scores["exists"] = float(found == [claim.exists])
    return scores
