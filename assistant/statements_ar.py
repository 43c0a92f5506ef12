"""Reporting verbs and their speakers in Arabic sentences. Pure.

The speaker stands after the verb (قال لافروف), before it (وكان لافروف قال), or is the last one (وأضاف).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import BODIES_AR, ROLES_AR
from assistant.reporting import (
    ATTRIBUTION_AR,
    BELOW_AR,
    BOUNDARY_AR,
    GOVERNS_NOUN_AR,
    NOUN_WITH_OBJECT_AR,
    PARTICLES_AR,
    PASSIVE_AR,
    QUOTED_FROM_AR,
    SAID_IT_AR,
    SAY_AR,
    TAKES_ALA,
    TAKES_BI,
    TAKES_LAM,
    THAT_AR,
    WEAK_SAY_AR,
)
from assistant.reports import LONGEST_SPEAKER, Report
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.reports import WordRun

BELOW = 10
"""Words that may stand between «أن» and a verb below it."""

_FROM = fold_text("عن")
_UPON = fold_text("على")
_TONGUE = fold_text("لسان")
_AFTER_QUOTED_NAME = THAT_AR | {_FROM, _UPON, fold_text("إلى")}
_COMMA = re.compile("[،,]")
_PARTS_NAME = re.compile(r"[:\"“”«»()؛….]")
_PARTS_VERB = re.compile(r"[:\"“«،,؛.]")
_OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")
_ONLY_QUOTE = re.compile(r"\s*[\"“«]\s*")
_PREPOSED = re.compile(r"(?:بال|لل|بت|بم|لت|لم)\w\w")
_OBJECTS = ("ه", "ها", "هم")
_IMPERFECT = ("ي", "ت")


def find_report(run: WordRun, number: int) -> Report | None:
    """Return the report that a word of an Arabic sentence makes, None where it makes none."""
    word = run.folded[number]
    before = run.folded[number - 1] if number else ""
    if word in SAID_IT_AR or _has_object(word):
        return _named(number, number + 1, _speaker_after(run, number + 1), nested=True)
    if word in QUOTED_FROM_AR:
        return _quoted_from(run, number)
    if word in ATTRIBUTION_AR or (word == _TONGUE and before == _UPON):
        return _named(number, number + 1, _speaker_after(run, number + 1, attributed=True), nested=False)
    verb = word if word in SAY_AR else without_and(word)
    if verb not in SAY_AR or before in GOVERNS_NOUN_AR:
        return None
    return _find_verb(run, number, verb, before)


def speaker_name(run: WordRun, report: Report) -> str:
    """Return the words that name the speaker, without the «ل» that «وفقا» joins to them."""
    name = run.excerpt(report.first, report.last)
    if report.verb < 0 or run.folded[report.verb] not in TAKES_LAM:
        return name
    if name.startswith("لل"):
        return name[1:] if is_entity(run.folded[report.first][1:]) and not is_entity("ا" + name[1:]) else "ا" + name[1:]
    return name.removeprefix("ل")


def without_and(word: str) -> str:
    """Return a folded word without the conjunction joined before it."""
    return word[1:] if word[:1] in ("و", "ف") and len(word) > 3 else word


def _named(verb: int, first: int, last: int, *, nested: bool) -> Report | None:
    return Report(verb, first, last, nested) if first < last else None


def _find_verb(run: WordRun, number: int, verb: str, before: str) -> Report | None:
    joined = verb != run.folded[number]
    weak = verb in WEAK_SAY_AR
    if not (joined or weak) and verb[0] in _IMPERFECT and _opens_with_name(run, number):
        return Report(number, 0, number, nested=False)
    last = _speaker_after(run, number + 1)
    # «وقال» with a speaker of its own stands beside the verb before it, wherever «أن» stands.
    nested = _is_below(run, number) and not (joined and last > number + 1)
    if verb in PASSIVE_AR and (last >= len(run.words) or run.folded[last] not in THAT_AR):
        return None
    if last > number + 1:
        begins = nested or joined or number <= 3 or run.gaps[number][:1] in ("،", ",")
        return Report(number, number + 1, last, nested) if begins or not weak else None
    first = number if joined else _speaker_before(run, number)
    if first < number:
        return Report(number, first, number, nested)
    carries_on = joined or before in PARTICLES_AR or number == 0
    return Report(number, number, number, nested) if carries_on and not weak else None


def _opens_with_name(run: WordRun, number: int) -> bool:
    """Tell whether nothing but a speaker stands before a verb, as in headlines: «الخطوط اليمنية تعلن بدء رحلاتها»."""
    alone = not any(_COMMA.search(gap) for gap in run.gaps[1 : number + 1])
    return alone and _speaker_before(run, number) == 0 < number and GOVERNS_NOUN_AR.isdisjoint(run.folded[:number])


def _has_object(word: str) -> bool:
    """Tell whether a word is a reporting verb with its object joined: اعتبرها البيت الأبيض، نفته موسكو."""
    for ending in _OBJECTS:
        verb = word.removesuffix(ending)
        if verb != word and verb in SAY_AR and verb not in NOUN_WITH_OBJECT_AR:
            return True
    return False


def _quoted_from(run: WordRun, number: int) -> Report | None:
    """Find the speaker of «نقلت الوكالة عن لافروف قوله»: between «عن» and this word."""
    for first in range(number - 1, max(0, number - LONGEST_SPEAKER), -1):
        if run.folded[first - 1] == _FROM:
            return _named(number, first, number, nested=False)
        if _is_boundary(run.folded[first]) or _OPENS_CLAUSE.search(run.gaps[first]):
            return None
    return None


def _is_below(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands below «أن», so that another speaker reports it."""
    return not BELOW_AR.isdisjoint(run.folded[max(0, number - BELOW) : number])


def _speaker_after(run: WordRun, first: int, *, attributed: bool = False) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    if first < len(run.words) and _PARTS_VERB.search(run.gaps[first]):
        quoted = run.after_quoted_name(first) if _ONLY_QUOTE.fullmatch(run.gaps[first]) else first
        return quoted if quoted < len(run.words) and run.folded[quoted] in _AFTER_QUOTED_NAME else first
    verb = without_and(run.folded[first - 1])
    last = first
    names = 0
    while last < len(run.words) and last - first < LONGEST_SPEAKER:
        word = run.folded[last]
        if last > first and _PARTS_NAME.search(run.gaps[last]):
            return _after_title(run, last)
        if _ends_speaker(run, last, first, verb, attributed=attributed):
            break
        if last > first and (_is_complement(run, last, first, verb, names) or _leaves_name(run, last)):
            break
        if not word.startswith(("ال", "لل")) and word not in ROLES_AR:
            names += 1
        last += 1
    return last


def _after_title(run: WordRun, number: int) -> int:
    """Return where a speaker ends whose title in quotation marks begins at a word: صحيفة "ميرور" البريطانية."""
    if run.folded[number - 1] not in BODIES_AR or not _ONLY_QUOTE.fullmatch(run.gaps[number]):
        return number
    last = run.after_quoted_name(number)
    if number < last < len(run.words) and run.folded[last].startswith(("ال", "لل")):
        last += not _COMMA.search(run.gaps[last])
    return last


def _leaves_name(run: WordRun, number: int) -> bool:
    return bool(_COMMA.search(run.gaps[number])) and not _is_apposition(run, number)


def _ends_speaker(run: WordRun, number: int, first: int, verb: str, *, attributed: bool) -> bool:
    word = run.folded[number]
    if word == _UPON and _is_ali(run, number, verb):
        return False
    if _is_boundary(word) or word[0].isdigit():
        return True
    if number == first:
        return word == "من" or (_is_preposed(word) and not attributed)
    return word == "من" and run.folded[number - 1] != "كل"


def _is_boundary(word: str) -> bool:
    """Tell whether no speaker's name runs across a word, with «and» before it or without."""
    if word in BOUNDARY_AR or word in SAY_AR:
        return True
    return without_and(word) in SAY_AR or (word.startswith("و") and word[1:] in BOUNDARY_AR)


def _is_ali(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «علي» is a man's name: written with the two dots, and not where the verb wants the preposition."""
    if run.text[run.words[number].end - 1] != "ي" or verb in TAKES_ALA or number + 1 >= len(run.words):
        return False
    following = run.folded[number + 1]
    return following not in BOUNDARY_AR and not following.startswith("ال")


def _is_complement(run: WordRun, number: int, first: int, verb: str, names: int) -> bool:
    """Tell whether a word after the first of a name begins what is said of it: أكد لافروف الموقف الروسي."""
    word, before = run.folded[number], run.folded[number - 1]
    if len(word) > 4 and word.endswith(("ها", "هم")):
        return True  # her support, their wages: a name carries no pronoun
    if verb in TAKES_BI and (word.startswith("بال") or (names and word.startswith("ب") and before not in ROLES_AR)):
        return True
    if not names:
        return False
    if number == first + 1 and is_entity(before) and not before.endswith(("ي", "يه", "ين", "ون")):
        return not (word.startswith(("ال", "و")) or word == "بن" or is_entity(word))
    if before in ROLES_AR or before == "عبد":
        return False
    if word.startswith("ال") and len(word) > 2 and _is_definite(run, number + 1):
        return True
    return _is_preposed(word)


def _is_definite(run: WordRun, number: int) -> bool:
    return number < len(run.words) and not run.gaps[number].strip() and run.folded[number].startswith("ال")


def _is_preposed(word: str) -> bool:
    """Tell whether a preposition is joined to a word; a name that begins like one is told by what follows."""
    return bool(_PREPOSED.match(word))


def _is_apposition(run: WordRun, number: int) -> bool:
    """Tell whether the words after a comma name the speaker again: few, and closed by a comma or «أن»."""
    for last in range(number, min(number + 5, len(run.words))):
        word = run.folded[last]
        if _is_boundary(word):
            return last > number and word in THAT_AR
        if _COMMA.search(run.gaps[last + 1]):
            return True
    return False


def _speaker_before(run: WordRun, number: int) -> int:
    """Return where the speaker that ends before a verb begins; `number` where none does."""
    first = number
    commas = 0
    while first > 0 and number - first < LONGEST_SPEAKER:
        gap, word = run.gaps[first], run.folded[first - 1]
        if _OPENS_CLAUSE.search(gap):
            break
        if _COMMA.search(gap):
            commas += 1
            if commas > 2:
                break
        if word in PARTICLES_AR or word in BELOW_AR:
            return first
        if _is_boundary(word):
            return number
        first -= 1
    return first if commas <= 1 or first == 0 else number
