from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from assistant.types import Answer, Citation, Sentence, Support
from eval.questions import Gold, GoldSpan, Kind, Located, Question
from eval.run import Excerpt, Report, Row, run
from index.errors import QuestionError
from index.types import Article, Hit, Language, Passage

ARABIC = Article(id="ar1", path="seeds/ar1.txt", text="قال الوزير نعم. ثم سافر.", language="ar")
ENGLISH = Article(id="en1", path="en1.txt", text="The minister agreed. He left on Monday.", language="en")
AGREED, LEFT = GoldSpan(ENGLISH, 0, 20), GoldSpan(ENGLISH, 21, 39)
SAID = GoldSpan(ARABIC, 0, 15)


def _located(name: str, *gold: GoldSpan, language: Language = "en", kind: Kind = "what") -> Located:
    texts = tuple(Gold(span.article.id, span.article.text[span.start : span.end]) for span in gold)
    return Located(Question("set", name, f"{name}?", language, kind, texts, "line 1 of 'set.jsonl'"), gold)


def _answer(question: str, *citations: Citation) -> Answer:
    sentences = tuple(Sentence(c.quote, (c,), Support.SUPPORTED) for c in citations)
    return Answer(question, "en", sentences, None if citations else "nothing found", (), 0.0)


def _hit(article: Article, start: int, end: int) -> Hit:
    return Hit(Passage(article, start, end), 1.0)


def _search(question: str) -> list[Hit]:
    return [_hit(ARABIC, 16, 24), _hit(ENGLISH, 0, 39)]


@dataclass
class Scripted:
    """A system whose answers and passages are functions of the words."""

    answer: Callable[[str], Answer]
    passages: Callable[[str], Sequence[Hit] | None] = _search

    def ask(self, question: Question) -> Answer:
        return self.answer(question.text)

    def search(self, question: Question, text: str) -> Sequence[Hit] | None:
        return self.passages(text)


def _without_seconds(row: Row) -> Row:
    assert row.seconds >= 0
    return replace(row, seconds=0.0)


def test_a_row_holds_the_question_its_gold_the_answer_its_evidence_and_its_scores() -> None:
    def ask(question: str) -> Answer:
        return _answer(question, Citation(ARABIC, 16, 24), Citation(ENGLISH, 4, 12, speaker="x"))

    [row] = run([_located("q1", AGREED, LEFT)], Scripted(ask)).rows
    assert _without_seconds(row) == Row(
        set="set",
        id="q1",
        question="q1?",
        language="en",
        kind="what",
        direction="en→en",
        gold=(
            Excerpt("en1", "en1.txt", 0, 20, "The minister agreed."),
            Excerpt("en1", "en1.txt", 21, 39, "He left on Monday."),
        ),
        answer=("ثم سافر.", "minister"),
        evidence=(Excerpt("ar1", "seeds/ar1.txt", 16, 24, "ثم سافر."), Excerpt("en1", "en1.txt", 4, 12, "minister")),
        reason=None,
        error=None,
        seconds=0.0,
        scores={
            "recall@1": 0.0,
            "recall@5": 1.0,
            "recall@10": 1.0,
            "mrr": 0.5,
            "hit@1": 0.0,
            "hit@3": 1.0,
            "citation_precision": 0.5,
            "citation_recall": 0.5,
            "declined_wrongly": 0.0,
        },
        retrieved=(2, 2),
        cited=((0,), (1,)),
        support=("supported", "supported"),
    )


def test_a_decline_is_right_or_wrong_by_the_gold_and_has_no_precision() -> None:
    report = run([_located("q1", AGREED), _located("q2")], Scripted(_answer))
    assert [row.declined for row in report.rows] == [True, True]
    assert report.rows[0].reason == "nothing found"
    assert report.rows[0].scores == {
        "recall@1": 0.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "mrr": 0.5,
        "hit@1": 0.0,
        "hit@3": 0.0,
        "citation_recall": 0.0,
        "declined_wrongly": 1.0,
    }
    assert report.rows[1].scores == {"declined_rightly": 1.0}


def test_an_answer_to_an_unanswerable_question_is_not_declined_rightly() -> None:
    report = run([_located("q")], Scripted(lambda question: _answer(question, Citation(ENGLISH, 0, 20))))
    assert report.rows[0].scores == {"declined_rightly": 0.0}


def test_a_question_that_fails_is_a_row_with_its_error_and_the_worst_scores() -> None:
    def ask(question: str) -> Answer:
        if question == "q1?":
            raise QuestionError("too long")
        return _answer(question, Citation(ENGLISH, 0, 20))

    report = run([_located("q1", AGREED), _located("q2", AGREED)], Scripted(ask))
    assert [(row.error, row.declined) for row in report.rows] == [("too long", False), (None, False)]
    assert report.rows[0].scores == {
        "recall@1": 0.0,
        "recall@5": 0.0,
        "recall@10": 0.0,
        "mrr": 0.0,
        "hit@1": 0.0,
        "hit@3": 0.0,
        "citation_recall": 0.0,
        "declined_wrongly": 1.0,
    }
    assert report.rows[1].scores["hit@1"] == 1.0
    [whole] = report.groups()["all"]
    assert (whole.rows, whole.errors, whole.means["hit@1"]) == (2, 1, 0.5)


def test_a_search_that_fails_is_a_row_with_its_error() -> None:
    def search(question: str) -> list[Hit]:
        raise QuestionError("no words")

    system = Scripted(lambda question: _answer(question, Citation(ENGLISH, 0, 20)), search)
    [row] = run([_located("q", AGREED)], system).rows
    assert (row.error, row.answer, row.evidence, row.scores["hit@1"]) == ("no words", (), (), 0.0)


def test_a_fault_of_the_program_is_not_a_row() -> None:
    def ask(question: str) -> Answer:
        raise KeyError(question)

    with pytest.raises(KeyError):
        run([_located("q", AGREED)], Scripted(ask))


def test_figures_are_given_by_language_kind_and_direction() -> None:
    questions = [
        _located("q1", AGREED),
        _located("q2", SAID, kind="said"),
        _located("q3", SAID, language="ar", kind="said"),
        _located("q4", SAID, AGREED, language="ar"),
        _located("q5", language="ar"),
    ]
    groups = run(questions, Scripted(lambda question: _answer(question, Citation(ENGLISH, 0, 20)))).groups()
    figures = {
        heading: {group.name: (group.rows, group.means.get("hit@1"), group.counts.get("hit@1")) for group in found}
        for heading, found in groups.items()
    }
    assert figures == {
        "all": {"all": (5, 0.5, 4)},
        "language": {"ar": (3, 0.5, 2), "en": (2, 0.5, 2)},
        "kind": {"said": (2, 0.0, 2), "what": (3, 1.0, 2)},
        "direction": {"ar→ar": (1, 0.0, 1), "ar→ar+en": (1, 1.0, 1), "en→ar": (1, 0.0, 1), "en→en": (1, 1.0, 1)},
        "tag": {},
    }


def test_latency_is_of_the_rows_as_measured() -> None:
    row = run([_located("q")], Scripted(_answer)).rows[0]
    report = Report(tuple(replace(row, seconds=seconds) for seconds in (0.1, 0.2, 0.3)))
    [whole] = report.groups()["all"]
    assert whole.p50 == 0.2
    assert whole.p95 == pytest.approx(0.29)
