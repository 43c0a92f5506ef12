from __future__ import annotations

from datetime import date

import pytest

from assistant.questions.question import Question, read_question
from assistant.rendering.wording import decline, name_filters, name_period, quote_sentence
from assistant.types import Citation, Narrowed
from index.types import Article, Filters
from tests.librarian import cite

TITLED = Article("t1", "t.txt", 'The bridge\n\nHe said "open\nin May". It cost 40 million.', "en", title="The bridge")
BARE = Article("b1", "b.txt", "Nothing is stated here.", "en")
MAY = cite(TITLED, "He said", 'May".', speaker="The\nminister")
COST = cite(TITLED, "It cost", "million.")
ENGLISH_QUESTION = read_question("What did the minister say about the bridge?")
ARABIC_QUESTION = read_question("ماذا قال الوزير عن الجسر؟")


@pytest.mark.parametrize(
    ("question", "citation", "sentence"),
    [
        (ENGLISH_QUESTION, MAY, 'The minister: “He said "open\nin May".”'),
        (ARABIC_QUESTION, MAY, 'The minister: «He said "open\nin May".»'),
        (ENGLISH_QUESTION, COST, "In the article “The bridge”: “It cost 40 million.”"),
        (ARABIC_QUESTION, COST, "في مقال «The bridge»: «It cost 40 million.»"),
        (ENGLISH_QUESTION, cite(BARE, "Nothing", "here."), "“Nothing is stated here.”"),
        (ENGLISH_QUESTION, cite(TITLED, "The bridge"), "“The bridge”"),
        (ENGLISH_QUESTION, cite(TITLED, '"open', 'May"'), 'In the article “The bridge”: "open\nin May"'),
    ],
)
def test_a_sentence_quotes_to_the_letter_in_the_marks_of_the_questions_language(
    question: Question, citation: Citation, sentence: str
) -> None:
    assert quote_sentence(citation, question) == sentence


def test_a_quotation_that_begins_and_ends_with_two_quotations_gets_marks_of_its_own() -> None:
    two = Article("q1", "q.txt", "“Yes” and “no”", "en")
    assert quote_sentence(cite(two, "“Yes", "no”"), ENGLISH_QUESTION) == "““Yes” and “no””"


def test_a_speaker_named_in_another_script_bears_both_names() -> None:
    said = quote_sentence(MAY, ARABIC_QUESTION, "الوزير")
    assert said == 'الوزير (The minister): «He said "open\nin May".»'


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (ENGLISH_QUESTION, "The archive holds no statement by the minister on this."),
        (ARABIC_QUESTION, "لا يحتوي الأرشيف على تصريح في هذا الشأن منسوب إلى: الوزير."),
    ],
)
def test_a_decline_is_worded_in_the_questions_language(question: Question, reason: str) -> None:
    assert decline("speaker", question) == reason


@pytest.mark.parametrize(
    ("first", "last", "english", "arabic"),
    [
        (date(2015, 7, 1), date(2015, 7, 31), "from 1 to 31 July 2015", "من 1 إلى 31 تموز/يوليو 2015"),
        (date(2015, 5, 1), date(2015, 7, 3), "from 1 May to 3 July 2015", "من 1 أيار/مايو إلى 3 تموز/يوليو 2015"),
        (
            date(2014, 12, 31),
            date(2015, 1, 1),
            "from 31 December 2014 to 1 January 2015",
            "من 31 كانون الأول/ديسمبر 2014 إلى 1 كانون الثاني/يناير 2015",
        ),
        (date(2015, 7, 1), date(2015, 7, 1), "of 1 July 2015", "بتاريخ 1 تموز/يوليو 2015"),
        (date(2015, 7, 1), None, "from 1 July 2015 on", "منذ 1 تموز/يوليو 2015"),
        (None, date(2015, 7, 1), "up to 1 July 2015", "حتى 1 تموز/يوليو 2015"),
    ],
)
def test_days_are_told_once_where_their_ends_share_a_month_or_a_year(
    first: date | None, last: date | None, english: str, arabic: str
) -> None:
    assert (name_period(first, last, "en"), name_period(first, last, "ar")) == (english, arabic)


def test_what_was_searched_is_told_in_one_line_of_the_answers_language() -> None:
    filters = Filters(None, date(2015, 7, 1), frozenset({"The\nDaily", "الحياة"}), "ar", "Ann Lee")
    narrowed = Narrowed(filters, speaker="Lavrov")
    assert name_filters(narrowed, "en") == (
        "Articles up to 1 July 2015 · Articles in Arabic · Outlet: The Daily, الحياة · Author: Ann Lee "
        "· Statements by Lavrov"
    )
    assert name_filters(narrowed, "ar") == (
        "مقالات حتى 1 تموز/يوليو 2015 · مقالات بالعربية · المصدر: The Daily، الحياة · الكاتب: Ann Lee · تصريحات: Lavrov"
    )
    assert name_filters(Narrowed(Filters(articles=frozenset({"a"}))), "en") == ""
