"""Glyphs on a page to text: Arabic in the order of reading, lines joined to paragraphs. Pure.

A PDF places shapes. Arabic ones may be listed from either side, as letters or as the forms that they take in a word, so
that a line with Arabic in it is read anew from where its glyphs stand: sorted, runs of Latin letters and figures found,
and the others turned round.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape on a page and the text that it stands for; lengths in points, `y` grows upwards.

    `left` is where it begins, `right` where it ends, `middle` the middle of its ink, `y` its line. `owner` tells the
    runs of a page apart, 0 where nothing was drawn. `is_known` says whether the document tells what it stands for.
    """

    text: str
    left: float
    right: float
    middle: float
    y: float
    size: float
    owner: int
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page, in the order of reading."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int

    @property
    def width(self) -> float:
        return self.right - self.left


_FORMS = re.compile(r"[\ufb00-\ufb06\ufb50-\ufd3d\ufd40-\ufdfb\ufe70-\ufefc]")
"""The shapes of letters that Unicode has as characters: Latin ligatures, and the Arabic forms and ligatures."""
_RIGHT_TO_LEFT = ("R", "AL")
_FIGURES = ("EN", "AN")
_SEPARATORS = frozenset(".,:/")
"""What joins figures to one number or date; a dash does not, so that a browser writes 2019-2020 from the right."""
_WORD_GAP = 0.12
"""The gap between two words, as a part of the letters' size, at least."""


def plain_forms(text: str) -> str:
    """Return a text with letters for their forms; the marks that have forms of their own lose what carries them."""
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()).strip(" ـ"), text)


_LIGATURES = frozenset(
    letters for code in range(0xFBEA, 0xFDFC) if len(letters := plain_forms(chr(code))) > 1
) | frozenset(plain_forms(chr(code)) for code in range(0xFEF5, 0xFEFD))


def plain_letters(listed: str) -> str:
    """Return the letters of one glyph in the order of reading.

    PDFium turns the several letters of an Arabic glyph round, but not those of a form that Unicode has a character for.
    """
    turned = listed[::-1]
    is_unturned = listed in _LIGATURES and turned not in _LIGATURES
    if is_unturned or not _is_right_to_left(listed) or unicodedata.combining(turned[0]):
        return listed
    return turned


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def right_to_left_share(glyphs: Iterable[Glyph]) -> float:
    """Return the part of the letters that are read from the right, from 0 to 1."""
    kinds = Counter(unicodedata.bidirectional(glyph.text[0]) for glyph in glyphs)
    right = kinds["R"] + kinds["AL"]
    return right / (right + kinds["L"]) if right else 0.0


def line_of(glyphs: Sequence[Glyph], page_share: float, page: int) -> Line:
    """Return a line's text in the order of reading.

    Args:
        glyphs: the line's, in any order; where none is read from the right, in the order of reading, with spaces.
        page_share: the part of the page's letters that are read from the right, which decides for a mixed line.
        page: its number.
    """
    drawn = [glyph for glyph in glyphs if glyph.owner] or list(glyphs)
    share = right_to_left_share(drawn)
    if share:
        text = "".join(_ordered(_spaced(_carried(drawn)), from_right=share + page_share >= 1))
    else:
        text = plain_forms("".join(glyph.text for glyph in glyphs))
    return Line(
        text=" ".join(text.split()),
        left=min(glyph.left for glyph in drawn),
        right=max(glyph.right for glyph in drawn),
        y=statistics.median(glyph.y for glyph in drawn),
        size=statistics.median(glyph.size for glyph in drawn),
        page=page,
    )


def _carried(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs from left to right, each mark as part of the letter that it stands on."""
    glyphs = [replace(glyph, text=plain_forms(glyph.text)) for glyph in glyphs]
    letters = [glyph for glyph in glyphs if glyph.text and not unicodedata.combining(glyph.text[0])]
    marks: dict[int, str] = {}
    for mark in glyphs:
        if mark.text and unicodedata.combining(mark.text[0]) and letters:
            carrier = min(
                range(len(letters)),
                key=lambda place: max(letters[place].left - mark.middle, mark.middle - letters[place].right),
            )
            marks[carrier] = marks.get(carrier, "") + mark.text
    carried = [replace(glyph, text=glyph.text + marks.get(place, "")) for place, glyph in enumerate(letters)]
    return sorted(carried, key=lambda glyph: glyph.left)


def _spaced(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Yield the texts of the glyphs, with a space where a gap is."""
    end = None
    for glyph in glyphs:
        if glyph.text.isspace() and glyph.right <= glyph.left:
            continue
        if end is not None and glyph.left - end > _WORD_GAP * glyph.size:
            yield " "
        yield glyph.text
        end = max(glyph.right, end or glyph.right)


def _ordered(texts: Iterable[str], *, from_right: bool) -> list[str]:
    """Return what stands on a line from left to right in the order of reading."""
    units = list(texts)
    kinds = [_kind(unit) for unit in units]
    if from_right:
        return [unit for start, end in reversed(_runs(units, kinds, "L")) for unit in units[start:end]]
    ordered: list[str] = []
    for start, end in _runs(units, kinds, "R"):
        run = units[start:end]
        ordered += _ordered(run, from_right=True) if kinds[start] == "R" else run
    return ordered


def _kind(unit: str) -> str:
    """Return whether a unit is read from the left (L), from the right (R), is a figure (F) or neither (N)."""
    kind = unicodedata.bidirectional(unit[0])
    if kind in _FIGURES:
        return "F"
    is_arabic = kind in _RIGHT_TO_LEFT or "\u0600" <= unit[0] <= "\u06ff"  # its comma parts as a letter does
    return "R" if is_arabic else "L" if kind == "L" else "N"


def _runs(units: Sequence[str], kinds: Sequence[str], direction: str) -> list[tuple[int, int]]:
    """Return all units as runs: those of a direction, with what stands between them, together, every other by itself.

    Figures go with either; without letters only those belong together that one separator joins, as in a date.
    """
    other = "R" if direction == "L" else "L"
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(units):
        end = start + 1
        if kinds[start] == direction or (direction == "L" and kinds[start] == "F"):
            has_letter = kinds[start] == direction
            for place in range(start + 1, len(units)):
                kind = kinds[place]
                if kind == other:
                    break
                if kind == direction or (kind == "F" and (has_letter or _joins(units[end:place]))):
                    end = place + 1
                    has_letter = has_letter or kind == direction
                elif kind == "F":
                    break
        runs.append((start, end))
        start = end
    return runs


def _joins(between: Sequence[str]) -> bool:
    return not between or (len(between) == 1 and between[0] in _SEPARATORS)
