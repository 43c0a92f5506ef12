"""Where the words end that an Arabic report reports: before the outlet goes on. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.particles_ar import BUT_HE_AR, ENDS_AR, ENDS_CLAUSE_AR, ENDS_NOUN_AR
from assistant.speech.reporting_ar import SAY_AR, THAT_AR
from assistant.speech.reports import COMMA, OPENS_QUOTATION
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

PARTICLES = folded("أن إن بأن فإن وأن")
"""Particles that are no part of what is said; one that a pronoun is joined to is."""

_FULL_STOP = re.compile(r"\s*\.\s*")
LONGEST_SHORT = 2
"""Letters of what may be cut short before a stop: د. محمد."""


_AND_THAT = folded("وأن وأنه وأنها وأنهم وبأنه وبأنها")
_MAY_GO_ON = ENDS_AR | ENDS_CLAUSE_AR | ENDS_NOUN_AR | BUT_HE_AR
"""Words in which the outlet may go on."""


def find_end(run: WordRun, start: int, right: int, *, attributed: bool = False, described: bool = False) -> int:
    """Return where what is said ends before the outlet goes on: before «، فيما», and a noun before «بعدما» as well.

    A clause that «أن» opens, or that is `attributed`, whose verb may go on so, ends only at the first; what is
    `described` ends at a comma.
    """
    inside = [number for number, word in enumerate(run.words) if start <= word.start < right]
    if not inside or OPENS_QUOTATION.match(run.text, start):
        return right
    before = run.folded[inside[0] - 1] if inside[0] else ""
    clause = attributed or before in PARTICLES or run.folded[inside[0]] in THAT_AR or ":" in run.gaps[inside[0]]
    for number in inside[1:]:
        word, gap = run.folded[number], run.gaps[number]
        if word == "و" and number + 1 in inside:
            word += run.folded[number + 1]  # و قد
        pause = COMMA.search(gap)
        if described and pause and word not in _AND_THAT and not run.is_quoted(number):
            return run.words[number - 1].end
        if word not in _MAY_GO_ON and "." not in gap:
            continue
        ends = (word in ENDS_CLAUSE_AR) if clause else (word in ENDS_AR)
        amid = not clause and word in ENDS_NOUN_AR and number + 1 in inside and not run.is_definite(number + 1)
        but = word in BUT_HE_AR and number + 1 in inside and run.folded[number + 1] in SAY_AR
        if (((pause and ends) or but) and not run.is_quoted(number)) or amid or _is_full_stop(run, number):
            return run.words[number - 1].end
    return right


def _is_full_stop(run: WordRun, number: int) -> bool:
    """Tell whether a sentence ends before a word that no space follows: تابع لهم .كما; and no title or number does."""
    if "." not in run.gaps[number] or not _FULL_STOP.fullmatch(run.gaps[number]) or run.is_quoted(number):
        return False
    before, word = run.folded[number - 1], run.folded[number]
    return len(before) > LONGEST_SHORT and before[-1].isalpha() and word[0].isalpha() and not word.isascii()
