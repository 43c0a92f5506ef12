"""A page as lines, each folded as far as it takes to tell what it is: pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.cleaning.phrases import LONGEST, folded_key
from index.sentences import wrapping_newlines
from index.text import fold_text
from index.types import Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 120
"""Code points that a line is told by where it begins; most lines are longer, and nothing more of them is folded."""
_OPENING = 24
"""Letters of its words by which a line is told from most others."""
_END = 16  # code points of a line's end, most of which are no closing marks
_PATTERNS = 100  # folded characters that the longest known beginning fits into


class Line(NamedTuple):
    """A line of a page.

    `head` is how it begins, folded, and `head_key` the first words of that alone; of a short line they are all of it.
    """

    start: int
    end: int
    text: str
    words: int
    head: str
    head_key: str
    is_short: bool

    @classmethod
    def of(cls, text: str, start: int) -> Line:
        """Make a line of a text without space around it."""
        head = fold_text(text[:_HEAD]).strip()
        is_short = len(text) <= _HEAD
        head_key = folded_key(head if is_short else head[:_PATTERNS])
        if not is_short and (len(head) < _PATTERNS or len(head_key) < _OPENING):  # marks for the most part
            head, is_short = fold_text(text).strip(), True
            head_key = folded_key(head)
        return cls(start, start + len(text), text, len(text.split()), head, head_key, is_short)

    @property
    def folded(self) -> str:
        """All of it, folded."""
        return self.head if self.is_short else fold_text(self.text).strip()

    @property
    def key(self) -> str:
        """Its words alone."""
        return self.head_key if self.is_short else folded_key(self.folded)

    @property
    def opening(self) -> str:
        """The first letters of its key."""
        return self.head_key[:_OPENING]

    @property
    def phrase(self) -> str:
        """Its key, or else, where that is longer than any fixed phrase, the beginning of it."""
        return self.head_key if len(self.head_key) > LONGEST else self.key

    @property
    def is_prose(self) -> bool:
        """Whether it ends like a sentence."""
        return self.ends_with((".", "!", "?"))

    def ends_with(self, marks: tuple[str, ...]) -> bool:
        """Whether it ends with one of some marks, folded ones, but for quotation marks and brackets after it."""
        # Folded alone, the end of a long line is that of the whole, unless nothing but such marks stands there.
        end = "" if self.is_short else fold_text(self.text[-_END:]).rstrip(_CLOSERS)
        return (end or self.folded.rstrip(_CLOSERS)).endswith(marks)

    def span(self, kind: SpanKind) -> Span:
        """Mark all of it."""
        return Span(self.start, self.end, kind)


_CLOSERS = "\"')] "  # as folding leaves them
_NEWLINE = re.compile(r"[\r\n]")


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a page, those of a wrapped paragraph as one, without the blank ones."""
    wraps = wrapping_newlines(text)
    start = 0
    for newline in _NEWLINE.finditer(text):
        if newline.start() in wraps or (newline.group() == "\r" and newline.end() in wraps):
            continue
        if line := line_at(text, start, newline.start()):
            yield line
        start = newline.end()
    if line := line_at(text, start, len(text)):
        yield line


def line_at(text: str, start: int, end: int) -> Line | None:
    """Return the line that a run of a text is, without the space around it; None where nothing else is there."""
    stripped = text[start:end].strip()
    if not stripped:
        return None
    start = text.index(stripped, start)
    return Line.of(stripped, start)
