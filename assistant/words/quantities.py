"""Numbers as news writes them, in figures and in words of both languages, and what they come to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from index.dates import find_dates
from index.text import fold, fold_text, letter_offset, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.text import Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: code points ``[start, end)``, with its scale and a sign of percent, and its value.

    An ordinal is a place in an order: the third round is not three rounds.
    """

    start: int
    end: int
    value: Fraction
    percent: bool = False
    ordinal: bool = False


def _table(entries: Mapping[int, str]) -> dict[str, int]:
    return {fold_text(word): value for value, words in entries.items() for word in words.split()}


_UNITS = _table({
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

_SCALES = _table({
    100: "hundred",
    1_000: "thousand ألف ألفا آلاف",
    1_000_000: "million mln مليون مليونا ملايين",
    1_000_000_000: "billion bln bn مليار مليارا مليارات بليون",
    1_000_000_000_000: "trillion تريليون تريليونا تريليونات ترليون",
})  # fmt: skip
"""Words that what stands before them is multiplied by."""

_DUAL_SCALES = _table({
    1_000: "ألفان ألفين ألفي",
    1_000_000: "مليونان مليونين مليوني",
    1_000_000_000: "ملياران مليارين ملياري",
})  # fmt: skip
"""Scales that say two of them."""

_TEENS = _table({1: "أحد إحدى", 2: "اثنا اثني اثنتا اثنتي"})
"""Words that are a number only before «عشر»."""

_TEN_AR = frozenset(map(fold_text, ("عشر", "عشرة")))

_DUAL_UNITS = _table({
    2: "يومان يومين أسبوعان أسبوعين شهران شهرين عامان عامين سنتان سنتين ساعتان ساعتين دقيقتان دقيقتين عقدان عقدين",
})  # fmt: skip
"""Units of time that say two of them."""

_PARTS = {
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

_DENOMINATORS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}

_ORDINALS = _table({
    1: "first أول أولى أولي",
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

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PERCENT = re.compile(
    r"\s*(?:[%٪]|percent\b|per cent\b|pct\b|"
    + "|".join(map(fold_text, ("في المئة", "في المائة", "بالمئة", "بالمائة")))
    + ")"
)
_GONE_BY = re.compile(r"^(?:قبل|منذ)\b|\bago$")
_JOINS = re.compile(r"\s+|\s?-\s?")
_VAGUE = frozenset(map(fold_text, ("one", "both", "واحد", "واحدة", "كلا", "كلتا")))
"""Words that alone are hardly numbers: one of them."""


def find_quantities(text: str) -> list[Quantity]:
    """Return every number of a text in order, those of dates left out, but for a time gone by: three years ago.

    Words side by side are one number: «ثلاثة وعشرون ألفا» is 23,000, "one and a half million" 1,500,000.
    """
    dates = [run for found in find_dates(text) if not _GONE_BY.search(fold_text(text[slice(*(run := found.run))]))]
    words = [word for word in tokens(text) if not any(start <= word.start < end for start, end in dates)]
    found: list[Quantity] = []
    number = 0
    while number < len(words):
        reader = _Reader(text, words, number)
        quantity = reader.read()
        if quantity:
            found.append(quantity)
        number = max(reader.number, number + 1)
    return found


def _is_joined_to_and(word: str) -> bool:
    """Tell whether a folded word of a number has «and» written onto it: وثمانية, not واحد."""
    return word.startswith("و") and word not in _UNITS and len(word) > 1


class _Reader:
    """Reads the one number that begins at a word of a text, as far as its words go."""

    def __init__(self, text: str, words: list[Token], number: int) -> None:
        self._text = text
        self._words = words
        self.number = self._first = number  # the next word
        self._whole = Fraction(0)  # what greater scales came to
        self._current: Fraction | None = None  # what the next scale multiplies
        self._scale = Fraction(1)  # the scale read last

    def read(self) -> Quantity | None:
        """Return the number, None where none begins here."""
        place = self._words[self._first].text.removeprefix("ال")
        if place in _ORDINALS and (place != self._words[self._first].text or place.isascii()):
            word = self._words[self._first]
            return Quantity(word.start, word.end, Fraction(_ORDINALS[place]), ordinal=True)
        while self._take():
            pass
        if self.number == self._first or self._is_vague():
            return None
        first = self._words[self._first]
        start = letter_offset(self._text, first, int(_is_joined_to_and(first.text)))
        end = self._words[self.number - 1].end
        after = fold(self._text[end : end + 20])
        percent = _PERCENT.match(after.text)
        if percent:
            end += after.origin(0, percent.end())[1]
        return Quantity(start, end, self._whole + (self._current or 0), percent=bool(percent))

    def _is_vague(self) -> bool:
        return self.number == self._first + 1 and self._words[self._first].text in _VAGUE

    def _take(self) -> bool:
        """Take the next word into the number, and say whether it belongs to it."""
        step = 0
        opens = self.number == self._first
        if self.number >= len(self._words) or not (opens or self._is_joined(self.number)):
            return False
        word = self._words[self.number].text
        joined = opens
        if word == "and" and not opens:
            step, joined = 1, True
            if self._text_of(self.number + 1) == "a" and self._text_of(self.number + 2) in _PARTS:
                step = 2
        elif _is_joined_to_and(word):
            joined, word = True, word[1:]
        elif word == "a" and self._text_of(self.number + 1) in _SCALES and (opens or self._current in _PARTS.values()):
            step = 1
        if step:
            word = self._text_of(self.number + step)
            if not word or not self._is_joined(self.number + step):
                return False
        if not self._add(word, joined=joined):
            return False
        self.number += step + 1
        return True

    def _text_of(self, number: int) -> str:
        return self._words[number].text if number < len(self._words) else ""

    def _is_joined(self, number: int) -> bool:
        gap = self._text[self._words[number - 1].end : self._words[number].start]
        return bool(_JOINS.fullmatch(gap))

    def _add(self, word: str, *, joined: bool) -> bool:
        """Add a word's value, or multiply by it; say whether it fits."""
        if word in _SCALES or word in _DUAL_SCALES:
            scale = Fraction(_SCALES.get(word) or _DUAL_SCALES[word])
            self._multiply(scale, Fraction(2) if word in _DUAL_SCALES else self._current)
            return True
        if word in _DUAL_UNITS and self.number == self._first:
            self._current = Fraction(_DUAL_UNITS[word])
            return True
        if word in _PARTS:
            return self._add_part(_PARTS[word], joined=joined)
        if word in _DENOMINATORS:
            return self._divide(_DENOMINATORS[word])
        if word in _TEN_AR and self._current is not None and 1 <= self._current <= 9:  # noqa: PLR2004
            self._current += 10
            return True
        if word in _TEENS and self._text_of(self.number + 1) in _TEN_AR and self._current is None:
            self._current = Fraction(_TEENS[word])
            return True
        return self._add_plain(word, joined=joined)

    def _multiply(self, scale: Fraction, count: Fraction | None) -> None:
        product = (1 if count is None else count) * scale
        self._scale = scale
        if scale < 1_000:  # noqa: PLR2004  (a hundred is multiplied once more: two hundred thousand)
            self._current = product
        else:
            self._whole += product
            self._current = None

    def _add_part(self, part: Fraction, *, joined: bool) -> bool:
        """Add half a scale: مليون ونصف; or begin with a part: half a million."""
        if self.number == self._first:
            self._current = part
            return True
        if not joined:
            return False
        if self._current is None:
            self._whole += part * self._scale
        else:
            self._current += part
        return True

    def _divide(self, denominator: int) -> bool:
        if self._current is None or self.number != self._first + 1 or self._current >= denominator:
            return False
        self._current /= denominator
        return True

    def _add_plain(self, word: str, *, joined: bool) -> bool:
        bare = word.removeprefix("ال")
        if self.number == self._first and _UNITS.get(bare, 100) < 100:  # noqa: PLR2004  (في المائة is no number)
            word = bare  # الدول الثلاث
        value = Fraction(_UNITS[word]) if word in _UNITS else _figure(word)
        if value is None:
            return False
        if self._current is None:
            self._current = value
            return self.number == self._first or joined or self._scale > 1
        if word in _UNITS and self._may_add(value, joined=joined, arabic=not word.isascii()):
            self._current += value
            return True
        return False

    def _may_add(self, value: Fraction, *, joined: bool, arabic: bool) -> bool:
        """Tell whether a word adds to the number before it: twenty-one, two hundred (and) five, ثلاثة وعشرون."""
        assert self._current is not None
        hundreds, rest = divmod(self._current, 100)
        if hundreds and not rest:
            return value < 100 and (joined or not arabic)  # noqa: PLR2004
        if arabic:
            return joined and rest < 10 and 20 <= value < 100  # noqa: PLR2004
        return not joined and rest >= 20 and rest % 10 == 0 and value < 10  # noqa: PLR2004


def _figure(word: str) -> Fraction | None:
    """Return the value of a folded word of digits: 1,200 or 3.5 or 12,5; None where it is none."""
    word = word.removeprefix("ال")
    if _THOUSANDS.fullmatch(word):
        return Fraction(word.replace(",", ""))
    try:
        return Fraction(word.replace(",", "."))
    except ValueError:
        return None
