"""Whether the dates of a sentence are those of its evidence. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.verification.content import is_span, period, same_day

if TYPE_CHECKING:
    from datetime import date

    from assistant.verification.content import Content
    from index.dates import FoundDate


def missing_dates(asked: Content, given: Content, published: date | None) -> dict[FoundDate, bool]:
    """Return the dates of a sentence that its evidence lacks, each with whether the evidence gives another one.

    `published` is the day of the evidence's article, from which «أمس» is counted.
    """
    missing = {}
    for day in asked.dates:
        if is_span(day, asked) or _is_written_as_number(day, given):
            continue
        agreeing = [_agree(day, asked, other, given, published) for other in given.dates]
        if True not in agreeing:
            missing[day] = False in agreeing
    return missing


def _agree(day: FoundDate, asked: Content, other: FoundDate, given: Content, published: date | None) -> bool | None:
    mine, theirs = period(day, asked), period(other, given)
    if mine and theirs:
        return mine == theirs if mine[0] == theirs[0] else None
    return same_day(day, other, None, published)


def _is_written_as_number(day: FoundDate, given: Content) -> bool:
    """Tell whether the evidence has a year where nothing says that it is one: «في 2021»."""
    return day.month is None and day.year is not None and any(one.value == day.year for one in given.numbers)
