"""Plots without a browser: how days are counted along the time, and what bars are as HTML."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.plots import MOST_BARS, TICKS, Bar, Period, bars_html, count_periods, timeline_html
from tests.shown import HOSTILE, Shown

MONTHS = [Period(date(2017, 3, 1), date(2017, 3, 31), 2), Period(date(2017, 4, 1), date(2017, 4, 30), 0)]


def test_days_are_counted_by_the_finest_period_that_keeps_the_bars_few() -> None:
    first = date(2017, 3, 30)
    for last, periods, short in (
        (first, 1, "2017-03-30"),
        (first + timedelta(61), 62, "2017-03-30"),
        (first + timedelta(62), 3, "2017-03"),
        (date(2022, 4, 1), 62, "2017-03"),
        (date(2022, 5, 1), 6, "2017"),
        (date(2078, 1, 1), 62, "2017"),
        (date(2079, 1, 1), 7, "2010–2019"),
        (date(2900, 1, 1), 10, "2000–2099"),
    ):
        found = count_periods([first, last, last])
        assert (len(found), found[0].short) == (periods, short)
        assert sum(period.count for period in found) == 3


@given(st.lists(st.dates(), min_size=1, max_size=8))
def test_the_periods_follow_one_another_and_count_every_day_once(days: list[date]) -> None:
    periods = count_periods(days)
    assert len(periods) <= MOST_BARS
    for period, following in zip(periods, periods[1:], strict=False):
        assert following.first == period.last + timedelta(1)
    for period in periods:
        assert period.count == sum(period.first <= day <= period.last for day in days)
    assert sum(period.count for period in periods) == len(days)


def test_no_day_makes_no_period() -> None:
    assert count_periods([]) == []
    assert timeline_html("Statements", [], "en", "Statements") == ""
    assert "without a date: 3" in timeline_html("Statements", [], "en", "Statements", undated=3)


@pytest.mark.parametrize(
    ("period", "english", "arabic"),
    [
        (Period(date(2017, 4, 12), date(2017, 4, 12), 1), "Wednesday, 12 April 2017", "الأربعاء 12 نيسان/أبريل 2017"),
        (MONTHS[0], "March 2017", "آذار/مارس 2017"),
        (Period(date(2017, 1, 1), date(2017, 12, 31), 1), "2017", "2017"),
        (Period(date(2010, 1, 1), date(2019, 12, 31), 1), "2010–2019", "2010–2019"),
    ],
)
def test_a_period_is_named_in_both_languages(period: Period, english: str, arabic: str) -> None:
    assert (period.name("en"), period.name("ar")) == (english, arabic)


def test_a_bar_of_the_timeline_leads_to_its_period_and_an_empty_one_nowhere() -> None:
    html = timeline_html("By month", MONTHS, "en", "Statements", link=lambda period: f"./s?from={period.first}&x=1")
    assert html.count("<a ") == 1
    assert 'href="./s?from=2017-03-01&amp;x=1" aria-label="March 2017: 2"' in html
    shown = Shown(html)
    assert (shown.texts["figcaption"], shown.texts["summary"]) == ("By month", "As a table")
    assert shown.texts["table"] == "PeriodStatements2017-032"
    assert shown.texts["plot-most"] == "2"


def test_only_a_few_bars_have_their_days_written_under_them() -> None:
    first = date(2017, 1, 1)
    for count in (1, 4, 5, 6, 31, 62):
        periods = [Period(first + timedelta(n), first + timedelta(n), 1) for n in range(count)]
        assert 1 <= timeline_html("By day", periods, "en", "Statements").count("plot-tick") <= TICKS


def test_bars_in_rows_are_a_table_with_a_caption_and_headings() -> None:
    bars = [Bar("Reuters", 1_200, link="./s?source=Reuters&n=1"), Bar("سانا", 300), Bar("none", 0)]
    html = bars_html("Articles by outlet", bars, "en", "Outlet", "Articles")
    shown = Shown(html)
    assert shown.texts["caption"] == "Articles by outlet"
    assert shown.texts["thead"] == "OutletArticles"
    assert shown.texts["tbody"] == "Reuters1,200سانا300none0"
    assert [part.split('"')[0] for part in html.split("--share: ")[1:]] == ["1.0000", "0.2500"]
    assert '<a class="plot-link" href="./s?source=Reuters&amp;n=1" title="Reuters: 1,200">' in html


def test_a_name_never_becomes_markup() -> None:
    for html in (
        bars_html(HOSTILE, [Bar(HOSTILE, 1, link=HOSTILE), Bar(HOSTILE, 2)], "ar", HOSTILE, HOSTILE),
        timeline_html(HOSTILE, MONTHS, "ar", HOSTILE, link=lambda period: HOSTILE),
    ):
        shown = Shown(html)
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert {"onerror", "onclick"}.isdisjoint(shown.attributes)
