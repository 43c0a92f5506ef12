"""Names across scripts: how alike a Latin and an Arabic spelling sound. Pure.

Both spellings are brought to one coarse alphabet, in which the sounds that transliteration confuses are one letter
(p and b, v and f, g, j and gh, s and z, o and u, e and i), and are compared as strings of letters and of consonants.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from index.text import detect_language, fold_text

_ARABIC_SOUNDS = {
    letter: sound
    for sound, letters in {
        "a": "ا", "b": "بپ", "t": "تثط", "g": "جغژگ", "h": "حخه", "d": "دذض", "r": "ر", "s": "زسصظ", "x": "شچ",
        "f": "فڤ", "k": "قك", "l": "ل", "m": "م", "n": "ن", "u": "و", "i": "ي", "": "عء",
    }.items()
    for letter in letters
}  # fmt: skip
_LATIN_SOUNDS = {
    "tch": "x", "sch": "x", "sh": "x", "ch": "x", "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f", "ck": "k",
    "qu": "k", "ce": "si", "ci": "si", "cy": "si", "ou": "u", "oo": "u", "ee": "i",
    "p": "b", "v": "f", "j": "g", "z": "s", "o": "u", "e": "i", "y": "i", "w": "u", "q": "k", "c": "k",
}  # fmt: skip
"""Latin letters to sounds, to be replaced in this order."""

_VOWELS = re.compile("[aiu]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def sounds(name: str) -> str:
    """Return a name of either script in the coarse alphabet; an Arabic article is left out."""
    name = fold_text(name)
    if detect_language(name) == "ar":
        letters = re.sub(r"(?<=\w\w)ه$", "ا", name.removeprefix("ال"))  # a final teh marbuta is a vowel
        coarse = "".join(_ARABIC_SOUNDS.get(letter, "") for letter in letters)
    else:
        coarse = re.sub(r"[^a-z]", "", re.sub(r"^al-|'s$", "", name).replace("x", "ks"))
        for latin, sound in _LATIN_SOUNDS.items():
            coarse = coarse.replace(latin, sound)
    return _TWICE.sub(r"\1", coarse)


_LONG_VOWELS = re.compile("[اوي]|ه$")
_CONFUSED = str.maketrans("غجق", "ggg")
_SHORTEST_BONES = 4
"""Letters from which two names without their long vowels may be one."""


@lru_cache(maxsize=50_000)
def _letters(name: str) -> str:
    folded = fold_text(name)
    bones = _LONG_VOWELS.sub("", folded.removeprefix("ال")) if detect_language(folded) == "ar" else folded
    return bones.translate(_CONFUSED)


def same_spelling(first: str, second: str) -> bool:
    """Tell whether two words of one script are spellings of one name: ترمب and ترامب, دميتري and ديمتري."""
    letters = _letters(first)
    return len(letters) >= _SHORTEST_BONES and letters == _letters(second)


@lru_cache(maxsize=200_000)
def name_similarity(first: str, second: str) -> float:
    """Return how alike two spellings of one word sound: 0 (not at all) to 1 (the same)."""
    first_sounds, second_sounds = sounds(first), sounds(second)
    first_bones, second_bones = _VOWELS.sub("", first_sounds), _VOWELS.sub("", second_sounds)
    if not first_bones or not second_bones or abs(len(first_bones) - len(second_bones)) > 2:
        return 0.0
    bones = SequenceMatcher(None, first_bones, second_bones, autojunk=False).ratio()
    if bones < 0.6:
        return 0.0
    return (2 * bones + SequenceMatcher(None, first_sounds, second_sounds, autojunk=False).ratio()) / 3
