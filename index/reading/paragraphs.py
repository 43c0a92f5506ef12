"""The lines of pages to a text of paragraphs. Pure."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.reading.layout import Line

_PAGE_NUMBER = re.compile(r"(?:page|صفحة|ص)?[\s.|–—-]*\d{1,4}(?:\s*(?:/|of|من)\s*\d{1,4})?[\s.|–—-]*", re.IGNORECASE)
_REPEATS = 3
"""On how many pages a line stands at least, that is a running head."""

_SENTENCE_END = re.compile(r"[.!?؟…:][\"'”’»)\]]*$")
_SAME_SIZE = 1.1
_STEP = 1.3
"""How far apart two lines of one paragraph are at most, as a multiple of the usual distance."""
_WIDEST_STEP = 2
"""The usual distance at most, as a multiple of the letters' size."""
_FULL, _SHORT = 0.9, 0.6
"""Of the column's width: how much a line has that is certainly full, and one that certainly ends a paragraph."""


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of a document, without page numbers and what every page repeats at its top or bottom."""
    kept = [list(page) for page in pages]
    for edge in (0, -1):
        for _ in range(2):
            heads = Counter(_head(page[edge]) for page in kept if page)
            for page in kept:
                if page and len(kept) > 1 and _is_running(page[edge], heads, len(kept)):
                    page.pop(edge)
    return [line for page in kept for line in page]


def _head(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _is_running(line: Line, heads: Counter[str], pages: int) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return heads[_head(line)] >= max(_REPEATS, pages / 2)


def joined(lines: Sequence[Line]) -> str:
    """Return the lines as paragraphs with an empty line between; a word that a line's end divides is whole again."""
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", "\n".join(line.text for line in lines).lower()))
    paragraphs: list[str] = []
    for paragraph in _paragraphs(lines):
        text = paragraph[0].text
        for line in paragraph[1:]:
            text = _continued(text, line.text, words)
        paragraphs.append(_paired(text.replace("\u00ad", "")))
    return "\n\n".join(paragraphs)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    measures = {size: _Measure.of(lines, size) for size in {line.size for line in lines}}
    for line in lines:
        if paragraph and not _continues(paragraph[-1], line, measures[line.size]):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


@dataclass(frozen=True, slots=True)
class _Measure:
    """How far apart the lines of letters of one size usually are, and how wide a full one is."""

    step: float
    width: float

    @classmethod
    def of(cls, lines: Sequence[Line], size: float) -> _Measure:
        steps = [above.y - line.y for above, line in pairwise(lines) if line.size == size and _is_below(above, line)]
        widths = sorted(line.width for line in lines if line.size == size)
        step = statistics.quantiles(steps, n=4)[0] if len(steps) > 1 else min(steps, default=0.0)
        return cls(min(step, _WIDEST_STEP * size), widths[len(widths) * 9 // 10])


def _is_below(above: Line, line: Line) -> bool:
    return above.page == line.page and above.y > line.y and _is_same_size(above, line)


def _is_same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= _SAME_SIZE * min(one.size, other.size)


def _continues(above: Line, line: Line, usual: _Measure) -> bool:
    """Whether a line goes on with the paragraph of the line before it, which may be on the page or column before."""
    if not _is_same_size(above, line) or above.width < _SHORT * usual.width:
        return False
    has_ended = bool(_SENTENCE_END.search(above.text))
    if _is_below(above, line):
        return above.y - line.y <= _STEP * usual.step and (above.width >= _FULL * usual.width or not has_ended)
    return not has_ended


_DIVIDED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def _continued(text: str, line: str, hyphenated: set[str]) -> str:
    """Return a text with the line that goes on with it; a hyphen stays that the document has in that word elsewhere."""
    if not (head := _DIVIDED.search(text)):
        return f"{text} {line}"
    tail = _FIRST_WORD.match(line)
    if tail is None or not tail.group()[0].islower() or f"{head[1]}-{tail.group()}".lower() in hyphenated:
        return text[:-1] + "-" + line
    return text[:-1] + line


_PAIRS = ("()", "[]", "«»", "{}", "<>")
_BRACKETS = re.compile(r"[()\[\]{}<>«»]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")


def _paired(text: str) -> str:
    """Return a text whose brackets open before they close, as far as they come in pairs.

    A bracket in Arabic is listed as its shape or as its meaning, by the program that made the document.
    """
    if not _RIGHT_TO_LEFT.search(text) or _is_balanced(text):
        return text
    for pair in _PAIRS:
        count = text.count(pair[0]) + text.count(pair[1])
        if count % 2 == 0:
            pieces = re.split(f"[{re.escape(pair)}]", text)
            text = pieces[0] + "".join(pair[place % 2] + piece for place, piece in enumerate(pieces[1:]))
    return text


def _is_balanced(text: str) -> bool:
    awaited: list[str] = []
    closers = {pair[0]: pair[1] for pair in _PAIRS}
    for bracket in _BRACKETS.findall(text):
        if bracket in closers:
            awaited.append(closers[bracket])
        elif not awaited or awaited.pop() != bracket:
            return False
    return not awaited
