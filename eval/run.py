"""Asks every question of a set and scores what comes back: one row a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from eval import metrics
from eval.metrics import Run
from index.errors import IsnadError

if TYPE_CHECKING:
    from assistant.types import Answer, Citation
    from eval.questions import GoldSpan, Located
    from index.types import Hit

METRICS = (
    "recall@1",
    "recall@5",
    "recall@10",
    "mrr",
    "hit@1",
    "hit@3",
    "citation_precision",
    "citation_recall",
    "declined_rightly",
    "declined_wrongly",
)
"""Every measure of a row. All lie in [0, 1], and more is better, but for `declined_wrongly`.

`declined_rightly` is of unanswerable questions, the others are of answerable ones. A group's figure is the mean over
the rows that have it: a decline has no citation precision.
"""

LOWER_IS_BETTER = frozenset({"declined_wrongly"})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of an article with its text, so that a report can be read without the archive."""

    article: str
    path: str
    start: int
    end: int
    text: str

    @property
    def run(self) -> Run:
        """The place alone, for measuring."""
        return Run(self.article, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one question.

    `direction` is the question's language and that of its gold articles, as in "en→ar" ("en→ar+en" where they differ),
    None for an unanswerable question. `answer` holds the sentences, `evidence` the citations in the order of their
    numbers. With an `error`, which is the message, there is neither, and every score is the worst one.
    """

    set: str
    id: str
    question: str
    language: str
    kind: str
    direction: str | None
    gold: tuple[Excerpt, ...]
    answer: tuple[str, ...]
    evidence: tuple[Excerpt, ...]
    reason: str | None
    error: str | None
    seconds: float
    scores: dict[str, float]

    @property
    def unanswerable(self) -> bool:
        """Whether declining is the right answer."""
        return not self.gold

    @property
    def declined(self) -> bool:
        """Whether the assistant worked and answered nothing."""
        return self.error is None and not self.answer


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some rows: means and how many rows each is over, and the seconds that an answer took."""

    name: str
    rows: int
    errors: int
    means: dict[str, float]
    counts: dict[str, int]
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Report:
    """Every row of a run, and its figures: of all rows, by language, by kind, and by direction."""

    rows: tuple[Row, ...]

    def groups(self) -> dict[str, list[Group]]:
        """Figures by heading; a group's rows keep their order, and groups stand in the order of their names."""
        return {
            "all": [_group("all", self.rows)],
            "language": _split(self.rows, lambda row: row.language),
            "kind": _split(self.rows, lambda row: row.kind),
            "direction": _split(self.rows, lambda row: row.direction),
        }


def run(questions: Iterable[Located], ask: Callable[[str], Answer], search: Callable[[str], Sequence[Hit]]) -> Report:
    """Ask each question and search for its words; `search` gives at least ten passages where there are so many.

    An `IsnadError` is that question's row, and the run goes on; any other error is a fault of the program and passes.
    The seconds are those of `ask` alone, by the wall clock.
    """
    return Report(tuple(_row(located, ask, search) for located in questions))


def _row(located: Located, ask: Callable[[str], Answer], search: Callable[[str], Sequence[Hit]]) -> Row:
    question = located.question
    gold = tuple(_excerpt(span) for span in located.gold)
    answer: Answer | None = None
    error = None
    ranked: list[Run] = []
    started = perf_counter()
    try:
        answer = ask(question.text)
    except IsnadError as raised:
        error = str(raised)
    seconds = perf_counter() - started
    if gold and error is None:
        try:
            ranked = [_hit_run(hit) for hit in search(question.text)]
        except IsnadError as raised:
            answer, error = None, str(raised)
    evidence = tuple(_excerpt(citation) for citation in answer.citations) if answer else ()
    return Row(
        set=question.set,
        id=question.id,
        question=question.text,
        language=question.language,
        kind=question.kind,
        direction=_direction(located),
        gold=gold,
        answer=tuple(sentence.text for sentence in answer.sentences) if answer else (),
        evidence=evidence,
        reason=answer.reason if answer else None,
        error=error,
        seconds=seconds,
        scores=_scores(answer, ranked, [e.run for e in evidence], [g.run for g in gold]),
    )


def _scores(answer: Answer | None, ranked: list[Run], cited: list[Run], gold: list[Run]) -> dict[str, float]:
    if not gold:
        return {"declined_rightly": float(answer is not None and answer.declined)}
    scores = {f"recall@{k}": metrics.recall_at_k(ranked, gold, k) for k in (1, 5, 10)}
    scores["mrr"] = metrics.reciprocal_rank(ranked, gold)
    scores |= {f"hit@{k}": metrics.evidence_hit_at_k(cited, gold, k) for k in (1, 3)}
    precision = metrics.citation_precision(cited, gold)
    if precision is not None:
        scores["citation_precision"] = precision
    scores["citation_recall"] = metrics.citation_recall(cited, gold)
    scores["declined_wrongly"] = float(answer is None or answer.declined)
    return scores


def _direction(located: Located) -> str | None:
    languages = sorted({span.article.language for span in located.gold})
    return f"{located.question.language}→{'+'.join(languages)}" if languages else None


def _excerpt(span: GoldSpan | Citation) -> Excerpt:
    article = span.article
    return Excerpt(article.id, article.path, span.start, span.end, article.text[span.start : span.end])


def _hit_run(hit: Hit) -> Run:
    return Run(hit.passage.article.id, hit.passage.start, hit.passage.end)


def _split(rows: Sequence[Row], key: Callable[[Row], str | None]) -> list[Group]:
    names = sorted({name for row in rows if (name := key(row)) is not None})
    return [_group(name, [row for row in rows if key(row) == name]) for name in names]


def _group(name: str, rows: Sequence[Row]) -> Group:
    values = {metric: [row.scores[metric] for row in rows if metric in row.scores] for metric in METRICS}
    seconds = [row.seconds for row in rows]
    return Group(
        name=name,
        rows=len(rows),
        errors=sum(row.error is not None for row in rows),
        means={metric: metrics.mean(scores) for metric, scores in values.items() if scores},
        counts={metric: len(scores) for metric, scores in values.items() if scores},
        p50=metrics.percentile(seconds, 50),
        p95=metrics.percentile(seconds, 95),
    )
