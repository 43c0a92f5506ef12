"""A text as what can be compared with another one: words, clauses, numbers, dates, names, who says what. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.speech.statements import find_statements
from assistant.verification.polarity import clauses, signs
from assistant.verification.quotations import without_quotations
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import ROLES_EN, STOP_WORDS, folded
from assistant.words.quantities import find_quantities
from index.dates import FoundDate, find_dates
from index.day_words import MONTHS
from index.text import detect_language, tokens
from index.types import Article

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from assistant.words.quantities import Quantity
    from index.statement import Statement
    from index.text import Token
    from index.types import Language

TOLERANCE = 0.005
"""Share by which numbers of unlike form may differ: 66.7 percent are two thirds."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A text taken apart; `clause` and `sign` have a number a word, see `polarity`."""

    text: str
    words: list[Token]
    clause: NDArray[np.intp]
    sign: NDArray[np.int8]
    numbers: list[Quantity]
    dates: list[FoundDate]
    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, text: str) -> Content:
        """Take a text apart."""
        words, dates = tokens(text), find_dates(text)
        dates = sorted([*dates, *_months(text, words, dates)], key=lambda found: found.start)
        said = find_statements(Article("", "", text, _language_around(text)))
        return cls(text, words, clauses(text, words), signs(text, words), find_quantities(text), dates, said)

    @property
    def capitals(self) -> frozenset[str]:
        """The folded words that are written with a capital letter."""
        return frozenset(word.text for word in self.words if self.text[word.start].isupper())

    def places(self, start: int, end: int) -> list[int]:
        """Return the numbers of the words that a run of the text covers."""
        return [number for number, word in enumerate(self.words) if word.start < end and word.end > start]

    def is_name(self, number: int) -> bool:
        """Tell whether a word is written as a name, or names a country or a body."""
        word = self.words[number].text
        if self.text[self.words[number].start].isupper() and number:
            return word not in ROLES_EN and word not in STOP_WORDS
        return is_entity(word)

    def unit(self, number: Quantity) -> int | None:
        """Return the hours of the unit of time that a number counts or, as a dual, names; None where it counts none."""
        following = next((word.text for word in self.words if word.start >= number.end), "")
        return HOURS.get(self.words[self.places(number.start, number.end)[-1]].text) or HOURS.get(following)


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
    """Tell whether two numbers come to the same, in their units of time or as shares of a whole."""
    if first.ordinal != second.ordinal:
        return False
    values = first.value, second.value
    units = first_text.unit(first), second_text.unit(second)
    if units[0] and units[1]:
        values = values[0] * units[0], values[1] * units[1]
    elif first.percent != second.percent:
        values = (values[0], 100 * values[1]) if first.percent else (100 * values[0], values[1])
    return abs(values[0] - values[1]) <= TOLERANCE * min(values)


def same_day(
    first: FoundDate, second: FoundDate, first_published: date | None, second_published: date | None
) -> bool | None:
    """Tell whether two dates agree, those of articles of some days; None where they share no part."""
    stated, given = _parts(first, first_published), _parts(second, second_published)
    shared = stated.keys() & given.keys()
    return all(stated[part] == given[part] for part in shared) if shared else None


def _parts(day: FoundDate, published: date | None) -> dict[str, int]:
    """Return what a date states, as far as it is known."""
    if value := day.resolve(published):
        return {"year": value.year, "month": value.month, "day": value.day, "weekday": value.weekday()}
    stated = {"year": day.year, "month": day.month, "day": day.day, "weekday": day.weekday, "relative": day.relative}
    return {part: number for part, number in stated.items() if number is not None}
