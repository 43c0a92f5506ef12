"""Arabic verbs of saying with their object joined: ما قاله لافروف, وصفته موسكو بأنه, وطالبهم الوزير بالمغادرة. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.addressee_ar import ONLY_QUOTE
from assistant.speech.attribution_ar import WHAT_AR, named_report
from assistant.speech.blessings_ar import after_blessing
from assistant.speech.narration_ar import find_asked
from assistant.speech.nouns_ar import ends_in_she, without_and
from assistant.speech.particles_ar import ATTRIBUTION_AR, BELOW_AR, UPON_AR
from assistant.speech.placing_ar import has_object, tells_again
from assistant.speech.reporting_ar import ASKS_HIM_AR, NARRATES_AR, OBJECT_AND_BI_AR, THAT_AR
from assistant.speech.reports import COMMA, Report
from assistant.speech.speaker_ar import speaker_end
from assistant.speech.speaker_before_ar import speaker_before
from assistant.speech.verbs_ar import opens_clause
from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

TELLS_HIM_AR = folded("""
    طالبته طالبتها طالبتهم طالبهم طالبهما طالبوه طالبوها طالبوهم يطالبه يطالبها يطالبهم تطالبه تطالبها تطالبهم
    دعاه دعاها دعاهم دعته دعتها دعتهم دعوه دعوهم يدعوه يدعوها يدعوهم تدعوه تدعوهم
    ناشدته ناشدتهم ناشدهم ناشدوه ناشدوهم يناشده يناشدهم حثه حثها حثهم حثته حثتها حثتهم حثوه حثوهم يحثه يحثهم تحثه تحثهم
    حذرته حذرتها حذرتهم حذرهم حذروه حذروهم يحذره يحذرهم تحذره تحذرهم نصحته نصحتهم نصحهم ينصحه ينصحهم
    هنأه هنأها هنأهم هنأته هنأتهم هنأوه هنأوهم شكرته شكرتهم شكرتها شكروه شكروهم أمرته أمرتهم أمروه
    توعدهم توعدته توعدتهم توعدوه توعدوهم هدده هددها هددهم هددته هددتهم هددوه هددوهم يهدده يهددهم وعدته وعدتهم وعدهم
    شكره شكرها شكرهم وعدوه اتهموه اتهموها اتهموهم يتهمونه يتهمونها يتهمونهم أبلغوه أبلغوهم أخبروه أخبروهم
""")
"""Verbs with who is spoken to, but for those whose letters are a noun with its owner: طلبه, أمره."""

_THANKS = folded("شكره شكرها شكرهم")
"""Those of them that tell something where «and» joins them, and «for» follows: وشكرهم على."""

FARTHEST_DESCRIPTION = 6
"""Words between who describes something and the «ب» of the description."""

LONGEST_PRONOUN = 3
"""Letters of «ب» with a pronoun joined, at most: بهم."""

STOPS = re.compile("[.؛:،,]")

_PREPOSITIONS = folded("من إلى على")
_SO_CALLED = folded("ما لما بما مما")
_AS_FOR = folded("على عن في إلى")
_DESCRIBING = folded("لم ولم فلم لا ولا لن يمكن يمكننا في على حد حسب بحسب وفق يجوز يصح عن إلى من")
"""Words before «his description», the noun of the same letters, or before one that is denied."""
_WORTHY = folded("الجدير جدير والجدير وجدير")


def find_with_object(run: WordRun, number: int, before: str) -> Report | None:
    """Find who speaks by a verb with its object joined: ما قاله لافروف, إن الطبيب أبلغه بأن, وصفته موسكو بأنه."""
    if not tells_again(run.folded[number]):
        return _find_told(run, number)
    if before in _WORTHY or (before in WHAT_AR and number > 1 and run.folded[number - 2] in ATTRIBUTION_AR):
        return None  # الجدير ذكره; in «بحسب ما ذكرته الوكالة» it is the attribution that reports
    quoted = number + 1 < len(run.words) and bool(ONLY_QUOTE.fullmatch(run.gaps[number + 1]))
    first, last = number + 1, speaker_end(run, number + 1, attributed=quoted)
    if ends_in_she(run, number):
        return None  # وصفة
    if run.folded[number] in NARRATES_AR and not opens_clause(run, after_blessing(run, last), ""):
        return None  # رواه مسلم
    if first == last and first < len(run.words) and run.folded[first] in THAT_AR:
        first, last = speaker_before(run, number)
    described = description_start(run, last) < len(run.words)
    describes = describes_him(run.folded[number])
    if first == last and described and describes:
        noun = before in _DESCRIBING or (before in _SO_CALLED and number > 1 and run.folded[number - 2] in _AS_FOR)
        return None if noun else Report(number, number, number, nested=False)  # ووصفها بالطريقة الحضارية
    if without_and(run.folded[number]) in ASKS_HIM_AR:
        return find_asked(run, number, first, last)
    if describes and not described:
        return None
    return named_report(number, first, last, nested=True)


def describes_him(word: str) -> bool:
    """Tell whether a word is a verb of describing with its object joined, and «and» before it or not: ووصفها."""
    return has_object(word, OBJECT_AND_BI_AR) or has_object(without_and(word), OBJECT_AND_BI_AR)


def description_start(run: WordRun, number: int) -> int:
    """Return the number of the «ب» that opens a description, at a word or close behind; that past the last without."""
    near = range(number, min(len(run.words), number + FARTHEST_DESCRIPTION))
    for at in near:
        if at > number and STOPS.search(run.gaps[at]):
            break
        if run.folded[at].startswith("ب") and (run.folded[at] == "ب" or len(run.folded[at]) > LONGEST_PRONOUN):
            return at
    return len(run.words)


def _find_told(run: WordRun, number: int) -> Report | None:
    """Return the report of a verb with its hearer joined, where a preposition or «أن» opens what is said.

    Its speaker follows, or is the last one where «and» joins the verb.
    """
    if ends_in_she(run, number) or number + 1 >= len(run.words):
        return None
    first = number + 1
    last = first if _opens(run, first) else speaker_end(run, first)
    if not _opens(run, last) or COMMA.search(run.gaps[last]):
        return None
    joined = run.folded[number].startswith(("و", "ف"))
    if run.folded[number][joined:] in _THANKS and not (joined and run.folded[last] == UPON_AR):
        return None
    goes_on = joined and BELOW_AR.isdisjoint(run.folded[:number])
    return Report(number, first, last, nested=False) if last > first or goes_on else None


def told_start(run: WordRun, number: int) -> int:
    """Return the number of the word in which what is told begins: past a preposition that stands alone."""
    follows = run.folded[number + 1 : number + 2]
    return number + (run.folded[number] in _PREPOSITIONS and THAT_AR.isdisjoint(follows))


def _opens(run: WordRun, number: int) -> bool:
    """Tell whether a word opens what is told to the hearer joined to the verb before: بالمغادرة, من الخطر, أن."""
    if number >= len(run.words):
        return False
    word = run.folded[number]
    return word in THAT_AR or word in _PREPOSITIONS or (word.startswith("ب") and len(word) > len("بهم"))
