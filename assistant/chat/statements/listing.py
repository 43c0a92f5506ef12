"""Statements as HTML: how many there are, when they were made, and who said what, day by day. Pure."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from assistant.chat.check.verdicts import source_html
from assistant.chat.plots import count_periods, timeline_html
from assistant.chat.reader.article import Run, RunKind, chip_html
from assistant.rendering.wording import name_days
from index.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from assistant.speech.spoken import Query
    from assistant.speech.statement_search import Told
    from index.types import Language


class Words(NamedTuple):
    """What the list says in one language; a field in braces is filled in with `str.format`."""

    found: str
    none: str
    hint: str
    empty: str
    timeline: str
    counted: str
    no_day: str
    more: str
    shown: str
    stances: dict[Stance, str]


WORDS: dict[Language, Words] = {
    "en": Words(
        found="Statements: {count}",
        none="No statement passes these filters.",
        hint="Leave one of them out, or write the name as the articles do.",
        empty="The archive is empty; add articles to it first.",
        timeline="When they were made; a bar narrows the list to its days",
        counted="Statements",
        no_day="Day not stated",
        more="Show {count} more",
        shown="Shown: {shown} of {count}",
        stances={stance: stance.value for stance in Stance},
    ),
    "ar": Words(
        found="التصريحات: {count}",
        none="لا تصريح يوافق هذه الشروط.",
        hint="احذف أحدها، أو اكتب الاسم كما تكتبه المقالات.",
        empty="الأرشيف فارغ، أضِف إليه مقالات أولًا.",
        timeline="زمن التصريحات؛ اضغط عمودًا لتقتصر القائمة على أيامه",
        counted="التصريحات",
        no_day="اليوم غير مذكور",
        more="أظهر {count} أخرى",
        shown="المعروض: {shown} من {count}",
        stances={
            Stance.SAID: "قول",
            Stance.STRESSED: "تأكيد",
            Stance.ANNOUNCED: "إعلان",
            Stance.DENIED: "نفي",
            Stance.ACCUSED: "اتهام",
            Stance.WARNED: "تحذير",
            Stance.EXPECTED: "توقّع",
            Stance.BELIEVED: "رأي",
            Stance.REGRETTED: "أسف",
            Stance.DEMANDED: "مطالبة",
            Stance.PROMISED: "وعد",
            Stance.PRAISED: "إشادة",
            Stance.CRITICISED: "انتقاد",
            Stance.AGREED: "موافقة",
            Stance.ASKED: "سؤال",
        },
    ),
}


def address(query: Query, **more: str) -> str:
    """The page's address with a query in it, so that the view can be shared."""
    given = {
        "speaker": query.speaker,
        "about": query.about,
        "source": query.source,
        "language": query.language,
        "from": query.first and query.first.isoformat(),
        "to": query.last and query.last.isoformat(),
        **more,
    }
    return f"./statements?{urlencode({name: text for name, text in given.items() if text})}"


def summary_html(query: Query, days: Sequence[date | None], language: Language, order: str) -> str:
    """A timeline whose bars narrow the query to their days; or why there may be nothing to show."""
    words = WORDS[language]
    if not days:
        return f'<div class="none"><p>{escape(words.none)}</p><p>{escape(words.hint)}</p></div>'
    dated = [day for day in days if day]
    kept = {"order": order} if order != "newest" else {}
    return timeline_html(
        words.timeline,
        count_periods(dated),
        language,
        words.counted,
        lambda period: address(_within(query, period.first, period.last), **kept),
        len(days) - len(dated),
    )


def _within(query: Query, first: date, last: date) -> Query:
    return replace(
        query,
        first=max(first, query.first) if query.first else first,
        last=min(last, query.last) if query.last else last,
    )


def rows_html(told: Iterable[Told], first: int, language: Language) -> str:
    """Statements under a heading for each day, numbered from `first`."""
    html, number = [], first
    for day, group in groupby(told, key=lambda one: one.day):
        rows = []
        for one in group:
            rows.append(_row(one, number, language))
            number += 1
        named = name_days([day], language) if day else WORDS[language].no_day
        html.append(
            f'<section class="day" data-day="{day.isoformat() if day else ""}"><h3><bdi>{escape(named)}</bdi></h3>'
            f"<ul>{''.join(rows)}</ul></section>"
        )
    return "".join(html)


def more_html(shown: int, count: int, at_once: int, language: Language) -> str:
    """How many of the statements are shown, and a button for the next of them."""
    words = WORDS[language]
    left = min(at_once, count - shown)
    button = (
        f'<button type="button" data-from="{shown}">{escape(words.more.format(count=f"{left:,}"))}</button>'
        if left > 0
        else ""
    )
    return f"<span>{escape(words.shown.format(shown=f'{min(shown, count):,}', count=f'{count:,}'))}</span>{button}"


def _row(told: Told, number: int, language: Language) -> str:
    article, said = told
    start, end = said.words
    words = " ".join(article.text[start:end].split())
    opening, closing = ("«", "»") if article.language == "ar" else ("“", "”")
    marks = (opening, closing) if said.direct else ("", "")
    verb = article.text[slice(*said.verb)] if said.verb else ""
    role = f'<bdi class="role">{escape(said.role)}</bdi>' if said.role and said.role not in said.speaker else ""
    return (
        '<li class="statement">'
        f'<p class="who"><bdi class="speaker">{escape(" ".join(said.speaker.split()))}</bdi> '
        f'<bdi class="stance {said.stance}" title="{escape(verb)}">{escape(WORDS[language].stances[said.stance])}</bdi>'
        f"{role}</p>"
        f'<p class="words" dir="auto" lang="{article.language}">{marks[0]}{escape(words)}{marks[1]}'
        f'<span class="chips">{chip_html(RunKind.CITATION, Run(number, start, end), article, language, said.speaker)}'
        f'</span></p><p class="source">{source_html(article)}</p></li>'
    )
