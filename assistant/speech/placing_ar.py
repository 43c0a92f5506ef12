"""Which Arabic report of a sentence is told by another one, and which two are one. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.attribution_ar import came_in
from assistant.speech.nouns_ar import without_and
from assistant.speech.participles_ar import SAYS_ON_AR
from assistant.speech.particles_ar import AS_AR, ATTRIBUTION_AR, BELOW_AR, IN_IT_AR
from assistant.speech.reporting_ar import (
    ASKS_HIM_AR,
    BARE_SAY_AR,
    COMPLEMENTS_AR,
    GOVERNED_AR,
    HEARD_AR,
    OBJECT_AND_BI_AR,
    SAID_IT_AR,
    SAYING_AR,
    SO_SAYING_AR,
    TAKES_OBJECT_AR,
    THAT_AR,
)
from assistant.speech.reports import COLON, COMMA
from assistant.speech.subject_ar import publishes
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import Report, WordRun

_ONLY_OPENS = folded("""
    صرح صرحت يكشف تكشف كشف كشفت أوضح أوضحت يوضح توضح علق علقت يعلق رد ردت تحدث تحدثت وصف يصف
    تابع تابعت يتابع أضاف أضافت يضيف تضيف استطرد ذكر ذكرت أبدى أبدت
""")
"""Verbs that may stand before «قائلا» with no more between than hearers and a matter."""

BELOW = 10
"""Words that may stand between «أن» and a verb below it."""

MOST_HEARERS = 4
"""Words for who is called on before «قائلا»: وناشد أهل اليمن قائلا."""

FARTHEST_BESIDE = 12
"""Words that may stand between who speaks and an attribution beside the verb."""

_OPENS = re.compile(r"[.:؛\"“«”»]")

OBJECTS_AR = ("ه", "ها", "هم")
"""Pronouns joined to a verb for its object."""


def placed(run: WordRun, report: Report, earlier: list[Report]) -> Report:
    """Return a report with its place below the earlier ones of its sentence, or beside them.

    Below none there is nothing to be below. What follows a colon is said, other reports in it too.
    """
    word = run.folded[report.verb]
    above = [other for other in earlier if other.ends <= report.begins]
    if not above:
        return report._replace(nested=report.nested and tells_again(word))
    said = any(":" in gap for gap in run.gaps[above[-1].ends : report.begins + 1])
    joined = (
        word[0] in "وف"
        or (report.begins > 0 and run.folded[report.begins - 1] in AS_AR)
        or word in SAYING_AR
        or word in ATTRIBUTION_AR
    )
    return report._replace(nested=report.nested or (said and not joined))


def is_published(run: WordRun, earlier: list[Report], report: Report) -> bool:
    """Tell whether the report before one only says what it tells in: كتب الوزير تدوينة قال فيها."""
    above = earlier[-1] if earlier else None
    if above and above.verb >= 0 and run.folded[above.verb] in ATTRIBUTION_AR:
        return False  # وفق بيان قالت فيه
    if above and above.verb >= 0 and came_in(run, report.verb) and publishes(run.folded[above.verb]):
        return True
    told = above and above.verb >= 0 and above.first == report.first and above.named and report.last <= report.verb
    return (
        bool(told) and run.folded[report.verb + 1 : report.verb + 2] != [] and run.folded[report.verb + 1] in IN_IT_AR
    )


def only_opens(run: WordRun, earlier: list[Report], report: Report) -> bool:
    """Tell whether the report before «قائلا» only names who speaks: يكشف الوزير ملابساتها قائلا."""
    above = earlier[-1] if earlier else None
    if above is None or above.verb < 0 or run.folded[report.verb] not in SAYS_ON_AR:
        return False
    verb = without_and(run.folded[above.verb])
    between = range(above.ends, report.verb)
    if not above.named:
        heard = verb in HEARD_AR and run.folded[report.verb] in SO_SAYING_AR and len(between) <= MOST_HEARERS
        return heard and not any(run.folded[at].startswith("ب") or COMMA.search(run.gaps[at]) for at in between)
    governed = {GOVERNED_AR.get(verb, "")} | THAT_AR | COMPLEMENTS_AR
    said = any(run.folded[at] in governed or ":" in run.gaps[at] for at in between)
    return verb in _ONLY_OPENS and not said


def stands_beside(run: WordRun, earlier: Report, report: Report) -> bool:
    """Tell whether an attribution only stands by a report before it: وقالت الوزيرة، أمس، بحسب "رويترز": "..."."""
    if not earlier.named or earlier.verb == COLON:
        return False
    if report.verb == earlier.ends > earlier.verb + 1:
        return True
    between = range(earlier.ends, report.verb + 1)
    if len(between) > FARTHEST_BESIDE or any(_OPENS.search(run.gaps[at]) for at in between):
        return False
    if not (THAT_AR | COMPLEMENTS_AR).isdisjoint(run.folded[earlier.ends : report.verb]):
        return False
    last = report.ends
    return last < len(run.words) and (run.folded[last] in THAT_AR or ":" in run.gaps[last])


def hands_over(run: WordRun, earlier: list[Report], report: Report) -> bool:
    """Tell whether the attribution before a report only says where it was told: وحسب الموقع، قال الوزير إن."""
    above = earlier[-1] if earlier else None
    if above is None or above.verb != 0 or run.folded[0] not in ATTRIBUTION_AR or not report.named:
        return False
    says = run.folded[report.verb] in BARE_SAY_AR and report.verb < report.first
    return says and report.verb == above.ends and bool(COMMA.search(run.gaps[report.verb]))


def tells_again(word: str) -> bool:
    """Tell whether a verb has its object joined, and so stands within what another one tells: ما قاله لافروف."""
    return (
        word in SAID_IT_AR
        or without_and(word) in ASKS_HIM_AR
        or has_object(word)
        or (word.startswith("و") and has_object(word[1:], OBJECT_AND_BI_AR))
    )


def has_object(word: str, verbs: frozenset[str] = TAKES_OBJECT_AR) -> bool:
    """Tell whether a word is a reporting verb with its object joined: اعتبرها البيت الأبيض، نفته موسكو."""
    for ending in OBJECTS_AR:
        verb = word.removesuffix(ending)
        if verb != word and verb in verbs:
            return True
    return False


def is_below(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands below «أن», so that another speaker reports it."""
    if COMMA.search(run.gaps[number]) and run.folded[number] in BARE_SAY_AR:
        return False
    return not BELOW_AR.isdisjoint(run.folded[max(0, number - BELOW) : number])
