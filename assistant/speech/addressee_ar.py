"""Whom an Arabic verb tells, where that stands between it and its subject: أكد لـ«الحياة» المتحدث أن. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.particles_ar import BEFORE_SPEAKER_AR, TITLES_FOR_HE_AR
from assistant.words.lexicon import BODIES_AR, folded
from index.day_words import WEEKDAYS

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

ONLY_QUOTE = re.compile(r"\s*[\"“”«]\s*")
AFTER_NAME = re.compile(r"[”“»)\"][،,]?\s+")
TO_AR = ("لأ", "لإ", "لـ")
"""Letters in which «ل» before a name is written, and no name begins."""

_OPENS_NAME = re.compile(r"[\"“«(]\s*$")
_ADDRESSEES = folded("للصحفيين للصحافيين للإعلاميين لرويترز")
_BETWEEN = BEFORE_SPEAKER_AR | TITLES_FOR_HE_AR
_TELLS = folded("أبلغ أبلغت وأبلغ وأبلغت أخبر أخبرت وأخبر وأخبرت")


def after_addressee(run: WordRun, number: int) -> int:
    """Return the number of the word after what stands before the speaker: أكد لـ«الحياة» المتحدث أن, قال له أمس."""
    while number + 1 < len(run.words) and (
        run.folded[number] in _BETWEEN
        or (run.folded[number] in WEEKDAYS and run.folded[number - 1] in BEFORE_SPEAKER_AR)
    ):
        number += 1
    if number + 1 >= len(run.words):
        return number
    word = run.folded[number]
    if run.folded[number - 1] in _TELLS and _OPENS_NAME.search(run.gaps[number]):
        near = range(number + 1, min(number + 4, len(run.words)))
        return next((at for at in near if AFTER_NAME.match(run.gaps[at])), number)
    if word == "ل" and ONLY_QUOTE.fullmatch(run.gaps[number + 1]):
        quoted = run.after_quoted_name(number + 1)
        return quoted if quoted > number + 1 else number
    if word in _ADDRESSEES or run.text[run.words[number].start :][:2] in TO_AR:
        return number + 1
    if word.removeprefix("ل") in BODIES_AR and word.startswith("ل"):
        quoted = run.after_quoted_name(number + 1) if ONLY_QUOTE.fullmatch(run.gaps[number + 1]) else number + 2
        return quoted if quoted > number + 1 else number
    return number
