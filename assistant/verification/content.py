"""A text as what can be compared with another one: words, clauses, numbers, dates, names, who says what. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from assistant.speech.statements import find_statements
from assistant.verification.polarity import clauses, negations, signs
from assistant.verification.quotations import without_quotations
from assistant.words.lexicon import ROLES_EN, STOP_WORDS, folded
from assistant.words.naming import find_names
from assistant.words.quantities import find_quantities
from index.dates import FoundDate, find_dates
from index.day_words import MONTHS
from index.text import detect_language, tokens
from index.types import Article

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from assistant.verification.polarity import Negation
    from assistant.words.quantities import Quantity
    from index.statement import Statement
    from index.text import Token
    from index.types import Language

TOLERANCE = 0.005
"""Share by which numbers of unlike form may differ: 66.7 percent are two thirds."""

ROUNDED = 100_000
"""Whole numbers from which one may be told for another that is near: 1.2 million are 1,204,000."""

LABELS = 11
"""Places from which they are mostly said as numbers: minute 88 is the 88th."""

HOURS = {
    word: hours
    for hours, words in {
        1: "hour hours ساعة ساعات ساعتان ساعتين",
        24: "day days يوم أيام يوما يومان يومين",
        168: "week weeks أسبوع أسابيع أسبوعا أسبوعان أسبوعين",
        720: "month months شهر أشهر شهرا شهور شهران شهرين",
        8760: "year years عام أعوام عاما سنة سنوات عامان عامين سنتان سنتين",
        87600: "decade decades عقد عقود عقدا عقدان عقدين",
    }.items()
    for word in folded(words)
}
"""Units of time, which may stand for one another: 48 hours are two days."""


NO_NAMES = folded("""
    united kingdom al el ali new saint san santa de la von van bin ibn ben
    north south east west northern southern eastern western
    corp corporation co cos inc incorporated ltd limited plc llc company
    celsius fahrenheit dollar dollars euro euros pound pounds gmt pm am vs mr mrs ms dr ii iii iv vi vii viii ix xi xii
""")
"""Words with a capital that are no name alone, have none in the other script, or fold into a word that joins."""


class Bound(Enum):
    """How a number bounds the one that is meant, as the shares of it between which that lies."""

    MORE = 1.0, 1.25
    FEWER = 0.8, 1.0
    ABOUT = 0.95, 1.05


MONEY = folded("""
    dollar dollars dlr dlrs cent cents cts euro euros pound pounds stg sterling yen mark marks franc francs lira riyal
    riyals dinar dinars dirham dirhams rouble roubles ruble rubles rupee rupees crown crowns
    دولار دولارا دولارات سنت سنتا سنتات يورو جنيه جنيها جنيهات إسترليني ين فرنك فرنكا ليرة ريال ريالا ريالات دينار
    دينارا دنانير درهم درهما روبل روبية مليم
""")
"""Words after a number that make it a sum of money."""

BOUND_REACH = 2
"""Words before a number that may tell how it is meant."""

_BOUNDS = {
    word: bound
    for bound, words in {
        Bound.MORE: "more over above exceeding exceeded topped least أكثر فوق يتجاوز تجاوز تجاوزت يزيد تزيد يفوق",
        Bound.FEWER: "less fewer under below nearly almost أقل دون قرابة يقارب زهاء",
        Bound.ABOUT: "about around some roughly approximately نحو حوالي حوالى تقريبا",
    }.items()
    for word in folded(words)
}

_LABELLED = folded("""
    season series episode phase stage round chapter article part level group grade class floor volume no number quarter
    category page section channel week day year game set lap division tier rank place league ligue
    موسم الموسم الحلقة المرحلة الجولة الدورة الفصل المادة الجزء المستوى المجموعة الصف الطابق رقم الربع الفئة الصفحة
    القسم القناة المركز الدرجة الساعة
""")
"""Words before a number that it tells apart from others of their kind."""

_CLOCK = folded("am pm صباحا مساء ظهرا عصرا ليلا فجرا")
"""Words after the hour of a day."""

_SHIFTS = {
    word: shift
    for shift, words in {
        -1: "last past previous الماضي الماضية المنصرم الفائت السابق",
        0: "this current هذا هذه الحالي الحالية الجاري الجارية",
        1: "next coming المقبل المقبلة القادم القادمة",
    }.items()
    for word in folded(words)
}
"""Words that tell which week, month or year is meant from the time of writing."""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A text taken apart; `clause` and `sign` have a number a word, see `polarity`."""

    text: str
    words: list[Token]
    clause: NDArray[np.intp]
    sign: NDArray[np.int8]
    negations: list[Negation]
    numbers: list[Quantity]
    dates: list[FoundDate]
    statements: tuple[Statement, ...]
    names: frozenset[int]  # words that name somebody or something by what they are or where they stand

    @classmethod
    def of(cls, text: str) -> Content:
        """Take a text apart."""
        words, dates = [_told_apart(text, word) for word in tokens(text)], find_dates(text)
        dates = sorted([*dates, *_months(text, words, dates)], key=lambda found: found.start)
        said = find_statements(Article("", "", text, _language_around(text)))
        return cls(
            text, words, clauses(text, words), signs(text, words), negations(text, words), find_quantities(text), dates,
            said, find_names([word.text for word in words]),
        )  # fmt: skip

    @property
    def capitals(self) -> frozenset[str]:
        """The folded words that are written with a capital letter."""
        return frozenset(word.text for word in self.words if self.text[word.start].isupper())

    @property
    def counted(self) -> frozenset[int]:
        """The numbers of the words that belong to a number or a date."""
        runs: list[Quantity | FoundDate] = [*self.numbers, *self.dates]
        return frozenset(place for found in runs for place in self.places(found.start, found.end))

    def places(self, start: int, end: int) -> list[int]:
        """Return the numbers of the words that a run of the text covers."""
        return [number for number, word in enumerate(self.words) if word.start < end and word.end > start]

    def is_name(self, number: int) -> bool:
        """Tell whether a word is written as a name, or names a country or a body."""
        word = self.words[number].text
        if word in NO_NAMES or any(map(str.isdecimal, word)):
            return False
        if self.text[self.words[number].start].isupper() and number:
            return word not in ROLES_EN and word not in STOP_WORDS
        return number in self.names

    def bound(self, number: Quantity) -> Bound | None:
        """Return how a number is meant: more than so many, fewer, about; None where it is meant as it stands."""
        first = self.places(number.start, number.end)[0]
        before = [word.text for word in self.words[max(0, first - BOUND_REACH) : first]]
        return next((bound for word in reversed(before) if (bound := _BOUNDS.get(word))), None)

    def is_label(self, number: Quantity) -> bool:
        """Tell whether a number is a place in an order although written as a count: season 4."""
        places = self.places(number.start, number.end)
        before = self.words[places[0] - 1].text if places[0] else ""
        after = self.words[places[-1] + 1].text if places[-1] + 1 < len(self.words) else ""
        return before in _LABELLED or after in _CLOCK

    def is_money(self, number: Quantity) -> bool:
        """Tell whether a number is a sum of money."""
        following = next((word.text for word in self.words if word.start >= number.end), "")
        return following in MONEY or self.text[max(0, number.start - 1)] in "$€£¥"

    def unit(self, number: Quantity) -> int | None:
        """Return the hours of the unit of time that a number counts or, as a dual, names; None where it counts none."""
        following = next((word.text for word in self.words if word.start >= number.end), "")
        return HOURS.get(self.words[self.places(number.start, number.end)[-1]].text) or HOURS.get(following)


def _told_apart(text: str, word: Token) -> Token:
    """Return a word that capitals tell from a pronoun as the name that it is: the US, not us."""
    if word.text == "us" and text[word.start] == "U" and text[word.start : word.end].isupper():
        return word._replace(text="usa")
    return word


def _language_around(text: str) -> Language:
    """Return the language that a text tells its quotations in, which may be another than theirs."""
    around = without_quotations(text)
    return detect_language(around if tokens(around) else text)


def _months(text: str, words: list[Token], dates: list[FoundDate]) -> list[FoundDate]:
    """Return the months that are named without a day or a year."""
    found = []
    for number, word in enumerate(words):
        after = f"{word.text} {words[number + 1].text}" if number + 1 < len(words) else ""
        month = MONTHS.get(after) or MONTHS.get(word.text)
        named = text[word.start].isupper() or not word.text.isascii()
        if month and named and not any(date.start <= word.start < date.end for date in dates):
            found.append(FoundDate(word.start, words[number + 1].end if after in MONTHS else word.end, month=month))
    return found


def same_number(first: Quantity, first_text: Content, second: Quantity, second_text: Content) -> bool:
    """Tell whether two numbers come to the same, in units of time or as shares, or the first bounds the second."""
    if first.ordinal != second.ordinal and min(first.value, second.value) < LABELS:
        counted, text = (second, second_text) if first.ordinal else (first, first_text)
        return first.value == second.value and text.is_label(counted)
    values = first.value, second.value
    units = first_text.unit(first), second_text.unit(second)
    if units[0] and units[1]:
        values = values[0] * units[0], values[1] * units[1]
    elif (
        first.percent != second.percent
        and not _is_told_before(first, first_text)
        and not _is_told_before(second, second_text)
    ):
        values = (values[0], 100 * values[1]) if first.percent else (100 * values[0], values[1])
    if _come_to_the_same(*values):
        return True
    bound = first_text.bound(first)
    if bound is None or first.percent != second.percent:
        return False
    least, most = bound.value
    return least * values[0] <= values[1] <= most * values[0]


def _is_told_before(number: Quantity, text: Content) -> bool:
    """Tell whether a number is a share as the one before it was: 0.6 pct, compared with 0.8 in January."""
    before = [other for other in text.numbers if other.start < number.start]
    return not number.percent and number.value.denominator > 1 and bool(before) and before[-1].percent


def _come_to_the_same(first: Fraction, second: Fraction) -> bool:
    """Tell whether two values are one; small counts must be equal, and others may be rounded."""
    if first.denominator == second.denominator == 1 and max(first, second) < ROUNDED:
        return first == second
    return abs(first - second) <= TOLERANCE * min(first, second)


def same_day(
    first: FoundDate, second: FoundDate, first_published: date | None, second_published: date | None
) -> bool | None:
    """Tell whether two dates agree, those of articles of some days; None where they share no part."""
    stated, given = _parts(first, first_published), _parts(second, second_published)
    shared = stated.keys() & given.keys()
    return all(stated[part] == given[part] for part in shared) if shared else None


def period(day: FoundDate, content: Content) -> tuple[int, int] | None:
    """Return the unit of time in hours, and which one from the time of writing: (8760, -1) for last year."""
    words = [content.words[place].text for place in content.places(day.start, day.end)]
    units = [HOURS[bare] for word in words if (bare := word.removeprefix("ال")) in HOURS]
    shifts = [_SHIFTS[word] for word in words if word in _SHIFTS]
    return (units[0], shifts[0]) if units and shifts else None


def is_span(day: FoundDate, content: Content) -> bool:
    """Tell whether a date is told by a number, which is compared by itself: five years ago."""
    return (
        day.year is None and day.day is None and any(day.start <= number.start < day.end for number in content.numbers)
    )


def _parts(day: FoundDate, published: date | None) -> dict[str, int]:
    """Return what a date states, as far as it is known."""
    if value := day.resolve(published):
        return {"year": value.year, "month": value.month, "day": value.day, "weekday": value.weekday()}
    stated = {"year": day.year, "month": day.month, "day": day.day, "weekday": day.weekday, "relative": day.relative}
    return {part: number for part, number in stated.items() if number is not None}
