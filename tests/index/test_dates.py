"""Dates are found in both languages and all month calendars, where they stand; nothing ambiguous has a value."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import FoundDate, find_date, find_dates, find_hours
from index.day_words import MONTHS
from index.text import fold_text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("17 ايلول 2018", date(2018, 9, 17)),
        ("١٧ أيلول ٢٠١٨", date(2018, 9, 17)),
        ("12.04.2017", date(2017, 4, 12)),
        ("2017-04-12", date(2017, 4, 12)),
        ("2017/4/12", date(2017, 4, 12)),
        ("28/04/2017", date(2017, 4, 28)),
        ("04/28/2017", date(2017, 4, 28)),
        ("04/04/2017", date(2017, 4, 4)),
        ("April 3, 2017", date(2017, 4, 3)),
        ("Sept. 11, 2001", date(2001, 9, 11)),
        ("3rd of May, 2017", date(2017, 5, 3)),
        ("12 نيسان/أبريل 2017", date(2017, 4, 12)),
        ("23 كانون الأول (ديسمبر) 2011", date(2011, 12, 23)),
        ("8 فيفري 2018", date(2018, 2, 8)),
        ("20 جويلية 2013", date(2013, 7, 20)),
        ("1 أوت 2014", date(2014, 8, 1)),
        ("30 من شهر أغسطس 2013", date(2013, 8, 30)),
        ("2 كانون\u00a0الثاني 2020", date(2020, 1, 2)),
        ("5 may 1987", date(1987, 5, 5)),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "قال في {}، إن", "on {}: it", "({})", "«{}» 🙂", "ﷺ {}."])
def test_a_whole_date_is_found_where_it_stands(written: str, value: date, frame: str) -> None:
    text = frame.format(written)
    (found,) = find_dates(text)
    assert (text[found.start : found.end], found.value) == (written, value)
    assert (found.year, found.month, found.day) == (value.year, value.month, value.day)
    assert find_date(text) == found


@pytest.mark.parametrize(
    ("text", "written", "year", "month", "day"),
    [
        ("03/04/2017", "03/04/2017", 2017, None, None),
        ("03-04-2017", "03-04-2017", 2017, None, None),
        ("31 February 2017", "31 February 2017", 2017, 2, 31),
        ("٣٠ شباط ٢٠١٧", "٣٠ شباط ٢٠١٧", 2017, 2, 30),
        ("2017-13-40", "2017-13-40", 2017, 13, 40),
        ("منذ ايلول 2015,", "ايلول 2015", 2015, 9, None),
        ("since March 2011", "March 2011", 2011, 3, None),
        ("in 2011", "2011", 2011, None, None),
        ("عام 2011م", "عام 2011", 2011, None, None),
        ("on May 15", "May 15", None, 5, 15),
        ("منذ شهر مارس 2015", "شهر مارس 2015", 2015, 3, None),
        ("منذ عام 1915 في لوزان", "عام 1915", 1915, None, None),
        ("في النصف الثاني من مارس", "مارس", None, 3, None),
        ("في 5 جويلية الجاري", "5 جويلية", None, 7, 5),
    ],
)
def test_a_date_that_is_not_whole_or_not_sure_has_no_value(
    text: str, written: str, year: int | None, month: int | None, day: int | None
) -> None:
    start = text.index(written)
    assert find_dates(text) == [FoundDate(start, start + len(written), None, year, month, day)]
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("open from 16 to 31 March 2017", [date(2017, 3, 16), date(2017, 3, 31)]),
        ("يومي 8 و9 مارس 2017", [date(2017, 3, 8), date(2017, 3, 9)]),
        ("March 16-31, 2017", [date(2017, 3, 16), date(2017, 3, 31)]),
        ("from 7 to 12 percent, 31 March 2017", [date(2017, 3, 31)]),
        ("28 أفريل2014 والأيام الموالية", [date(2014, 4, 28)]),
    ],
)
def test_the_days_of_one_month_share_its_name(text: str, days: list[date | None]) -> None:
    assert [found.value for found in find_dates(text)] == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "it may 15 percent",
        "shipped: March 61.4 mln",
        "they march 20 miles",
        "1436/10/25",
        "2017",
        "3.5 million",
        "1.2.3.2017",
    ]
    + ["ثلاثاء", "كانون", "مايونيز 2017"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_dates(text) == []


PUBLISHED = date(2020, 2, 18)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("قال امس\u00a0 إن", "امس", date(2020, 2, 17)),
        ("وأمس", "أمس", date(2020, 2, 17)),
        ("بالأمس", "الأمس", date(2020, 2, 17)),
        ("أمس الأول", "أمس الأول", date(2020, 2, 16)),
        ("أول من أمس", "أول من أمس", date(2020, 2, 16)),
        ("غدا", "غدا", date(2020, 2, 19)),
        ("He spoke today.", "today", date(2020, 2, 18)),
        ("Yesterday he spoke", "Yesterday", date(2020, 2, 17)),
        ("يوم الأحد", "يوم الأحد", date(2020, 2, 16)),
        ("والإثنين", "الإثنين", date(2020, 2, 17)),
        ("on Tuesday", "Tuesday", date(2020, 2, 18)),
        ("Wednesday", "Wednesday", date(2020, 2, 12)),
    ],
)
def test_a_day_told_from_the_day_of_writing_is_counted_from_publication(text: str, written: str, day: date) -> None:
    (found,) = find_dates(text)
    assert text[found.start : found.end] == written
    assert found.value is None
    assert found.resolve(PUBLISHED) == day
    assert found.resolve(None) is None


def test_a_stated_date_needs_no_publication_and_a_year_alone_is_no_day() -> None:
    whole, year = find_dates("12.04.2017 and in 2011")
    assert (whole.resolve(None), whole.resolve(PUBLISHED)) == (date(2017, 4, 12), date(2017, 4, 12))
    assert (year.resolve(None), year.resolve(PUBLISHED)) == (None, None)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_every_day_is_read_with_every_name_of_its_month(day: date, name: str) -> None:
    day = day.replace(day=min(day.day, 28), month=MONTHS[name])
    text = f"قال في {day.day} {name} {day.year}، إن"
    (found,) = find_dates(text)
    assert (text[found.start : found.end], found.value) == (f"{day.day} {name} {day.year}", day)


@given(st.text(st.sampled_from("0123456789٣./- ,:abTmيومامس\u00a0الأحدmayAPRIL"), max_size=40))
def test_dates_are_in_order_apart_and_within_the_text(text: str) -> None:
    position = 0
    for found in find_dates(text):
        assert position <= found.start < found.end <= len(text)
        assert fold_text(text[found.start : found.end]).strip()
        position = found.end


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("last Tuesday", "last Tuesday", date(2020, 2, 11)),
        ("الثلاثاء الماضي", "الثلاثاء الماضي", date(2020, 2, 11)),
        ("next Friday", "next Friday", date(2020, 2, 21)),
        ("يوم الجمعة المقبل", "يوم الجمعة المقبل", date(2020, 2, 21)),
        ("قبل يومين", "قبل يومين", date(2020, 2, 16)),
        ("قبل ثلاثة أيام", "قبل ثلاثة أيام", date(2020, 2, 15)),
        ("two days ago", "two days ago", date(2020, 2, 16)),
        ("the day before yesterday", "the day before yesterday", date(2020, 2, 16)),
        ("أمس الاثنين", "أمس الاثنين", date(2020, 2, 17)),
        ("yesterday (Monday)", "yesterday (Monday)", date(2020, 2, 17)),
        ("Monday, 17 February", "Monday, 17 February", date(2020, 2, 17)),
        ("الاثنين 17 شباط", "الاثنين 17 شباط", date(2020, 2, 17)),
        ("في 28 الشهر الماضي", "28 الشهر الماضي", date(2020, 1, 28)),
        ("on the 28th of last month", "28th of last month", date(2020, 1, 28)),
        ("25 الجاري", "25 الجاري", date(2020, 2, 25)),
        ("He said on Monday that talks will start", "Monday", date(2020, 2, 17)),
    ],
)
def test_a_day_told_by_its_distance_is_counted_as_news_counts(text: str, written: str, day: date) -> None:
    (found,) = find_dates(text)
    assert text[found.start : found.end] == written
    assert (found.is_counted, found.value, found.resolve(PUBLISHED), found.resolve(None)) == (True, None, day, None)


@pytest.mark.parametrize(
    "text",
    [
        "أمس الخميس",
        "اليوم (الخميس)",
        "Monday 16 February",
        "They will meet on Thursday.",
        "سيلتقي الوزيران الخميس",
        "من المقرر أن تبدأ المحادثات الخميس",
        "last week",
        "الأسبوع الماضي",
        "by the autumn",
        "قبل أسابيع",
        "in March",
        "12 April",
        "25 شوال 1436",
        "شهر رمضان",
        "يوم الخميس الخامس من جمادى الثانية 1436هـ",
        "الخميس 5/6/1436هـ",
    ],
)
def test_a_day_that_a_text_leaves_open_or_contradicts_is_not_guessed(text: str) -> None:
    (found,) = find_dates(text)
    assert found.resolve(PUBLISHED) is None


def test_a_meeting_to_come_on_the_day_of_writing_is_today() -> None:
    (found,) = find_dates("They will meet later on Tuesday.")
    assert found.resolve(PUBLISHED) == PUBLISHED


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("الثاني عشر من شباط 2019", date(2019, 2, 12)),
        ("الحادي والعشرين من يناير 2019", date(2019, 1, 21)),
        ("first of May 2019", date(2019, 5, 1)),
        ("5 غشت 2019", date(2019, 8, 5)),
        ("17 كانون أول 2015", date(2015, 12, 17)),
        ("يوم الخميس 17 كانون الأول/ديسمبر 2015", date(2015, 12, 17)),
        ("يوم الخميس الموافق للسادس والعشرين من مارس 2015م", date(2015, 3, 26)),
    ],
)
def test_days_in_words_and_the_months_of_every_arab_country_are_read(written: str, value: date) -> None:
    (found,) = find_dates(f"قال في {written}، إن")
    assert (found.value, found.is_counted) == (value, False)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("at 14:59 on Monday", ["14:59"]),
        ("at 3 p.m. or at noon", ["3 p.m.", "noon"]),
        ("الساعة الثالثة والنصف عصرا", ["الساعة الثالثة والنصف"]),
        ("1.5 million at 2.30", []),
    ],
)
def test_times_of_day_are_found(text: str, hours: list[str]) -> None:
    assert [text[start:end] for start, end in find_hours(text)] == hours
