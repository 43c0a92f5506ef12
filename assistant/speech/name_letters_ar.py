"""Words with the letters of particles and verbs that are of a name: علي, أم حنان, فان غال, جريدة اليوم. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import TITLES_AR, is_boundary, is_definite
from assistant.speech.particles_ar import BOUNDARY_AR, NAMES_TOO_AR, UPON_AR
from assistant.speech.reporting_ar import BARE_SAY_AR, DUAL_AR, GOVERNED_AR, IMPERFECT_AR, SAY_AR, TAKES_ALA, THAT_AR
from assistant.speech.reports import COMMA
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, folded
from index.day_words import WEEKDAYS
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

FARTHEST_THAT_OF_OFFICE = 22
"""Words after an office within which «أن» shows that «على» belongs to it."""

_VAN = "فان"
"""The name, whose letters are those of «فإن», with which nothing begins that is said right after a verb."""

_TODAY = "اليوم"

_PAPERS = folded("جريدة صحيفة")

_MOTHER = fold_text("أم")
"""The mother of someone, whose letters are those of «or» too: وقالت أم حنان."""

_GOVERNOR = "والي"

_OVERSEERS = folded("مشرف المشرف مشرفة المشرفة قائم القائم")

_NO_NAMES = IMPERFECT_AR | DUAL_AR | folded("عبر بين ردا")
"""Verbs whose letters are no name's, some of them a preposition's: وقال عبر حسابه."""

_MORNING = "صباح"

_DAYS = WEEKDAYS.keys() | folded("اليوم أمس أول الغد يوم")


def is_name_yet(run: WordRun, number: int, verb: str, *, opens: bool, attributed: bool) -> bool:
    """Tell whether a word with the letters of a particle is of a name: علي, فان غال, وفقا لوكالة الأنباء."""
    word = run.folded[number]
    if word == _MOTHER:
        named = number + 1 < len(run.words) and not run.gaps[number + 1].strip()
        return named and not is_boundary(run.folded[number + 1]) and not is_definite(run, number + 1)
    if word == UPON_AR:
        return _is_of_overseer(run, number) or _is_ali(run, number, verb, opens=opens)
    if word == _GOVERNOR:
        return _is_governor(run, number)
    if is_paper(run, number):
        return True
    if opens and verb in BARE_SAY_AR and word in SAY_AR and word not in _NO_NAMES:
        return True  # وقال دان: no verb follows a verb of saying
    if not opens and word in NAMES_TOO_AR and run.folded[number - 1] in TITLES_AR | GIVEN_AR:
        return True  # الدكتورة أمل
    if not opens and word == _MORNING and run.folded[number - 1] in TITLES_AR:
        return number + 1 < len(run.words) and run.folded[number + 1] not in _DAYS
    if word == _VAN:
        goes_on = opens or not (attributed or COMMA.search(run.gaps[number]) or run.is_definite(number - 1))
        return goes_on and verb in SAY_AR and number + 1 < len(run.words) and not is_definite(run, number + 1)
    return opens and attributed and word.startswith("ل") and word[1:] in BODIES_AR


def is_paper(run: WordRun, number: int) -> bool:
    """Tell whether «اليوم» is the name of a newspaper: بجريدة اليوم."""
    return number > 0 and run.folded[number] == _TODAY and run.folded[number - 1].lstrip("بلو") in _PAPERS


def _is_of_overseer(run: WordRun, number: int) -> bool:
    """Tell whether «على» belongs to the office before it: المشرف العام على المشروع."""
    before = run.folded[number - 1]
    if THAT_AR.isdisjoint(run.folded[number + 1 : number + FARTHEST_THAT_OF_OFFICE]):
        return False  # وأكد المشرف على أهمية الحوار
    return before in _OVERSEERS or (before == "العام" and number > 1 and run.folded[number - 2] in _OVERSEERS)


def _is_ali(run: WordRun, number: int, verb: str, *, opens: bool) -> bool:
    """Tell whether «علي» is a man's name: written with the two dots, and not where the verb wants the preposition."""
    if run.text[run.words[number].end - 1] != "ي" or verb in TAKES_ALA or number + 1 >= len(run.words):
        return False
    following = run.folded[number + 1]
    if opens and verb in SAY_AR and verb not in GOVERNED_AR:
        return True  # واعتبر علي الحموي
    return run.folded[number - 1] in GIVEN_AR or (following not in BOUNDARY_AR and not following.startswith("ال"))


def _is_governor(run: WordRun, number: int) -> bool:
    """Tell whether «والي» is an office: written so, and not «وإلى»."""
    start, end = run.words[number][:2]
    return run.text[start:end] == _GOVERNOR
