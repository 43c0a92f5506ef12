from __future__ import annotations

import pytest

from assistant.questions.examples import example_questions
from assistant.types import Answer
from tests.librarian import answered, article, cite, declined, seed

STATEMENTS = """\
Foreign Minister Sergei Lavrov said that Turkey keeps its promises.

Foreign Minister Sergei Lavrov said that Turkey will stay.

Foreign Minister Sergei Lavrov said that Syria will recover.

Russia said that Turkey is a neighbour.
"""
ARTICLE = article("statements.txt", STATEMENTS)
ANSWER = answered("", ("One.", (cite(ARTICLE, "Foreign Minister"),)))


def test_a_speaker_is_offered_once_with_the_commonest_topic() -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return ANSWER

    questions = ["What did Sergei Lavrov say about Turkey?", "ماذا قالت روسيا عن تركيا؟"]
    assert example_questions([ARTICLE], ask) == questions
    assert asked == questions


def test_a_question_that_is_declined_is_not_offered() -> None:
    def ask(question: str) -> Answer:
        return declined(question, "No.") if "Lavrov" in question else ANSWER

    assert example_questions([ARTICLE], ask) == ["What did Russia say about Turkey?"]


def test_a_country_that_is_a_he_is_asked_about_as_such() -> None:
    iraq = article("iraq.txt", STATEMENTS.replace("Russia said", "Iraq said"))
    assert example_questions([iraq], lambda _: ANSWER)[1] == "ماذا قال العراق عن تركيا؟"


def test_an_archive_without_statements_offers_nothing() -> None:
    assert example_questions([article("a.txt", "Rain fell.")], lambda _: ANSWER) == []


@pytest.mark.parametrize("most", [0, 1, 4])
def test_no_more_than_wanted_are_offered(most: int) -> None:
    assert len(example_questions([seed(number) for number in range(5)], lambda _: ANSWER, most)) == most


def test_the_seed_articles_offer_questions_in_both_languages() -> None:
    questions = example_questions([seed(number) for number in range(5)], lambda _: ANSWER)
    assert [question.startswith("ماذا قال ") for question in questions] == [True] * 3 + [False] * 3
    assert [question.startswith("What did ") for question in questions] == [False] * 3 + [True] * 3
