"""Whether what an Arabic report reports stands before it or after it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.asides_ar import SO_AR
from assistant.speech.nouns_ar import as_start
from assistant.speech.particles_ar import ATTRIBUTION_AR
from assistant.speech.reports import COLON, COMMA
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun

FEWEST_WORDS = 2
"""Words before «بحسب» that may be what it reports."""

LONGEST_OPENING, MUCH_LONGER = 5, 2
"""Words before an attribution that only open what it reports, and how many times more follow it."""

_CLOSES_QUOTATION = re.compile(r"[”»\"“}﴾][\s،,]*$")
_AS = folded("كما حسبما مثلما")


def subject_start(run: WordRun, report: Report) -> int:
    """Return the number of the report's first word, that of «حسبما ذكر» too."""
    return as_start(run, report.begins)


def may_end(run: WordRun, report: Report, left: int, begin: int) -> bool:
    """Tell whether a report may stand after what it reports: «بحسب», «كما قال», or after a quotation."""
    if report.verb == COLON:
        return False
    if run.folded[report.verb] in ATTRIBUTION_AR or subject_start(run, report) < report.begins:
        return sum(left <= word.start < begin for word in run.words) >= FEWEST_WORDS
    return bool(_CLOSES_QUOTATION.search(run.text[left:begin])) and not run.is_quoted(report.begins)


def is_aside(run: WordRun, report: Report, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Tell whether an attribution stands near the start of what it reports: «وتوقف العمل، وفق الوزارة، في ...»."""
    if run.folded[report.verb] not in ATTRIBUTION_AR:
        return False
    number = next((at for at, word in enumerate(run.words) if word.start >= after[0]), 0)
    if not COMMA.search(run.gaps[number]):
        return False  # وفق بيان قالت فيه
    opening, rest = (sum(start <= word.start < end for word in run.words) for start, end in (before, after))
    return opening <= LONGEST_OPENING and rest > MUCH_LONGER * opening


def resumes(run: WordRun, start: int) -> bool:
    """Tell whether «فإن» or «فقد» opens the words at an offset: what «بحسب» reports follows it."""
    number = next((at for at, word in enumerate(run.words) if word.start >= start), 0)
    return number > 0 and run.folded[number - 1] in SO_AR


def ends_as_said(run: WordRun, report: Report) -> bool:
    """Tell whether «كما قال لافروف» ends a clause: توقف القصف كما قال لافروف، إذ."""
    opens = subject_start(run, report) < report.begins and run.folded[report.begins - 1] in _AS
    return opens and report.verb != COLON and bool(COMMA.search(run.gaps[report.ends]))


def is_beside(run: WordRun, number: int) -> bool:
    """Tell whether what follows a report that ends what it reports is no part of that: in Arabic, always."""
    del run, number
    return True
