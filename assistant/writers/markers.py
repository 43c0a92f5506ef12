"""Citation markers in a reply that arrives in pieces: held back until whole. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKER = re.compile(r"[\[【]([\s\d,،;؛–-]{1,40})[\]】]")
BEGUN = re.compile(r"[\[【][\s\d,،;؛–-]{0,40}\Z")
"""What may become a marker once more has come."""

_NUMBERS = re.compile(r"\s*(\d{1,3})\s*(?:[–-]\s*(\d{1,3})\s*)?")
_BETWEEN = re.compile(r"[,،;؛]")

WIDEST = 20
"""Passages that a range such as [1-3] may span."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A whole citation marker and the numbers in it, as written."""

    numbers: tuple[int, ...]


class MarkerReader:
    """Parts the markers of a reply from its words; however the reply is cut into chunks, the parts are the same.

    ``[1]``, ``[1, 2]``, ``[1-3]``, ``[١]`` and ``【1】`` are markers; a year or a day in brackets is text.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, chunk: str) -> list[str | Marker]:
        """Take a chunk and return the text and the markers that are certain by now, in order."""
        text = self._held + chunk
        parts: list[str | Marker] = []
        begin = 0
        for match in MARKER.finditer(text):
            numbers = _numbers(match[1])
            if numbers:
                parts += [text[begin : match.start()], Marker(numbers)]
                begin = match.end()
        begun = BEGUN.search(text, begin)
        self._held = text[begun.start() :] if begun else ""
        parts.append(text[begin : len(text) - len(self._held)])
        return [part for part in parts if part]

    def close(self) -> list[str | Marker]:
        """Return what was held back for a marker that never came."""
        held, self._held = self._held, ""
        return [held] if held else []


def _numbers(body: str) -> tuple[int, ...]:
    """Return the numbers between a marker's brackets, a range as all of its numbers; none where it is no marker."""
    numbers: list[int] = []
    for piece in _BETWEEN.split(body):
        match = _NUMBERS.fullmatch(piece)
        if match is None:
            return ()
        first, last = int(match[1]), int(match[2] or match[1])
        if not first <= last < first + WIDEST:
            return ()
        numbers += range(first, last + 1)
    return tuple(dict.fromkeys(numbers))
