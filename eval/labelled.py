"""Sets of labelled things: each measures one part of an answer, thing by thing, without an archive.

The labels and what is right are those of `isnad bench statements`, `support` and `followups`, and of `eval.audits`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eval.scored import Scored
from index.errors import QuestionSetError

if TYPE_CHECKING:
    from eval.audits import Claim
    from eval.benchmarks.followups import LabelledFollowUp
    from eval.benchmarks.statements import LabelledArticle
    from eval.benchmarks.support import Pair

Measure = Callable[[Sequence[Path]], list[Scored]]
"""Scores a set that was read, given the folders of articles."""


def read_labelled_set(path: Path) -> Measure | None:
    """Read a set of labelled things, known by the fields of its first line; None where it is a set of another kind.

    Raises QuestionSetError where a line is not like the first.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            fields = json.loads(lines.readline())
    except (OSError, ValueError):
        return None  # whoever reads sets of the other kinds says what is wrong with it
    known = fields if isinstance(fields, dict) else {}
    return next((read(path) for field, read in _READERS.items() if field in known), None)


def _read_support(path: Path) -> Measure:
    from eval.benchmarks.support import read_pairs

    return partial(_score_support, path.stem, read_pairs(path))


def _score_support(name: str, pairs: Sequence[Pair], folders: Sequence[Path]) -> list[Scored]:
    from assistant.verification.verify import Verifier
    from eval.benchmarks.support import judge
    from index.encoders.static import StaticEncoder

    return [
        Scored(
            name,
            pair.id,
            f"{pair.sentence}\n{pair.evidence}",
            {"verdict": float(verdict is pair.label)},
            held_back=pair.split == "test",
        )
        for pair, verdict in judge(pairs, Verifier(StaticEncoder()))
    ]


def _read_followups(path: Path) -> Measure:
    from eval.benchmarks.followups import read_labels

    return partial(_score_followups, path.stem, read_labels(path))


def _score_followups(name: str, labels: Sequence[LabelledFollowUp], folders: Sequence[Path]) -> list[Scored]:
    from assistant.questions.follow_up import rewrite, stand_alone
    from eval.benchmarks.followups import is_right

    understood = [(one, rewrite(one.question, stand_alone(one.history))) for one in labels]
    return [
        Scored(
            name,
            one.id,
            "\n".join((*one.history, one.question)),
            {"understood": float(is_right(one, whole))},
            held_back=one.split == "test",
        )
        for one, whole in understood
    ]


def _read_statements(path: Path) -> Measure:
    from eval.benchmarks.statements import read_labels

    return partial(_score_statements, path, read_labels(path))


def _score_statements(path: Path, labels: Sequence[LabelledArticle], folders: Sequence[Path]) -> list[Scored]:
    """Score the labelled articles that are whole files of the given folders: a set may name others, of archives."""
    from eval.benchmarks.statements import find_articles, score

    found = []
    for label in labels:
        folder = next((folder for folder in folders if (folder / label.file).is_file()), None)
        if folder is None or label.record is not None:
            continue
        [article] = find_articles([label], folder, folder)
        found.append(
            Scored(path.stem, label.file, label.article, {"statement_f1": score(article, label.statements).f1})
        )
    if not found:
        raise QuestionSetError(f"none of the articles that '{path}' labels is given; name their folder with --articles")
    return found


def _read_claims(path: Path) -> Measure:
    from eval.audits import read_claims

    return partial(_score_claims, path.stem, read_claims(path))


def _score_claims(name: str, claims: Sequence[Claim], folders: Sequence[Path]) -> list[Scored]:
    from assistant.ask import open_assistant
    from eval.audits import audit
    from eval.runner import archive_of
    from index.settings import load_settings

    settings = load_settings()
    place = settings.index_place
    with (
        archive_of(folders, settings) as folder,
        closing((assistant := open_assistant(folder, settings.encoder, settings.backend, index=place)).archive),
    ):
        return [Scored(name, claim.id, claim.claim, scores) for claim, scores in audit(claims, assistant)]


_READERS: dict[str, Callable[[Path], Measure]] = {
    "statements": _read_statements,
    "evidence": _read_support,
    "follows": _read_followups,
    "claim": _read_claims,
}
"""By a field that the lines of no other set have."""
