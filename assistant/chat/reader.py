"""An article as HTML: its whole text, the numbered runs marked, what is not the story dimmed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

from assistant.chat.messages import MESSAGES
from index.types import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.chat.messages import Messages
    from index.types import Article, Language


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


def article_html(article: Article, runs: Sequence[Run], kind: RunKind, language: Language) -> str:
    """An article with its title, outlet, date, path, and whole text.

    Every run is marked by ``<mark data-citation="n">`` or ``<mark data-passage="n">``; the texts of one number's marks
    joined together are the run exactly, also where runs overlap or reach over several paragraphs. What was asked for
    within them is ``<strong class="asked">``.

    Args:
        article: the article.
        runs: what to mark.
        kind: why they are marked.
        language: the language of the labels around the article.
    """
    words = MESSAGES[language]
    chips = "".join(chip_html(kind, run, article, language) for run in runs)
    heading = words.cited_here if kind is RunKind.CITATION else words.found_here
    return (
        f'<header class="article-head" dir="{MESSAGES[article.language].direction}">'
        f'<h2 dir="auto">{escape(article.title or words.untitled)}</h2>'
        f'<p class="meta">{" · ".join(_facts(article, words))}</p>'
        + (f'<p class="runs {kind}"><span>{escape(heading)}</span> {chips}</p>' if runs else "")
        + "</header>"
        f'<div class="article-text" lang="{article.language}">{"".join(_paragraphs(article, runs, kind))}</div>'
        f'<button type="button" class="back" lang="{language}">{escape(words.back)}</button>'
    )


def _facts(article: Article, words: Messages) -> Iterator[str]:
    outlets = dict.fromkeys(name for name in (article.source, article.agency) if name)
    for name in outlets or [words.no_outlet]:
        yield f"<bdi>{escape(name)}</bdi>"
    if article.published:
        yield f"<time>{article.published.isoformat()}</time>"
    else:
        yield escape(words.no_date)
    yield f'<bdi class="path" dir="ltr">{escape(article.path)}</bdi>'
    if article.url and article.url.startswith(("https://", "http://")):
        yield f'<a href="{escape(article.url)}" target="_blank" rel="noopener noreferrer">{escape(words.original)}</a>'


def _paragraphs(article: Article, runs: Sequence[Run], kind: RunKind) -> Iterator[str]:
    """One `<p>` a line, its line break inside it, so that the paragraphs' texts joined are the article's text."""
    edges = {edge for run in runs for edge in (run.start, run.end)}
    edges.update(edge for run in runs for highlight in run.highlights for edge in highlight)
    edges.update(edge for span in article.spans for edge in (span.start, span.end))
    start = 0
    for line in article.text.splitlines(keepends=True):
        end = start + len(line)
        cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
        pieces = (_piece(article, runs, kind, *cut) for cut in zip(cuts, cuts[1:], strict=False))
        blank = "" if line.strip() else ' class="blank"'
        yield f'<p dir="auto"{blank}>{"".join(pieces)}</p>'
        start = end


def _piece(article: Article, runs: Sequence[Run], kind: RunKind, start: int, end: int) -> str:
    """A stretch of text in which nothing begins or ends; runs that overlap are marks within marks."""
    # A lone carriage return in HTML would be read as a line feed; as a reference it is kept.
    html = escape(article.text[start:end]).replace("\r", "&#13;")
    if any(first <= start and end <= last for run in runs for first, last in run.highlights):
        html = f'<strong class="asked">{html}</strong>'
    for run in reversed(runs):
        if run.start <= start and end <= run.end:
            first = ' class="first"' if run.start == start else ""
            html = f'<mark data-{kind}="{run.number}"{first}>{html}</mark>'
    span = next((span for span in article.spans if span.start <= start and end <= span.end), None)
    if span is None:
        return html
    return f'<span class="{"title" if span.kind is SpanKind.TITLE else "aside"}">{html}</span>'
