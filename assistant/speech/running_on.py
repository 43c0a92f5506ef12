"""Sentences that only two dots part from the statement before them: قال الحموي: الماء نظيف.. الطريق مفتوح. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun
    from index.statement import Statement

_OPENS = re.compile(r"[:\"“«]")
NEAR = 3
"""Code points before what is said among which a mark opens it."""
_RUNS_ON = re.compile(r"\s*(?:\.\.+|…)[ \u00a0]*")


def run_on(text: str, last: Statement, sentence: tuple[int, int], run: WordRun) -> Statement | None:
    """Return a statement with the next sentence of an article, code points ``[start, end)`` of its text, added to it.

    None where more than dots stands between them, or where neither a colon or a quotation opens the statement nor
    «and» the sentence.
    """
    spoken = _OPENS.search(text[max(0, last.words[0] - NEAR) : last.words[0]])
    if not (spoken or (run.folded and run.folded[0].startswith("و"))):
        return None
    if not run.words or last.end > sentence[0] or not _RUNS_ON.fullmatch(text[last.words[1] : sentence[0]]):
        return None
    words = last.words[0], sentence[0] + run.words[-1].end
    return replace(last, sentence=(last.sentence[0], sentence[1]), end=sentence[1], words=words)
