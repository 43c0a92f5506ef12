"""The words that a report reports: the run of its sentence without the speaker, the verb and what stands by the verb.

They follow the report («said that …»), or come before it ("…," said Lavrov), or both. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assistant.speech import joined_ar, order_ar, said_ar, said_en, said_end_ar, statements_en
from assistant.speech.reports import COLON
from assistant.speech.scopes import is_attribution

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
    order = order_ar if language == "ar" else said_en
    subject_start = order_ar.subject_start if language == "ar" else statements_en.subject_start
    begin, end = _bounds(run, report, subject_start(run, report))
    opens, marked = grammar.find_opening(run, report, end, right)
    after = trim(run.text, opens, _end_ar(run, report, opens, right) if language == "ar" else right)
    before = (
        trim(run.text, left, left + len(_THIS_IS.sub("", run.text[left:begin])))
        if order.may_end(run, report, left, begin)
        else None
    )
    if before and after and language == "ar" and order_ar.is_aside(run, report, before[:2], after[:2]):
        return [Said(*after, (end, opens))]
    if before and after and language == "ar" and order_ar.resumes(run, after[0]):
        return [Said(*after, (end, opens))]
    if before and language == "ar" and order_ar.ends_as_said(run, report):
        return [Said(*before, (end, right))]
    closed = bool(before) and bool(_CLOSES_QUOTATION.search(run.text[left:begin]))
    if before and not marked and (after is None or closed or order.is_beside(run, report.ends)):
        return [Said(*before, (end, right))]
    found = [Said(*after, (end, opens))] if after else []
    if before and after and closed and _OPENS_QUOTATION.match(run.text, opens):
        found.insert(0, Said(*before, (end, opens)))
    return found


def _end_ar(run: WordRun, report: Report, opens: int, right: int) -> int:
    """Return where the words end that an Arabic report opens at an offset."""
    if report.verb == COLON:
        return said_end_ar.find_end(run, opens, right)
    verb = run.folded[report.verb]
    attributed, described = is_attribution(run, report), joined_ar.describes_him(verb)
    return said_end_ar.find_end(run, opens, right, attributed=attributed, described=described)


def _bounds(run: WordRun, report: Report, first: int) -> tuple[int, int]:
    """Return where a report, speaker and verb together, begins and ends in its sentence."""
    if report.verb == COLON:
        return run.words[0].start, run.text.find(":") + 1
    return run.words[first].start, run.words[report.ends - 1].end


_OPENS = '“”«"‘{﴿'
_CLOSES = {"{": "}", "﴿": "﴾", "“": "”“", "”": "“”", "«": "»", '"': '"', "‘": "’"}
_CLOSED = {"”": "“", "»": "«", '"': '"', "}": "{", "﴾": "﴿"}
_OPENS_QUOTATION = re.compile(r"[\s,،:]*[“«\"‘{﴿]")
_CLOSES_QUOTATION = re.compile(r"[”»\"“}﴾][\s,،.]*$")
_TRIMMED_LEFT = re.compile(r"^[\s,،:;؛.–—-]+")
_TRIMMED_RIGHT = re.compile(r"[\s,،:;؛.–—-]+$")
_PAUSE = re.compile(
    r"\s*(?:رواه|متفق عليه|أخرجه|الآية|[\[(]|[،,؛;.](?!\s*[\"“«])|في (?:إشارة|اشارة|تلميح|حين|وقت)\b"
    r"|و?لكن\b|وذلك\b|رد[اً]+ على|تعليق[اً]+ على)"
)
"""What ends a quotation that something else than a second quotation follows."""

_THIS_IS = re.compile(r"[\s،,]*\bوذلك[\s،,]*$")
"""«that is», before an attribution."""

_QUOTED_PARTICLE = re.compile(r"([“”«\"‘{﴿])\s*(?:[إأا]ن)?\s*$")
"""A mark, and perhaps a particle, in which a quotation begins: they are no part of what is said."""

_BRACKETED = re.compile(r"\(([^()]+)\)")
FEWEST_BRACKETED, FEWEST_QUOTED = 3, 2
"""Words from which brackets after a colon, and right after who speaks, hold a quotation."""


def trim(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Return a run without the marks around it, and whether it is wholly a quotation; None where it holds no word.

    Of a quotation the run is what stands within its marks. A quotation that is not closed goes on in the next sentence.
    """
    colon = text.rfind(":", max(0, start - 1), end)
    before = start
    start, end = _trimmed(text, start, end)
    direct = False
    if (opened := _QUOTED_PARTICLE.search(text, 0, before)) and text[end - 1 : end] in _CLOSES[opened[1]]:
        inner = text[start : end - 1]
        if not any(mark in inner for mark in _CLOSES[opened[1]]) and any(map(str.isalnum, inner)):
            return start, end - 1, True  # قال "إن الطريق مقطوع"
    bracketed = _BRACKETED.match(text, start, end)
    if bracketed and len(bracketed[1].split()) >= (FEWEST_BRACKETED if 0 <= colon < start else FEWEST_QUOTED):
        start, end = _trimmed(text, *bracketed.span(1))
        return start, end, True
    if start < end and text[start] == "(" and ")" not in text[start:end]:
        start, end = _trimmed(text, start + 1, end)  # it closes in another sentence
    if start < end and text[start] in _OPENS:
        closing = _closing(text, start, end)
        rest = text[closing + 1 : end]
        if text[start] in "{﴿" or _PAUSE.match(rest) or not any(character.isalnum() for character in rest):
            start, end, direct = start + 1, closing, True
            start, end = _trimmed(text, start, end)
    if start < end and (closed := _CLOSED.get(text[end - 1])) and not direct:
        inner = text[start : end - 1]
        lone = sum(inner.count(mark) for mark in {closed, text[end - 1]}) % 2 == 0
        end -= lone if text[end - 1] in '"”' else closed not in inner
    held = any(character.isalnum() for character in text[start:end])
    return (start, end, direct) if held else None


def _closing(text: str, start: int, end: int) -> int:
    """Return where the quotation closes that opens at `start`, past those within it by the same marks; or `end`."""
    opener, closers = text[start], _CLOSES[text[start]]
    within = 0
    for at in range(start + 1, end):
        if text[at] in closers:
            inner = text[at] == opener and text[at - 1].isspace() and text[at + 1 : at + 2].isalnum()
            if inner:
                within += 1
            elif within:
                within -= 1
            else:
                return at
        elif text[at] == opener:
            within += 1
    return end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if match := _TRIMMED_RIGHT.search(text[start:end]):
        end = start + match.start()
    if match := _TRIMMED_LEFT.match(text[start:end]):
        start += match.end()
    return start, max(start, end)
