"""Plots as HTML: bars side by side, and days counted along the time. Pure.

They are not drawn by `gr.BarPlot`: it has 650 kB of Vega draw them in the browser, where no key reaches a bar, no table
holds the figures, and the time runs from left to right in Arabic as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from assistant.rendering.wording import name_days, name_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.types import Language

MOST_BARS = 62
"""Bars of a timeline at most: the days of two months, or five years of months."""

TICKS = 5
"""Bars of a timeline whose days are written under them, at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how many, and the address that a click on it leads to."""

    name: str
    count: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month, a year or several years, both ends included, and how many days of some others lie in it."""

    first: date
    last: date
    count: int

    @property
    def short(self) -> str:
        """The period in figures: 2017, 2017-04, 2017-04-12, or 1980–1989."""
        if self.first == self.last:
            return self.first.isoformat()
        return self.first.isoformat()[:7] if self._is_month else self._years

    def name(self, language: Language) -> str:
        """Return the period in words: Wednesday, 12 April 2017; April 2017; 2017."""
        if self.first == self.last:
            return name_days([self.first], language)
        return name_month(self.first, language) if self._is_month else self._years

    @property
    def _is_month(self) -> bool:
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    @property
    def _years(self) -> str:
        first, last = self.first.year, self.last.year
        return str(first) if first == last else f"{first}–{last}"


class _Words(NamedTuple):
    """What a plot says; a field in braces is filled in with `str.format`."""

    figures: str
    period: str
    undated: str
    bar: str


_WORDS: dict[Language, _Words] = {
    "en": _Words("As a table", "Period", "without a date: {count}", "{name}: {count}"),
    "ar": _Words("عرضها في جدول", "الفترة", "بلا تاريخ: {count}", "{name}: {count}"),
}


def count_periods(days: Iterable[date]) -> list[Period]:
    """Count days by the day, the month, the year, or ten and more years, the finest of which `MOST_BARS` suffice for.

    Every period between the first and the last day is there, also where it counts none.
    """
    counted = Counter(days)
    if not counted:
        return []
    first, last = min(counted), max(counted)
    for step in _STEPS:
        starts = _starts(first, last, step)
        if len(starts) <= MOST_BARS:
            break
    held = Counter[date]()
    for day, count in counted.items():
        held[step(day)[0]] += count
    return [Period(*step(start), held[start]) for start in starts]


def _starts(first: date, last: date, step: Callable[[date], tuple[date, date]]) -> list[date]:
    """Return where the periods from one day to another begin, one more than `MOST_BARS` at most."""
    starts = [step(first)[0]]
    while (end := step(starts[-1])[1]) < last and len(starts) <= MOST_BARS:
        starts.append(end + timedelta(1))
    return starts


def _by_day(day: date) -> tuple[date, date]:
    return day, day


def _by_month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


def _by_years(count: int, day: date) -> tuple[date, date]:
    first = day.year // count * count
    return date(max(first, 1), 1, 1), date(first + count - 1, 12, 31)


_STEPS: tuple[Callable[[date], tuple[date, date]], ...] = (
    _by_day,
    _by_month,
    *(partial(_by_years, count) for count in (1, 10, 100, 1000)),
)


def bars_html(title: str, bars: Sequence[Bar], language: Language, named: str, counted: str) -> str:
    """Bars one below another, each beside its name and its figure: a table, as a screen reader reads it.

    Args:
        title: what is counted, in a line.
        bars: the bars, in their order.
        language: the language of the title and the headings.
        named: the heading of the names.
        counted: the heading of the figures.
    """
    most = max((bar.count for bar in bars), default=0) or 1
    rows = "".join(
        f'<tr><th scope="row">{_linked(bar, language)}</th>'
        f'<td class="plot-figure"><bdi>{bar.count:,}</bdi></td>'
        f'<td class="plot-track" aria-hidden="true">'
        f"{_drawn(bar.count / most) if bar.count else ''}</td></tr>"
        for bar in bars
    )
    return (
        f'<table class="plot plot-rows" lang="{language}"><caption>{escape(title)}</caption>'
        f'<thead class="unseen"><tr><th scope="col">{escape(named)}</th><th scope="col">{escape(counted)}</th>'
        f"<td></td></tr></thead><tbody>{rows}</tbody></table>"
    )


def _drawn(share: float) -> str:
    return f'<span class="plot-bar" style="--share: {share:.4f}"></span>'


def _linked(bar: Bar, language: Language) -> str:
    name = f"<bdi>{escape(bar.name)}</bdi>"
    if bar.link is None:
        return name
    said = _WORDS[language].bar.format(name=bar.name, count=f"{bar.count:,}")
    return f'<a class="plot-link" href="{escape(bar.link)}" title="{escape(said)}">{name}</a>'


def timeline_html(
    title: str,
    periods: Sequence[Period],
    language: Language,
    counted: str,
    link: Callable[[Period], str] | None = None,
    undated: int = 0,
) -> str:
    """Periods as bars along the time, which runs as the language reads, and the figures as a table to be unfolded.

    Args:
        title: what is counted, in a line.
        periods: the periods, in their order.
        language: the language of all words.
        counted: the heading of the figures.
        link: the address that a click on a period leads to; None where it leads nowhere.
        undated: how many lie in no period, as they have no day.
    """
    words = _WORDS[language]
    caption = f"<figcaption>{escape(title)}</figcaption>"
    left_out = f'<p class="plot-note">{escape(words.undated.format(count=f"{undated:,}"))}</p>' if undated else ""
    if not periods:
        return left_out
    most = max(period.count for period in periods) or 1
    every = -(-len(periods) // TICKS)
    # The last one would reach over the end, had it not most of its room.
    ticks = {place for place in range(0, len(periods), every) if not place or len(periods) - place > every * 0.6}
    bars = "".join(
        _bar(period, period.count / most, language, link if period.count else None, late=place * 2 >= len(periods))
        + (f'<span class="plot-tick" aria-hidden="true"><bdi>{period.short}</bdi></span>' if place in ticks else "")
        + "</li>"
        for place, period in enumerate(periods)
    )
    rows = "".join(
        f'<tr><th scope="row"><bdi>{period.short}</bdi></th><td><bdi>{period.count:,}</bdi></td></tr>'
        for period in periods
        if period.count
    )
    return (
        f'<figure class="plot plot-time" lang="{language}">{caption}'
        f'<div class="plot-area"><span class="plot-most" aria-hidden="true"><bdi>{most:,}</bdi></span>'
        f'<ol class="plot-bars">{bars}</ol></div>{left_out}'
        f'<details class="plot-table"><summary>{escape(words.figures)}</summary>'
        f'<table><thead><tr><th scope="col">{escape(words.period)}</th><th scope="col">{escape(counted)}</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></details></figure>"
    )


def _bar(period: Period, share: float, language: Language, link: Callable[[Period], str] | None, *, late: bool) -> str:
    """One period of a timeline, its list item left open for what stands under it."""
    said = escape(_WORDS[language].bar.format(name=period.name(language), count=f"{period.count:,}"))
    drawn = _drawn(share)
    tip = f'<span class="plot-tip{" late" if late else ""}" aria-hidden="true">{said}</span>'
    if link is None:
        return (
            f'<li><span class="plot-slot"><span class="unseen">{said}</span>{drawn}{tip if period.count else ""}</span>'
        )
    return f'<li><a class="plot-slot" href="{escape(link(period))}" aria-label="{said}">{drawn}{tip}</a>'
