"""How who speaks stands to what is said, by the verb of the report. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import without_and
from assistant.speech.reporting_ar import SAY_AR, SAYING_AR
from assistant.speech.reporting_en import SAY_EN, SAYING_EN
from assistant.speech.reports import COLON
from index.statement import Stance

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun


def stance_of(run: WordRun, report: Report) -> Stance:
    """Return the stance that the verb of a report tells."""
    if report.verb == COLON:
        return Stance.SAID
    word = run.folded[report.verb]
    for form in (word, without_and(word)):
        for table in (SAY_AR, SAYING_AR, SAY_EN, SAYING_EN):
            if form in table:
                return table[form]
    return Stance.SAID
