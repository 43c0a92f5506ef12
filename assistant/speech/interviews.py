"""The answers of an interview that is printed as questions and answers, a line each. Pure."""

from __future__ import annotations

import re

FEWEST_ANSWERS = 3
"""Pairs of a question and its answer from which an article is an interview."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_DASH = re.compile(r"\s*[-–—ـ]\s*")
_BULLET = re.compile(r"\s*[•*]")
_ASKS = re.compile(r"[؟?][\s\"»”]*$")


def find_answers(text: str) -> list[tuple[int, int]]:
    """Return the answers of an interview as code points ``[start, end)``, without the dash that opens one; else none.

    A line that ends in a question mark asks, the next one answers: it must open with a dash, or the question alone with
    a bullet, since lists of questions and columns that wonder have neither.
    """
    if text.count("؟") < FEWEST_ANSWERS:
        return []
    found = []
    before: re.Match[str] | None = None
    for line in _LINE.finditer(text):
        asked = before is not None and _ASKS.search(before[0])
        if before is not None and asked and not _ASKS.search(line[0]):
            dash = _DASH.match(line[0])
            if dash or (_BULLET.match(before[0]) and not _BULLET.match(line[0])):
                start = line.start() + (dash.end() if dash else len(line[0]) - len(line[0].lstrip()))
                found.append((start, line.start() + len(line[0].rstrip())))
        before = line
    return found if len(found) >= FEWEST_ANSWERS else []
