"""The words of numbers in both languages, and what they come to. Pure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Mapping


def _table(entries: Mapping[int, str]) -> dict[str, int]:
    return {fold_text(word): value for value, words in entries.items() for word in words.split()}


UNITS = _table({
    0: "zero nil صفر",
    1: "one واحد واحدة",
    2: "two both اثنان اثنين اثنتان اثنتين كلا كلتا",
    3: "three ثلاث ثلاثة",
    4: "four أربع أربعة",
    5: "five خمس خمسة",
    6: "six ست ستة",
    7: "seven سبع سبعة",
    8: "eight ثمان ثماني ثمانية",
    9: "nine تسع تسعة",
    10: "ten عشر عشرة",
    11: "eleven",
    12: "twelve dozen",
    13: "thirteen",
    14: "fourteen",
    15: "fifteen",
    16: "sixteen",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "twenty عشرون عشرين",
    30: "thirty ثلاثون ثلاثين",
    40: "forty أربعون أربعين",
    50: "fifty خمسون خمسين",
    60: "sixty ستون ستين",
    70: "seventy سبعون سبعين",
    80: "eighty ثمانون ثمانين",
    90: "ninety تسعون تسعين",
    100: "مئة مائة",
    200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
    300: "ثلاثمئة ثلاثمائة",
    400: "أربعمئة أربعمائة",
    500: "خمسمئة خمسمائة",
    600: "ستمئة ستمائة",
    700: "سبعمئة سبعمائة",
    800: "ثمانمئة ثمانمائة ثمانيمئة",
    900: "تسعمئة تسعمائة",
})  # fmt: skip
"""Words of a number that are added up."""

SCALES = _table({
    100: "hundred",
    1_000: "thousand ألف ألفا آلاف",
    1_000_000: "million mln mn مليون مليونا ملايين",
    1_000_000_000: "billion bln bn مليار مليارا مليارات بليون",
    1_000_000_000_000: "trillion تريليون تريليونا تريليونات ترليون",
})  # fmt: skip
"""Words that what stands before them is multiplied by."""

DUAL_SCALES = _table({
    1_000: "ألفان ألفين ألفي",
    1_000_000: "مليونان مليونين مليوني",
    1_000_000_000: "ملياران مليارين ملياري",
})  # fmt: skip
"""Scales that say two of them."""

TEENS = _table({1: "أحد إحدى", 2: "اثنا اثني اثنتا اثنتي"})
"""Words that are a number only before «عشر»."""

TEN_AR = frozenset(map(fold_text, ("عشر", "عشرة")))
"""The second word of Arabic numbers from 11 to 19."""

DUAL_UNITS = _table({
    2: "يومان يومين أسبوعان أسبوعين شهران شهرين عامان عامين سنتان سنتين ساعتان ساعتين دقيقتان دقيقتين عقدان عقدين",
})  # fmt: skip
"""Units of time that say two of them."""

PARTS = {
    fold_text(word): part
    for word, part in {
        "half": Fraction(1, 2),
        "نصف": Fraction(1, 2),
        "ثلث": Fraction(1, 3),
        "ثلثا": Fraction(2, 3),
        "ثلثي": Fraction(2, 3),
        "ثلثين": Fraction(2, 3),
        "ربع": Fraction(1, 4),
    }.items()
}
"""Words of parts of a whole."""

DENOMINATORS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}
"""English words that what stands before them is divided by."""

ORDINALS = _table({
    1: "first أول أولى أولي حادي حادية",
    2: "second ثاني ثانية",
    3: "third ثالث ثالثة",
    4: "fourth رابع رابعة",
    5: "fifth خامس خامسة",
    6: "sixth سادس سادسة",
    7: "seventh سابع سابعة",
    8: "eighth ثامن ثامنة",
    9: "ninth تاسع تاسعة",
    10: "tenth عاشر عاشرة",
})  # fmt: skip
"""Places in an order; Arabic ones with the article, without which most are other words."""
