"""Dates as news writes them, in both languages and all their calendars: pure."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.clauses import find_clauses
from index.day_words import (
    AGO,
    AHEAD,
    AT_HOUR,
    COMING,
    CURRENT,
    DAY_NUMBERS,
    HIJRI,
    MONTHS,
    PAST,
    RELATIVE_DAYS,
    UNCERTAIN,
    WEEKDAYS,
)
from index.text import fold, fold_text

_MONTH, _WEEKDAY, _RELATIVE, _NUMBER, _HIJRI = (
    "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for words in (MONTHS, WEEKDAYS, RELATIVE_DAYS, DAY_NUMBERS, HIJRI)
)
_YEAR = r"(?:1[5-9]|2[01])\d\d"  # no year of the Hijri calendar
_DAY = r"\d{1,2}"
_WORDED = rf"{_DAY}(?:st|nd|rd|th)?|{_NUMBER}"
_SECOND_NAME = rf"(?: ?[/(] ?(?:{_MONTH})\)?)?"  # نيسان/أبريل, كانون الأول (ديسمبر)
_OF = r"(?: of| من(?: شهر)?)?"
_ON = rf"(?:(?:يوم )?(?P<on>{_WEEKDAY}),?(?: الموافق)? )?"
_ON_HIJRI = rf"(?:(?:يوم )?(?:{_WEEKDAY}),?(?: الموافق)? )?"  # such a weekday is not counted from today
_SIDE = f"(?:{PAST}|{COMING}|{CURRENT})"
_FORMS = (
    rf"(?P<iso_year>{_YEAR})(?P<iso_mark>[-/.])(?P<iso_month>{_DAY})(?P=iso_mark)(?P<iso_day>{_DAY})",
    rf"(?P<first>{_DAY})(?P<mark>[./-])(?P<second>{_DAY})(?P=mark)(?P<short_year>{_YEAR})",
    rf"{_ON_HIJRI}(?:{_WORDED}|شهر){_OF} (?:{_HIJRI})(?:,? (?:من )?(?:عام )?1[34]\d\d(?: ?(?:ه|ah)\b)?)?",
    rf"{_ON_HIJRI}{_DAY}(?P<hijri_mark>[/-]){_DAY}(?P=hijri_mark)1[34]\d\d(?: ?ه\b)?",
    rf"{_ON}(?P<day>{_WORDED}){_OF} (?P<month>{_MONTH}){_SECOND_NAME}"
    rf"(?:(?:\.?,? (?:من )?(?:عام )?)?(?P<year>{_YEAR}))?",
    rf"{_ON.replace('on>', 'us_on>')}(?P<us_month>{_MONTH})\.? (?P<us_day>{_DAY})(?:st|nd|rd|th)?"
    rf"(?!\d|\.\d|,\d{{3}}(?!\d))(?:,? (?P<us_year>{_YEAR}))?",
    rf"(?:شهر )?(?P<only_month>{_MONTH}){_SECOND_NAME},? (?:من )?(?:عام )?(?P<month_year>{_YEAR})",
    rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bduring )|(?:last|next|early|late) |mid-"
    rf"|(?<=\bفي )|(?<=\bمنذ )|(?<=\bخلال )|(?<=\bحتي )|شهر )(?P<bare_month>{_MONTH})(?: {_SIDE})?",
    r"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bduring )|(?:عام|سنه|العام) )"
    r"(?P<only_year>(?:1[89]|20)\d\d)",
    rf"(?P<month_day>{_DAY})(?:(?: من)? الشهر (?P<which_month>{_SIDE})| {CURRENT})",
    rf"(?P<us_month_day>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<us_which_month>last|this|next) month",
    rf"(?:(?P<before_weekday>last|next) |يوم )?(?P<weekday>{_WEEKDAY})(?: (?P<after_weekday>{PAST}|{COMING}))?",
    rf"(?:يوم )?(?P<relative>{_RELATIVE})(?:,? ?\(?(?:يوم )?(?P<relative_on>{_WEEKDAY})\)?)?",
    rf"(?:قبل (?:(?P<ago_ar>{'|'.join(AGO)})|(?P<many_ago_ar>{_DAY}) (?:ايام|يوما))"
    rf"|(?P<ago>{'|'.join(AGO)}|{_DAY}) days ago)",
    rf"(?:{UNCERTAIN})(?! (?:{_YEAR}|{_MONTH})\b)",
)
_DATE = re.compile(rf"(?:(?<![\w.])|(?<=\b[وب]))(?:{'|'.join(_FORMS)})(?:(?!\w)|(?=[مه]\b|t\d))")
_HOUR = re.compile(rf"(?<![\w.:])(?:{AT_HOUR})(?!\w)")
_FROM = re.compile(rf"(?<![\w.,:/-])(?P<day>{_DAY})(?:st|nd|rd|th)?(?: ?[-–] ?| (?:to|until|and|or|الي|حتي|او) | و)$")
"""What stands before the last of some days of one month: 16 to 31 March, «8 و9 مارس»."""

_TO = re.compile(
    rf"(?: ?[-–] ?| (?:to|until|and) )(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\w:/-]|[.,]\d| (?:pct|percent|per)\b)"
    rf"(?:,? (?P<year>{_YEAR})\b)?"
)
"""What follows the first of some days of a month that is named before it, and the year: March 16 to 31, 2017."""

BESIDE = 16
"""Characters before a date that are looked at."""

LONGEST_MONTH = 31
"""Days."""

_HALF = re.compile(r"(?:نصف|ثلث|ربع|اسبوع) $")
"""Words before «الثاني من مارس» that make it no day."""
_VERBS = ("may", "march")
"""Words that name a month only with a capital letter."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: code points ``[start, end)``, and the day where the text states a whole one.

    `year` and `month` are what is stated; `weekday` counts from Monday = 0; `relative` counts days, and `months`
    months, from the day of writing. `side` says of a weekday whether it is before (-1) or after (1) that day; it is 0
    where the sentence leaves that to use, and None where it tells of what is to come without saying so. A part that the
    text does not state is None; «الأسبوع الماضي» and a day of the Hijri calendar state none.
    """

    start: int
    end: int
    value: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: int | None = None
    months: int | None = None
    side: int | None = 0

    @property
    def run(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end

    @property
    def is_counted(self) -> bool:
        """Whether the day is told by its distance from the day of writing: «أمس», "on Monday"."""
        return self.value is None and (self.relative is not None or self.weekday is not None or self.months is not None)

    def resolve(self, published: date | None) -> date | None:
        """Return the day meant, counting from the day of publication; None where that is not known.

        A weekday is the last one up to the day of publication, as news uses it, unless it says otherwise. Nothing is
        guessed: «أمس الاثنين» in an article of a Wednesday is no day.
        """
        if self.value is not None or published is None:
            return self.value
        if self.relative is not None:
            day = published + timedelta(days=self.relative)
            return day if self.weekday in (None, day.weekday()) else None
        if self.months is not None:
            return self._in_month(published)
        return self._on_weekday(published)

    def _in_month(self, published: date) -> date | None:
        assert self.months is not None
        year, month = divmod(published.year * 12 + published.month - 1 + self.months, 12)
        return _day(year, month + 1, self.day)

    def _on_weekday(self, published: date) -> date | None:
        if self.weekday is None:
            return None
        if self.month is not None and self.year is None:  # Monday, 17 February
            days = [_day(published.year + years, self.month, self.day) for years in (-1, 0, 1)]
            fitting = [day for day in days if day and day.weekday() == self.weekday]
            return min(fitting, key=lambda day: abs(day - published), default=None)
        if self.month is not None:
            return None
        since = (published.weekday() - self.weekday) % 7
        if self.side is None:
            return published if since == 0 else None
        if self.side > 0:
            return published + timedelta(days=7 - since)
        return published - timedelta(days=since or 7 * -self.side)


def find_dates(text: str) -> list[FoundDate]:
    """Return every date in a text, in order. A numeric date whose day and month could change places has no value."""
    folded = fold(text)
    found = []
    for match in _DATE.finditer(folded.text):
        start, end = folded.origin(match.start(), match.end())
        parts = match.groupdict()
        if _is_verb(parts, text[start:end]):
            continue
        before = folded.text[max(0, match.start() - BESIDE) : match.start()]
        if parts["day"] and not parts["day"][0].isdigit() and _HALF.search(before):
            parts["day"], start = None, folded.origin(match.start("month"), match.end("month"))[0]
        one = _read(parts, start, end)
        if other := _other_day(folded.text, match, one):
            last = "day"
            if year := other.groupdict().get("year"):
                one, last = _on_day(one, one.day, *one.run, int(year)), "year"
            found.append(_on_day(one, int(other["day"]), *folded.origin(other.start("day"), other.end(last)), one.year))
        found.append(one)
    return [_told_ahead(one, text) for one in sorted(found, key=lambda one: one.start)]


def _other_day(text: str, match: re.Match[str], found: FoundDate) -> re.Match[str] | None:
    """Return where the other day stands that a month is named for together with the one found."""
    if found.day is None:
        return None
    if match["day"]:
        other = _FROM.search(text, max(0, match.start() - BESIDE), match.start())
        return other if other and 0 < int(other["day"]) < found.day else None
    other = _TO.match(text, match.end()) if match["us_day"] and not match["us_year"] else None
    return other if other and found.day < int(other["day"]) <= LONGEST_MONTH else None


def _on_day(found: FoundDate, day: int | None, start: int, end: int, year: int | None) -> FoundDate:
    """Return another day of the month of one."""
    return FoundDate(start, end, _day(year, found.month, day), year, found.month, day)


def read_day(text: str) -> date | None:
    """Return a day that is written as 2020-02-17 and in no other way, None for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None  # fromisoformat would take 20200217 and 2020-W08-1, too
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def find_date(text: str) -> FoundDate | None:
    """Return the first whole date of a text, or None."""
    return next((found for found in find_dates(text) if found.value), None)


def find_hours(text: str) -> list[tuple[int, int]]:
    """Return every time of day in a text, as code points ``[start, end)``: 14:59, 3 p.m., الساعة الثالثة عصرا."""
    folded = fold(text)
    return [folded.origin(*match.span()) for match in _HOUR.finditer(folded.text)]


def _is_verb(parts: dict[str, str | None], written: str) -> bool:
    name = next((parts[form] for form in ("us_month", "month", "bare_month") if parts[form]), None)
    return name in _VERBS and not (parts["year"] or parts["us_year"]) and written.islower()


def _read(parts: dict[str, str | None], start: int, end: int) -> FoundDate:
    def word(*names: str) -> str:
        return next((part for name in names if (part := parts[name])), "")

    on = WEEKDAYS.get(word("on", "us_on", "relative_on", "weekday"))
    if parts["weekday"]:
        side = _side(word("before_weekday", "after_weekday"))
        return FoundDate(start, end, weekday=on, side=side)
    if parts["relative"]:
        return FoundDate(start, end, weekday=on, relative=RELATIVE_DAYS[parts["relative"]])
    if ago := word("ago", "ago_ar", "many_ago_ar"):
        return FoundDate(start, end, relative=-(AGO.get(ago) or int(ago)))
    if day_of_month := word("month_day", "us_month_day"):
        return FoundDate(start, end, day=int(day_of_month), months=_side(word("which_month", "us_which_month")))
    year, month, day = _parts(parts)
    value = _day(year, month, day)
    return FoundDate(start, end, value, year, month, day, weekday=None if value else on)


def _side(word: str) -> int:
    return -1 if re.fullmatch(PAST, word) else 1 if re.fullmatch(COMING, word) else 0


_AHEAD = re.compile(AHEAD)


def _told_ahead(found: FoundDate, text: str) -> FoundDate:
    """Take from a bare weekday the day before, where its clause tells of what is to come: will meet on Thursday."""
    if found.weekday is None or found.relative is not None or found.month is not None or found.side:
        return found
    clause = next(text[start:end] for start, end in find_clauses(text) if start <= found.start < end)
    return replace(found, side=None) if _AHEAD.search(fold_text(clause)) else found


def _parts(parts: dict[str, str | None]) -> tuple[int | None, int | None, int | None]:
    def number(*names: str) -> int | None:
        written = next((part for name in names if (part := parts[name]) is not None), None)
        if written is None:
            return None
        return DAY_NUMBERS.get(written) or int(re.sub(r"\D", "", written))

    if parts["first"] is not None:
        first, second, year = (int(parts[name] or 0) for name in ("first", "second", "short_year"))
        # 12.04.2017 with full stops is day first everywhere; another may be either, unless one part can be no month.
        if parts["mark"] == "." or first > 12 or first == second:
            return year, second, first
        return (year, first, second) if second > 12 else (year, None, None)
    name = parts["month"] or parts["us_month"] or parts["only_month"] or parts["bare_month"]
    month = MONTHS[name] if name else number("iso_month")
    stated = number("iso_year", "year", "us_year", "month_year", "only_year")
    return stated, month, number("iso_day", "day", "us_day")


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
