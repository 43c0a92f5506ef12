"""Numbers in figures and words, in both languages, and what they come to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.words.quantities import find_quantities


def _values(text: str) -> list[float]:
    return [float(found.value) for found in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200 people and 3.5 tonnes", [1200, 3.5]),
        ("1.5 million dollars, 5.93 mln bags", [1_500_000, 5_930_000]),
        ("411,000 barrels", [411_000]),
        ("twenty-one soldiers", [21]),
        ("two hundred and five thousand", [205_000]),
        ("five million three hundred thousand", [5_300_000]),
        ("one and a half million", [1_500_000]),
        ("half a million", [500_000]),
        ("a hundred people", [100]),
        ("a dozen villages", [12]),
        ("two thirds of them", [2 / 3]),
        ("between three and five", [3, 5]),
        ("from 200 to 450 million riyals", [200_000_000, 450_000_000]),
        ("بين 10 و15 مليون دولار", [10_000_000, 15_000_000]),
        ("in 12 cities and 3 million homes", [12, 3_000_000]),
        ("295 ألفاً و308 آلاف رأس", [295_000, 308_000]),
        ("24.5 mn tonnes", [24_500_000]),
        ("three soldiers and five officers", [3, 5]),
        ("one of them", []),
        ("on 12 April 2017 at least 7 died", [7]),
        ("three years ago, on 25 Ramadan 1436", [3]),
        ("منذ ثلاث سنوات", [3]),
        ("ثلاثة وعشرون ألفا", [23_000]),
        ("خمسة عشر جنديا", [15]),
        ("أحد عشر جنديا", [11]),
        ("اثنا عشر قتيلا", [12]),
        ("أحد الجنود", []),
        ("مئة وعشرون شخصا", [120]),
        ("ألف ومئتان", [1200]),
        ("ثلاثة آلاف منزل", [3000]),
        ("ألفي جندي", [2000]),
        ("مليون ونصف", [1_500_000]),
        ("مليون ونصف المليون", [1_500_000]),
        ("نصف مليون", [500_000]),
        ("خمسة ملايين و300 ألف", [5_300_000]),
        ("٣٫٥ مليون دولار", [3_500_000]),
        ("1.8 مليون شخص", [1_800_000]),
        ("في 12 شباط قتل 7 أشخاص", [7]),
        ("ثلاثة جنود وخمسة ضباط", [3, 5]),
        ("زعماء الدول الثلاث", [3]),
        ("مليونين ومئتي ألف برميل", [2_200_000]),
        ("بعد يومين من القصف", [2]),
        ("في غضون ثلاثة أسابيع ويومين", [3, 2]),
        ("وصل يوم الاثنين", []),
        ("بـ214 صوتا", [214]),
        ("لـ1.4 مليون لاجئ", [1_400_000]),
        ("أم لستة أطفال", [6]),
        ("بأربع نقاط", [4]),
        ("بمليون دولار", [1_000_000]),
        ("لست هنا", []),
        ("الحرائق الثلاثة والعشرين", [23]),
        ("in the 88th minute", [88]),
        ("في الدقيقة الثامنة والثمانين", [88]),
        ("دون الرابعة عشرة", [14]),
        ("120مليار ريال", [120_000_000_000]),
        ("9ر14 مليون دولار", [14_900_000]),
        ("583.8 ألف مليار ليرة", [583_800_000_000_000]),
        ("تجاوز المليون متقاعد", [1_000_000]),
        ("لنصف ساعة", [0.5]),
        ("a fifth of the stock in the fifth round", [0.2, 5]),
    ],
)
def test_a_number_comes_to_its_value(text: str, values: list[float]) -> None:
    assert _values(text) == pytest.approx(values)


@pytest.mark.parametrize(
    "text",
    [
        "up 18.2% on the year",
        "up 18.2 percent",
        "up 18.2 pct",
        "بنسبة 18.2 في المئة",
        "بنسبة 18.2 بالمائة",
        "18.2 بالمية",
        "18.2٪",
    ],
)
def test_a_percentage_is_told_from_a_count(text: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.percent) == (Fraction("18.2"), True)


@pytest.mark.parametrize("text", ["the third round", "الجولة الثالثة"])
def test_a_place_in_an_order_is_no_count(text: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.ordinal) == (Fraction(3), True)


def test_a_number_stands_where_its_words_stand() -> None:
    text = "قتل ثلاثة وعشرون ألفا منهم"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "ثلاثة وعشرون ألفا"


@given(st.integers(0, 10**12))
def test_figures_are_read_with_and_without_their_marks(number: int) -> None:
    for text in (f"{number} people", f"{number:,} people"):
        assert _values(text) == [number]


WORDS = "two hundred and a half million one 12 3.5 % ألف ثلاثة وعشرون نصف و عشر third -"


@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_order_of_such_words_gives_numbers_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for found in find_quantities(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
