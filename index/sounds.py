"""How Arabic and Latin spellings sound, in one coarse alphabet, and how alike words of the two scripts do: pure.

In that alphabet the sounds that transliteration confuses are one letter (p and b, v and f, g, j and gh, s and z, o and
u, e and i). Two words are compared by the pairs of neighbouring letters that they share, with their vowels and without:
Arabic leaves most vowels to the reader. Comparing names by such n-grams is an old and strong way to find their
spellings again (Zobel and Dart 1996, https://doi.org/10.1145/243199.243258).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.text import detect_language, fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

VOWELS = "aiu"
CONSONANTS = "btghdrsxfklmn"
LEAST_CONSONANTS = 2
"""Consonants from which a word is compared: shorter ones sound like too many others."""

_EDGE = "\ue000"
"""Stands before and after every word; for private use, so that no folding makes one."""


class _Sounds(dict[int, str | None]):
    """A table for str.translate that drops every other character."""

    def __missing__(self, code: int) -> None:
        self[code] = None


_ARABIC_SOUNDS = _Sounds(
    (ord(letter), sound)
    for sound, letters in {
        "a": "ا", "b": "بپ", "t": "تثط", "g": "جغژگڨ", "h": "حخه", "d": "دذض", "r": "ر", "s": "زسصظ", "x": "شچ",
        "f": "فڤ", "k": "قك", "l": "ل", "m": "م", "n": "ن", "u": "و", "i": "ي", _EDGE: _EDGE,
    }.items()
    for letter in letters
)  # fmt: skip
"""Arabic letters to sounds; hamza and ain have none."""
_LATIN_SOUNDS = {
    "x": "ks", "ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "e",
    "wh": "w", "tch": "x", "sch": "x", "sh": "x", "ch": "x", "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f",
    "ck": "k", "qu": "k", "ce": "si", "ci": "si", "cy": "si", "ou": "u", "oo": "u", "ee": "i",
    "p": "b", "v": "f", "j": "g", "z": "s", "o": "u", "e": "i", "y": "i", "w": "u", "q": "k", "c": "k",
}  # fmt: skip
"""Latin letters to sounds, to be replaced in this order; x is the sound of sh, once the letter is gone."""

_ARABIC_ARTICLE = f"{_EDGE}ال"
_TEH_MARBUTA = re.compile(rf"(?<=\w\w)ه(?={_EDGE})")  # folded into heh, and a vowel
_NOT_IN_LATIN_NAME = re.compile(rf"(?<={_EDGE})al-|'s(?={_EDGE})|[^a-złøđßæ{_EDGE}]+")
_SILENT_H = re.compile(rf"(?<=[aeiou])h(?={_EDGE})")
_TWICE = re.compile(r"([a-z])\1+")


@lru_cache(maxsize=50_000)
def sounds(name: str) -> str:
    """Return a name of either script in the coarse alphabet; an Arabic article is left out."""
    text = _edged([name])
    return (_arabic(text) if detect_language(name) == "ar" else _latin(text)).strip(_EDGE)


def _edged(words: Sequence[str]) -> str:
    """Return the words folded, between edges."""
    return fold_text(_EDGE.join(["", *(word.replace(_EDGE, "") for word in words), ""]))


def _arabic(text: str) -> str:
    """Return the coarse sounds of what is Arabic in a folded text of words between edges."""
    text = _TEH_MARBUTA.sub("ا", text.replace(_ARABIC_ARTICLE, _EDGE))
    return _TWICE.sub(r"\1", text.replace("تش", "ش").translate(_ARABIC_SOUNDS))


def _latin(text: str) -> str:
    """Return the coarse sounds of what is Latin in a folded text of words between edges."""
    text = _SILENT_H.sub("", _NOT_IN_LATIN_NAME.sub("", text))
    for letters, sound in _LATIN_SOUNDS.items():
        text = text.replace(letters, sound)
    return _TWICE.sub(r"\1", text)


class Sounds(NamedTuple):
    """How some words sound, a row a word.

    `pairs` has a bit for every pair of coarse letters that may follow one another, the word's edges among them, and
    for every such pair of consonants; none is set where consonants are too few. Shape (words, 8).
    """

    pairs: NDArray[np.uint64]
    arabic: NDArray[np.bool_]

    @classmethod
    def of(cls, words: Sequence[str]) -> Sounds:
        """Take words of either script apart, all at once: several times as fast as one by one."""
        text = _edged(words)
        arabic, latin = _pairs(_arabic(text), len(words)), _pairs(_latin(text), len(words))
        is_arabic = np.asarray(arabic.any(axis=1), np.bool_)
        return cls(np.where(is_arabic[:, None], arabic, latin), is_arabic)

    def at(self, rows: slice | NDArray[np.integer]) -> Sounds:
        """Return some of the words."""
        return Sounds(self.pairs[rows], self.arabic[rows])


_CODES = np.zeros(128, np.int64)
_CODES[np.frombuffer((VOWELS + CONSONANTS).encode("ascii"), np.uint8)] = np.arange(1, 1 + len(VOWELS + CONSONANTS))
"""The coarse letters' numbers; 0 is an edge."""

_LETTERS = 1 + len(VOWELS + CONSONANTS)
_BITS = 512
"""Room for 17 * 17 pairs of letters and 14 * 14 of consonants."""


def _pairs(coarse: str, count: int) -> NDArray[np.uint64]:
    """Return the pairs of `count` words between edges, shape (count, _BITS / 64)."""
    codes = _CODES[np.frombuffer(coarse.replace(_EDGE, " ").encode("ascii"), np.uint8)]
    owners = np.cumsum(codes == 0) - 1
    is_consonant = codes > len(VOWELS)
    held = np.zeros((count, _BITS), np.bool_)
    held[owners[:-1], codes[:-1] * _LETTERS + codes[1:]] = True
    bones = (codes == 0) | is_consonant
    numbers, whose = np.maximum(codes[bones] - len(VOWELS), 0), owners[bones]
    held[whose[:-1], _LETTERS**2 + numbers[:-1] * (1 + len(CONSONANTS)) + numbers[1:]] = True
    held[np.bincount(owners[is_consonant], minlength=count) < LEAST_CONSONANTS] = False
    return np.packbits(held, axis=1).view(np.uint64)


def sound_likeness(words: Sounds, others: Sounds) -> NDArray[np.float32]:
    """Return how alike words of the two scripts sound, from 0 to 1, shape (len(words), len(others)).

    It is the cosine of the sets of pairs that they hold; 0 for two words of one script, whose letters say more.
    """
    across = words.arabic[:, None] != others.arabic
    if not across.any():
        return np.zeros(across.shape, np.float32)
    shared = np.zeros(across.shape, np.uint8)
    # A column at a time: six times as fast as one sum over the last axis.
    for one, other in zip(words.pairs.T, others.pairs.T, strict=True):
        shared += np.bitwise_count(one[:, None] & other)
    return np.asarray(across * shared / (_lengths(words)[:, None] * _lengths(others)), np.float32)


def _lengths(words: Sounds) -> NDArray[np.float32]:
    """Return the length of each row as a vector of noughts and ones, at least 1."""
    counts = np.maximum(np.bitwise_count(words.pairs).sum(axis=1), 1)
    return np.asarray(np.sqrt(counts), np.float32)
