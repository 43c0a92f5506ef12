"""Words for times in a question, and the days that they name: in July 2015, since 2014, «الأسبوع الماضي». Pure.

Hijri months and seasons are no days that could be searched for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from assistant.conversation.context import is_thing
from assistant.words.lexicon import folded
from index.dates import find_dates
from index.day_words import CURRENT, MONTHS, PAST
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from assistant.types import Citation
    from index.dates import FoundDate
    from index.text import Token

NEARBY = 300
"""Code points before a quotation in which its article may state the time of what it tells."""

Days = tuple[date | None, date | None]
"""The first and the last day; None where it is open."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question asks about, and its words for them: code points ``[start, end)``.

    `counted` tells that they are counted from the day of asking: last week. `certain` tells that they can be nothing
    but the time of which the articles are to tell; in "Who attacked Pearl Harbor in 1941?" they may be no filter. A
    single day includes the one after it, when the papers tell of it.
    """

    first: date | None
    last: date | None
    start: int
    end: int
    counted: bool
    certain: bool = False

    def left_out_of(self, text: str) -> str:
        """Return the question without these words."""
        before, after = text[: self.start].rstrip(" ,،"), text[self.end :].lstrip(" ,،")
        return f"{before}{'' if after[:1] in '?؟!.' else ' '}{after}".strip()

    def is_told_of(self, citation: Citation) -> bool:
        """Tell whether an article states, in a quotation or shortly before it, days that lie within."""
        article = citation.article
        text = article.text[max(0, citation.start - NEARBY) : citation.end]
        stated = (_stated(found, article.published) for found in find_dates(text))
        return any(
            (self.first or date.min) <= days[0] and days[1] <= (self.last or date.max) for days in stated if days
        )


_WITHIN = folded("in during on within throughout في وفي خلال وخلال أثناء طوال")
_SINCE = folded("since منذ ومنذ")
_AFTER = folded("after بعد وبعد")
_BEFORE = folded("before قبل وقبل")
_UNTIL = folded("until till حتى وحتى")
_BETWEEN = folded("between بين وبين")
_FROM = folded("from من ومن")
_AND, _TO = folded("and و"), folded("to until till through إلى حتى")
_LINKS = _WITHIN | _SINCE | _AFTER | _BEFORE | _UNTIL | _BETWEEN | _FROM

_FILLERS = folded("""
    the month year day of early late mid beginning start end middle شهر عام سنة العام يوم تاريخ مطلع بداية أوائل أواخر
    نهاية منتصف
""")
_UNITS = folded("عام سنة العام شهر يوم")
"""What may stand before a number or a month without a preposition: قال لافروف عام 2015."""

_YEAR = re.compile(r"و?((?:1[89]|20)\d\d)")


class _Moment(NamedTuple):
    """A time: its days, the tokens ``[place, behind)``, and what it leaves to another to say."""

    first: date
    last: date
    place: int
    behind: int
    counted: bool = False
    month_only: int | None = None


class TimeReader:
    """Reads the words for times in one text."""

    def __init__(self, text: str, today: date, newest: date) -> None:
        self._text = text
        self._words = tokens(text)
        self._today = today
        self._newest = newest
        self._found: dict[int, FoundDate] = {}
        for found in find_dates(text):
            place = next((at for at, word in enumerate(self._words) if word.end > found.start), None)
            if place is not None:
                self._found[place] = found

    def phrases(self) -> list[Period]:
        """Return every time with the preposition before it, or without where it needs none."""
        phrases: list[Period] = []
        place = 0
        while place < len(self._words):
            phrase = self._phrase(place)
            if phrase is not None:
                phrases.append(phrase)
                place = next((at for at, word in enumerate(self._words) if word.start >= phrase.end), len(self._words))
            else:
                place += 1
        return phrases

    def _phrase(self, place: int) -> Period | None:
        link = self._words[place].text
        if place in self._found and (alone := self._alone(place)):
            return self._period(place, alone, (alone.first, alone.last))
        if link not in _LINKS:
            return None
        moment = self._moment_after(place)
        if moment is None:
            return None
        if link in _BETWEEN | _FROM:
            return self._span(place, moment, _AND if link in _BETWEEN else _TO)
        if link in _WITHIN:
            return self._period(place, moment, (moment.first, moment.last))
        day = timedelta(days=1)
        days: Days = (
            (moment.first, None)
            if link in _SINCE
            else (moment.last + day, None)
            if link in _AFTER
            else (None, moment.first - day)
            if link in _BEFORE
            else (None, moment.last)
        )
        return self._period(place, moment, days)

    def _alone(self, place: int) -> _Moment | None:
        """Return a time that needs no preposition: yesterday, last week, قال لافروف عام 2015."""
        moment = self._moment(place)
        if moment is None:
            return None
        if moment.counted:
            return moment
        if self._words[place].text not in _UNITS | {"last"}:
            return None
        before = self._words[place - 1].text if place else ""
        construct = not before.startswith("ال") and is_thing(before)  # حرب عام 1967
        return None if construct else moment

    def _span(self, place: int, first: _Moment, joints: frozenset[str]) -> Period | None:
        behind = first.behind
        if behind >= len(self._words):
            return None
        joined = self._words[behind].text
        last = self._moment_after(behind) if joined in joints else None
        if last is None and joints is _AND and joined.startswith("و"):
            last = self._moment(behind)
        if last is None:
            return None
        start = first.first
        if first.month_only:
            year = last.last.year - (first.month_only > last.last.month)
            start = date(year, first.month_only, 1)
        return self._period(place, last, (start, last.last)) if start <= last.last else None

    def _moment_after(self, place: int) -> _Moment | None:
        at = place + 1
        while at < len(self._words):
            if moment := self._moment(at) or self._day_before_another(at):
                return moment
            if self._words[at].text not in _FILLERS:
                return None
            at += 1
        return None

    def _moment(self, place: int) -> _Moment | None:
        found = self._found.get(place)
        if found is not None:
            days = self._days(found)
            behind = next((at for at, word in enumerate(self._words) if word.start >= found.end), len(self._words))
            bare = found.month if found.month and not (found.year or found.day) else None
            counted = found.value is None and found.month is None and found.year is None
            return days and _Moment(*days, place, behind, counted, bare)
        if year := _YEAR.fullmatch(self._words[place].text):
            return _Moment(*_year(int(year[1])), place, place + 1)
        for length in (2, 1):  # كانون الثاني
            written = self._words[place : place + length]
            if month := _month_named(self._text, written):
                return _Moment(*self._latest(month), place, place + len(written), month_only=month)
        return None

    def _day_before_another(self, place: int) -> _Moment | None:
        """Return the first day of "between 5 and 10 July"."""
        day = re.fullmatch(r"\d{1,2}", self._words[place].text)
        if not day or place + 2 >= len(self._words) or self._words[place + 1].text not in _AND | _TO:
            return None
        last = self._moment(place + 2)
        if last is None or last.first != last.last or int(day[0]) not in range(1, last.first.day):
            return None
        first = last.first.replace(day=int(day[0]))
        return _Moment(first, first, place, place + 1)

    def _days(self, found: FoundDate) -> tuple[date, date] | None:
        if found.month is not None and found.month not in range(1, 13):  # 2015-13-01
            return None
        if found.is_counted and found.weekday is not None and found.relative is None and found.side != -1:
            return None  # on Monday: which one?
        if (day := found.resolve(self._today)) is not None:
            return day, day
        if found.month is not None and found.day is None:
            return _month(found.year, found.month) if found.year else self._latest(found.month)
        if found.month is not None and found.day is not None:
            return self._latest_day(found.month, found.day)
        if found.year is not None:
            return _year(found.year)
        return _told_from(fold_text(self._text[found.start : found.end]), self._today)

    def _latest(self, month: int) -> tuple[date, date]:
        return _month(self._newest.year - (month > self._newest.month), month)

    def _latest_day(self, month: int, day: int) -> tuple[date, date] | None:
        for year in range(self._newest.year, self._newest.year - 5, -1):
            if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) <= self._newest:
                return date(year, month, day), date(year, month, day)
        return None

    def _period(self, place: int, moment: _Moment, days: Days) -> Period:
        first, last = days
        if first is not None and first == last:
            last = first + timedelta(days=1)
        start = self._words[place].start
        return Period(first, last, start, self._words[moment.behind - 1].end, moment.counted)


def _month_named(text: str, words: list[Token]) -> int | None:
    name = " ".join(word.text for word in words)
    month = MONTHS.get(name) or MONTHS.get(name.removeprefix("و"))
    return month if month and (not name.isascii() or text[words[0].start].isupper()) else None


def _stated(found: FoundDate, published: date | None) -> tuple[date, date] | None:
    """Return the days that an article states, in the year of its publication where it names none."""
    year = found.year or (published and found.month and published.year)
    if found.value is not None:
        return found.value, found.value
    if not year or found.month not in (None, *range(1, 13)):
        return None
    if found.month is None:
        return _year(year)
    if found.day is None:
        return _month(year, found.month)
    day = date(year, found.month, 1) + timedelta(days=found.day - 1)
    return (day, day) if day.month == found.month else None


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_OF_PAST = re.compile(rf"\b{PAST}\b")
_OF_PRESENT = re.compile(rf"\b(?:this|{CURRENT}|الجاريه|الحاليه|هذا|هذه)\b")


def _told_from(words: str, today: date) -> tuple[date, date] | None:
    """Return the week, month or year that words tell from a day: last week, هذا العام. Weeks begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    if words == "last night":
        return today - timedelta(days=1), today - timedelta(days=1)
    past = bool(_OF_PAST.search(words))
    if not past and not _OF_PRESENT.search(words):
        return None
    if re.search(r"\b(?:week|الاسبوع)\b", words):
        return (monday - timedelta(days=7), monday - timedelta(days=1)) if past else (monday, today)
    if re.search(r"\b(?:month|الشهر)\b", words):
        last_of_month = today.replace(day=1) - timedelta(days=1)
        return _month(last_of_month.year, last_of_month.month) if past else (today.replace(day=1), today)
    if re.search(r"\b(?:year|العام|السنه)\b", words):
        return _year(today.year - 1) if past else (date(today.year, 1, 1), today)
    return None
