"""The sentences about runs of the archives that the verdict on support is fitted to and measured on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.types import Support
from assistant.verification.signals import Evidence
from assistant.verification.verify import Verifier
from eval.benchmarks.claims import ClaimedRun, find_claims, judged_claims, read_cited, read_claims
from eval.benchmarks.support import judge_cited, read_pairs, rows
from index.encoders.static import StaticEncoder
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


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(StaticEncoder())


def test_every_claim_is_held_against_its_run_and_who_says_it(tmp_path: Path, verifier: Verifier) -> None:
    evidence = Evidence("The mayor said it had cost two million euros.", ("The mayor",))
    assert judged_claims([_archive(tmp_path)], tmp_path, verifier) == [
        ("It cost two million.", evidence, Support.SUPPORTED),
        ("It cost three million.", evidence, Support.CONTRADICTED),
    ]


def test_a_changed_article_is_no_evidence(tmp_path: Path, verifier: Verifier) -> None:
    run = _archive(tmp_path)
    (tmp_path / "news.jsonl").write_text('{"id": "one", "text": "Another bridge."}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match="holds no longer the text"):
        judged_claims([run], tmp_path, verifier)


def test_what_a_claim_says_otherwise_is_contradicted_and_no_sentence_is_a_pair_s() -> None:
    claims = [claim for run in read_claims() for claim in run.claims]
    assert len(claims) == 2_230
    assert all((claim.change is not None) == (claim.label is Support.CONTRADICTED) for claim in claims)
    assert not {claim.sentence for claim in claims} & {pair.sentence for pair in read_pairs()}


def test_the_cited_runs_hold_every_direction_and_verdict_and_a_third_of_their_sentences_were_made_wrong() -> None:
    runs = read_cited()
    claims = [claim for run in runs for claim in run.claims]
    assert len({claim.sentence for claim in claims}) == len(claims) == 4_198
    assert sum(claim.change is not None for claim in claims) >= len(claims) / 3
    for split in ("development", "test"):
        held = [claim for run in runs if run.split == split for claim in run.claims]
        assert {claim.change for claim in held} == {None, "number", "negation", "name", "speaker"}
        assert {claim.label for claim in held} == set(Support)
    assert not any(claim.change and claim.label in {Support.SUPPORTED, Support.PARTIAL} for claim in claims)


def test_no_article_is_in_both_halves_or_learned_from() -> None:
    halves = {split: {run.article for run in read_cited() if run.split == split} for split in ("development", "test")}
    assert not halves["test"] & (halves["development"] | {run.article for run in read_claims()})


def test_the_runs_are_in_the_archives(shared: Path, verifier: Verifier) -> None:
    runs = read_claims()
    found = list(find_claims(runs, shared / "archives", verifier))
    assert len(found) == sum(len(run.claims) for run in runs)


@pytest.mark.slow
def test_the_figures_on_cited_runs_are_no_worse_than_published(shared: Path, verifier: Verifier) -> None:
    judged = judge_cited(read_cited(), shared / "archives", verifier)
    found = {row.name: row for row in rows(judged)}
    assert {row.split(maxsplit=1)[1] for row in found if "-" in row} == {"ar-ar", "ar-en", "en-ar", "en-en"}
    assert found["test"].accuracy >= 0.75
    assert found["test"].accuracy_apart >= 0.79
