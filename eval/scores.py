"""Every measure of one question, from what came back for it: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from eval import metrics
from eval.alce import Verdict, alce_precision, alce_recall
from eval.metrics import Ranks, Run
from eval.short_answers import exact_match, normalize_folded, token_f1

if TYPE_CHECKING:
    from assistant.types import Answer
    from eval.questions import Located

RECALLS = (1, 5, 10)
"""Cut-offs of recall that is capped; at `DEEP` it is not, as BEIR has it."""

DEEP = 100


def score(
    located: Located, answer: Answer | None, found: Ranks | None, verdicts: Mapping[str, Sequence[Verdict]]
) -> dict[str, float]:
    """The scores of a question by the names of `METRICS`, each that it has.

    `answer` is None where the question failed, or was not asked; `found` is None where the system shows no passages.
    `verdicts` are of the answer's sentences, by the judge's name.
    """
    scores = _ranking(found, [span.grade for span in located.gold]) if located.gold and found is not None else {}
    if not located.asked:
        return scores
    for judge, judged in verdicts.items():
        if judged:
            suffix = "" if judge == "verifier" else f"_{judge}"
            scores |= {f"alce_recall{suffix}": alce_recall(judged), f"alce_precision{suffix}": alce_precision(judged)}
    declined = answer is not None and answer.declined
    if declined:
        scores["decline_precision"] = float(not located.gold)
    if not located.gold:
        return scores | {"declined_rightly": float(declined)}
    scores |= _evidence(located, answer) | _short_answer(located, answer)
    return scores | {"declined_wrongly": float(answer is None or declined)}


def _ranking(found: Ranks, grades: Sequence[float]) -> dict[str, float]:
    scores = {f"recall@{k}": metrics.recall_at_k(found, k) for k in RECALLS}
    return scores | {
        f"recall@{DEEP}": metrics.recall_at_k(found, DEEP, capped=False),
        "mrr": metrics.reciprocal_rank(found, 10),
        "ndcg@10": metrics.ndcg_at_k(found, 10, grades),
        "map": metrics.average_precision(found),
    }


def _evidence(located: Located, answer: Answer | None) -> dict[str, float]:
    cited = [Run(c.article.id, c.start, c.end) for c in answer.citations] if answer else []
    gold = [Run(span.article.id, span.start, span.end) for span in located.gold]
    scores = {f"hit@{k}": metrics.evidence_hit_at_k(cited, gold, k) for k in (1, 3)}
    precision = metrics.citation_precision(cited, gold)
    if precision is not None:
        scores["citation_precision"] = precision
    scores["citation_recall"] = metrics.citation_recall(cited, gold)
    if located.question.kind == "said":
        scores["statement_f1"] = metrics.statement_f1(cited, gold)
    return scores


def _short_answer(located: Located, answer: Answer | None) -> dict[str, float]:
    references = located.question.answers
    if not references:
        return {}
    text = short_answer(answer) if answer else ""
    return {
        "exact_match": exact_match(text, references),
        "f1": token_f1(text, references),
        "exact_match_folded": exact_match(text, references, normalize_folded),
        "f1_folded": token_f1(text, references, normalize_folded),
    }


def short_answer(answer: Answer) -> str:
    """The part of an answer that is held against reference answers, which are a few words long; empty for a decline.

    It is the run of the first citation that is shown as what was asked for, the first of several; where there is none,
    the first sentence.
    """
    if answer.declined:
        return ""
    first = answer.sentences[0]
    for citation in first.citations[:1]:
        for start, end in citation.highlights[:1]:
            return citation.article.text[start:end]
    return first.text
