"""The words that name a speaker in an Arabic sentence: where they begin and where they end. Pure.

After a verb a name runs on to a word that begins what is said, before a verb back to one that opens the clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.gazetteer import is_entity
from assistant.lexicon import BODIES_AR, ROLES_AR, folded
from assistant.reporting_ar import (
    BELOW_AR,
    BOUNDARY_AR,
    PARTICLES_AR,
    SAY_AR,
    TAKES_ALA,
    TAKES_BI,
    THAT_AR,
)
from assistant.reports import LONGEST_SPEAKER
from index.text import fold_text
from index.types import Stance

if TYPE_CHECKING:
    from assistant.reports import WordRun

_UPON = fold_text("على")
_AFTER_QUOTED_NAME = THAT_AR | folded("عن على إلى")
_COMMA = re.compile("[،,]")
_PARTS_NAME = re.compile(r"[:\"“”«»()؛….–—]|\s-\s")
_PARTS_VERB = re.compile(r"[:\"“«،,؛.]")
_OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")
_ONLY_QUOTE = re.compile(r"\s*[\"“«]\s*")
_PREPOSED = re.compile(r"(?:بال|لل|بت|بم|لت|لم)\w\w")
_MASDAR = re.compile(r"است\w{2,3}ا\w|ت\w\wي\w|ا\wت\w?ا\w|ان\w\wا\w|اقرار|توصل|تخلي|تمسك|اعلان")
_BODIES = folded("اتحاد ائتلاف استخبارات تنظيم انتقالي تقرير تحقيق تلفزيون تصريح ترشيح تلميذ تكريتي")
_ADDRESSEES = folded("للصحفيين للصحافيين للإعلاميين لرويترز")
_TITLES = folded("د م أ أد")
_VOICES = folded("أبدى أبدت أبدوا أعرب أعربت أعربوا عبر عبرت")
"""Verbs whose object is what the speaker feels."""
_SOME = folded("كل عدد العديد عديد كثير الكثير مجموعة جملة")
_CALLS_ON = frozenset(form for form, stance in SAY_AR.items() if stance in {Stance.DEMANDED, Stance.ACCUSED})
_COUNTERPARTS = folded("نظيره نظيرته نظيرها جميع كافة كل")


def without_and(word: str) -> str:
    """Return a folded word without the conjunction joined before it."""
    return word[1:] if word[:1] in ("و", "ف") and len(word) > 3 else word


def after_addressee(run: WordRun, number: int) -> int:
    """Return the number of the word after an addressee that stands before the speaker: أكد لـ«الحياة» المتحدث أن."""
    if number + 1 >= len(run.words):
        return number
    word = run.folded[number]
    if word == "ل" and _ONLY_QUOTE.fullmatch(run.gaps[number + 1]):
        quoted = run.after_quoted_name(number + 1)
        return quoted if quoted > number + 1 else number
    if word in _ADDRESSEES:
        return number + 1
    if word.removeprefix("ل") in BODIES_AR and word.startswith("ل"):
        quoted = run.after_quoted_name(number + 1) if _ONLY_QUOTE.fullmatch(run.gaps[number + 1]) else number + 2
        return quoted if quoted > number + 1 else number
    return number


def speaker_end(run: WordRun, first: int, *, attributed: bool = False) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    if first < len(run.words) and _PARTS_VERB.search(run.gaps[first]):
        quoted = run.after_quoted_name(first) if _ONLY_QUOTE.fullmatch(run.gaps[first]) else first
        return quoted if quoted < len(run.words) and run.folded[quoted] in _AFTER_QUOTED_NAME else first
    verb = without_and(run.folded[first - 1])
    last = first
    names = 0
    while last < len(run.words) and last - first < LONGEST_SPEAKER:
        word = run.folded[last]
        if last > first and _PARTS_NAME.search(_gap(run, last)):
            return _after_title(run, last)
        if _ends_speaker(run, last, first, verb, attributed=attributed):
            break
        if last > first and (_is_complement(run, last, first, verb, names) or _leaves_name(run, last)):
            break
        if not word.startswith(("ال", "لل")) and not _is_role(word):
            names += 1
        last += 1
    return last


def speaker_start(run: WordRun, number: int) -> int:
    """Return where the speaker that ends before a verb begins; `number` where none does."""
    first = number
    commas = 0
    while first > 0 and number - first < LONGEST_SPEAKER:
        gap, word = _gap(run, first), run.folded[first - 1]
        if _OPENS_CLAUSE.search(gap):
            break
        if _COMMA.search(gap):
            commas += 1
            if commas > 2:
                break
        if word in PARTICLES_AR or word in BELOW_AR:
            return first
        if is_boundary(word):
            return number
        first -= 1
    return first if commas <= 1 or first == 0 else number


def is_masdar(run: WordRun, number: int) -> bool:
    """Tell whether a word is an action, and not who speaks: استقرار, تنفيذ, التوصل."""
    word = run.folded[number].removeprefix("ال")
    return bool(_MASDAR.fullmatch(word)) and word not in BODIES_AR and word not in _BODIES and not is_entity(word)


def _gap(run: WordRun, number: int) -> str:
    """Return what stands before a word, without the stop of a title: د. محمد."""
    return run.gaps[number].removeprefix(".") if run.folded[number - 1] in _TITLES else run.gaps[number]


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
    if is_boundary(word) or word[0].isdigit():
        return True
    if number == first:
        if verb in _VOICES and len(word) > 3 and run.text[run.words[number].end - 1] == "ه":
            return True  # أبدى غضبه
        return word == "من" or (_is_preposed(word) and not attributed) or _is_by(run, number, verb)
    return word == "من" and run.folded[number - 1] not in _SOME


def _is_by(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether «ب» is joined to the complement right after a verb: no name, unless the complement follows."""
    word = run.folded[number]
    if verb not in TAKES_BI or not word.startswith("ب") or len(word) < 3 or is_entity(word):
        return False
    return not any(later.startswith("ب") for later in run.folded[number + 1 : number + 6])


def is_boundary(word: str) -> bool:
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
    if len(word) > 4 and word.endswith(("ها", "هم", "هما")):
        return True  # her support, their wages: a name carries no pronoun
    if verb in TAKES_BI and (word.startswith("بال") or (names and word.startswith("ب") and before not in ROLES_AR)):
        return True
    if not names:
        return False
    if verb in _CALLS_ON and (word in _COUNTERPARTS or (before.startswith("ال") and _is_bare_noun(word))):
        return True
    if verb in _CALLS_ON and is_entity(word) and not word.startswith("ال"):
        return True  # دعا أبو الغيط طهران إلى
    if number == first + 1 and is_entity(before) and not before.endswith(("ي", "يه", "ين", "ون")):
        return not (word.startswith(("ال", "و")) or word == "بن" or is_entity(word))
    if _is_role(before) or before == "عبد":
        return False
    if word.startswith("ال") and number + 1 < len(run.words) and run.folded[number + 1].removeprefix("ال") in ROLES_AR:
        return False
    if word.startswith("ال") and len(word) > 2 and _is_definite(run, number + 1):
        return True
    return _is_preposed(word)


def _is_bare_noun(word: str) -> bool:
    """Tell whether a definite word is no adjective: الحكومة after البيان, not التركي after الرئيس."""
    return word.startswith("ال") and not word.endswith(("ي", "يه", "ين", "ون"))


def _is_role(word: str) -> bool:
    """Tell whether a word is of an office or a body, with «ل» joined to it or without: لجامعة الدول العربية."""
    return word in ROLES_AR or word.removeprefix("ل") in ROLES_AR


def _is_definite(run: WordRun, number: int) -> bool:
    return number < len(run.words) and not run.gaps[number].strip() and run.folded[number].startswith("ال")


def _is_preposed(word: str) -> bool:
    """Tell whether a preposition is joined to a word; a name that begins like one is told by what follows."""
    return bool(_PREPOSED.match(word))


def _is_apposition(run: WordRun, number: int) -> bool:
    """Tell whether the words after a comma name the speaker again: few, and closed by a comma or «أن»."""
    for last in range(number, min(number + 5, len(run.words))):
        word = run.folded[last]
        if is_boundary(word):
            return last > number and word in THAT_AR
        if _COMMA.search(run.gaps[last + 1]):
            return True
    return False
