"""Texts taken apart, and when two numbers or two dates are the same."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.verification.content import Content, same_day, same_number
from assistant.verification.dating import missing_dates


def _same_number(first: str, second: str) -> bool:
    one, other = Content.of(first), Content.of(second)
    return same_number(one.numbers[0], one, other.numbers[0], other)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("three ministers", "ثلاثة وزراء", True),
        ("1.5 million people", "مليون ونصف المليون شخص", True),
        ("48 hours", "two days", True),
        ("21 يوما", "ثلاثة أسابيع", True),
        ("20 years", "عقدين", True),
        ("six weeks", "أسبوعين", False),
        ("two thirds of them", "66.7 percent of them", True),
        ("5 percent", "5 people", False),
        ("three ministers", "the third minister", False),
        ("48 hours", "three days", False),
        ("minute 88", "the 88th minute", True),
        ("more than four million barrels", "4.2 million barrels", True),
        ("more than four million barrels", "3.9 million barrels", False),
        ("more than four million barrels", "six million barrels", False),
        ("about 85 people", "84 people", True),
        ("أقل من مئة شخص", "90 شخصا", True),
    ],
)
def test_numbers_are_the_same_by_what_they_come_to(first: str, second: str, same: bool) -> None:
    assert _same_number(first, second) is same


def _same_day(first: str, second: str, published: date | None = None) -> bool | None:
    return same_day(Content.of(first).dates[0], Content.of(second).dates[0], None, published)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("on 12 February", "في 12 شباط", True),
        ("on 12 February 2020", "on February 12", True),
        ("on 12 February", "on 13 February", False),
        ("in January", "في 12 كانون الأول", False),
        ("in December", "في كانون الأول", True),
        ("on Monday", "يوم الاثنين", True),
        ("on Monday", "in 2020", None),
    ],
)
def test_dates_agree_where_all_parts_do_that_both_state(first: str, second: str, same: bool | None) -> None:
    assert _same_day(first, second) is same


def test_a_relative_day_is_compared_by_the_day_of_its_article() -> None:
    assert _same_day("on 16 February 2020", "yesterday", date(2020, 2, 17)) is True
    assert _same_day("on 15 February 2020", "yesterday", date(2020, 2, 17)) is False
    assert _same_day("on 16 February 2020", "yesterday") is None


@pytest.mark.parametrize(
    ("sentence", "evidence", "missing"),
    [
        ("It grew last year.", "نما العام الماضي", []),
        ("It grew last year.", "نما هذا العام", [True]),
        ("It fell this week.", "It fell next month.", [False]),
        ("انتخب عام 2021", "انتخب في 2021", []),
        ("They voted five years ago.", "صوتوا قبل خمس سنوات", []),
        ("It opens on Monday.", "It opens on Friday.", [True]),
        ("It has lasted since 2013.", "It lasts.", [True]),  # a year that is stated is not that of an unknown day
        ("It grew in March.", "It grows.", [False]),
    ],
)
def test_a_date_is_missing_where_none_agrees_and_differs_where_another_one_is_given(
    sentence: str, evidence: str, missing: list[bool]
) -> None:
    assert list(missing_dates(Content.of(sentence), Content.of(evidence), None).values()) == missing


def test_a_year_that_the_articles_day_or_title_gives_is_no_other() -> None:
    asked, given = Content.of("Pharmacia earned 12.38 crowns in 1986."), Content.of("It earned 12.38 crowns.")
    assert list(missing_dates(asked, given, date(1987, 3, 3)).values()) == [True]
    assert list(missing_dates(asked, given, date(1986, 3, 3)).values()) == [False]
    assert missing_dates(asked, given, date(1987, 3, 3), Content.of("PHARMACIA AB 1986 YEAR")) == {}


def test_names_are_words_with_a_capital_letter_and_countries() -> None:
    content = Content.of("Then Lavrov met the minister of تركيا in Sochi")
    assert [word.text for number, word in enumerate(content.words) if content.is_name(number)] == [
        "lavrov",
        "تركيا",
        "sochi",
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lavrov said: “تركيا لم تنفذ عددا من التزاماتها الهامة”.", "Lavrov"),
        ("“تركيا لم تنفذ عددا من التزاماتها الهامة”, Lavrov said.", "Lavrov"),
        ("قال لافروف: “Turkey did not keep a number of its commitments”.", "لافروف"),
    ],
)
def test_who_speaks_is_read_in_the_language_around_a_quotation(text: str, speaker: str) -> None:
    assert [said.speaker for said in Content.of(text).statements] == [speaker]


def test_capitals_tell_a_country_from_a_pronoun() -> None:
    assert [word.text for word in Content.of("The U.S. told us that the US would stay.").words] == [
        *["the", "usa", "told", "us", "that", "the", "usa", "would", "stay"]
    ]
