"""An article as HTML: its whole text, the numbered runs marked, what is not the story folded away. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from assistant.chat.messages import MESSAGES
from assistant.chat.reader.messages import READER, lines_counted
from index.types import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.chat.messages import Messages
    from index.types import Article, Language, Span


class RunKind(StrEnum):
    """Why a run is marked: an answer rests on it, or it is merely near a question that was declined."""

    CITATION = "citation"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Run:
    """A numbered run of an article's text: code points ``[start, end)``, and what was asked for within it."""

    number: int
    start: int
    end: int
    highlights: tuple[tuple[int, int], ...] = ()


def article_label(article: Article) -> str:
    """What to call an article in a list: its title, or its file's name where the page states none."""
    return article.title or PurePath(article.path).name


def chip_html(kind: RunKind, run: Run, article: Article, language: Language, speaker: str | None = None) -> str:
    """A small numbered button that opens an article at one run, which `speaker` said."""
    words = MESSAGES[language]
    title = " · ".join(filter(None, (speaker, article_label(article))))
    what = (words.citation if kind is RunKind.CITATION else words.passage).format(number=run.number)
    asked = ",".join(f"{start}-{end}" for start, end in run.highlights)
    within = f' data-asked="{asked}"' if asked else ""
    return (
        f'<bdi><button type="button" class="chip" data-article="{escape(article.id)}" data-{kind}="{run.number}"'
        f' data-run="{run.start}-{run.end}"{within}'
        f' aria-label="{escape(words.opens.format(what=what, title=title))}" title="{escape(title)}">'
        f"{run.number}</button></bdi>"
    )


def article_html(
    article: Article, runs: Sequence[Run], kind: RunKind, language: Language, *, is_elsewhere: bool = False
) -> str:
    """An article with its title, outlet, author, date, path, and whole text.

    Every run is marked by ``<mark data-citation="n">`` or ``<mark data-passage="n">``; the texts of one number's marks
    joined together are the run exactly, also where runs overlap or reach over several paragraphs. What was asked for
    within them is ``<strong class="asked">``. The text of ``.article-text`` is the article's, what is folded included.

    Args:
        article: the article.
        runs: what to mark.
        kind: why they are marked.
        language: the language of the labels around the article.
        is_elsewhere: whether a place was asked for that the article does not have, which is then said.
    """
    words, own = MESSAGES[language], READER[language]
    note = (
        f'<p class="note" lang="{language}" dir="{words.direction}">{escape(own.no_place)}</p>' if is_elsewhere else ""
    )
    return (
        f'<header class="article-head" dir="{MESSAGES[article.language].direction}">'
        f'<h2 dir="auto">{escape(article.title or words.untitled)}</h2>'
        f'<p class="meta">{" · ".join(_facts(article, words))}</p>'
        f"{note}{_places(article, runs, kind, language)}</header>"
        f'<div class="article-text" lang="{article.language}">{_text(article, runs, kind, language)}</div>'
        f'<section class="said" data-searching="{escape(own.searching)}" data-fault="{escape(own.fault)}"></section>'
        f'<button type="button" class="back" lang="{language}">{escape(words.back)}</button>'
    )


def _facts(article: Article, words: Messages) -> Iterator[str]:
    outlets = dict.fromkeys(name for name in (article.source, article.agency) if name)
    for name in outlets or [words.no_outlet]:
        yield f"<bdi>{escape(name)}</bdi>"
    if article.author:
        yield f'<bdi class="author">{escape(article.author)}</bdi>'
    if article.published:
        yield f"<time>{article.published.isoformat()}</time>"
    else:
        yield escape(words.no_date)
    yield f'<bdi class="path" dir="ltr">{escape(article.path)}</bdi>'
    if article.url and article.url.startswith(("https://", "http://")):
        yield f'<a href="{escape(article.url)}" target="_blank" rel="noopener noreferrer">{escape(words.original)}</a>'


def _places(article: Article, runs: Sequence[Run], kind: RunKind, language: Language) -> str:
    """The marked places with their numbers, the way from one to the next, and what can be taken along."""
    words, own = MESSAGES[language], READER[language]
    heading = words.cited_here if kind is RunKind.CITATION else words.found_here
    chips = "".join(chip_html(kind, run, article, language) for run in runs)
    day = article.published.isoformat() if article.published else None
    cited = " · ".join(filter(None, (article_label(article), article.source or article.agency, day, article.path)))
    shown = f'<p class="runs {kind}"><span>{escape(heading)}</span> {chips}</p>' if runs else ""
    return (
        f'<div class="tools" lang="{language}" dir="{words.direction}">{shown}'
        f'<div class="steps" role="group" aria-label="{escape(own.places)}" hidden>'
        f'{_step("previous", own.previous, "p")}<output class="position" data-words="{escape(own.position)}"></output>'
        f"{_step('next', own.next, 'n')}</div>"
        f'<button type="button" class="tool copy-citation" hidden data-quoted="{escape(own.quoted)}"'
        f' data-cited="{escape(cited)}" data-offsets="{escape(own.offsets)}" data-done="{escape(own.copied)}">'
        f"{escape(own.copy_citation)}</button>"
        f'<button type="button" class="tool copy-link" data-done="{escape(own.copied)}">'
        f"{escape(own.copy_link)}</button>"
        f'<button type="button" class="tool glosses" hidden aria-pressed="true">{escape(own.glosses)}</button></div>'
    )


def _step(name: str, label: str, key: str) -> str:
    return (
        f'<button type="button" class="step {name}" aria-label="{escape(label)}" title="{escape(label)} ({key})"'
        f' aria-keyshortcuts="{key}"></button>'
    )


class _Line(NamedTuple):
    """A line of an article with its line break: code points ``[start, end)``; is it no part of the story?"""

    start: int
    end: int
    is_blank: bool
    is_furniture: bool


FOLDED_LINES, FOLDED_CHARACTERS = 2, 240
"""What is no story is folded away from this many lines or characters: less takes no more room than its label."""


def _text(article: Article, runs: Sequence[Run], kind: RunKind, language: Language) -> str:
    """The whole text, a paragraph a line; lines in a row that are no part of the story are one disclosure."""
    paragraphs = _Paragraphs(article, runs, kind)
    html: list[str] = []
    for is_furniture, group in groupby(_lines(article), key=lambda line: line.is_furniture):
        lines = list(group)
        texts = "".join(map(paragraphs.html, lines))
        start, end = lines[0].start, lines[-1].end
        count = sum(not line.is_blank for line in lines)
        if is_furniture and (count >= FOLDED_LINES or end - start >= FOLDED_CHARACTERS):
            label = escape(READER[language].furniture.format(lines=lines_counted(count, language)))
            # The label is the style sheet's, so that the text remains the article's alone.
            summary = f'<summary lang="{language}" data-label="{label}" aria-label="{label}"></summary>'
            is_open = " open" if any(run.start < end and start < run.end for run in runs) else ""
            texts = f'<details class="furniture"{is_open}>{summary}{texts}</details>'
        html.append(texts)
    return "".join(html)


def _lines(article: Article) -> Iterator[_Line]:
    """The lines of an article; blank ones between two that are no part of the story are none either."""
    covered = bytearray(len(article.text))
    for span in article.spans:
        if span.kind is not SpanKind.TITLE:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
    start = 0
    waiting: list[_Line] = []
    before = False
    for text in article.text.splitlines(keepends=True):
        end = start + len(text)
        first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        line = _Line(start, end, first >= last, first < last and covered.find(0, first, last) < 0)
        start = end
        if line.is_blank:
            waiting.append(line)
            continue
        between = before and line.is_furniture
        yield from (blank._replace(is_furniture=between) for blank in waiting)
        waiting = []
        before = line.is_furniture
        yield line
    yield from waiting


class _Paragraphs:
    """The lines of an article as paragraphs, with the marks of its runs."""

    def __init__(self, article: Article, runs: Sequence[Run], kind: RunKind) -> None:
        self._article = article
        self._runs = runs
        self._kind = kind
        self._highlights = [highlight for run in runs for highlight in run.highlights]
        self._spans = sorted(article.spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        edges = {edge for run in runs for edge in (run.start, run.end)}
        edges.update(edge for highlight in self._highlights for edge in highlight)
        edges.update(edge for span in article.spans for edge in (span.start, span.end))
        self._edges = sorted(edges)

    def html(self, line: _Line) -> str:
        """One `<p>` a line, its line break inside it, so that the paragraphs' texts joined are the article's text."""
        start, end, *_ = line
        inner = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        cuts = [start, *inner, end]
        runs = [run for run in self._runs if run.start < end and start < run.end]
        pieces = "".join(self._piece(runs, *cut) for cut in zip(cuts, cuts[1:], strict=False))
        blank = ' class="blank"' if line.is_blank else ""
        return f'<p dir="auto"{blank}>{pieces}</p>'

    def _piece(self, runs: Sequence[Run], start: int, end: int) -> str:
        """A stretch of text in which nothing begins or ends; runs that overlap are marks within marks."""
        # A lone carriage return in HTML would be read as a line feed; as a reference it is kept.
        html = escape(self._article.text[start:end]).replace("\r", "&#13;")
        if any(first <= start and end <= last for first, last in self._highlights):
            html = f'<strong class="asked">{html}</strong>'
        for run in reversed(runs):
            if run.start <= start and end <= run.end:
                first = ' class="first"' if run.start == start else ""
                html = f'<mark data-{self._kind}="{run.number}"{first}>{html}</mark>'
        span = self._span(start, end)
        if span is None:
            return html
        return f'<span class="{"title" if span.kind is SpanKind.TITLE else "aside"}">{html}</span>'

    def _span(self, start: int, end: int) -> Span | None:
        before = reversed(self._spans[: bisect_right(self._starts, start)])
        return next((span for span in before if end <= span.end), None)
