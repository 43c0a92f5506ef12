"""When the words of a question for a time are the days to be searched, and when they are part of what is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.period import find_period
from assistant.questions.question import read_question

TODAY = date(2015, 11, 18)
"""A Wednesday."""


def days(question: str) -> tuple[str | None, str | None, str] | None:
    """The first and the last day of a question's period, and the question without its words."""
    period = find_period(read_question(question), TODAY, date(2015, 11, 10))
    if period is None:
        return None
    first, last = (None if day is None else day.isoformat() for day in (period.first, period.last))
    return first, last, period.left_out_of(question)


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("What did Lavrov say in July 2015?", "2015-07-01", "2015-07-31", "What did Lavrov say?"),
        ("What did Lavrov say in July 2015 about Iran?", "2015-07-01", "2015-07-31", "What did Lavrov say about Iran?"),
        ("In July 2015, what did Lavrov say?", "2015-07-01", "2015-07-31", "what did Lavrov say?"),
        ("What did Obama say between May and July 2015?", "2015-05-01", "2015-07-31", "What did Obama say?"),
        ("What did Obama say from November to May 2015?", "2014-11-01", "2015-05-31", "What did Obama say?"),
        ("What did Obama say between 5 and 10 July 2015?", "2015-07-05", "2015-07-10", "What did Obama say?"),
        ("What has Obama said about Iran since 2014?", "2014-01-01", None, "What has Obama said about Iran?"),
        ("What did Baker say before March 1987?", None, "1987-02-28", "What did Baker say?"),
        ("What did Baker say after 3 March 1987?", "1987-03-04", None, "What did Baker say?"),
        ("What did Baker say until June 1987?", None, "1987-06-30", "What did Baker say?"),
        ("What did OPEC decide in 1987?", "1987-01-01", "1987-12-31", "What did OPEC decide?"),
        ("How many people were killed in Yemen in early 2015?", "2015-01-01", "2015-12-31", None),
        ("What did Lavrov say on 21 July 2015?", "2015-07-21", "2015-07-22", "What did Lavrov say?"),
        ("What did Lavrov say on July 21, 2015 about Iran?", "2015-07-21", "2015-07-22", None),
        ("What did Lavrov say on 2015-07-21?", "2015-07-21", "2015-07-22", "What did Lavrov say?"),
        ("ماذا قال لافروف في يوليو 2015؟", "2015-07-01", "2015-07-31", "ماذا قال لافروف؟"),
        ("ماذا قال لافروف في تموز 2015 عن إيران؟", "2015-07-01", "2015-07-31", "ماذا قال لافروف عن إيران؟"),
        ("ماذا قال لافروف خلال عام 2015؟", "2015-01-01", "2015-12-31", "ماذا قال لافروف؟"),
        ("ماذا قال لافروف عام 2015 عن تركيا؟", "2015-01-01", "2015-12-31", "ماذا قال لافروف عن تركيا؟"),
        ("ماذا قال لافروف بين مايو ويوليو 2015؟", "2015-05-01", "2015-07-31", "ماذا قال لافروف؟"),
        ("ماذا قال الجبير من مارس إلى يونيو 2015؟", "2015-03-01", "2015-06-30", "ماذا قال الجبير؟"),
        ("ماذا قال لافروف عن سوريا منذ 2014؟", "2014-01-01", None, "ماذا قال لافروف عن سوريا؟"),
        ("ماذا قال ريغان قبل مارس 1987؟", None, "1987-02-28", "ماذا قال ريغان؟"),
        ("ماذا قال لافروف في 21 يوليو 2015؟", "2015-07-21", "2015-07-22", "ماذا قال لافروف؟"),
        ("كم قتيلا سقط في التفجير في كانون الثاني 2015؟", "2015-01-01", "2015-01-31", "كم قتيلا سقط في التفجير؟"),
    ],
)
def test_a_time_that_stands_for_itself_is_a_period(
    question: str, first: str | None, last: str | None, rest: str | None
) -> None:
    found = days(question)
    assert found is not None
    assert found[:2] == (first, last)
    assert rest in (None, found[2])


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What did Lavrov say last week?", "2015-11-09", "2015-11-15"),
        ("What did Lavrov say this week about Iran?", "2015-11-16", "2015-11-18"),
        ("What did Lavrov say last month?", "2015-10-01", "2015-10-31"),
        ("What did Lavrov say this month?", "2015-11-01", "2015-11-18"),
        ("What happened in Aden last year?", "2014-01-01", "2014-12-31"),
        ("What did Lavrov say yesterday?", "2015-11-17", "2015-11-18"),
        ("What did Lavrov say today?", "2015-11-18", "2015-11-19"),
        ("What did Lavrov say three days ago?", "2015-11-15", "2015-11-16"),
        ("What did Lavrov say last Monday?", "2015-11-16", "2015-11-17"),
        ("ماذا قال لافروف الأسبوع الماضي عن تركيا؟", "2015-11-09", "2015-11-15"),
        ("ماذا قال لافروف في الأسبوع الماضي؟", "2015-11-09", "2015-11-15"),
        ("ماذا قال لافروف الشهر الماضي؟", "2015-10-01", "2015-10-31"),
        ("ماذا قال لافروف هذا العام؟", "2015-01-01", "2015-11-18"),
        ("ماذا قال لافروف أمس؟", "2015-11-17", "2015-11-18"),
        ("ماذا قال لافروف أول من أمس عن إيران؟", "2015-11-16", "2015-11-17"),
    ],
)
def test_relative_words_count_from_the_day_of_asking(question: str, first: str, last: str) -> None:
    found = days(question)
    assert found is not None
    assert found[:2] == (first, last)


@pytest.mark.parametrize(
    ("question", "month"),
    [
        ("What did Lavrov say in July?", "2015-07"),
        ("What did Lavrov say in December?", "2014-12"),
        ("ماذا قال لافروف في أغسطس؟", "2015-08"),
        ("What did Lavrov say last July?", "2015-07"),
    ],
)
def test_a_month_without_its_year_is_the_last_one_up_to_the_newest_article(question: str, month: str) -> None:
    found = days(question)
    assert found is not None
    assert found[0] == f"{month}-01"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2014 World Cup?",
        "What happened in 1967 war?",
        "What happened in the 1967 war?",
        "What did Lavrov say about the agreement of 12 April 2015?",
        "What did Lavrov say about the agreement signed in May 2015?",
        "What did Lavrov say about the law that was passed in 2014?",
        "What is the 2030 vision?",
        "What does Saudi Arabia plan in 2030?",
        "When did Lavrov visit Ankara in 2015?",
        "In what year did Lavrov visit Ankara?",
        "What may Lavrov say in march?",
        "What did the king say in Ramadan 1436?",
        "What did Lavrov say about Idlib on Monday?",
        "How many refugees does Turkey host today?",
        "What did yesterday's papers say about Iran?",
        "What did Lavrov say in 2015-13-45?",
        "What did Lavrov say about Turkey?",
        "In July 2015?",
        "ماذا حدث في حرب عام 1967؟",
        "ماذا حدث في حرب 1967؟",
        "ماذا قال لافروف عن اتفاق عام 2015؟",
        "ماذا قال لافروف عن الاتفاق الموقع في مايو 2015؟",
        "ماذا قال لافروف عن القمة التي عقدت في مايو 2015؟",
        "ما هي رؤية 2030؟",
        "متى زار لافروف أنقرة في 2015؟",
    ],
)
def test_a_time_that_belongs_to_a_thing_is_no_period(question: str) -> None:
    assert days(question) is None


def test_an_arabic_adjective_before_a_time_is_no_participle() -> None:
    assert days("ماذا قال الرئيس المصري في مايو 2015؟") == ("2015-05-01", "2015-05-31", "ماذا قال الرئيس المصري؟")


@pytest.mark.parametrize(
    ("question", "certain"),
    [
        ("What did Lavrov say in July 2015?", True),
        ("Who met Lavrov last week?", True),
        ("In July 2015, what did Lavrov say about Turkey?", True),
        ("What did Lavrov say about Turkey in July 2015?", True),
        ("What did Lavrov say about the war in 1967?", False),
        ("ماذا قال لافروف عن الحرب في 1967؟", False),
        ("What did Lavrov say about the talks in July 2015?", False),
        ("Who attacked Pearl Harbor in 1941?", False),
    ],
)
def test_what_was_said_then_and_words_like_last_week_can_be_nothing_but_a_filter(question: str, certain: bool) -> None:
    period = find_period(read_question(question), TODAY)
    assert period is not None
    assert period.certain is certain


WORDS = (
    "in on since between and from to before last week month May July 2015 1987 31 5 13 0 , 2015-13-45 31.02.2015 Monday"
    " the of year What did Lavrov say about ? في بين و من إلى قبل منذ عام شهر يوليو ويوليو الماضي الأسبوع أمس 21"
    " ماذا قال"
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12), st.dates(date(1600, 1, 1), date(2190, 1, 1)))
def test_any_words_give_days_in_order_and_leave_a_part_of_the_question(words: list[str], today: date) -> None:
    text = " ".join(["What", *words])
    period = find_period(read_question(text), today, today)
    if period is not None:
        assert period.first is not None or period.last is not None
        assert (period.first or date.min) <= (period.last or date.max)
        assert 0 <= period.start < period.end <= len(text)
        assert len(period.left_out_of(text)) < len(text)
