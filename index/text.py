"""Folding with a map back to the original, language, sentences, tokens and stems of Arabic and English text: pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import Stemmer

if TYPE_CHECKING:
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
"""Characters that Unicode's compatibility decomposition keeps apart, though a reader would not."""

DROPPED = {"Mn", "Cf", "Cc", "Me"}
"""Unicode categories without a letter of their own: combining marks, format and control characters."""


@cache
def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
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
    """

    text: str
    offsets: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the run of the original that a non-empty run ``[start, end)`` of the folded text came from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text for matching and keep the offset of every character.

    Diacritics, tatweel and invisible characters go; alef, yeh, teh marbuta and hamza carriers, digits, quotation marks
    and dashes take one form; letters become small; a run of white space becomes one space.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        for folded in _TABLE[ord(character)]:
            if folded == " " and characters and characters[-1] == " ":
                continue
            characters.append(folded)
            offsets.append(position)
    return Folded("".join(characters), (*offsets, len(text)))


def fold_text(text: str) -> str:
    """Return the folded text alone; equal to ``fold(text).text`` and much faster."""
    return _SPACES.sub(" ", text.translate(_TABLE))


_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def detect_language(text: str) -> Language:
    """Return the language whose letters are the more; "en" where there are none of either."""
    return "ar" if len(_ARABIC.findall(text)) > len(_LATIN.findall(text)) else "en"


class Token(NamedTuple):
    """A word or number: code points ``[start, end)`` of its text, folded, and its stem."""

    start: int
    end: int
    text: str
    stem: str


_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|[^\W_](?:[\w{_MARKS}]|['’](?=[A-Za-z])|[.,٫٬](?=\d)(?<=\d.))*")


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)


@cache
def stem(word: str) -> str:
    """Return the Snowball stem of a folded word, by the language of its letters."""
    if not word or not word[0].isalpha():
        return word
    if _ARABIC.match(word):
        return _fold_stem(_stemmer("arabic").stemWord(word))
    return _stemmer("english").stemWord(word)


def _fold_stem(stemmed: str) -> str:
    # The stemmer may bring a hamza form back, which folding had taken away.
    return fold_text(stemmed)


def tokens(text: str) -> list[Token]:
    """Return the words and numbers of a text in order; punctuation belongs to none."""
    found = []
    for match in _WORD.finditer(text):
        folded = fold_text(match.group())
        if folded.endswith("."):
            folded = folded.replace(".", "")  # U.S. is US
        folded = folded.removesuffix("'s")
        if folded:
            found.append(Token(match.start(), match.end(), folded, stem(folded)))
    return found


def stems(text: str) -> list[str]:
    """Return the index terms of a text: the stem of every word, in order."""
    return [token.stem for token in tokens(text)]


_CLOSERS = "\"'”’»)]\u200f\u200e"
_STOP = re.compile(rf"[.!?؟۔…]+[{re.escape(_CLOSERS)}]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“«])(?:mr|mrs|ms|dr|prof|gen|col|lt|sen|rep|gov|st|no|vs|inc|co|corp|ltd|jr|sr|e\.g|i\.e|u\.s|u\.k|u\.n"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z]|د|م|أ|ص|ج|هـ)\.$",
    re.IGNORECASE,
)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of ``text[start:end]`` as offsets into the whole text, white space trimmed.

    A sentence ends at a line's end, unless the lines are those of a wrapped paragraph, or at a full stop, question or
    exclamation mark of either script with the closing quotation marks that follow it. A mark inside an open quotation of
    the same line ends none: a quotation is not cut.
    """
    end = len(text) if end is None else end
    wraps = _wraps(text, start, end)
    found: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.start() in wraps:
            continue
        if match.group()[0] != "\n" and not _ends_sentence(text, begin, match.start(), match.end(), end):
            continue
        _append_trimmed(found, text, begin, match.end())
        begin = match.end()
    _append_trimmed(found, text, begin, end)
    return found


_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_NEWLINE = re.compile(r"\n(?![ \t]{2,})")
_WRAP_WIDTH = range(40, 101)
"""Code points that the lines of a wrapped paragraph have, as a rule."""


def _wraps(text: str, start: int, end: int) -> frozenset[int]:
    """Return the offsets of the line ends that only wrap a paragraph, as newswires do at 70 columns.

    A run of lines is wrapped when its lines are of that width and most of them do not end like a sentence; an indented
    line opens a paragraph all the same.
    """
    found: set[int] = set()
    for block in _BLOCK.finditer(text, start, end):
        lines = [line.rstrip() for line in block.group().rstrip("\n").split("\n")]
        inner = sorted(len(line) for line in lines[:-1])
        if not inner or inner[len(inner) // 2] not in _WRAP_WIDTH:
            continue
        if sum(line[-1:] in ".!?؟:" for line in lines[:-1]) * 2 <= len(inner):
            found.update(match.start() for match in _NEWLINE.finditer(text, *block.span()))
    return frozenset(found)


_MAX_QUOTATION = 600
"""Code points after which an open quotation mark is taken for a slip and no longer holds its sentence together."""


def _ends_sentence(text: str, begin: int, stop: int, after: int, end: int) -> bool:
    if text[stop] == "." and after == stop + 1 and _ABBREVIATION.search(text, begin, after):
        return False
    head = text[begin:after]
    line_end = text.find("\n", after, end)
    rest = text[after : line_end if line_end >= 0 else end]
    for opener, closer in (("“", "”"), ("«", "»")):
        if head.count(opener) > head.count(closer) and closer in rest[: max(0, _MAX_QUOTATION - len(head))]:
            return False
    return not (head.count('"') % 2 and '"' in rest[: max(0, _MAX_QUOTATION - len(head))])


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left and any(character.isalnum() for character in piece):
        found.append((start + left, start + right))
