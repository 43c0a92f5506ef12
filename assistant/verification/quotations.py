"""Does a quotation exist? The first of the two verdicts on a citation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from index.batches import batches
from index.errors import QuestionError
from index.text import fold, fold_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from index.types import Article

SHORTEST, LONGEST = 2, 20_000
"""Code points that a quotation may have once folded."""

AT_ONCE = 2_000
"""Articles that are read in a step."""


class Existence(StrEnum):
    """Whether a quotation stands in the archive."""

    VERBATIM = "verbatim"
    FOLDED = "folded"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: code points ``[start, end)`` of an article's text, and how exactly."""

    article: Article
    start: int
    end: int
    existence: Existence

    @property
    def quote(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the article writes a folded quotation otherwise; either side may be empty.

    `start` counts code points of the article's text.
    """

    given: str
    found: str
    start: int


_EDGES = "\"'“”‘’«»„…\u200e\u200f\u2066\u2067\u2068\u2069"
"""What stands around a quotation that was copied, and is none of its words."""


_LETTER = re.compile(r"[^\W_]")
_QUOTED = re.compile(
    r"“([^”]*)(?:”|\Z)|«([^»]*)(?:»|\Z)|„([^“”]*)(?:[“”]|\Z)|\"([^\"]*)(?:\"|\Z)"
    r"|(?<!\w)‘([^‘]+?)’(?!\w)|(?<!\w)'(?=\S)([^']+)(?<=\S)'(?!\w)"
)


def quotations_in(text: str) -> list[str]:
    """Return what a text puts between quotation marks and is no single letter; one left open goes to the end."""
    found = [next(filter(None, match.groups()), "").strip(" .,،;؛:") for match in _QUOTED.finditer(text)]
    return [quotation for quotation in found if len(_LETTER.findall(fold_text(quotation))) >= SHORTEST]


def without_quotations(text: str) -> str:
    """Return a text without its quotations."""
    return _QUOTED.sub(" ", text)


def find_quotation(
    quotation: str, articles: Iterable[Article], *, progress: Callable[[int], object] | None = None
) -> list[Place]:
    """Return every place where a quotation stands as whole words, verbatim ones first.

    A folded place differs from the quotation in diacritics, letter forms, digits, quotation marks or spacing only; a
    no-break space or a line's end in place of a space is such a difference. A quotation of several Arabic words may
    leave out a particle written onto the first of them, as wa- in ``وقال``. `progress` is called with 1 after every
    article.

    Raises QuestionError where the quotation is empty, too long, or only marks.
    """
    quotation = _trimmed(quotation)
    needle = fold_text(quotation).strip()
    if len(needle) < SHORTEST or not any(character.isalnum() for character in needle):
        message = "the quotation holds no word; give the words to look for"
        raise QuestionError(message)
    if len(needle) > LONGEST:
        message = f"the quotation has {len(needle):,} characters; the most is {LONGEST:,}"
        raise QuestionError(message)
    sieve, words = _Sieve(needle), _whole_words(needle)
    places: list[Place] = []
    for article in articles:
        if sieve.may_hold(article.text) and needle in fold_text(article.text):
            places += _places(quotation, words, article)
        if progress:
            progress(1)
    return _in_order(places)


def find_quotation_in_steps(quotation: str, articles: Iterable[Article]) -> Iterator[tuple[int, list[Place]]]:
    """Yield after some articles how many were read, and what `find_quotation` finds in these.

    For who wants to know how far it is, or may leave meanwhile. Raises QuestionError as that does, before all else.
    """
    places, read = find_quotation(quotation, ()), 0
    for some in batches(articles, AT_ONCE):
        places = _in_order([*places, *find_quotation(quotation, some)])
        read += len(some)
        yield read, places


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: place.existence is not Existence.VERBATIM)


def differences(quotation: str, place: Place) -> list[Difference]:
    """Return where a place is not verbatim, the characters of the quotation beside those of the article, in order."""
    given, found = _pieces(_trimmed(quotation)), _pieces(place.quote)
    different: list[Difference] = []
    position = place.start
    for ours, theirs in zip(given, found, strict=True):
        if ours != theirs:
            last = different[-1] if different else None
            if last and last.start + len(last.found) == position:
                different[-1] = Difference(last.given + ours, last.found + theirs, last.start)
            else:
                different.append(Difference(ours, theirs, position))
        position += len(theirs)
    return different


def _pieces(text: str) -> list[str]:
    """Return the runs of a text that fold to one character each."""
    folded = fold(text)
    first = len(folded.text) - len(folded.text.lstrip())
    last = len(folded.text.rstrip())
    ends = [*folded.offsets[first + 1 : last], len(text.rstrip())]
    return [text[start:end] for start, end in zip(folded.offsets[first:last], ends, strict=True)]


def _trimmed(quotation: str) -> str:
    while (shorter := quotation.strip().strip(_EDGES)) != quotation:
        quotation = shorter
    return quotation


_PARTICLES = r"(?<=\b[وفبكلس])|(?<=\b[وف][بكلس])"


def _whole_words(needle: str) -> re.Pattern[str]:
    """Match a folded quotation in a folded text where it neither begins nor ends within a word."""
    begin = rf"(?:(?<!\w)|{_PARTICLES})" if " " in needle else r"(?<!\w)"
    end = r"(?!\w)"
    return re.compile(
        (begin if needle[0].isalnum() else "") + re.escape(needle) + (end if needle[-1].isalnum() else "")
    )


def _places(quotation: str, words: re.Pattern[str], article: Article) -> Iterator[Place]:
    folded = fold(article.text)
    for match in words.finditer(folded.text):
        start, end = folded.origin(match.start(), match.end())
        # Folding drops the marks at the ends of a run, which the quotation may have or may lack.
        before = folded.offsets[match.start() - 1] + 1 if match.start() else 0
        verbatim = article.text.find(quotation, before, folded.offsets[match.end()])
        if verbatim >= 0:
            yield Place(article, verbatim, verbatim + len(quotation), Existence.VERBATIM)
        else:
            yield Place(article, start, end, Existence.FOLDED)


_COMMON = (range(0x0700), range(0x2000, 0x2070))
"""Code points of Latin and Arabic letters and of punctuation, which most articles consist of."""


class _Sieve:
    """Tells, some ten times faster than folding, which texts cannot hold a folded quotation.

    It looks for the quotation's longest word, each letter in any form that folds to it, and lets every text through
    that has a character whose form it does not know: none that holds the quotation is held back.
    """

    def __init__(self, needle: str) -> None:
        forms = _forms()
        word = max(re.findall(r"[^\W_]+", needle), key=len)
        dropped = f"{_any_of(forms[''])}*"
        self._word = re.compile(dropped.join(_any_of([letter, *forms.get(letter, ())]) for letter in word))
        self._unknown = re.compile(f"[^{''.join(re.escape(form) for known in forms.values() for form in known)}]")

    def may_hold(self, text: str) -> bool:
        return bool(self._word.search(text) or self._unknown.search(text))


@cache
def _forms() -> dict[str, list[str]]:
    """Return the common characters by what they fold to; those that fold to several letters are left out."""
    forms: dict[str, list[str]] = {}
    for character in (chr(code) for block in _COMMON for code in block):
        folded = fold_text(character)
        if len(folded) <= 1 or not any(letter.isalnum() for letter in folded):
            forms.setdefault(folded, []).append(character)
    return forms


def _any_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, characters))}]"
