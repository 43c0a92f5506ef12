"""Who told what stands before, in Arabic: «أوضح ذلك المدير», after the sentence or the clause that is told. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.homonyms_ar import is_time
from assistant.speech.nouns_ar import is_known, is_party, without_and
from assistant.speech.particles_ar import OF_THAT_AR
from assistant.speech.reporting_ar import TELLS_AR
from assistant.speech.reports import Report
from assistant.speech.speaker_ar import speaker_end
from assistant.words.lexicon import HONORIFICS_AR

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun


def told_before(run: WordRun) -> Report | None:
    """Return the verb of telling before «that», at the start or after a mark, and who speaks; None without one."""
    if OF_THAT_AR.isdisjoint(run.folded):
        return None
    for number in range(len(run.words) - 2):
        if run.folded[number + 1] not in OF_THAT_AR or without_and(run.folded[number]) not in TELLS_AR:
            continue
        first = number + 2
        named = is_party(run.folded[first]) or is_known(run.folded[first]) or run.folded[first] in HONORIFICS_AR
        if not named or is_time(run, first) or (number and not run.gaps[number].strip()):
            continue
        if (last := speaker_end(run, first)) > first:
            return Report(number, first, last, nested=False)
    return None
