"""Names across scripts: how alike a Latin and an Arabic spelling sound. Pure.

Both spellings are brought to one coarse alphabet and compared as strings of letters and of consonants: stricter, and
slower, than the likeness that ranks passages.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from index.sounds import VOWELS, sounds
from index.text import detect_language, fold_text

_VOWELS = re.compile(f"[{VOWELS}]")

_LONG_VOWELS = re.compile("[اوي]|ه$")
_CONFUSED = str.maketrans("غجق", "ggg")
_ENOUGH_BONES = 3
"""Consonants from which they tell a name better than its vowels do."""
_SHORTEST_BONES = 4
"""Letters from which two names without their long vowels may be one."""


@lru_cache(maxsize=50_000)
def spelling(name: str) -> str:
    """Return the letters of a name that its spellings within one script share, "" where they are too few to tell."""
    folded = fold_text(name)
    bones = _LONG_VOWELS.sub("", folded.removeprefix("ال")) if detect_language(folded) == "ar" else folded
    letters = bones.translate(_CONFUSED)
    return letters if len(letters) >= _SHORTEST_BONES else ""


def same_spelling(first: str, second: str) -> bool:
    """Tell whether two words of one script are spellings of one name: ترمب and ترامب, دميتري and ديمتري."""
    return spelling(first) != "" and spelling(first) == spelling(second)


@lru_cache(maxsize=200_000)
def name_similarity(first: str, second: str) -> float:
    """Return how alike two spellings of one word sound: 0 (not at all) to 1 (the same), as they sound most alike."""
    best = _similarity(sounds(first), sounds(second))
    if best >= SURE or first.isascii() == second.isascii():
        return best
    latin, arabic = map(fold_text, (first, second) if first.isascii() else (second, first))
    for letters, instead in _SAID_OTHERWISE:
        if letters.search(latin):
            best = max(best, _similarity(sounds(letters.sub(instead, latin)), sounds(arabic)))
    if "g" in latin and _QAF in arabic:
        best = max(best, _similarity(sounds(latin), sounds(arabic.replace(_QAF, _GHAIN))))
    return best


SURE = 0.9
"""Similarity from which another way to say a spelling need not be tried."""

_QAF, _GHAIN = "قغ"
"""Said g in much of the Maghreb and the Gulf, in Libya and Sudan: القذافي, Gaddafi."""

_SAID_OTHERWISE = tuple(
    (re.compile(letters), instead)
    for letters, instead in (
        ("ch", "k"),  # Chrysler, Michael
        ("ch", "h"),  # Munich
        ("th", "d"),  # Brothers
        ("ti(?=[aou])", "shi"),  # National
        ("ic$", "ich"),  # Vukic
        ("^s(?=[tp])", "sh"),  # Steinmeier
        ("^wr", "r"),
        ("^x", "z"),
    )
)
"""Letters of Latin names that are said in more than one way, and another one of those."""


def _similarity(first_sounds: str, second_sounds: str) -> float:
    first_bones, second_bones = _VOWELS.sub("", first_sounds), _VOWELS.sub("", second_sounds)
    if not first_bones or not second_bones or abs(len(first_bones) - len(second_bones)) > 2:
        return 0.0
    bones = SequenceMatcher(None, first_bones, second_bones, autojunk=False).ratio()
    if bones < 0.6:
        return 0.0
    whole = SequenceMatcher(None, first_sounds, second_sounds, autojunk=False).ratio()
    if min(len(first_bones), len(second_bones)) >= _ENOUGH_BONES:
        return (2 * bones + whole) / 3
    # In a short name every consonant tells, but for an «h» that Latin leaves out at the end: Mina is not مدينة. And the
    # vowels tell such names apart: Kerry is not أكار.
    same = first_bones.replace("h", "") == second_bones.replace("h", "")
    return (1 + whole) / 2 if same else 0.0
