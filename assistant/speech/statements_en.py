"""Reporting verbs and their speakers in English sentences. Pure.

The speaker stands before the verb (Lavrov said), after it ("...," said Lavrov), or is the last one (he added).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.reporting_en import (
    HELD_EN,
    NEEDS_OBJECT_EN,
    NEEDS_THAT_EN,
    PROGRESSIVE_EN,
    SAY_EN,
    SAYING_EN,
    SHOWS_EN,
    TAKES_OBJECT_EN,
    TELL_EN,
    WEAK_SAY_EN,
)
from assistant.speech.reports import Report
from assistant.speech.speaker_en import (
    CLOSES_CLAUSE,
    DETERMINERS_EN,
    FINITE_EN,
    PARTS_NAME,
    PRONOUNS_EN,
    gap_before,
    names_someone,
    source_end,
    speaker_after,
    speaker_before,
    verb_group,
)
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

BELOW = 12
"""Words that may stand between «that» and a verb below it."""


LONGEST_DATA = 14
"""Words of "A survey of analysts around the region", at most."""

LONGEST_HEARERS = 2
"""Words of whom a spokesman tells at the end of a sentence."""


_RELATIVES = frozenset({"what", "which", "whom", "who"})
_BEING = frozenset({"is", "are", "was", "were"})
_DATA = folded("""
    figures data statistics survey surveys poll polls study studies report reports results letter documents records
    estimates research findings
""")
_PARTS_DATA = folded("that and but while which who if although though as")
_PARTS_CLAUSES = re.compile(r"[,;:\"“”]")
_ENDS_QUOTATION = re.compile('["”]')
_CLOSES_QUOTATION = re.compile('["”,]')
_AFTER_SPEAKER = folded("in on at after during who of while as from through when with before by")


def find_report(run: WordRun, number: int) -> Report | None:
    """Return the report that a word of an English sentence makes, None where it makes none."""
    word = run.folded[number]
    if word in SAY_EN and not run.is_capital(number):
        return None if _tells_nothing(run, number, word) else _find_verb(run, number, word)
    if word == "according" and run.folded[number + 1 : number + 2] == ["to"]:
        last = source_end(run, number + 2)
        return Report(number, number + 2, last, nested=False) if last > number + 2 else None
    if word in SAYING_EN and not run.is_capital(number) and _says_on(run, number):
        return Report(number, number, number, nested=False)
    if word in PROGRESSIVE_EN and number and run.folded[number - 1] in _BEING:
        return _find_progressive(run, number)
    return _find_shown(run, number) if word in SHOWS_EN else None


def _tells_nothing(run: WordRun, number: int, word: str) -> bool:
    """Tell whether the words beside a verb make it no report, whoever is its subject."""
    following = run.folded[number + 1 : number + 2]
    if following == ["by"] or (word == "asked" and following == ["not"]):
        return True  # predicted by the polls
    named = word == "called" and "," in run.gaps[number] and number + 1 < len(run.words) and run.is_capital(number + 1)
    if named or (word in NEEDS_OBJECT_EN and following == ["to"]):
        return True  # a product, called Rexin; attributed to the weather
    if word in NEEDS_THAT_EN and not _opens_clause(run, number):
        return True
    # what it contends was a commitment
    return number > 1 and run.folded[number - 1] in PRONOUNS_EN and run.folded[number - 2] in _RELATIVES


def _find_verb(run: WordRun, number: int, word: str) -> Report | None:
    nested = _is_below(run, number)
    if _carries_on(run, number):
        nested = nested or (word in HELD_EN and any(other in SAY_EN for other in run.folded[:number]))
        return Report(number, number, number, nested)
    after = _subject_after(run, number) if _may_come_first(run, number) else number + 1
    if after > number + 1 and _closes(run, after):
        return Report(number, number + 1, after, nested)
    first, last = speaker_before(run, number)
    if first < last:
        return Report(number, first, last, nested)
    finite = after < len(run.words) and run.folded[after] in FINITE_EN
    return Report(number, number + 1, after, nested) if after > number + 1 and not finite else None


def _find_progressive(run: WordRun, number: int) -> Report | None:
    """Find who speaks in "The ministry is projecting a crop of"."""
    first, last = speaker_before(run, number - 1)
    return Report(number, first, last, _is_below(run, number)) if first < last else None


def _find_shown(run: WordRun, number: int) -> Report | None:
    """Find the figures, the survey or the document of "Ministry figures show": all words of the clause before."""
    first = verb_group(run, number)
    last = first
    while first > 0 and last - first < LONGEST_DATA:
        before = run.folded[first - 1]
        if before in _PARTS_DATA or before in SAY_EN or (first < last and PARTS_NAME.search(gap_before(run, first))):
            break
        first -= 1
    if _is_below(run, number) or _DATA.isdisjoint(run.folded[first:last]):
        return None
    return Report(number, first, last, nested=False)


def _subject_after(run: WordRun, number: int) -> int:
    """Return where the speaker after a verb ends, in small letters too after a quotation: "...," said a trader."""
    first = number + 1
    after = speaker_after(run, first)
    if after > first or first == len(run.words) or not _ENDS_QUOTATION.search(run.gaps[number]):
        return after
    last = source_end(run, first)
    return last if run.folded[first] in DETERMINERS_EN or names_someone(run, first, last) else first


def _may_come_first(run: WordRun, number: int) -> bool:
    """Tell whether a verb may stand before its speaker: after what is said, or at the start."""
    takes_object = run.folded[number] in TAKES_OBJECT_EN
    return number == 0 or bool((_ENDS_QUOTATION if takes_object else _CLOSES_QUOTATION).search(run.gaps[number]))


def _closes(run: WordRun, number: int) -> bool:
    """Tell whether a clause ends before a word: the name there is no subject of what follows."""
    return (
        number == len(run.words) or bool(CLOSES_CLAUSE.search(run.gaps[number])) or run.folded[number] in _AFTER_SPEAKER
    )


def _carries_on(run: WordRun, number: int) -> bool:
    """Tell whether the last speaker says on: "he added", "and warned that"."""
    if not number:
        return False
    before = verb_group(run, number)
    if before and run.folded[before - 1] in PRONOUNS_EN:
        return True
    joined = before and run.folded[before - 1] in {"and", "but"}
    said_before = any(word in SAY_EN for word in run.folded[: before - 1]) and run.folded[number] not in WEAK_SAY_EN
    return bool(joined) and (said_before or run.folded[number + 1 : number + 2] == ["that"])


def closes_sentence(run: WordRun, report: Report) -> bool:
    """Tell whether a report stands at the end of its sentence, after a comma: what is before is what it reports."""
    begins = subject_start(run, report)
    hearers = LONGEST_HEARERS if report.verb >= 0 and run.folded[report.verb] in TELL_EN else 0
    return report.ends + hearers >= len(run.words) and begins > 0 and "," in run.gaps[begins]


def _opens_clause(run: WordRun, number: int) -> bool:
    """Tell whether a verb is followed by a clause or a quotation, or ends what it reports."""
    following = run.folded[number + 1 : number + 2]
    if not following or following == ["that"] or run.gaps[number + 1].strip():
        return True
    return "," in run.gaps[number] and (run.is_capital(number + 1) or following == ["the"])


def _says_on(run: WordRun, number: int) -> bool:
    """Tell whether a participle goes on with what the subject of its clause says: ", adding that"."""
    return bool(number) and run.gaps[number].strip() in {",", '",', ',"', "”", ",”"}


def subject_start(run: WordRun, report: Report) -> int:
    """Return the number of a report's first word, the pronoun of its verb among them: he added."""
    if report.named:
        return report.begins
    before = verb_group(run, report.verb)
    return before - 1 if before and run.folded[before - 1] in PRONOUNS_EN else report.verb


def _is_below(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands below another reporting verb: after «that», or in «said Britain expected»."""
    for before in range(number - 1, max(-1, number - BELOW), -1):
        if run.folded[before] == "that":
            return True
        if run.folded[before] in {"and", "but", "while"} or _PARTS_CLAUSES.search(run.gaps[before + 1]):
            return False
        if run.folded[before] in SAY_EN and not run.is_capital(before):
            return True
    return False
