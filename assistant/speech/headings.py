"""A short name and a colon before what its bearer says: «الكرملين: ...». Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import without_and
from assistant.speech.particles_ar import BOUNDARY_AR, LABELS_AR
from assistant.speech.reporting_ar import SAY_AR
from assistant.speech.reporting_en import BOUNDARY_EN, LABELS_EN, SAY_EN
from assistant.speech.reports import COLON, Report
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import ROLES_AR, ROLES_EN

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun
    from index.types import Language

LONGEST_HEADING = 4
"""Words before the colon of «الكرملين: ...»."""

FEWEST_LABELS = 3
"""Colons in a sentence from which it is a list of labels: «الحكم: ... الملعب: ... الساعة: ...»."""

_DASH = re.compile("[-–—]")
_COLONS = re.compile(r":(?!\d)")


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
    if (arabic and before[0].startswith("و")) or before[0] in LABELS_AR | LABELS_EN:
        return None
    verbs, boundary, roles = (SAY_AR, BOUNDARY_AR, ROLES_AR) if arabic else (SAY_EN, BOUNDARY_EN, ROLES_EN)
    if any(word in boundary or word in verbs or without_and(word) in verbs for word in before):
        return None
    if not opens and not any(is_entity(word) or word.removeprefix("ال") in roles for word in before):
        return None
    return Report(COLON, 0, len(before), nested=False)
