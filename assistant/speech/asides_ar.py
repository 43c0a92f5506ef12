"""What stands between an Arabic report and what it reports: the day, the place, the hearers. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.addressee_ar import TO_AR, after_addressee
from assistant.speech.blessings_ar import after_blessing
from assistant.speech.particles_ar import BEFORE_SPEAKER_AR, BESIDE_AR, TITLES_FOR_HE_AR
from assistant.speech.reporting_ar import BARE_SAY_AR, COMPLEMENTS_AR, GOVERNED_AR, TAKES_NOUN_AR, THAT_AR
from assistant.speech.reports import COMMA
from assistant.words.lexicon import folded
from index.day_words import WEEKDAYS
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

FARTHEST_COMMA = 10
"""Words that may stand between «بحسب» and the comma after whoever said it."""

LONGEST_NAME = 6
"""Words of a name between two commas before «أن», at most."""

FARTHEST_SO = 20
"""Words that may stand between «بحسب» and the «فقد» that opens what was said."""

_FROM = fold_text("من")
_OPENS_WORDS = re.compile(r":|[\"“«]$")
_DASH = re.compile(r"\s[-–—]\s?")

SO_AR = folded("فإن فقد")

HOPES_AR = folded("أمله أملها أملهم رغبته رغبتها رغبتهم أمل")
"""Nouns after which «أن» opens what is hoped."""

_ASIDE = folded("الرغم هامش رأس مدى طريق كثب جهته جهتها جهتهم جانبه جانبها جانبهم ناحيته ناحيتها")
"""Nouns with which a preposition opens an aside: على الرغم من."""


_NO_NAMES = folded(
    "لأول لأن لأنه لأنها لأنهم لأي لأكثر لأقل لأجل لإقامة لإنشاء لإجراء لإيجاد لإنهاء لإعادة لإطلاق لإنجاح"
)
"""Words that begin in the letters of «ل» before a name, and are none who is told."""

_BESIDE_NAME = BEFORE_SPEAKER_AR | TITLES_FOR_HE_AR | folded("عنه عنها عنهم")
"""Words of one letter more than a preposition that stand right after who speaks."""

_OF_JOY = folded("في على من عن إزاء تجاه لهذا لهذه لما لأن")
"""Words after a joy that tell of what it is: سعادته في صفوف الفريق."""

_ISSUED = folded("صادر الصادر صادرة الصادرة")

PREPOSITIONS_AR = folded("إلى على عن من في حول بشأن")


def after_asides(run: WordRun, verb: str, first: int, limit: int) -> int:
    """Return the number of the word after what only stands by the verb: له, أمس (الأحد), من جهته, or in dashes."""
    number = min(limit, after_blessing(run, first))
    while number < limit and run.folded[number] in _BESIDE_NAME and not _is_his_joy(run, number, limit):
        number += 1
    number += first < number < limit and run.folded[number] in WEEKDAYS  # أمس الأحد
    if number > first and ":" not in run.gaps[min(number, limit)]:
        number = _after_brackets(run, number, limit)
    if number + 1 < limit and run.folded[number] == _FROM and run.folded[number + 1] in _ASIDE:
        number += 2
    number = _after_aside(run, verb, number, limit)
    word = run.folded[number] if number < limit else ""
    heard = word == "ل" or (
        word not in _NO_NAMES and number < limit and run.text.startswith(TO_AR, run.words[number].start)
    )
    if heard and (verb in TAKES_NOUN_AR or (word == "ل" and verb in BARE_SAY_AR)):
        past = after_addressee(run, number)
        number = min(limit, max(past, number + 1))  # أكد لأرسنال تمسكه
    while number < limit and "@" in run.gaps[number]:
        number += 1  # the name of an account
    closed = first < limit and after_blessing(run, first) == number > first  # قال سالم - رحمه الله - كنا
    if number < limit and not closed and _DASH.search(run.gaps[number]):
        number = next((at for at in range(number + 1, limit) if _DASH.search(run.gaps[at])), number)
    return number


def _is_his_joy(run: WordRun, number: int, limit: int) -> bool:
    """Tell whether a title's letters are a noun that «ب» follows: أكد سعادته بالفوز."""
    follows = run.folded[number + 1] if number + 1 < limit else ""
    joy = run.folded[number] in TITLES_FOR_HE_AR & COMPLEMENTS_AR
    return joy and (follows.startswith("ب") or follows in _OF_JOY)


def after_of(run: WordRun, number: int, limit: int) -> int:
    """Return the number of the word after «من» and the definite noun it governs: أدان سياسيون من مختلف الأحزاب قرار."""
    if number >= limit or run.folded[number] != _FROM:
        return number
    first = next((at for at in range(number + 1, min(limit, number + 4)) if run.is_definite(at)), limit)
    last = next((at for at in range(first, limit) if not run.is_definite(at)), limit)
    return last if last < limit and run.folded[last] not in PREPOSITIONS_AR else number


def _after_aside(run: WordRun, verb: str, first: int, limit: int) -> int:
    """Return the number of the word after a day or place set off by two commas: «قال لافروف، يوم الأربعاء، إن»."""
    if first >= limit or not COMMA.search(run.gaps[first]):
        return first
    if run.folded[first] not in BESIDE_AR and run.folded[first] not in WEEKDAYS:
        return first
    for number in range(first + 1, min(limit, first + FARTHEST_COMMA)):
        word = run.folded[number - 1]
        if word in THAT_AR or (word == GOVERNED_AR.get(verb) and governs_noun(run, number - 1, limit)):
            return first
        if COMMA.search(run.gaps[number]):
            return _after_aside(run, verb, number, limit)
    return first


def after_attribution(run: WordRun, number: int, limit: int) -> int:
    """Return the number of the word in which the clause after «بحسب لافروف» begins: past the next comma, and «فإن»."""
    number = _after_brackets(run, number, limit)
    named = number < limit and ":" not in run.gaps[number] and run.after_quoted_name(number) > number
    if number < limit and _OPENS_WORDS.search(run.gaps[number]) and not named:
        return number  # بحسب أحد الخبراء: «...»
    near = range(number, min(limit, number + FARTHEST_COMMA))
    pause = next((at for at in near if COMMA.search(run.gaps[at]) or run.folded[at] in SO_AR), number)
    number = next((at for at in range(number, min(limit, number + FARTHEST_SO)) if run.folded[at] in SO_AR), pause)
    within = range(number + 1, min(limit, number + LONGEST_NAME))
    if number == pause < limit and run.folded[number] not in THAT_AR:
        after = next((at for at in within if COMMA.search(run.gaps[at])), number)
        number = after if run.folded[after] in THAT_AR else number  # مراسل الإذاعة، سالم الحموي، أن
    return number + (number < limit and run.folded[number] in SO_AR)


def _after_brackets(run: WordRun, number: int, limit: int) -> int:
    """Return the number of the word after brackets that open before a word: أمس (الأحد) إن."""
    if number >= limit or "(" not in run.gaps[number]:
        return number
    return next((at for at in range(number + 1, limit) if ")" in run.gaps[at]), limit)


def after_beside(run: WordRun, first: int, last: int) -> int:
    """Return the number of the first word after what stands beside the verb and a comma, `last` where there is none."""
    if run.folded[first] not in BESIDE_AR:
        return first
    return next((number for number in range(first + 1, last) if COMMA.search(run.gaps[number])), last)


def governs_noun(run: WordRun, number: int, limit: int) -> bool:
    """Tell whether a preposition stands before a noun that is said, and not before «أن» or a hope that it opens."""
    if number + 1 >= limit or run.folded[number - 1] in _ISSUED:
        return False
    return run.folded[number + 1] not in THAT_AR | HOPES_AR | _ASIDE
