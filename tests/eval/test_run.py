from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from assistant.types import Answer, Citation, Sentence, Support
from eval.alce import Agreement
from eval.questions import Gold, GoldSpan, Kind, Located, Question
from eval.run import Excerpt, Report, Row, run
from eval.selective import sure_answers
from eval.significance import bootstrap_interval
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
            "recall@100": 1.0,
            "mrr": 0.5,
            "ndcg@10": 1 / math.log2(3),
            "map": 0.5,
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
        "recall@100": 1.0,
        "mrr": 0.5,
        "ndcg@10": 1 / math.log2(3),
        "map": 0.5,
        "hit@1": 0.0,
        "hit@3": 0.0,
        "citation_recall": 0.0,
        "declined_wrongly": 1.0,
        "decline_precision": 0.0,
    }
    assert report.rows[1].scores == {"declined_rightly": 1.0, "decline_precision": 1.0}


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
        "recall@100": 0.0,
        "mrr": 0.0,
        "ndcg@10": 0.0,
        "map": 0.0,
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
        "set": {},
        "language": {"ar": (3, 0.5, 2), "en": (2, 0.5, 2)},
        "kind": {"said": (2, 0.0, 2), "what": (3, 1.0, 2)},
        "direction": {"ar→ar": (1, 0.0, 1), "ar→ar+en": (1, 1.0, 1), "en→ar": (1, 0.0, 1), "en→en": (1, 1.0, 1)},
        "tag": {},
    }


def test_figures_have_the_bootstrap_interval_of_their_mean() -> None:
    questions = [_located(f"q{n}", AGREED if n % 2 else SAID) for n in range(20)]
    report = run(questions, Scripted(lambda question: _answer(question, Citation(ENGLISH, 0, 20))))
    [whole] = report.groups()["all"]
    assert (whole.means["hit@1"], whole.intervals["hit@1"]) == (0.5, bootstrap_interval([0, 1] * 10))
    assert whole.intervals["declined_wrongly"] == (0.0, 0.0)


def test_the_system_is_asked_within_the_conversation_and_searched_by_what_it_understood() -> None:
    asked = replace(
        _located("q1", AGREED).question, history=("Who?",), speaker="X", tags=("b", "a"), answers=("agreed",)
    )
    seen: list[object] = []

    class Understanding:
        def ask(self, question: Question) -> Answer:
            seen.append(question)
            return replace(_answer(question.text, Citation(ENGLISH, 0, 20)), understood="What did X say?")

        def search(self, question: Question, text: str) -> list[Hit]:
            seen.append(text)
            return []

    report = run([Located(asked, (AGREED,))], Understanding())
    [row] = report.rows
    assert seen == [asked, "What did X say?"]
    assert (row.history, row.tags, row.answers, row.retrieved) == (("Who?",), ("b", "a"), ("agreed",), (None,))
    assert [group.name for group in report.groups()["tag"]] == ["a", "b"]
    # the first sentence, "The minister agreed.", has two words of its own; one of them is the reference's
    assert (row.scores["exact_match"], row.scores["f1"]) == (0.0, 2 / 3)


def test_what_the_answer_shows_as_asked_for_is_held_against_the_reference_answers() -> None:
    shown = Citation(ENGLISH, 0, 20, highlights=((13, 19), (4, 12)))
    located = _located("q1", AGREED)
    answers = replace(located.question, answers=("refused", "Agreed!"))
    [row] = run([Located(answers, (AGREED,))], Scripted(lambda question: _answer(question, shown))).rows
    assert (row.scores["exact_match"], row.scores["f1_folded"]) == (1.0, 1.0)


def test_a_system_that_shows_no_passages_has_no_figures_of_retrieval() -> None:
    [row] = run([_located("q1", AGREED)], Scripted(_answer, lambda text: None)).rows
    assert (row.retrieved, "mrr" in row.scores, row.scores["declined_wrongly"]) == ((), False, 1.0)


def test_where_articles_are_relevant_each_counts_once_and_where_nothing_is_asked_only_they_are_scored() -> None:
    ranked = [_hit(ARABIC, 16, 24), _hit(ARABIC, 0, 15), _hit(ENGLISH, 21, 39)]
    located = Located(_located("q1", AGREED).question, (AGREED,), whole_articles=True, asked=False)
    [row] = run([located], Scripted(_answer, lambda text: ranked)).rows
    assert (row.asked, row.declined, row.retrieved, row.scores["mrr"]) == (False, False, (2,), 0.5)
    assert run([Located(_located("q2").question, (), asked=False)], Scripted(_answer)).rows == ()
    assert row.scores.keys() == {"recall@1", "recall@5", "recall@10", "recall@100", "mrr", "ndcg@10", "map"}


def test_judges_tell_of_each_sentence_whether_its_citations_support_it() -> None:
    def answer(question: str) -> Answer:
        sentences = (
            Sentence("one", (Citation(ENGLISH, 0, 20), Citation(ENGLISH, 21, 39)), Support.SUPPORTED),
            Sentence("two", (Citation(ENGLISH, 21, 39),), Support.PARTIAL),
        )
        return Answer(question, "en", sentences, None, (), 0.0)

    judges = {"verifier": lambda sentence, citations: citations[0].start == 0, "nli": lambda *_: False}
    report = run([_located("q1", AGREED), _located("q2")], Scripted(answer), judges)
    row, other = report.rows
    assert row.judged == {"verifier": (True, False), "nli": (False, False)}
    assert (row.support, row.cited) == (("supported", "partial"), ((0, 1), (1,)))
    # of the first sentence's two citations the second is of no use: the first supports it alone
    assert {name: row.scores[name] for name in row.scores if name.startswith("alce")} == {
        "alce_recall": 1 / 2,
        "alce_precision": 1 / 3,
        "alce_recall_nli": 0.0,
        "alce_precision_nli": 0.0,
    }
    assert other.judged == row.judged
    assert report.agreement == Agreement(sentences=4, share=0.5, kappa=0.0)
    assert run([_located("q")], Scripted(_answer), judges).agreement is None


def test_an_answer_is_right_when_its_first_citation_is_gold_and_as_sure_as_is_said_of_it() -> None:
    def ask(question: str) -> Answer:
        cited = {"q1?": [Citation(ENGLISH, 0, 20)], "q2?": [Citation(ENGLISH, 21, 39)], "q3?": []}[question]
        return _answer(question, *cited)

    questions = [_located("q1", AGREED), _located("q2", AGREED), _located("q3", AGREED)]
    rows = run(questions, Scripted(ask), confidence=lambda answer: 1 / len(answer.citations[0].quote)).rows
    assert [(row.confidence, row.right) for row in rows] == [(1 / 20, True), (1 / 18, False), (None, False)]
    assert sure_answers(rows) == ([1 / 20, 1 / 18], [True, False])


def test_latency_is_of_the_rows_as_measured() -> None:
    row = run([_located("q")], Scripted(_answer)).rows[0]
    report = Report(tuple(replace(row, seconds=seconds) for seconds in (0.1, 0.2, 0.3)))
    [whole] = report.groups()["all"]
    assert whole.p50 == 0.2
    assert whole.p95 == pytest.approx(0.29)
