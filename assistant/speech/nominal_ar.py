"""Nouns of saying that report as verbs do, with who speaks after them: بعد تأكيد الوزارة أن, فهي قوله إن. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import is_masdar, is_party, without_and
from assistant.speech.particles_ar import PARTICLES_AR
from assistant.speech.reporting_ar import SAY_AR, THAT_AR
from assistant.speech.reports import Report
from assistant.speech.speaker_ar import speaker_end
from assistant.words.lexicon import folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_SAYING = "قول تأكيد إعلان زعم ادعاء اعتراف إقرار نفي تشديد"
_PREPOSITIONS = folded("على إلى ب عن من")

_ASIDE = folded("في عن على حد حسب بحسب وفق")
"""Words before such a noun that only stands by another verb of saying: أعرب عن تأكيده أن."""

NOMINAL_AR = folded(_SAYING)
"""Nouns of saying that who speaks may follow: تأكيد الوزارة أن."""

HIS_NOMINAL_AR = frozenset(
    fold_text(noun).removesuffix("ه") + ending for noun in _SAYING.split() for ending in ("ه", "ها", "هم")
)
"""Those nouns with the pronoun of who speaks: قوله إن."""


OF_SAYING_AR = NOMINAL_AR | HIS_NOMINAL_AR
"""Both."""


def find_nominal(run: WordRun, number: int, word: str) -> Report | None:
    """Return the report of a noun of saying before «أن», with its speaker after it or the last one; None for none."""
    before = run.folded[number - 1] if number else ""
    if before in _ASIDE or without_and(before) in SAY_AR or (before in PARTICLES_AR and word in NOMINAL_AR):
        return None
    if word in HIS_NOMINAL_AR:
        opens = _opens(run, number + 1)
        return Report(number, number, number, nested=False) if opens else None
    first = number + 1
    if first >= len(run.words) or is_masdar(run, first) or not (is_party(run.folded[first]) or run.is_definite(first)):
        return None
    last = speaker_end(run, first, attributed=True)
    return Report(number, first, last, nested=False) if last > first and _opens(run, last) else None


def _opens(run: WordRun, number: int) -> bool:
    """Tell whether «أن» stands at a word, or after a preposition there, or a mark opens speech."""
    if number >= len(run.words):
        return False
    number += run.folded[number] in _PREPOSITIONS and number + 1 < len(run.words)
    return run.folded[number] in THAT_AR
