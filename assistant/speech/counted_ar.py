"""Arabic speakers that are counted or pointed at: قال 60% من البالغين, قال نحو عشرين منهم, ذكر هذا المسؤول. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.agreement_ar import disagrees
from assistant.speech.nouns_ar import is_party
from assistant.speech.particles_ar import THIS_AR
from assistant.speech.reporting_ar import HEARD_AR
from assistant.speech.speaker_ar import speaker_end
from assistant.words.lexicon import PEOPLE_AR, ROLES_AR, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_ABOUT = folded("نحو حوالي قرابة زهاء")
"""Words before a number that is not exact."""

_MORE = folded("أكثر أقل أزيد")
_OF_THEM = folded("منهم منهن منها")
_PERCENT = folded("بالمائة بالمئة بالمية المائة المئة")
_TIMES_TEN = folded("ألف آلاف ألفا مليون ملايين مليونا مئة مائة")
_MERELY = "فقط"
_SHARE = re.compile(r"[%٪]")


def counted_end(run: WordRun, first: int) -> int:
    """Return where the people end whose number or share begins at a word; `first` where none begins."""
    number = first
    if number >= len(run.words):
        return first
    if run.folded[number] in _ABOUT:
        number += 1
    elif run.folded[number] in _MORE and run.folded[number + 1 : number + 2] == ["من"]:
        number += 2
    if number >= len(run.words) or not run.folded[number][0].isdigit():
        return first
    while number < len(run.words) and run.folded[number][0].isdigit():
        number += 1
    share = number < len(run.words) and bool(_SHARE.search(run.gaps[number]))
    while number < len(run.words) and run.folded[number] in _PERCENT | _TIMES_TEN | {_MERELY, "في"}:
        share = share or run.folded[number] in _PERCENT
        number += 1
    if number >= len(run.words):
        return first
    if run.folded[number] in _OF_THEM:
        return number + 1
    if run.folded[number] == "من":
        last = speaker_end(run, number + 1, attributed=True)
        return last if last > number + 1 else first
    bare = run.folded[number].removesuffix("ا")
    return speaker_end(run, number) if not share and (is_party(bare) or is_party(run.folded[number])) else first


def pointed_end(run: WordRun, first: int, verb: str) -> int:
    """Return where a person or a body ends that «this» before it points at; `first` where none speaks by the verb."""
    if verb in HEARD_AR:
        return first
    if first + 1 >= len(run.words) or run.folded[first] not in THIS_AR or run.gaps[first + 1].strip():
        return first
    noun = run.folded[first + 1].removeprefix("ال")
    if not run.is_definite(first + 1) or noun not in PEOPLE_AR | ROLES_AR or disagrees(run, first + 1, verb):
        return first
    last = speaker_end(run, first + 1)
    return last if last > first + 1 else first
