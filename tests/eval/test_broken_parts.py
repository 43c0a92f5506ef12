"""The report finds out a search that is broken and writers that lie, whatever these say of themselves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from assistant.ask import Assistant
from assistant.types import Citation, Draft, Sentence, Support, Writer
from assistant.writers.extractive import ExtractiveWriter
from eval.baseline import Verdict, compare, scores_of
from eval.judges import judge_by_verifier
from eval.outcome import Outcome, outcome
from eval.questions import load, locate
from eval.run import AssistantSystem, Report, run
from index.retrieve import Retriever
from index.sentences import sentences
from tests.conftest import ROOT
from tests.parts.archives import bundled

if TYPE_CHECKING:
    from assistant.questions.question import Question
    from index.types import Filters, Hit, Language

SEEDS = ROOT / "eval" / "sets" / "seeds.jsonl"
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Backwards:
    """A search that gives its passages the worst first."""

    retriever: Retriever

    def search(self, question: str, filters: Filters | None = None, top_k: int = 10) -> list[Hit]:
        return self.retriever.search(question, filters, 200)[::-1][:top_k]


@dataclass(frozen=True)
class Liar:
    """A writer that says of whatever it makes of another's sentences that they are supported."""

    honest: Writer

    def write(self, question: Question, hits: tuple[Hit, ...], language: Language) -> Draft:
        draft = self.honest.write(question, hits, language)
        return replace(draft, sentences=tuple(replace(self.lie(s), support=Support.SUPPORTED) for s in draft.sentences))

    def lie(self, sentence: Sentence) -> Sentence:
        raise NotImplementedError


class Exaggerator(Liar):
    """Adds seven to every number."""

    def lie(self, sentence: Sentence) -> Sentence:
        return replace(sentence, text=NUMBER.sub(lambda found: str(int(found[0]) + 7), sentence.text))


class Misquoter(Liar):
    """Cites the sentence that follows, or at the end of the article the one before."""

    def lie(self, sentence: Sentence) -> Sentence:
        return replace(sentence, citations=tuple(map(_neighbour, sentence.citations)))


def _neighbour(citation: Citation) -> Citation:
    runs = sentences(citation.article.text)
    after = [run for run in runs if run[0] >= citation.end] or [run for run in runs if run[1] <= citation.start][::-1]
    return Citation(citation.article, *after[0])


def _measure(assistant: Assistant) -> Report:
    located = locate(load(SEEDS), assistant.archive.articles())
    return run(located, AssistantSystem(assistant), {"verifier": judge_by_verifier(assistant.verifier)})


def _with(assistant: Assistant, writer: type[Liar]) -> Assistant:
    honest = ExtractiveWriter(bundled(), assistant.verifier)
    return Assistant(assistant.archive, assistant.retriever, writer(honest), assistant.verifier, assistant.model)


@pytest.fixture(scope="module")
def honest(seed_assistant: Assistant) -> Report:
    """The program as it is."""
    return _measure(seed_assistant)


def _verdicts(report: Report, honest: Report) -> dict[str, Verdict]:
    compared = compare(scores_of(report), {one.key: one.scores for one in scores_of(honest)})
    return {change.metric: change.verdict for change in compared.metrics}


def _ends(report: Report) -> Counter[Outcome]:
    return Counter(outcome(row) for row in report.rows)


def test_a_search_that_gives_the_worst_first_is_found_out(seed_assistant: Assistant, honest: Report) -> None:
    backwards = Assistant(
        seed_assistant.archive,
        Backwards(seed_assistant.retriever),  # type: ignore[arg-type]  # a search is all that is asked of it
        ExtractiveWriter(bundled(), seed_assistant.verifier),
        seed_assistant.verifier,
        seed_assistant.model,
    )
    broken = _measure(backwards)
    verdicts = _verdicts(broken, honest)
    assert {metric: verdicts[metric] for metric in ("recall@10", "mrr")} == {
        "recall@10": Verdict.REGRESSION,
        "mrr": Verdict.REGRESSION,
    }
    assert _ends(honest)[Outcome.NOT_RETRIEVED] == 0 < _ends(broken)[Outcome.NOT_RETRIEVED]


def test_a_writer_that_changes_numbers_is_found_out_though_it_cites_the_evidence(
    seed_assistant: Assistant, honest: Report
) -> None:
    lying = _measure(_with(seed_assistant, Exaggerator))
    before = {row.id: row for row in honest.rows}
    changed = [row for row in lying.rows if row.answer != before[row.id].answer]
    assert changed
    assert [(row.id, row.answer) for row in changed if outcome(row) is Outcome.RIGHT] == []
    verdicts = _verdicts(lying, honest)
    assert (verdicts["alce_recall"], verdicts["hit@1"]) == (Verdict.REGRESSION, Verdict.SAME)


def test_a_writer_that_cites_the_sentence_beside_is_found_out(seed_assistant: Assistant, honest: Report) -> None:
    lying = _measure(_with(seed_assistant, Misquoter))
    assert _ends(lying)[Outcome.WRONG_RUN] > 5 * _ends(honest)[Outcome.WRONG_RUN] > 0
    verdicts = _verdicts(lying, honest)
    found = ("hit@1", "hit@3", "citation_precision", "citation_recall", "alce_recall")
    assert {metric: verdicts[metric] for metric in found} == dict.fromkeys(found, Verdict.REGRESSION)
