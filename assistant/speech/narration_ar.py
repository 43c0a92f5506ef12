"""Who speaks in Arabic narrations and dialogues: عن النبي أنه قال, سألتها أمها, نهض وهو يقول, لقوله تعالى. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.attribution_ar import named_report
from assistant.speech.blessings_ar import HONOURED_AR, after_blessing, before_blessing
from assistant.speech.nouns_ar import is_boundary, is_known, is_party
from assistant.speech.particles_ar import AND_HE_AR, PRONOUN_PARTICLES_AR
from assistant.speech.reporting_ar import THAT_AR
from assistant.speech.reports import MARKS_SPEECH, Report
from assistant.speech.speaker_ar import speaker_end
from assistant.speech.subject_ar import NEAR, find_subject
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

LONGEST_NARRATOR = 6
"""Words of a name between «عن» and «أنه»."""

_ABOUT = folded("عن وعن فعن")

SAYING_OF_AR = folded("قوله لقوله كقوله وقوله بقوله ولقوله")
THE_SAYING_AR = SAYING_OF_AR | folded("قول لقول كقول وقول بقول وكقول ولقول")
"""«the saying of», before God's, the Prophet's or a poet's words."""
_POETS = folded("الشاعر الشعراء المتنبي الشافعي الإمام الحكيم القائل")
_OPENS = re.compile(r"[:(\"“«{﴿]")
_WHEN = folded("حين حينما عندما إذ")
_STOPS = re.compile("[.:؟!]")
_NAMED_SO = HONOURED_AR | folded("الإمام الشيخ")
_WHETHER = folded("هل ماذا لماذا كيف متى أين")


def find_narrated(run: WordRun, number: int, before: str, *, nested: bool) -> Report | None:
    """Find who speaks in «نهض الرجل وهو يقول», «عن النبي أنه قال» and «صدق الشاعر حين قال»."""
    first = last = number
    if before in AND_HE_AR:
        first, last = find_subject(run, number - 1)
        return Report(number, *((first, last) if last < number else (number, number)), nested=False)
    if number + 1 < len(run.words) and ":" in run.gaps[number + 1] and before_blessing(run, number) < number:
        first, last = _narrated_of(run, number)
    elif before in PRONOUN_PARTICLES_AR:
        first, last = _narrated_of(run, number - 1)
    elif before in _WHEN:
        first, last = _subject_when(run, number - 1)
    return Report(number, first, last, nested) if first < last else None


def find_asked(run: WordRun, number: int, first: int, last: int) -> Report | None:
    """Find who asks or answers in a dialogue: سألتها أمها: «...», أخبرني صديقي أن; «إجابته» is a noun."""
    if run.text[run.words[number].start] == "إ" or last >= len(run.words):
        return None
    said = run.folded[last] in THAT_AR or run.folded[last].startswith("قا") or run.folded[last] in _WHETHER
    said = said or any(":" in gap for gap in run.gaps[last : last + 3]) or bool(MARKS_SPEECH.search(run.gaps[last]))
    return named_report(number, first, last, nested=False) if said else None


def saying_of(run: WordRun, number: int) -> Report | None:
    """Find who speaks in «لقوله تعالى: {…}», «قول النبي صلى الله عليه وسلم: …» and «كقول الشاعر: …»."""
    first = number + 1
    if run.folded[number] in SAYING_OF_AR:
        last = after_blessing(run, first)
    elif first < len(run.words) and (run.folded[first] in HONOURED_AR or run.folded[first] in _POETS):
        last = speaker_end(run, first, attributed=True)
    else:
        return None
    end = after_blessing(run, last)
    opens = last > first and end < len(run.words) and bool(_OPENS.search(run.gaps[end]))
    return named_report(number, first, last, nested=False) if opens else None


def _narrated_of(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words after «عن» that end before «أنه»: عن النبي صلى الله عليه وسلم أنه قال; or none."""
    last = before_blessing(run, number)
    for first in range(last, max(0, last - LONGEST_NARRATOR), -1):
        if run.folded[first - 1] in _ABOUT:
            return first, last
        if _STOPS.search(run.gaps[first]):
            break
    return last, last


def _subject_when(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` before «حين» that name whose saying it opens: صدق الشاعر حين قال; or none."""
    last = before_blessing(run, number)
    first = opens = last
    while first > 0 and last - first < NEAR and not (run.gaps[first].strip() or is_boundary(run.folded[first - 1])):
        first -= 1
        word = run.folded[first]
        if is_party(word) or is_known(word) or word in _NAMED_SO:
            opens = first
        elif opens < last:
            break
    return (opens, max(opens + 1, min(last, speaker_end(run, opens)))) if 0 < opens < last else (number, number)
