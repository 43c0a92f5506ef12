"""A short name and a colon before what its bearer says: «الكرملين: ...». Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import is_boundary, is_party, is_thing, without_and
from assistant.speech.particles_ar import BOUNDARY_AR, LABELS_AR
from assistant.speech.reporting_ar import ASKS_HIM_AR, SAY_AR
from assistant.speech.reporting_en import BOUNDARY_EN, LABELS_EN, SAY_EN
from assistant.speech.reports import COLON, Report
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import ROLES_AR, ROLES_EN, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun
    from index.types import Language

LONGEST_HEADING = 4
"""Words before the colon of «الكرملين: ...»."""

FEWEST_LABELS = 3
"""Colons in a sentence from which it is a list of labels: «الحكم: ... الملعب: ... الساعة: ...»."""

LONGEST_BYLINE = 3
"""Words of a name before the colon of a line between others."""

LONGEST_LINE = 16
"""Words of such a line."""

_DASH = re.compile("[-–—]")
_ORDINALS = folded("""
    الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة السادس السادسة السابع السابعة
    الثامن الثامنة التاسع التاسعة العاشر العاشرة الأخير الأخيرة
""")
_VERBS_AR = SAY_AR.keys() | ASKS_HIM_AR
_DATELINE = re.compile(r"\s*[«\"“][^«»\"“”:]{1,30}[»\"”]\s*:")
_COLONS = re.compile(r":(?!\d)")


def find_byline(run: WordRun) -> tuple[str, int] | None:
    """Find the name and the end of the colon of «الحموي: الطريق مفتوح», whose bearer another sentence names in full."""
    colon = run.text.find(":")
    if colon < 0 or len(run.words) > LONGEST_LINE or run.gaps[0].strip():
        return None
    named = sum(word.end <= colon for word in run.words)
    if not 0 < named <= LONGEST_BYLINE or named == len(run.words) or any(gap.strip() for gap in run.gaps[1:named]):
        return None
    if any(is_party(word) or is_boundary(word) or word in LABELS_AR for word in run.folded[:named]):
        return None
    return run.text[run.words[0].start : run.words[named - 1].end], colon + 1


def find_heading(run: WordRun, language: Language, *, opens: bool) -> Report | None:
    """Find "الكرملين: ..." and "Kremlin: ...": a short name, a colon, and what is said.

    Further down in an article, where a colon stands for much else, the name must be an office, a country or a body.
    """
    colon = run.text.find(":")
    if colon < 0 or colon + 1 >= len(run.text.rstrip()) or run.text[colon + 1].isdigit():
        return None
    before = [word.text for word in run.words if word.end <= colon]
    if not 0 < len(before) <= LONGEST_HEADING or any(_DASH.search(gap) for gap in run.gaps[: len(before)]):
        return None
    if run.gaps[0].strip() or before[0][0].isdigit() or len(_COLONS.findall(run.text)) >= FEWEST_LABELS:
        return None
    arabic = language == "ar"
    if not any(map(str.isalpha, run.text[colon:])) or before[-1] in _ORDINALS:
        return None  # الخطأ الأول: ...
    if _DATELINE.match(run.text, colon + 1) or (arabic and is_thing(run, 0)):
        return None
    if (arabic and before[0].startswith("و")) or before[0] in LABELS_AR | LABELS_EN:
        return None
    verbs, boundary, roles = (_VERBS_AR, BOUNDARY_AR, ROLES_AR) if arabic else (SAY_EN, BOUNDARY_EN, ROLES_EN)
    if any(word in boundary or word in verbs or without_and(word) in verbs for word in before):
        return None
    if not opens and not any(is_entity(word) or word.removeprefix("ال") in roles for word in before):
        return None
    return Report(COLON, 0, len(before), nested=False)
