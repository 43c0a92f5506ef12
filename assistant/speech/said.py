"""The words that a report reports: the run of its sentence without the speaker, the verb and what stands by the verb.

They follow the report («said that …»), or come before it ("…," said Lavrov), or both. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.speech import said_ar, said_en, statements_en
from assistant.speech.reports import COLON

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun
    from index.types import Language


class Said(NamedTuple):
    """Words that were said: code points ``[start, end)`` of their sentence, and whether they are wholly a quotation.

    `beside` is what stands by the verb, from the report to the words or to the sentence's end: addressee, day, place.
    """

    start: int
    end: int
    direct: bool
    beside: tuple[int, int]


def find_said(run: WordRun, report: Report, left: int, right: int, language: Language) -> list[Said]:
    """Return the runs of ``[left, right)`` of a sentence that a report reports, in order; mostly one."""
    grammar = said_ar if language == "ar" else said_en
    subject_start = said_ar.subject_start if language == "ar" else statements_en.subject_start
    begin, end = _bounds(run, report, subject_start(run, report))
    opens, marked = grammar.find_opening(run, report, end, right)
    after = trim(run.text, opens, said_ar.find_end(run, opens, right) if language == "ar" else right)
    before = trim(run.text, left, begin) if grammar.may_end(run, report, left, begin) else None
    if before and after and language == "ar" and said_ar.is_aside(run, report, before[:2], after[:2]):
        return [Said(*after, (end, opens))]
    closed = bool(before) and bool(_CLOSES_QUOTATION.search(run.text[left:begin]))
    if before and not marked and (after is None or closed or grammar.is_beside(run, report.ends)):
        return [Said(*before, (end, right))]
    found = [Said(*after, (end, opens))] if after else []
    if before and after and closed and _OPENS_QUOTATION.match(run.text, opens):
        found.insert(0, Said(*before, (end, opens)))
    return found


def _bounds(run: WordRun, report: Report, first: int) -> tuple[int, int]:
    """Return where a report, speaker and verb together, begins and ends in its sentence."""
    if report.verb == COLON:
        return run.words[0].start, run.text.find(":") + 1
    return run.words[first].start, run.words[report.ends - 1].end


_OPENS = '“”«"‘'
_CLOSES = {"“": "”“", "”": "“”", "«": "»", '"': '"', "‘": "’"}
_OPENS_QUOTATION = re.compile(r"[\s,،:]*[“«\"‘]")
_CLOSES_QUOTATION = re.compile(r"[”»\"“][\s,،.]*$")
_TRIMMED_LEFT = re.compile(r"^[\s,،:;؛.–—-]+")
_TRIMMED_RIGHT = re.compile(r"[\s,،:;؛.–—-]+$")
_PAUSE = re.compile(r"\s*[،,؛;.](?!\s*[\"“«])")
"""What ends a quotation that something else than a second quotation follows."""


def trim(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Return a run without the marks around it, and whether it is wholly a quotation; None where it holds no word.

    Of a quotation the run is what stands within its marks. A quotation that is not closed goes on in the next sentence.
    """
    start, end = _trimmed(text, start, end)
    direct = False
    if start < end and text[start] in _OPENS:
        closers = _CLOSES[text[start]]
        closing = next((at for at in range(start + 1, end) if text[at] in closers), end)
        rest = text[closing + 1 : end]
        if _PAUSE.match(rest) or not any(character.isalnum() for character in rest):
            start, end, direct = start + 1, closing, True
            start, end = _trimmed(text, start, end)
    held = any(character.isalnum() for character in text[start:end])
    return (start, end, direct) if held else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if match := _TRIMMED_RIGHT.search(text[start:end]):
        end = start + match.start()
    if match := _TRIMMED_LEFT.match(text[start:end]):
        start += match.end()
    return start, max(start, end)
