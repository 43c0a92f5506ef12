"""Answers to Markdown, with the places where their numbers stand in it. Pure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from assistant.rendering.answers import (
    ISOLATE,
    NEAREST_SHOWN,
    POP,
    is_right_to_left,
    isolated_runs,
    on_one_line,
    shortened,
    source_line,
    stated,
    verdict,
)
from assistant.rendering.highlights import find_highlights, split_runs
from assistant.rendering.wording import ALSO, NEAREST, UNDERSTOOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.types import Answer, Citation, Sentence, Support
    from index.types import Article

    Link = Callable[[Article, int, int], str]
    """The address that opens an article at a run of its text."""


class Marker(NamedTuple):
    """The number of a citation after a sentence: code points ``[start, end)`` of the Markdown, brackets included.

    `support` is the verdict on the sentence.
    """

    start: int
    end: int
    number: int
    citation: Citation
    support: Support


class Markdown(NamedTuple):
    """An answer as paragraphs of Markdown, and where its numbers stand in their text."""

    paragraphs: tuple[str, ...]
    markers: tuple[Marker, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs, an empty line between any two."""
        return "\n\n".join(self.paragraphs)


def answer_markdown(answer: Answer, link: Link | None = None) -> Markdown:
    """Return an answer as Markdown, its citations as a numbered list; or why it is declined, and the nearest passages.

    What was asked for is bold, and a sentence that its citations do not support struck out. `link` makes links of the
    places.
    """
    paragraphs = [f"*{inline_markdown(line)}*" for line in stated(answer)]
    if answer.understood:
        understood = f"{ISOLATE}{inline_markdown(answer.understood)}{POP}"
        paragraphs.insert(0, f"*{UNDERSTOOD[answer.language]} {understood}*")
    if answer.declined:
        return Markdown((*paragraphs, f"*{inline_markdown(answer.reason or '')}*", *_nearest(answer, link)))
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    markers: list[Marker] = []
    position = sum(len(paragraph) + 2 for paragraph in paragraphs)
    for sentence in answer.sentences:
        line = _sentence(sentence)
        opening, closing = (ISOLATE, POP) if is_right_to_left(sentence.text) else ("", "")
        for citation in sentence.citations:
            line += f" {opening}"
            start, number = position + len(line), numbers[citation]
            line += f"[{number}]"
            markers.append(Marker(start, position + len(line), number, citation, sentence.support))
            line += closing
        line = " ".join(filter(None, (line, verdict(sentence, answer.language))))
        paragraphs.append(line)
        position += len(line) + 2
    listed = [
        f"{number}. {_source(c.article, c.start, c.end, link)} ({c.start}–{c.end})"
        + "".join(f"; {ALSO[answer.language]} {escape_markdown(source_line(other))}" for other in c.also)
        for c, number in numbers.items()
    ]
    return Markdown((*paragraphs, *(["\n".join(listed)] if listed else [])), tuple(markers))


def _nearest(answer: Answer, link: Link | None) -> Iterator[str]:
    passages = [hit.passage for hit in answer.passages[:NEAREST_SHOWN]]
    if passages:
        yield f"**{NEAREST[answer.language]}**"
        yield "\n".join(
            f"- {_isolated(shortened(passage.text))} — {_source(passage.article, passage.start, passage.end, link)}"
            for passage in passages
        )


def _source(article: Article, start: int, end: int, link: Link | None) -> str:
    line = escape_markdown(source_line(article))
    return f"[{line}]({link(article, start, end)})" if link else line


def _sentence(sentence: Sentence) -> str:
    """Return a sentence on one line, with what was asked for in bold; a quotation in it is kept apart."""
    if sentence.struck:
        return f"~~{inline_markdown(sentence.text)}~~"
    text, apart = sentence.text, isolated_runs(sentence)
    marks = {start: ISOLATE for start, _ in apart} | {end: POP for _, end in apart}
    written = ""
    for start, end, asked in split_runs(0, len(text), find_highlights(sentence)):
        cuts = sorted({start, end, *(mark for mark in marks if start < mark < end)})
        for first, last in pairwise(cuts):
            piece = escape_markdown(on_one_line(text[first:last]))
            written += marks.get(first, "") + (f"**{piece}**" if asked else piece)
    return _unlisted(written + marks.get(len(text), ""))


def _isolated(line: str) -> str:
    escaped = paragraph_markdown(line)
    return f"{ISOLATE}{escaped}{POP}" if is_right_to_left(line) else escaped


def inline_markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as it is, within a paragraph."""
    return escape_markdown(on_one_line(text)).strip()


def paragraph_markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as it is, also where a paragraph begins with it."""
    return _unlisted(inline_markdown(text))


def _unlisted(line: str) -> str:
    """Return a line whose beginning Markdown does not take for that of a list."""
    return re.sub(r"\A(\d*)([-+=.)])", r"\1\\\2", line)


def escape_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, also where it sets formulas between dollar signs."""
    return re.sub(r"([\\`*_{}\[\]<>#&~|$])", r"\\\1", text)
