"""Numbers as news writes them, in figures and in words of both languages, and what they come to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.words.numerals import (
    DENOMINATORS,
    DUAL_SCALES,
    DUAL_UNITS,
    ORDINALS,
    PARTS,
    SCALES,
    TEENS,
    TEN_AR,
    UNITS,
)
from index.dates import find_dates
from index.text import fold, fold_text, letter_offset, tokens

if TYPE_CHECKING:
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


_COMPOUND_ONLY = frozenset(map(fold_text, ("حادي", "حادية")))
"""Places that are one only before «عشر» or a ten."""

_FIGURE_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_PREFIX = re.compile(r"(?:[بلك]?ال|لل|[بلك])(?=\d)")
_PREPOSITIONS = frozenset("بلك")
_NOT_PREFIXED = frozenset({"لست", "كست", "بكلا", "لكلا", "بواحد", "لواحد", "بواحده", "لواحده"})
"""Words that only look like a preposition and a number: «لست»."""

_PART_BEFORE = frozenset({"a", "one"})
_GLUED = re.compile(r"(?:(\d+)ر)?(\d+(?:[.,]\d+)*)([^\W\d]\w+)?")
"""A figure in Arabic wires with its scale written onto it, or its fraction before a ر: 120مليار, 9ر14مليون."""

_MIXED = re.compile(r"(\d{1,3})-(\d{1,2})/(2|4|8|16|32|64)(?![\d/])")
"""A figure with a part behind it, as markets write it: 7-3/4."""

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PERCENT = re.compile(
    r"\s*(?:[%٪]|percent\b|per cent\b|pct\b|"
    + "|".join(map(fold_text, ("في المئة", "في المائة", "بالمئة", "بالمائة", "في المية", "بالمية")))
    + ")"
)
_GONE_BY = re.compile(r"^(?:قبل|منذ)\b|\bago$")
_RANGE = re.compile(r"\s*(?:-|–|to|or|الي|او)\s*")
"""What stands between two numbers of which the second tells what both count."""

_AND, _BETWEEN, BESIDE = re.compile(r"\s*(?:and|و)\s*"), re.compile(r"\b(?:between|بين|ما بين) $"), 10
"""What makes two such numbers of others, and characters before them that are looked at: between 10 and 15 percent."""

_JOINS = re.compile(r"\s+|\s?-\s?")
_VAGUE = frozenset(
    map(fold_text, ("one", "both", "واحد", "واحدة", "كلا", "كلتا", "آلاف", "الآلاف", "مئات", "المئات", "ملايين"))
)
"""Words that alone are hardly numbers: one of them, «آلاف العمال»."""


def find_quantities(text: str) -> list[Quantity]:
    """Return every number of a text in order, those of dates left out, but for a time gone by: three years ago.

    Words side by side are one number: «ثلاثة وعشرون ألفا» is 23,000, "one and a half million" 1,500,000.
    """
    dates = [run for found in find_dates(text) if not _GONE_BY.search(fold_text(text[slice(*(run := found.run))]))]
    words = [word for word in tokens(text) if not any(start < word.end and word.start < end for start, end in dates)]
    found: list[Quantity] = []
    number = 0
    while number < len(words):
        reader = _Reader(text, words, number)
        quantity = reader.read()
        if quantity:
            found.append(quantity)
        number = max(reader.number, number + 1)
    return [_as_next(text, *pair) for pair in zip_longest(found, found[1:])]


def _as_next(text: str, quantity: Quantity, following: Quantity | None) -> Quantity:
    """Return the first of two numbers with the scale and the sign that only the second has: from 200 to 450 million."""
    if following is None:
        return quantity
    before, between = fold_text(text[: quantity.start][-BESIDE:]), fold_text(text[quantity.end : following.start])
    if not _RANGE.fullmatch(between) and not (_AND.fullmatch(between) and _BETWEEN.search(before)):
        return quantity
    figure = _figure(text[quantity.start : quantity.end])
    if figure is None or figure >= 1_000 or quantity.ordinal or following.ordinal:
        return quantity
    scales = [SCALES.get(word.text, 0) for word in tokens(text[following.start : following.end])]
    scale = next((scale for scale in scales if scale >= 1_000), 1)
    return replace(quantity, value=quantity.value * scale, percent=following.percent)


def _prefix(word: str) -> int:
    """Return how many letters of a folded word are a preposition or an article before a number: لستة, ب214."""
    if found := _PREFIX.match(word):
        return found.end()
    known = any(word[1:] in words for words in (UNITS, SCALES, DUAL_SCALES, PARTS))
    return int(word[:1] in _PREPOSITIONS and known and word not in _NOT_PREFIXED)


def _is_joined_to_and(word: str) -> bool:
    """Tell whether a folded word of a number has «and» written onto it: وثمانية, not واحد."""
    return word.startswith("و") and word not in UNITS and len(word) > 1


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
        if place := self._read_place():
            return place
        if mixed := _MIXED.match(self._text, self._words[self._first].start):
            return self._read_mixed(mixed)
        while self._take():
            pass
        if self.number == self._first or self._is_vague():
            return None
        first = self._words[self._first]
        joined = int(_is_joined_to_and(first.text))
        start = letter_offset(self._text, first, joined + _prefix(first.text[joined:]))
        return self._counted(start, self._words[self.number - 1].end, self._whole + (self._current or 0))

    def _counted(self, start: int, end: int, value: Fraction) -> Quantity:
        """Return a number with the sign of percent that follows it, if any."""
        after = fold(self._text[end : end + 20])
        percent = _PERCENT.match(after.text)
        if percent:
            end += after.origin(0, percent.end())[1]
        return Quantity(start, end, value, percent=bool(percent))

    def _read_mixed(self, mixed: re.Match[str]) -> Quantity:
        while self.number < len(self._words) and self._words[self.number].start < mixed.end():
            self.number += 1
        return self._counted(mixed.start(), mixed.end(), int(mixed[1]) + Fraction(int(mixed[2]), int(mixed[3])))

    def _read_place(self) -> Quantity | None:
        """Return the place in an order that begins here: second, 88th, «الرابعة عشرة», «الثامنة والثمانين»."""
        first = self._words[self._first]
        if found := _FIGURE_ORDINAL.fullmatch(first.text):
            return Quantity(first.start, first.end, Fraction(found[1]), ordinal=True)
        before = self._words[self._first - 1].text if self._first else ""
        if before in _PART_BEFORE and self._text_of(self._first + 1) == "of" and ORDINALS.get(first.text, 0) > 2:  # noqa: PLR2004
            return Quantity(first.start, first.end, Fraction(1, ORDINALS[first.text]))  # a fifth of
        place = first.text.removeprefix("ال")
        if place not in ORDINALS or (place == first.text and not place.isascii()):
            return None
        value, last, following = ORDINALS[place], first, self._text_of(self._first + 1)
        if following in TEN_AR:
            value += 10
        elif following.startswith("وال") and 20 <= UNITS.get(following.removeprefix("وال"), 0) < 100:  # noqa: PLR2004
            value += UNITS[following.removeprefix("وال")]
        if value != ORDINALS[place]:
            self.number = self._first + 2
            last = self._words[self._first + 1]
        elif place in _COMPOUND_ONLY:
            return None
        return Quantity(first.start, last.end, Fraction(value), ordinal=True)

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
            if self._text_of(self.number + 1) == "a" and self._text_of(self.number + 2) in PARTS:
                step = 2
        elif _is_joined_to_and(word):
            joined, word = True, word[1 + _prefix(word[1:]) :]
        elif word == "a" and self._text_of(self.number + 1) in SCALES and (opens or self._current in PARTS.values()):
            step = 1
        elif opens:
            word = word[_prefix(word) :]
        if step:
            word = self._text_of(self.number + step)
            if not word or not self._is_joined(self.number + step):
                return False
        if self._counts_anew(self.number + step) or not self._add(word, joined=joined):
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
        if self.number == self._first and self._is_definite_scale(word):
            word = word.removeprefix("ال")
        if word in SCALES or word in DUAL_SCALES:
            scale = Fraction(SCALES.get(word) or DUAL_SCALES[word])
            self._multiply(scale, Fraction(2) if word in DUAL_SCALES else self._current)
            return True
        if word in DUAL_UNITS and self.number == self._first:
            self._current = Fraction(DUAL_UNITS[word])
            return True
        if word in PARTS:
            return self._add_part(PARTS[word], joined=joined)
        if word in DENOMINATORS:
            return self._divide(DENOMINATORS[word])
        if word in TEN_AR and self._current is not None and 1 <= self._current <= 9:  # noqa: PLR2004
            self._current += 10
            return True
        if word in TEENS and self._text_of(self.number + 1) in TEN_AR and self._current is None:
            self._current = Fraction(TEENS[word])
            return True
        return self._add_plain(word, joined=joined)

    def _counts_anew(self, number: int) -> bool:
        """Tell whether the next word counts a scale that has been read: 295 thousand and 308 thousand are two."""
        return bool(self._whole) and SCALES.get(self._text_of(number + 1), 0) >= self._scale

    def _is_definite_scale(self, word: str) -> bool:
        """Tell whether a word is a scale alone: تجاوز المليون, not مليون ونصف المليون."""
        before = self._words[self._first - 1].text.removeprefix("و") if self._first else ""
        return word.startswith("ال") and SCALES.get(word[2:], 0) >= 1_000_000 and before not in PARTS  # noqa: PLR2004

    def _multiply(self, scale: Fraction, count: Fraction | None) -> None:
        if count is None and self._whole and scale > self._scale:
            self._whole *= scale  # 583 thousand billion
            return
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
        if (glued := _GLUED.fullmatch(word)) and (glued[1] or glued[3] in SCALES) and self.number == self._first:
            self._current = _figure(glued[2] + ("." + glued[1] if glued[1] else ""))
            if glued[3] in SCALES:
                self._multiply(Fraction(SCALES[glued[3]]), self._current)
            return self._current is not None or bool(self._whole)
        bare = word.removeprefix("ال")
        if (self.number == self._first or joined) and UNITS.get(bare, 100) < 100:  # noqa: PLR2004  (في المائة is no number)
            word = bare  # الدول الثلاث
        value = Fraction(UNITS[word]) if word in UNITS else _figure(word)
        if value is None:
            return False
        if self._current is None:
            self._current = value
            return self.number == self._first or joined or self._scale > 1
        if word in UNITS and self._may_add(value, joined=joined, arabic=not word.isascii()):
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
