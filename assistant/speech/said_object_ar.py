"""Where the words begin that an Arabic verb reports by an object of its own: whom it asks, what it offers. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.joined_ar import describes_him, description_start
from assistant.speech.nouns_ar import is_action, is_shaped
from assistant.speech.particles_ar import BESIDE_AR
from assistant.speech.placing_ar import has_object
from assistant.speech.reporting_ar import (
    DESCRIBES_AR,
    EXPLAINING_AR,
    GOVERNED_AR,
    NEEDED_AR,
    SAY_AR,
    SAYING_AR,
    THAT_AR,
)
from assistant.speech.said_end_ar import PARTICLES
from assistant.speech.verb_forms_ar import all_perfect
from assistant.speech.verbs_ar import ASKS_OF_AR, OF_WHOM_AR
from assistant.words.lexicon import folded
from index.statement import Stance
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun

FARTHEST_NEED = 7
"""Words that the hearers after «على», or of whom something is asked, may take."""

FARTHEST_OFFER = 14
"""Words between a verb of offering and what is offered."""

_OPENS_WORD = re.compile(r"[\"“«{﴿]\s*$")
_FROM = fold_text("من")
_THAT_BY = "بان"
LED_BY = folded("بقيادة برئاسة بإدارة بإشراف بحضور بمشاركة برفقة بمعية")
_NO_OBJECT = BESIDE_AR | THAT_AR | LED_BY

_OFFERS = all_perfect("رفع قدم وجه")
"""Verbs of offering, after which what is said begins at one of the words that they need."""

_OBJECT_FIRST = (
    frozenset(form for form, stance in (SAY_AR | SAYING_AR).items() if stance in {Stance.DEMANDED, Stance.ACCUSED})
    | DESCRIBES_AR
    | EXPLAINING_AR
    | folded("متوعدا واصفا حذر حذرت حذروا يحذر تحذر")
)
"""Verbs whose object belongs to what is said: دعا أنقرة إلى الانسحاب."""


def object_opening(run: WordRun, report: Report, verb: str, number: int, limit: int) -> int | None:
    """Return where what a verb reports begins by the object that it has; None where it has none of its own."""
    word = run.folded[number]
    right = run.words[limit - 1].end
    if verb in _OFFERS:
        near = range(number, min(limit, number + FARTHEST_OFFER))
        return start_at(run, next((at for at in near if run.folded[at] in NEEDED_AR[verb]), number), limit, right)
    if verb in ASKS_OF_AR and word in OF_WHOM_AR:
        return _asked_opening(run, number + 1, limit, right)
    if verb in _OBJECT_FIRST and _opens_at_once(run, verb, number):
        return start_at(run, number + (word == GOVERNED_AR.get(verb)), limit, right)
    describes = describes_him(run.folded[report.verb])
    if not (describes or has_object(verb)):
        return None
    number = description_start(run, number) if describes else number
    by = number < limit and run.folded[number].startswith("ب") and run.folded[number] != _THAT_BY
    return run.words[number].start if by else None  # تتهمه أنقرة باستهداف المدنيين


def _asked_opening(run: WordRun, first: int, limit: int, right: int) -> int:
    """Return where the request begins after «of» and of whom it is made: طلب من زوجته العودة, طلب منه أن."""
    of = run.folded[first - 1] == _FROM
    for number in range(first + of, min(limit, first + FARTHEST_NEED)):
        if run.folded[number] in THAT_AR:
            return past_particle(run, number)
        if is_action(run, number) or (run.is_definite(number) and is_shaped(run.folded[number].removeprefix("ال"))):
            return run.words[number].start
        if run.gaps[number].strip():
            break
    return start_at(run, first, limit, right)


def _opens_at_once(run: WordRun, verb: str, number: int) -> bool:
    """Tell whether a verb's object, or the preposition that it governs, follows the speaker."""
    word = run.folded[number]
    said = word not in _NO_OBJECT or word == GOVERNED_AR.get(verb)
    return not run.gaps[number].strip() and said


def start_at(run: WordRun, number: int, limit: int, right: int) -> int:
    """Return where a word begins, with the mark of a quotation that opens before it; `right` past the last."""
    if number >= limit:
        return right
    mark = _OPENS_WORD.search(run.gaps[number])
    return run.words[number].start - (len(mark[0]) if mark else 0)


def past_particle(run: WordRun, number: int) -> int:
    """Return where a clause begins that a word opens: past a particle, at one with a pronoun."""
    start, end = run.words[number][:2]
    return end if run.folded[number] in PARTICLES else start
