"""Where the words begin that an English report reports, and whether they may stand before it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.reporting_en import TELL_EN
from assistant.speech.reports import FARTHEST_THAT, OPENS_QUOTATION
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun

FEWEST_WORDS = 2
"""Words before a report that may be what it reports; fewer are "Earlier," or "In Moscow,"."""

LONGEST_LEAD = 5
"""Words before a report that are only a place, a time or a condition: "In several other countries, analysts said"."""

LONGEST_MEDIUM = 6
"""Words of "in an interview" at most."""

_BREAK = re.compile(r"[.;:]|\s-|–|—")
_CLOSES = re.compile(r"[,?!”»\"’–—-]\s*$")
_PREPOSITIONS = frozenset({"for", "on", "of", "against", "to", "about"})
_TIME = folded("""
    yesterday today tonight earlier late early later monday tuesday wednesday thursday friday saturday sunday
""")
_BESIDE = _TIME | folded("""
    on in at after during before to while following by from with as when who whose reporters
    quoted cited released published issued
""")
_OPENS_CLAUSE = folded("""
    the a an it he she they we i there this these those his her its their our my no some any all if but and not
""")
_MEDIA = folded("""
    statement interview letter report speech telegram filing message comment comments release announcement conference
    briefing meeting review telex
""")
_FINITE = folded("is are was were has have had will would can could may might should must")
_SAY = frozenset({"said", "says", "say"})
_OPENS_LEAD = folded("in on at after during for by under upon with from since despite before besides among")
_LEADS = folded("in on at after before for by as however but nevertheless meanwhile earlier still also yet and")


def may_end(run: WordRun, report: Report, left: int, begin: int) -> bool:
    """Tell whether what stands in ``[left, begin)`` before a report may be what it reports."""
    del report
    inside = [number for number, word in enumerate(run.words) if left <= word.start < begin]
    if len(inside) < FEWEST_WORDS or (len(inside) == FEWEST_WORDS and run.folded[inside[0]] in _LEADS):
        return False
    if len(inside) <= LONGEST_LEAD and run.folded[inside[0]] in _OPENS_LEAD and not run.is_quoted(inside[0]):
        return False
    return bool(_CLOSES.search(run.text[left:begin]))


def is_beside(run: WordRun, number: int) -> bool:
    """Tell whether a word after a report at the end of its clause opens no clause: in Moscow, on Monday."""
    return number >= len(run.words) or run.folded[number] in _BESIDE or bool(run.gaps[number].strip())


def find_opening(run: WordRun, report: Report, end: int, right: int) -> tuple[int, bool]:
    """Return where what is reported after a report begins, and whether a mark or «that» opens it."""
    first = report.ends
    limit = sum(word.start < right for word in run.words)
    gap = run.text[end : run.words[first].start] if first < limit else run.text[end:right]
    if ":" in gap:
        return end + gap.index(":") + 1, True
    quotation = OPENS_QUOTATION.search(run.text, end, right)
    quote = quotation.start() if quotation else right
    if quotation and not run.text[end:quote].strip(" ,\n"):
        return quote, True
    for number in range(first, min(limit, first + FARTHEST_THAT)):
        if number > first and _BREAK.search(run.gaps[number]):
            break
        if run.words[number].start > quote:
            return (quote, True) if _may_stand_between(run, report, number) else (_clause(run, report, right), False)
        if run.folded[number] == "that" and _may_stand_between(run, report, number):
            return run.words[number].end, True
    return _clause(run, report, right), False


def _verb(run: WordRun, report: Report) -> str:
    return run.folded[report.verb] if report.verb >= 0 else ""


def _may_stand_between(run: WordRun, report: Report, last: int) -> bool:
    """Tell whether the words from a report to that word may stand by its verb: an addressee, a place, a day."""
    first = report.ends
    if first == last:
        return True
    if _verb(run, report) in TELL_EN:
        return _FINITE.isdisjoint(run.folded[first:last])
    return run.folded[first] in _BESIDE or run.gaps[first].strip() == ","


def _clause(run: WordRun, report: Report, right: int) -> int:
    """Return where the clause after a verb without «that» begins: past the addressee, the day and the statement."""
    first = number = report.ends
    limit = sum(word.start < right for word in run.words)
    verb = _verb(run, report)
    if verb in TELL_EN and number < limit:
        number += 1
        while number < limit and run.folded[first] == "the" and run.is_capital(number):
            number += 1  # told the House Committee the talks had failed
        while number < limit and not (run.folded[number] in _OPENS_CLAUSE or run.is_capital(number)):
            number += 1
    while number < limit:
        word = run.folded[number]
        if word in _TIME:
            number += 1
        elif word in {"on", "late", "early"} and not _TIME.isdisjoint(run.folded[number + 1 : number + 2]):
            number += 2
        elif word in {"in", "at"} and (medium := _medium_end(run, number, limit)):
            number = medium
        else:
            number += word in _PREPOSITIONS and number == first and verb not in _SAY
            break
    return run.words[number].start if number < limit else right


def _medium_end(run: WordRun, number: int, limit: int) -> int:
    """Return the number after "in a statement", 0 where no such words begin here."""
    for last in range(number + 1, min(number + LONGEST_MEDIUM, limit)):
        if run.folded[last] in _MEDIA:
            return last + 1
        if run.gaps[last].strip():
            return 0
    return 0
