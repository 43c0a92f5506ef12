"""Whether the dates of a sentence are those of its evidence. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.verification.content import is_span, period, same_day

if TYPE_CHECKING:
    from datetime import date

    from assistant.verification.content import Content
    from assistant.words.quantities import Quantity
    from index.dates import FoundDate

YEARS = 1800, 2099
"""Numbers that may be years where nothing says so: «في 2021»."""


def missing_dates(
    asked: Content, given: Content, published: date | None, title: Content | None = None
) -> dict[FoundDate, bool]:
    """Return the dates of a sentence that its evidence lacks, each with whether the evidence cannot mean it.

    It cannot where it gives another date, and where the year is stated and is not that of `published`, the day of the
    evidence's article, from which «أمس» is counted too. What the title gives is not lacking.
    """
    missing = {}
    sides = [given, title] if title else [given]
    for day in asked.dates:
        if is_span(day, asked) or any(_is_written_as_number(day, side) for side in sides):
            continue
        agreeing = [_agree(day, asked, other, given, published) for other in given.dates]
        if not any(_agree(day, asked, other, side, published) for side in sides for other in side.dates):
            another = False in agreeing or (_is_year(day) and any(map(_may_be_year, given.numbers)))
            missing[day] = another or day.year not in (None, published and published.year)
    return missing


def _agree(day: FoundDate, asked: Content, other: FoundDate, given: Content, published: date | None) -> bool | None:
    mine, theirs = period(day, asked), period(other, given)
    if mine and theirs:
        return mine == theirs if mine[0] == theirs[0] else None
    return same_day(day, other, None, published)


def _is_year(day: FoundDate) -> bool:
    return day.year is not None and day.month is None


def _may_be_year(number: Quantity) -> bool:
    """Tell whether a number is one that a year may be written as."""
    first, last = YEARS
    return not number.percent and number.value.denominator == 1 and first <= number.value <= last


def _is_written_as_number(day: FoundDate, given: Content) -> bool:
    """Tell whether the evidence has a year where nothing says that it is one: «في 2021»."""
    return _is_year(day) and any(one.value == day.year for one in given.numbers)
