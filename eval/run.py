"""Asks every question of a set and scores what comes back: one row a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from eval import metrics
from eval.alce import Agreement, Judge, agreement, judge_sentence
from eval.metrics import Ranks, Run
from eval.scored import Scored
from eval.scores import score
from eval.significance import bootstrap_interval
from index.errors import BenchmarkError, IsnadError

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.types import Answer, Citation
    from eval.questions import GoldSpan, Located, Question
    from index.types import Hit

METRICS = (
    "recall@1",
    "recall@5",
    "recall@10",
    "recall@100",
    "mrr",
    "ndcg@10",
    "map",
    "hit@1",
    "hit@3",
    "citation_precision",
    "citation_recall",
    "statement_f1",
    "exact_match",
    "f1",
    "exact_match_folded",
    "f1_folded",
    "alce_recall",
    "alce_precision",
    "alce_recall_nli",
    "alce_precision_nli",
    "declined_rightly",
    "declined_wrongly",
    "decline_precision",
)
"""Every measure of a row. All lie in [0, 1], and more is better, but for `declined_wrongly`.

A group's figure is the mean over the rows that have it. Retrieval, evidence and `declined_wrongly` are of answerable
questions, `declined_rightly`, which is the recall of declining, of unanswerable ones, `decline_precision` of declines;
`exact_match` and `f1` of those with reference answers, `statement_f1` of those of the kind "said", `alce_*` of answers.
A decline has no citation precision.
"""

JUDGES = ("verifier", "nli")
"""The names of those who tell whether citations support a sentence: our verifier, and an entailment model."""

DEPTH = 100
"""Passages that are retrieved for a question; what comes later counts as not found."""

CONTEXT = 200
"""Code points of an article that are kept on each side of a run, for a reader."""

LOWER_IS_BETTER = frozenset({"declined_wrongly"})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A run of an article with its text and some of what stands around it, to be read without the archive."""

    article: str
    path: str
    start: int
    end: int
    text: str
    before: str = field(default="", compare=False)
    after: str = field(default="", compare=False)

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

    `answers` are the reference answers. `retrieved` is, for each gold run, the rank from 1 of the first passage that
    overlaps it, None where none does. `cited`, `support` and `judged` are of each sentence of the answer: the places in
    `evidence` of its citations, the verdict shown with it, and whether its citations support it by each judge, whose
    name is one of `JUDGES`. `confidence` tells in [0, 1] how sure an answer is, None where there is none. Where only
    retrieval is measured, nothing was `asked`. `notes` tell how the answer came about.
    """

    set: str
    id: str
    question: str
    language: str
    kind: str | None
    direction: str | None
    gold: tuple[Excerpt, ...]
    answer: tuple[str, ...]
    evidence: tuple[Excerpt, ...]
    reason: str | None
    error: str | None
    seconds: float
    scores: dict[str, float]
    answers: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    retrieved: tuple[int | None, ...] = ()
    cited: tuple[tuple[int, ...], ...] = ()
    support: tuple[str, ...] = ()
    judged: dict[str, tuple[bool, ...]] = field(default_factory=dict)
    confidence: float | None = None
    asked: bool = True
    notes: tuple[str, ...] = ()

    @property
    def unanswerable(self) -> bool:
        """Whether declining is the right answer."""
        return not self.gold

    @property
    def declined(self) -> bool:
        """Whether the assistant worked and answered nothing."""
        return self.asked and self.error is None and not self.answer

    @property
    def right(self) -> bool:
        """Whether the question was answered, and the first citation overlaps a gold run."""
        return self.scores.get("hit@1") == 1


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some rows: means, their bootstrap intervals, and how many rows each is over; the seconds taken."""

    name: str
    rows: int
    errors: int
    means: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    counts: dict[str, int]
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Report:
    """Every row of a run, and its figures: of all, by set, language, kind, direction and tag.

    `labelled` are the scores of sets that measure a part of an answer. `system` is what was asked, `commit` that of the
    program, None where it is not known, and `sets` are the sets by name, with the SHA-256 of each.
    """

    rows: tuple[Row, ...]
    labelled: tuple[Scored, ...] = ()
    system: str = "isnad"
    commit: str | None = None
    sets: dict[str, str] = field(default_factory=dict)

    @property
    def agreement(self) -> Agreement | None:
        """How far the verifier and the entailment judge agree on the sentences that both judged; None without any."""
        both = [(row.judged["verifier"], row.judged["nli"]) for row in self.rows if len(row.judged) == len(JUDGES)]
        pairs = [pair for one, other in both for pair in zip(one, other, strict=True)]
        return agreement(*zip(*pairs, strict=True)) if pairs else None

    def groups(self) -> dict[str, list[Group]]:
        """Figures by heading; a group's rows keep their order, and groups stand in the order of their names."""
        return {
            "all": [_group("all", self.rows)],
            "set": _split(self.rows, lambda row: row.set) if len({row.set for row in self.rows}) > 1 else [],
            "language": _split(self.rows, lambda row: row.language),
            "kind": _split(self.rows, lambda row: row.kind),
            "direction": _split(self.rows, lambda row: row.direction),
            "tag": _split(self.rows, lambda row: row.tags),
        }


class System(Protocol):
    """What is measured: it answers questions, and shows what it retrieves for them."""

    def ask(self, question: Question) -> Answer:
        """Answer a question within its conversation and filters. Raises an IsnadError where it cannot."""
        ...

    def search(self, question: Question, text: str) -> Sequence[Hit] | None:
        """Return the passages for a question understood as `text`, best first; None where the system shows none."""
        ...


@dataclass(frozen=True, slots=True)
class AssistantSystem:
    """Our own assistant, asked as `isnad ask` asks it."""

    assistant: Assistant

    def ask(self, question: Question) -> Answer:
        """Answer a question within its conversation and filters."""
        return self.assistant.ask(
            question.text, history=question.history, filters=question.filters, speaker=question.speaker
        )

    def search(self, question: Question, text: str) -> Sequence[Hit]:
        """Return the passages that the answer is looked for in."""
        return self.assistant.search(text, question.filters, DEPTH, speaker=question.speaker)


def run(
    questions: Iterable[Located],
    system: System,
    judges: Mapping[str, Judge[Citation]] | None = None,
    confidence: Callable[[Answer], float] | None = None,
) -> Report:
    """Ask each question, and search for its words: as the system understood them, where it follows up others.

    `judges` tell by their names whether a sentence's citations support it, `confidence` how sure an answer is, in
    [0, 1]. An `IsnadError` is that question's row, and
    the run goes on; any other error is a fault of the program and passes. The seconds are those of `ask` alone, by the
    wall clock; of the search where a question is not asked. One that is not, and has no gold, has no row.
    """
    rows = (_row(one, system, judges or {}, confidence) for one in questions if one.asked or one.gold)
    return Report(tuple(rows))


def _row(
    located: Located,
    system: System,
    judges: Mapping[str, Judge[Citation]],
    confidence: Callable[[Answer], float] | None,
) -> Row:
    question = located.question
    answer: Answer | None = None
    hits: Sequence[Hit] | None = ()
    error = None
    started = perf_counter()
    seconds: float | None = None
    try:
        if located.asked:
            answer = system.ask(question)
            seconds = perf_counter() - started
        if located.gold:
            hits = system.search(question, (answer.understood if answer else None) or question.text)
    except IsnadError as raised:
        # What another system would have found is not known where it fails, and would weigh on those that show nothing.
        answer, hits, error = None, None if isinstance(raised, BenchmarkError) else (), str(raised)
    seconds = perf_counter() - started if seconds is None else seconds
    found = _ranks(located, hits)
    sentences = answer.sentences if answer else ()
    verdicts = {
        name: [judge_sentence(sentence.text, sentence.citations, judge) for sentence in sentences]
        for name, judge in judges.items()
    }
    return Row(
        set=question.set,
        id=question.id,
        question=question.text,
        language=question.language,
        kind=question.kind,
        direction=_direction(located),
        gold=tuple(_excerpt(span) for span in located.gold),
        answer=tuple(sentence.text for sentence in sentences),
        evidence=tuple(_excerpt(citation) for citation in answer.citations) if answer else (),
        reason=answer.reason if answer else None,
        error=error,
        seconds=seconds,
        scores=score(located, answer, found, verdicts),
        answers=question.answers,
        history=question.history,
        tags=question.tags,
        retrieved=found or (),
        cited=_places(answer) if answer else (),
        support=tuple(sentence.support.value for sentence in sentences),
        notes=answer.notes if answer else (),
        judged={name: tuple(verdict.supported for verdict in of) for name, of in verdicts.items() if of},
        confidence=confidence(answer) if confidence and answer and not answer.declined else None,
        asked=located.asked,
    )


def _ranks(located: Located, hits: Sequence[Hit] | None) -> Ranks | None:
    """Return where the gold was found, None where the system shows no passages."""
    if hits is None:
        return None
    ranked = [Run(hit.passage.article.id, hit.passage.start, hit.passage.end) for hit in hits]
    gold = [Run(span.article.id, span.start, span.end) for span in located.gold]
    return metrics.article_ranks(ranked, gold) if located.whole_articles else metrics.ranks(ranked, gold)


def _places(answer: Answer) -> tuple[tuple[int, ...], ...]:
    """Return for each sentence which of the answer's citations it has."""
    places = {citation: place for place, citation in enumerate(answer.citations)}
    return tuple(tuple(places[citation] for citation in sentence.citations) for sentence in answer.sentences)


def _direction(located: Located) -> str | None:
    languages = sorted({span.article.language for span in located.gold})
    return f"{located.question.language}→{'+'.join(languages)}" if languages else None


def _excerpt(span: GoldSpan | Citation) -> Excerpt:
    article = span.article
    before = article.text[max(span.start - CONTEXT, 0) : span.start]
    after = article.text[span.end : span.end + CONTEXT]
    if span.start > CONTEXT:
        before = f"… {before.partition(' ')[2]}"  # whole words
    if span.end + CONTEXT < len(article.text):
        after = f"{after.rpartition(' ')[0]} …"
    text = article.text[span.start : span.end]
    return Excerpt(article.id, article.path, span.start, span.end, text, before, after)


def _split(rows: Sequence[Row], key: Callable[[Row], str | tuple[str, ...] | None]) -> list[Group]:
    """Group rows by a name, or by each of several; a row without one is in no group."""
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        names = key(row) or ()
        for name in (names,) if isinstance(names, str) else names:
            members[name].append(row)
    return [_group(name, members[name]) for name in sorted(members)]


def _group(name: str, rows: Sequence[Row]) -> Group:
    values = {metric: [row.scores[metric] for row in rows if metric in row.scores] for metric in METRICS}
    seconds = [row.seconds for row in rows]
    return Group(
        name=name,
        rows=len(rows),
        errors=sum(row.error is not None for row in rows),
        means={metric: metrics.mean(scores) for metric, scores in values.items() if scores},
        intervals={metric: bootstrap_interval(scores) for metric, scores in values.items() if scores},
        counts={metric: len(scores) for metric, scores in values.items() if scores},
        p50=metrics.percentile(seconds, 50),
        p95=metrics.percentile(seconds, 95),
    )
