"""Dates as news writes them, in both languages and both month calendars: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.text import fold, fold_text

_MONTH_NAMES = (
    ("january", "jan", "يناير", "كانون الثاني", "جانفي"),
    ("february", "feb", "فبراير", "شباط", "فيفري"),
    ("march", "mar", "مارس", "آذار"),
    ("april", "apr", "أبريل", "إبريل", "نيسان", "أفريل"),
    ("may", "مايو", "أيار", "ماي"),
    ("june", "jun", "يونيو", "يونيه", "حزيران", "جوان"),
    ("july", "jul", "يوليو", "يوليه", "تموز", "جويلية"),
    ("august", "aug", "أغسطس", "آب", "أوت"),
    ("september", "sept", "sep", "سبتمبر", "أيلول"),
    ("october", "oct", "أكتوبر", "تشرين الأول"),
    ("november", "nov", "نوفمبر", "تشرين الثاني"),
    ("december", "dec", "ديسمبر", "كانون الأول"),
)
MONTHS = {fold_text(name): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
"""Folded month names, Gulf, Syrian and Maghrebi, to the month's number."""

_WEEKDAY_NAMES = (
    ("monday", "الاثنين", "الإثنين"),
    ("tuesday", "الثلاثاء"),
    ("wednesday", "الأربعاء"),
    ("thursday", "الخميس"),
    ("friday", "الجمعة"),
    ("saturday", "السبت"),
    ("sunday", "الأحد"),
)
WEEKDAYS = {fold_text(name): number for number, names in enumerate(_WEEKDAY_NAMES) for name in names}
"""Folded weekday names to Monday = 0 … Sunday = 6."""

_RELATIVE_DAYS = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0,
    "اليوم": 0, "امس": -1, "الامس": -1, "البارحه": -1, "اول امس": -2, "اول من امس": -2, "امس الاول": -2, "غدا": 1,
}  # fmt: skip

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_RELATIVE = "|".join(sorted(map(re.escape, _RELATIVE_DAYS), key=len, reverse=True))
_YEAR = r"(?:1[5-9]|2[01])\d\d"  # no year of the Hijri calendar
_DAY = r"\d{1,2}"
_NTH = r"(?:st|nd|rd|th)?"
_SECOND_NAME = rf"(?: ?[/(] ?(?:{_MONTH})\)?)?"  # نيسان/أبريل, كانون الأول (ديسمبر)
_OF = r"(?: of| من(?: شهر)?)?"
_FORMS = (
    rf"(?P<iso_year>{_YEAR})(?P<iso_mark>[-/.])(?P<iso_month>{_DAY})(?P=iso_mark)(?P<iso_day>{_DAY})",
    rf"(?P<first>{_DAY})(?P<mark>[./-])(?P<second>{_DAY})(?P=mark)(?P<short_year>{_YEAR})",
    rf"(?P<day>{_DAY}){_NTH}{_OF} (?P<month>{_MONTH}){_SECOND_NAME}\.?(?:,? (?:من )?(?:عام )?(?P<year>{_YEAR}))?",
    rf"(?P<us_month>{_MONTH})\.? (?P<us_day>{_DAY}){_NTH}(?!\d)(?:,? (?P<us_year>{_YEAR}))?",
    rf"(?P<only_month>{_MONTH}){_SECOND_NAME},? (?:من )?(?:عام )?(?P<month_year>{_YEAR})",
    r"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bduring )|(?:عام|سنه|العام) )"
    r"(?P<only_year>(?:1[89]|20)\d\d)",
    rf"(?:يوم )?(?P<weekday>{_WEEKDAY})",
    rf"(?P<relative>{_RELATIVE})",
)
_DATE = re.compile(rf"(?:(?<![\w.])|(?<=\b[وب]))(?:{'|'.join(_FORMS)})(?:(?!\w)|(?=[مه]\b|t\d))")
_VERBS = ("may", "march")
"""Words that name a month only with a capital letter."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: code points ``[start, end)``, and the day where the text states a whole one.

    `year` and `month` are what is stated; `weekday` counts from Monday = 0; `relative` counts days from the day of
    writing. A part that the text does not state is None.
    """

    start: int
    end: int
    value: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: int | None = None

    def resolve(self, published: date | None) -> date | None:
        """Return the day meant, counting from the day of publication; None where that is not known.

        A weekday is the last one up to the day of publication, as news uses it.
        """
        if self.value is not None or published is None:
            return self.value
        if self.relative is not None:
            return published + timedelta(days=self.relative)
        if self.weekday is not None:
            return published - timedelta(days=(published.weekday() - self.weekday) % 7)
        return None


def find_dates(text: str) -> list[FoundDate]:
    """Return every date in a text, in order. A numeric date whose day and month could change places has no value."""
    folded = fold(text)
    found = []
    for match in _DATE.finditer(folded.text):
        start, end = folded.origin(match.start(), match.end())
        parts = match.groupdict()
        if parts["weekday"] is not None:
            found.append(FoundDate(start, end, weekday=WEEKDAYS[parts["weekday"]]))
        elif parts["relative"] is not None:
            found.append(FoundDate(start, end, relative=_RELATIVE_DAYS[parts["relative"]]))
        else:
            year, month, day = _parts(parts)
            if year is None and (parts["us_month"] or parts["month"]) in _VERBS and text[start:end].islower():
                continue
            found.append(FoundDate(start, end, _day(year, month, day), year, month, day))
    return found


def find_date(text: str) -> FoundDate | None:
    """Return the first whole date of a text, or None."""
    return next((found for found in find_dates(text) if found.value), None)


def _parts(parts: dict[str, str | None]) -> tuple[int | None, int | None, int | None]:
    def number(*names: str) -> int | None:
        return next((int(value) for name in names if (value := parts[name]) is not None), None)

    if parts["first"] is not None:
        first, second, year = (int(parts[name] or 0) for name in ("first", "second", "short_year"))
        # 12.04.2017 with full stops is day first everywhere; another may be either, unless one part can be no month.
        if parts["mark"] == "." or first > 12 or first == second:
            return year, second, first
        return (year, first, second) if second > 12 else (year, None, None)
    name = parts["month"] or parts["us_month"] or parts["only_month"]
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
