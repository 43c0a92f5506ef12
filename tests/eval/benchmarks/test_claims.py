"""The sentences that the verdict on support is fitted to beside its development half."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.types import Support
from assistant.verification.signals import Evidence
from eval.benchmarks.claims import ClaimedRun, judged_claims, read_claims
from eval.benchmarks.support import read_pairs
from index.errors import QuestionSetError
from index.preparing import to_article
from index.reading import Record, read

TEXT = "The bridge was opened on Monday. The mayor said it had cost two million euros."


def _archive(folder: Path) -> ClaimedRun:
    """Write an archive of one article into a folder, and return a run of it with two claims."""
    (folder / "news.jsonl").write_text(json.dumps({"id": "one", "text": TEXT}) + "\n", encoding="utf-8")
    [record] = [one for one in read(folder / "news.jsonl") if isinstance(one, Record)]
    claims = [
        {"sentence": "It cost two million.", "label": "supported", "change": None},
        {"sentence": "It cost three million.", "label": "contradicted", "change": "number"},
    ]
    return ClaimedRun.model_validate({
        "file": "news.jsonl", "record": "one", "article": to_article(record).id, "start": 33, "end": 78,
        "claims": claims,
    })  # fmt: skip


def test_every_claim_is_held_against_its_run(tmp_path: Path) -> None:
    evidence = Evidence("The mayor said it had cost two million euros.")
    assert judged_claims([_archive(tmp_path)], tmp_path) == [
        ("It cost two million.", evidence, Support.SUPPORTED),
        ("It cost three million.", evidence, Support.CONTRADICTED),
    ]


def test_a_changed_article_is_no_evidence(tmp_path: Path) -> None:
    run = _archive(tmp_path)
    (tmp_path / "news.jsonl").write_text('{"id": "one", "text": "Another bridge."}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match="holds no longer the text"):
        judged_claims([run], tmp_path)


def test_what_a_claim_says_otherwise_is_contradicted_and_no_sentence_is_a_pair_s() -> None:
    claims = [claim for run in read_claims() for claim in run.claims]
    assert len(claims) == 2_230
    assert all((claim.change is not None) == (claim.label is Support.CONTRADICTED) for claim in claims)
    assert not {claim.sentence for claim in claims} & {pair.sentence for pair in read_pairs()}


def test_the_runs_are_in_the_archives(shared: Path) -> None:
    runs = read_claims()
    assert len(judged_claims(runs, shared / "archives")) == sum(len(run.claims) for run in runs)
