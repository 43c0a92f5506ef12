"""Answers that cannot both hold, and those that only differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import open_assistant
from assistant.questions.question import Kind
from assistant.types import Citation
from assistant.verification.disagreement import disagree
from assistant.verification.verify import Verifier
from index.encoders.static import StaticEncoder
from tests.archives import fill, write
from tests.console import make_seed_archive
from tests.librarian import article


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(StaticEncoder())


def _cited(text: str, asked_for: str = "", published: date | None = None) -> Citation:
    start = text.index(asked_for)
    told = replace(article(text, text), published=published)
    return Citation(told, 0, len(text), highlights=((start, start + len(asked_for)),) if asked_for else ())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("At least 40 people were killed in the Kabul attack.", "40"), ("قتل 52 شخصا في هجوم كابول.", "52"), True),
        (("Forty people were killed in the Kabul attack.", "Forty"), ("قتل 40 شخصا في هجوم كابول.", "40"), False),
        (("The deficit was 170 billion dollars.", "170"), ("The army has 52 new aircraft.", "52"), False),
    ],
)
def test_figures_disagree_where_two_sentences_count_one_thing(
    first: tuple[str, str], second: tuple[str, str], expected: bool, verifier: Verifier
) -> None:
    assert disagree(Kind.HOW_MANY, _cited(*first), _cited(*second), verifier) is expected


def test_days_disagree_as_they_come_to_by_the_articles_dates(verifier: Verifier) -> None:
    plain = _cited("The bridge was opened on 17 February 2020.", "17 February 2020")
    monday = _cited("The bridge was opened on Monday.", "Monday", date(2020, 2, 19))
    tuesday = _cited("افتتح الجسر يوم الثلاثاء.", "الثلاثاء", date(2020, 2, 19))
    unknown = _cited("The bridge was opened yesterday.", "yesterday")
    found = [disagree(Kind.WHEN, plain, other, verifier) for other in (monday, tuesday, unknown)]
    assert found == [False, True, False]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Turkey has fulfilled its commitments in Idlib.", "تركيا لم تنفذ التزاماتها في إدلب.", True),
        ("Turkey has fulfilled its commitments in Idlib.", "تركيا نفذت التزاماتها في إدلب.", False),
        ("Turkey has fulfilled its commitments in Idlib.", "لم يصل الوزير إلى باريس.", False),
    ],
)
def test_a_claim_and_its_denial_disagree(first: str, second: str, expected: bool, verifier: Verifier) -> None:
    assert disagree(Kind.WHAT, _cited(first), _cited(second), verifier) is expected


def test_the_statements_of_one_speaker_are_not_set_against_each_other(verifier: Verifier) -> None:
    first, second = _cited("Turkey has fulfilled its commitments."), _cited("Turkey has not fulfilled its commitments.")
    assert disagree(Kind.SAID, first, second, verifier) is False


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("Has Turkey fulfilled its commitments in Idlib?", "The sources differ: [1] and [2]."),
        ("هل نفذت تركيا التزاماتها في إدلب؟", "تختلف المصادر: [1] و[2]."),
    ],
)
def test_an_answer_cites_both_sides_and_says_that_they_differ(question: str, note: str, tmp_path: Path) -> None:
    answer = open_assistant(make_seed_archive(tmp_path) / ".isnad").ask(question)
    assert answer.notes == (note,)
    assert [citation.speaker for citation in answer.citations] == [None, "أنقرة"]
    assert "لم تنفذ" in answer.citations[0].quote
    assert "نفذت كل التزاماتها" in answer.citations[1].quote


def test_a_figure_from_another_outlet_that_differs_is_cited_too(tmp_path: Path) -> None:
    stories = {
        "one": "Attack in Kabul\n\nForty people were killed in the attack on the Kabul hotel on Sunday.",
        "two": "Kabul\n\nFifty-two people were killed in the attack on the Kabul hotel, officials said.",
    }
    fill(tmp_path / "archive", *write(tmp_path, **stories))
    answer = open_assistant(tmp_path / "archive").ask("How many people were killed in the attack on the Kabul hotel?")
    assert sorted(citation.article.text[slice(*citation.highlights[0])] for citation in answer.citations) == [
        "Fifty-two people",
        "Forty people",
    ]
    assert answer.notes == ("The sources differ: [1] and [2].",)
