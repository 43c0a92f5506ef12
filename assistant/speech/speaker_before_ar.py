"""The words before an Arabic verb that name its speaker: كان لافروف قال, لافروف الذي قال, أما لافروف فقال. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.addressee_ar import ONLY_QUOTE
from assistant.speech.blessings_ar import before_blessing
from assistant.speech.name_letters_ar import is_paper
from assistant.speech.no_speaker_ar import opens_with_verb
from assistant.speech.nouns_ar import is_boundary, is_joined, is_known, is_masdar, is_noun, is_ours, is_party
from assistant.speech.particles_ar import (
    ABSTRACT_AR,
    BELOW_AR,
    DUMB_AR,
    PARTICLES_AR,
    PRONOUN_PARTICLES_AR,
    WAS_AR,
)
from assistant.speech.reports import COMMA, LONGEST_QUOTED_NAME
from assistant.speech.speaker_ar import (
    LONGEST_SPEAKER,
    OPENS_CLAUSE,
    PARTS_VERB,
    PLACE_AR,
    gap_before,
)
from assistant.words.lexicon import HONORIFICS_AR, PEOPLE_AR, ROLES_AR, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun


LONGEST_APPOSED = 30
"""Words before a verb in which its subject and an office between two commas may stand."""

LONGEST_PLACED = 8
"""Words of a speaker between «كان» and a preposition."""


LONGEST_TOPIC = 25
"""Words that may stand between «أما» and the verb."""


_BEFORE_ACT = folded("قبل دون")
_WHOEVER = folded("من ومن فمن لذلك ولذلك")
_AS_FOR = folded("أما وأما")


_STOPS = re.compile("[.:؟!]")


_CLOSES_NAME = re.compile(r"\s*[\"”»]\s*")


_PREPOSITIONS = folded("من بين بينهم بينها ضد نحو عند منها منهم بعض خاصة خصوصا وخاصة وخصوصا")


AUXILIARY_AR = folded(
    "مضى مضت ومضى ومضت راح راحت وراح وراحت أخذت وأخذت فأخذ وأخذ ظل ظلت وظل وظلت عاد عادت وعاد وعادت بدأ بدأت وبدأ وبدأت"
)
"""Verbs with which another one tells that someone goes on to speak."""

_ALREADY = folded("قد فقد وقد")
"""Particles that may stand between a speaker and the verb."""


def speaker_before(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` of the speaker that ends before a verb; none where there is none."""
    last = before_blessing(run, number - (number > 0 and run.folded[number - 1] in _ALREADY))
    if quoted := _quoted_before(run, last):
        return quoted, last
    first = last
    commas = 0
    while first > 0 and last - first < LONGEST_SPEAKER:
        gap, word = gap_before(run, first), run.folded[first - 1]
        if OPENS_CLAUSE.search(gap):
            break
        if COMMA.search(gap):
            commas += 1
            if commas > 2:
                break
        if word in PARTICLES_AR or word in BELOW_AR:
            act = first > 1 and word in BELOW_AR and run.folded[first - 2] in _BEFORE_ACT
            nobody = act or word in PRONOUN_PARTICLES_AR or (first < last and _names_nobody(run, first, last))
            return (last if nobody else first), last  # قبل أن نتوقف اقترحت
        if is_boundary(word) and not is_paper(run, first - 1):
            placed = _before_place(run, first - 1) if word in PLACE_AR else (last, last)
            return placed if placed[0] < placed[1] else _before_apposition(run, last)
        first -= 1
    while first < last and run.folded[first] in AUXILIARY_AR:
        first += 1  # ومضى يقول
    if first < last and _names_nobody(run, first, last):
        return last, last
    return (first if commas <= 1 or first == 0 else last), last


def _names_nobody(run: WordRun, first: int, last: int) -> bool:
    """Tell whether words before a verb name nobody: a number, an idea, what is «ours», what a preposition governs."""
    word = run.folded[first]
    if word in _WHOEVER or word[0].isdigit() or word in ABSTRACT_AR or word in DUMB_AR:
        return True  # الحقيقة تقول
    if opens_with_verb(run, first) or is_masdar(run, first):
        return True  # تداولت بعض الصحف صورا تظهر أن
    alone = last == first + 1 or run.folded[first + 1].startswith("ال")
    return (alone and is_ours(word)) or (is_joined(word) and not is_known(word[1:]))


def _quoted_before(run: WordRun, last: int) -> int:
    """Return where a name in quotation marks begins that stands between «كان» and a word, or 0: كانت "الشرق" قد."""
    if last < 2 or not _CLOSES_NAME.fullmatch(run.gaps[last]):
        return 0
    for first in range(last - 1, max(0, last - LONGEST_QUOTED_NAME), -1):
        if ONLY_QUOTE.fullmatch(run.gaps[first]):
            whole = run.after_quoted_name(first) == last
            return first if whole and run.folded[first - 1] in WAS_AR else 0
    return 0


def _before_apposition(run: WordRun, number: int) -> tuple[int, int]:
    """Return the name that opens a sentence before an office between commas: سالم الحموي، مدير الشركة في دبي، يؤكد."""
    if not COMMA.search(run.gaps[number]) or number >= LONGEST_APPOSED:
        return number, number
    last = next((at for at in range(1, number) if COMMA.search(run.gaps[at])), number)
    office = last < number and is_noun(run.folded[last].removeprefix("ال"))
    first = next((at for at in range(last) if run.folded[at] not in WAS_AR), last)
    plain = not any(is_boundary(word) for word in run.folded[first:last])
    stops = any(OPENS_CLAUSE.search(gap_before(run, at)) for at in range(first + 1, number))
    named = office and plain and not stops and last - first <= LONGEST_PLACED
    return (first, last) if named and last - first > 1 else (number, number)


def _before_place(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words between «كان» and a preposition of place, or none: وكان مسؤول في الوزارة قال."""
    for first in range(number, max(0, number - LONGEST_PLACED), -1):
        if run.folded[first - 1] in WAS_AR:
            return first, number
        if is_boundary(run.folded[first - 1]) or PARTS_VERB.search(run.gaps[first]):
            break
    return number, number


def antecedent(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` before «الذي», back to what ends a name: اللقاء مع لافروف الذي أكد."""
    number = first = before_blessing(run, number)
    while first > 0 and number - first < LONGEST_SPEAKER:
        if OPENS_CLAUSE.search(run.gaps[first]) or (first < number and COMMA.search(run.gaps[first])):
            break
        if is_boundary(run.folded[first - 1]) or run.folded[first - 1] in _PREPOSITIONS:
            break
        first -= 1
    first = _past_verb(run, first, number)
    return (number if first < number and opens_with_verb(run, first) else first), number


def _past_verb(run: WordRun, first: int, last: int) -> int:
    """Return where the last noun begins in the words before «الذي»: وتولى الإدارة / رئيس النادي الذي رحب."""
    for number in range(last - 1, first, -1):
        office = run.folded[number] in ROLES_AR or run.folded[number] in PEOPLE_AR
        if office and run.folded[number - 1].startswith("ال") and run.folded[number] not in HONORIFICS_AR:
            return number
    verb = run.folded[first].startswith("و") and not (
        is_known(run.folded[first][1:]) or is_party(run.folded[first][1:])
    )
    return first + 1 if verb and last > first + 1 and not run.is_definite(first + 1) else first


def topic_before(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words between «أما» and the «ف» of a verb: أما لافروف فقال; none where there is no «أما»."""
    last = number - (number > 0 and run.folded[number - 1] in _ALREADY)
    for first in range(last, max(0, last - LONGEST_TOPIC), -1):
        if run.folded[first - 1] in _AS_FOR:
            return first, last
        if first < last and _STOPS.search(run.gaps[first]):
            break
    return last, last
