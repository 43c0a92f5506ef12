"""The list of articles as HTML: the form that narrows it, its rows and pages, and plots of what was found. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.chat.archive.messages import ARCHIVE_MESSAGES
from assistant.chat.interface import isolated
from assistant.chat.messages import MESSAGES
from assistant.chat.plots import Bar, bars_html, count_periods, timeline_html
from assistant.holdings.catalogue import Order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.chat.archive.messages import ArchiveMessages
    from assistant.chat.plots import Period
    from assistant.holdings.catalogue import Listed, Listing
    from index.types import Language

PAGE_SIZE = 50
SHOWN_SOURCES = 8
"""Outlets that have a bar; the others are counted in one."""

Asked = dict[str, str]
"""What a person asked for, by the names of the form's fields; a field that is not there is empty."""


def form_html(asked: Asked, sources: Sequence[str], language: Language) -> str:
    """The form that narrows the list, filled in with what was asked for; `sources` are all outlets of the archive."""
    words = ARCHIVE_MESSAGES[language]
    fields = [
        _field("words", words.words, f'<input type="search" name="words" dir="auto" {_value(asked, "words")}>'),
        _field("source", words.source, _choice("source", words.any_source, {s: s for s in sources}, asked)),
        _field("language", words.language, _choice("language", words.any_language, words.languages, asked)),
        _field("author", words.author, f'<input name="author" dir="auto" {_value(asked, "author")}>'),
        _field("from", words.first_day, f'<input type="date" name="from" {_value(asked, "from")}>'),
        _field("to", words.last_day, f'<input type="date" name="to" {_value(asked, "to")}>'),
        _field("order", words.order, _choice("order", None, words.orders, asked)),
    ]
    return (
        f'<form class="find narrow" role="search" lang="{language}">{"".join(fields)}'
        f'<div class="actions"><button type="submit" class="primary">{escape(words.find)}</button>'
        f'<button type="button" class="clear">{escape(words.clear)}</button></div></form>'
    )


def list_html(listing: Listing, asked: Asked, page: int, language: Language, *, editable: bool) -> str:
    """A page of the list, counted from 1; where articles may be removed, each with a box to select it."""
    words = ARCHIVE_MESSAGES[language]
    if not listing.articles:
        return f'<p class="nothing">{escape(words.nothing)}</p>'
    first = (page - 1) * PAGE_SIZE + 1
    shown = f"{first:,}–{first + len(listing.articles) - 1:,}"
    found = isolated(words.found, shown=shown, found=f"{listing.found:,}")
    boxes = (
        f'<th scope="col" class="box"><input type="checkbox" class="all" aria-label="{escape(words.select_page)}"></th>'
        if editable
        else ""
    )
    rows = "".join(_row(article, words, language, editable=editable) for article in listing.articles)
    return (
        f'<table class="articles" lang="{language}"><caption>{found}</caption>'
        f'<thead><tr>{boxes}<th scope="col">{escape(words.title)}</th>'
        f'<th scope="col">{escape(words.day)}</th></tr></thead><tbody>{rows}</tbody></table>'
        f"{_pages(asked, page, -(-listing.found // PAGE_SIZE), words)}"
    )


def plots_html(listing: Listing, asked: Asked, language: Language) -> str:
    """What was found as plots: along the time, by outlet and by language; each bar narrows the list."""
    words = ARCHIVE_MESSAGES[language]

    def within(period: Period) -> str:
        return address({**asked, "from": period.first.isoformat(), "to": period.last.isoformat()})

    undated = listing.found - sum(listing.days.values())
    time = timeline_html(words.by_day, count_periods(listing.days), language, words.articles, within, undated)
    stated = [(name, count) for name, count in listing.sources.items() if name is not None]
    bars = [Bar(name, count, address({**asked, "source": name})) for name, count in stated[:SHOWN_SOURCES]]
    if others := stated[SHOWN_SOURCES:]:
        bars.append(Bar(words.other_sources.format(count=len(others)), sum(count for _, count in others)))
    if unstated := listing.sources.get(None):
        bars.append(Bar(words.no_source, unstated))
    languages = [
        Bar(words.languages.get(name, name), count, address({**asked, "language": name}))
        for name, count in listing.languages.items()
        if name is not None
    ]
    return (
        f"{time}<div>{bars_html(words.by_source, bars, language, words.source, words.articles)}</div>"
        f"<div>{bars_html(words.by_language, languages, language, words.language, words.articles)}</div>"
        if listing.found
        else ""
    )


def address(asked: Mapping[str, str]) -> str:
    """Return the address of the list of what is asked for, from its first page on unless a page is asked for."""
    default = {"order": Order.NEWEST, "page": "1"}
    kept = {name: value for name, value in asked.items() if value and default.get(name) != value}
    return f"./archive?{urlencode(kept)}" if kept else "./archive"


def _row(article: Listed, words: ArchiveMessages, language: Language, *, editable: bool) -> str:
    name = escape(article.id)
    title = escape(article.title)
    box = (
        f'<td class="box"><input type="checkbox" name="article" value="{name}"'
        f' aria-label="{escape(words.select.format(title=article.title))}"></td>'
        if editable
        else ""
    )
    stated = [fact for fact in (article.source, article.author) if fact] or [words.no_source]
    facts = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in stated)
    day = f"<bdi>{article.published.isoformat()}</bdi>" if article.published else escape(words.no_day)
    spoken: Language = "ar" if article.language == "ar" else "en"
    return (
        f'<tr>{box}<td class="title" dir="{MESSAGES[spoken].direction}">'
        f'<button type="button" class="chip open" data-article="{name}" dir="auto"'
        f' lang="{spoken}">{title}</button>'
        f'<p class="meta" lang="{language}">{facts}</p></td>'
        f'<td class="day">{day}</td></tr>'
    )


def _pages(asked: Asked, page: int, last: int, words: ArchiveMessages) -> str:
    """The way to the other pages: the ones beside this one, the first and the last, and those halfway there."""
    if last <= 1:
        return ""
    near = {1, last, page - 1, page, page + 1, (page + 1) // 2, (page + last) // 2}
    shown = sorted(number for number in near if 1 <= number <= last)
    links = []
    before = 0
    for number in shown:
        if number > before + 1:
            links.append('<li aria-hidden="true">…</li>')
        current = ' aria-current="page"' if number == page else ""
        links.append(f'<li><a href="{escape(address({**asked, "page": str(number)}))}"{current}>{number:,}</a></li>')
        before = number
    return (
        f'<nav class="pages" aria-label="{escape(words.pages)}">'
        f"{_beside(asked, page - 1, last, words.former, 'prev')}<ol>{''.join(links)}</ol>"
        f"{_beside(asked, page + 1, last, words.following, 'next')}</nav>"
    )


def _beside(asked: Asked, page: int, last: int, name: str, kind: str) -> str:
    if not 1 <= page <= last:
        return f"<span>{escape(name)}</span>"
    return f'<a href="{escape(address({**asked, "page": str(page)}))}" rel="{kind}">{escape(name)}</a>'


def _field(name: str, label: str, field: str) -> str:
    return f'<label class="field-{name}"><span>{escape(label)}</span>{field}</label>'


def _value(asked: Asked, name: str) -> str:
    return f'value="{escape(asked.get(name, ""))}"'


def _choice(name: str, every: str | None, choices: Mapping[str, str], asked: Asked) -> str:
    given = asked.get(name, "")
    # What an address asks for stays chosen, also where nothing is called so any more.
    known = {**choices, given: given} if given and given not in choices else choices
    options = {"": every, **known} if every else known
    return (
        f'<select name="{name}" dir="auto">'
        + "".join(
            f'<option value="{escape(value)}"{" selected" if value == given else ""}>{escape(shown)}</option>'
            for value, shown in options.items()
        )
        + "</select>"
    )
