"""Does an article print the story of another one? By the runs of words that both hold, and the words at odds: pure.

Two articles resemble each other by the share of their shingles, runs of `SHINGLE` words, that both have (A. Broder, On
the resemblance and containment of documents, 1997). Of each article the `SKETCH` smallest shingles, as numbers without
an order of their own, are kept to find it by: articles that share `SHARED` of these are compared in full. Words are
taken as folded, and only from what is the story itself, not from title, dateline or boilerplate.

Bulletins that are written by one pattern (verdicts carried out, telegrams of congratulation, prices) may share more
than half of their shingles and yet tell of other people and figures. What parts them is that each has words of its own
that it says more than once, or numbers, which the other one never says.

The bounds were set on 58,846 articles of 14 Saudi papers, a Tunisian radio station and Reuters. 9,400 pairs there share
half of their shingles; the sketches lead to 99.98 % of them. The week and the words at odds take 480 pairs away, about
half of them rightly.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from index.text import fold_text

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from index.types import Article

    Numbers = NDArray[np.uint32]

VERSION = 1
"""Another number where an article is taken in, or two are compared, in another way."""

SHINGLE = 5
"""Words side by side that are compared as one."""

LEAST_SHINGLES = 40
"""Distinct shingles that an article must have: two shorter ones may be alike by their pattern alone."""

RESEMBLANCE = 0.5
"""Share of the shingles of two articles that both hold where they print one story."""

DAYS_APART = 7
"""Days between their dates at most, where both are dated: a bulletin that returns tells something new."""

AT_ODDS = 3
"""Words that each says more than once, or numbers, and the other never: from so many on they are two stories."""

SKETCH, SHARED = 10, 2
"""Shingles that an article is found by, and how many of them a copy must share."""

_FACTORS = [np.uint64(pow(0x9E3779B97F4A7C15, power, 1 << 64)) for power in range(1, SHINGLE + 1)]
_MIXER = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_IS_NUMBER = np.uint32(1)


class Story(NamedTuple):
    """What an article is compared by: its words as numbers, in reading order, odd for what begins with a digit.

    `published` is the number of its day, None where it is not known.
    """

    words: Numbers
    published: int | None


def read_story(article: Article) -> Story:
    """Return what an article is compared by."""
    words = "\n".join(_unmarked(article)).translate(_LETTERS).split()
    numbers = np.fromiter(map(_number, words), np.uint32, len(words))
    return Story(numbers, day_number(article.published))


def day_number(day: date | None) -> int | None:
    """Return a day as a number, counted on by one a day."""
    return day.toordinal() if day else None


def sketch(words: Numbers) -> list[int]:
    """Return the shingles that an article of these words is found by, none where it is too short to be compared."""
    shingles = _shingles(words)
    return shingles[:SKETCH].tolist() if len(shingles) >= LEAST_SHINGLES else []


def resemblance(one: Numbers, other: Numbers) -> float:
    """Return the share of all shingles of two articles that both hold; 0 where one is too short to be compared."""
    first, second = _shingles(one), _shingles(other)
    if min(len(first), len(second)) < LEAST_SHINGLES:
        return 0.0
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / (len(first) + len(second) - shared)


def same_story(one: Story, other: Story) -> bool:
    """Tell whether two articles print one story."""
    if one.published and other.published and abs(one.published - other.published) > DAYS_APART:
        return False
    if resemblance(one.words, other.words) < RESEMBLANCE:
        return False
    return min(_own(one.words, other.words), _own(other.words, one.words)) < AT_ODDS


def _own(words: Numbers, others: Numbers) -> int:
    """Count the words said more than once, and the numbers, that the other words do not hold."""
    distinct, counts = np.unique(words, return_counts=True)
    telling = distinct[(counts > 1) | (distinct & _IS_NUMBER > 0)]
    return int(np.count_nonzero(~np.isin(telling, others)))


def _shingles(words: Numbers) -> Numbers:
    """Return the distinct shingles, ascending; their numbers tell nothing of the words' own."""
    count = max(len(words) - SHINGLE + 1, 0)
    mixed = np.zeros(count, np.uint64)
    for place, factor in enumerate(_FACTORS):
        mixed += words[place : place + count] * factor
    mixed ^= mixed >> _HALF
    mixed *= _MIXER
    return np.unique((mixed >> _HALF).astype(np.uint32))


def _unmarked(article: Article) -> list[str]:
    """Return the runs of an article's text that are the story itself."""
    runs, last = [], 0
    for span in article.spans:
        runs.append(article.text[last : span.start])
        last = max(last, span.end)
    return [*runs, article.text[last:]]


class _Letters(dict[int, str]):
    """A table for str.translate that folds letters and digits, and makes white space of all else."""

    def __missing__(self, code: int) -> str:
        folded = fold_text(chr(code))
        self[code] = letters = "".join(sign if sign.isalnum() else " " for sign in folded)
        return letters


_LETTERS = _Letters()


@lru_cache(1 << 16)
def _number(word: str) -> int:
    number = crc32(word.encode())
    return number | 1 if word[0].isdigit() else number & ~1
