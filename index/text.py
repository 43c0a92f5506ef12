"""Folding with a map back to the original, language, tokens and stems of Arabic and English text: pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import Stemmer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.types import Language

TATWEEL = "\u0640"
"""The stretching stroke, a letter to Unicode but none to a reader."""

ALIKE = {
    "\u0649": "ي",  # alef maksura
    "\u06cc": "ي",  # Persian yeh
    "\u0629": "ه",  # teh marbuta
    "\u06c1": "ه",
    "\u06d5": "ه",
    "\u0671": "ا",  # alef wasla
    "\u06a9": "ك",  # Persian kaf
    "ı": "i",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٫": ".",
    "٬": ",",
    "۔": ".",
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
"""Characters that Unicode's compatibility decomposition keeps apart, or takes apart, though a reader would not."""

CARRIED = {"Mn", "Me"}
"""Unicode categories that stand upon the letter before them: combining marks."""

DROPPED = CARRIED | {"Cf", "Cc"}
"""Unicode categories without a letter of their own: combining marks, format and control characters."""


@cache
def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if character in ALIKE:  # before it is taken apart: an acute accent on its own would become a space
        return ALIKE[character]
    kept = []
    for part in unicodedata.normalize("NFKD", character):
        if part == TATWEEL or unicodedata.category(part) in DROPPED:
            continue
        decimal = unicodedata.decimal(part, None)
        kept.append(str(decimal) if decimal is not None else ALIKE.get(part, part.lower()))
    return "".join(kept)


class _Table(dict[int, str]):
    """A table for str.translate that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_TABLE = _Table()
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching, with the way back.

    ``offsets[i]`` is the code point of the original that folded character i came from; one more entry closes the text.
    ``ends[i]`` is where that character ends in the original, with the diacritics and the tatweel that it carries.
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the run of the original that a non-empty run ``[start, end)`` of the folded text came from."""
        return self.offsets[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text for matching and keep the offset of every character.

    Diacritics, tatweel and invisible characters go; alef, yeh, teh marbuta and hamza carriers, digits, quotation marks
    and dashes take one form; letters become small; a run of white space becomes one space.
    """
    characters: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    last = ""
    for position, character in enumerate(text):
        folded = _TABLE[ord(character)]
        if not folded and ends and ends[-1] == position and _is_carried(character):
            ends[-1] = position + 1
        for piece in folded:
            if piece == last == " ":
                continue
            last = piece
            characters.append(piece)
            offsets.append(position)
            ends.append(position + 1)
    return Folded("".join(characters), (*offsets, len(text)), tuple(ends))


def _is_carried(character: str) -> bool:
    return character == TATWEEL or unicodedata.category(character) in CARRIED


def fold_text(text: str) -> str:
    """Return the folded text alone; equal to ``fold(text).text`` and much faster."""
    folded = text.translate(_TABLE)
    return _SPACES.sub(" ", folded) if "  " in folded else folded


_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufeff]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTERS = (_ARABIC, _LATIN)
_LONG = 200  # code points from which on letters are faster counted all at once


def detect_language(text: str) -> Language:
    """Return the language whose letters are the more; "en" where there are none of either."""
    if text.isascii():
        return "en"
    if _ARABIC.fullmatch(text):  # a word, as most of what is asked about
        return "ar"
    if len(text) < _LONG:
        arabic, latin = (sum(map(len, letters.findall(text))) for letters in _LETTERS)
    else:
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        _, arabic, latin = np.bincount(_scripts()[units], minlength=3).tolist()
    return "ar" if arabic > latin else "en"


@cache
def _scripts() -> NDArray[np.uint8]:
    """Return the script of each unit of UTF-16, in which all letters of the two are one unit: its place, from 1 on."""
    units = "".join(map(chr, range(1 << 16)))
    found = np.zeros(len(units), np.uint8)
    for place, letters in enumerate(_LETTERS, 1):
        for run in letters.finditer(units):
            found[run.start() : run.end()] = place
    return found


class Token(NamedTuple):
    """A word or number: code points ``[start, end)`` of its text, folded, and its stem."""

    start: int
    end: int
    text: str
    stem: str


def letter_offset(text: str, token: Token, number: int) -> int:
    """Return where a letter of a token's folded form stands in the token's text, as a code point of that text."""
    return token.start + fold(text[token.start : token.end]).offsets[number]


_MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_INNER = rf"[\w{_MARKS}]*"
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    rf"|[^\W_]{_INNER}"
    rf"(?:(?:['’](?=[A-Za-z])|(?<=\d)[.,٫٬](?=\d)){_INNER})*"  # Lavrov's, 1,500.5
)
_CACHED = 1 << 17
"""Words that are remembered with their stems: nearly all the words of news, in some forty megabytes."""


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)  # its own cache takes longer than stemming


@lru_cache(_CACHED)
def stem(word: str) -> str:
    """Return the Snowball stem of a folded word, by the language of its letters."""
    return _stem(word)


def _stem(word: str) -> str:
    if not word or not word[0].isalpha():
        return word
    if _ARABIC.match(word):
        stemmed = str(_stemmer("arabic").stemWord(word))
        # The stemmer may bring a hamza form back, which folding had taken away.
        return stemmed if stemmed in word else fold_text(stemmed)
    return str(_stemmer("english").stemWord(word))


def _folded_words(word: str) -> list[str]:
    """Return the folded form of a word as it is written: one word, but for a ligature of several or of none."""
    folded = fold_text(word)
    if folded.endswith("."):
        folded = folded.replace(".", "")  # U.S. is US
    return folded.removesuffix("'s").split()


@lru_cache(_CACHED)
def _terms(word: str) -> tuple[tuple[str, str], ...]:
    return tuple((folded, stem(folded)) for folded in _folded_words(word))


def _stems(word: str) -> str:
    """Return the stems of a word as it is written."""
    folded = word.translate(_TABLE)
    if folded.isalnum():  # neither dots nor spaces nor an apostrophe: one word
        return _stem(folded)
    return " ".join(map(_stem, _folded_words(word)))


class _RunStems(dict[str, str]):
    """The stems of runs of characters between white space, mostly a word with its punctuation; a cache of few steps."""

    def __missing__(self, run: str) -> str:
        if len(self) >= _CACHED:
            self.clear()
        # Letters and digits alone are one word.
        self[run] = found = _stems(run) if run.isalnum() else " ".join(map(_stems, _WORD.findall(run)))
        return found


_RUN_STEMS = _RunStems()


def tokens(text: str) -> list[Token]:
    """Return the words and numbers of a text in order; punctuation belongs to none.

    A ligature of several words (ﷺ) is as many tokens at one place.
    """
    return [
        Token(match.start(), match.end(), folded, stemmed)
        for match in _WORD.finditer(text)
        for folded, stemmed in _terms(match.group())
    ]


def stems(text: str) -> list[str]:
    """Return the index terms of a text: the stem of every word, in order; several times as fast as `tokens`."""
    return stemmed(text).split()


def stemmed(text: str) -> str:
    """Return the index terms of a text as one string, with white space between them."""
    return " ".join(map(_RUN_STEMS.__getitem__, text.split()))  # no word crosses white space
