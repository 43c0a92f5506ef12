"""The subject of an Arabic clause that reports nothing: of «زار الوزير الميناء، مؤكدا أن» it is who goes on. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import HONORIFICS_AR, MANY_AR, PEOPLE_AR, ROLES_AR, WRITINGS_AR, folded
from assistant.reporting_ar import SAYING_AR
from assistant.speaker_ar import LONGEST_SPEAKER, is_boundary, is_masdar, says_she, speaker_end
from index.text import tokens

if TYPE_CHECKING:
    from assistant.reports import WordRun

_PARTIES = ROLES_AR | PEOPLE_AR | HONORIFICS_AR | WRITINGS_AR
_STOP = re.compile(r"[.؛:!؟]")
_MASCULINE = folded("العراق لبنان الأردن المغرب السودان اليمن")
"""Countries that are no «she»."""
_BEFORE_VERB = folded("من جانبه جانبها جهته جهتها ناحيته ناحيتها وكان وكانت كان كانت قد وقد فقد")


def find_subject(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` that name the subject of the clause before a word; none where none is known.

    They follow the verb that opens the sentence, or open it themselves, and begin with an office, a body or a person
    of the number and gender of the word, a participle or a verb.
    """
    opens = max((at + 1 for at in range(number) if _STOP.search(run.gaps[at + 1])), default=0)
    while opens < number and run.folded[opens] in _BEFORE_VERB:
        opens += 1
    if run.folded[number].endswith(_PLURAL):
        for first in range(number - 1, opens - 1, -1):
            if run.folded[first] in _WHO:
                return who_many(run, first)
            if run.folded[first].removeprefix("ال") in MANY_AR:
                return first, min(number, max(first + 1, speaker_end(run, first) if first else 1))
        return number, number
    for first in range(opens, min(number, opens + 2)):
        if is_party(run.folded[first]):
            last = speaker_end(run, first) if first else _first_noun(run)
            joined = (at for at in range(first + 1, last) if run.folded[at][0] in "بل" and not is_party(run.folded[at][1:]))
            last = min(last, number, next(joined, last))
            if first < last and agrees(run, first, run.folded[number]):
                return first, last
        if is_boundary(run.folded[first]):
            break
    return number, number


def subject_name(run: WordRun) -> str:
    """Return the words that name the subject of a whole sentence; none where none is known."""
    for first in range(1, min(len(run.words), 3)):
        if is_party(run.folded[first]) and not is_boundary(run.folded[first - 1]):
            last = speaker_end(run, first)
            return run.excerpt(first, last) if first < last else ""
    return ""


def who_many(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` for the people before «الذين», over what stands between: none for nobody."""
    for first in range(number - 1, max(-1, number - LONGEST_SPEAKER), -1):
        word = run.folded[first]
        if word.removeprefix("ال") in MANY_AR or (word.startswith("ال") and word.endswith(("ون", "ين"))):
            return first, first + 1
        if _STOP.search(run.gaps[first]):
            break
    return number, number


def _first_noun(run: WordRun) -> int:
    """Return where a noun phrase that opens a sentence ends: at the first word that is neither definite nor a name's."""
    last = 1
    while last < len(run.words) and last < 6 and not run.gaps[last].strip() and not is_boundary(run.folded[last]):
        if not (run.folded[last].startswith("ال") or is_party(run.folded[last])):
            break
        last += 1
    return last


def is_party(word: str) -> bool:
    """Tell whether a word is of an office, a body, a country, or for a person or what is written."""
    return any(form in _PARTIES or is_entity(form) for form in (word, word.removeprefix("ال")))


def may_name(run: WordRun, number: int) -> bool:
    """Tell whether a noun may be or begin the name of who speaks: a party, or a name by its letters."""
    word = run.folded[number]
    if is_party(word):
        return True
    if word.startswith("ال"):
        return word.endswith(("ي", "ون", "ين"))
    return run.text[run.words[number].end - 1] != "ة" and not is_masdar(run, number)


def agrees(run: WordRun, first: int, word: str) -> bool:
    """Tell whether a subject may be that of a participle or a verb by number and gender: الوزارة مؤكدة, not مؤكدا."""
    head = run.folded[first]
    if head in HONORIFICS_AR:
        return True
    female = run.text[run.words[first].end - 1] == "ة" or head.endswith("ات") or head in _THINGS
    female = female or (is_entity(head) and head not in _MASCULINE and not head.endswith("ي"))
    return female == says_she(word)


_WHO = folded("الذين اللذين اللذان")
_PLURAL = ("وا", "ون", "ين")
_THINGS = folded("مصادر دول تقارير أنباء صحف وسائل شركات توقعات بيانات لجان هيئات وكالات جماهير أرقام أبحاث")


def may_go_on(name: str, word: str) -> bool:
    """Tell whether a speaker named so may be that of a verb or participle by number and gender, where both are plain."""
    head = next(iter(tokens(name)), None)
    if head is None:
        return True
    bare = head.text.removeprefix("ال")
    female = name[head.end - 1] == "ة" and bare in _PARTIES and head.text not in HONORIFICS_AR
    female = female or bare in _THINGS
    many = bare in MANY_AR or bare.endswith(("ون", "ين")) and bare in _PARTIES
    if word.endswith(_PLURAL):
        return many or bare not in ROLES_AR or bare in _THINGS
    if says_she(word):
        thing = bare in WRITINGS_AR and not female and not bare.endswith("ات")
        return not many and not thing
    return not female and not many
