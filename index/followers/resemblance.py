"""Does an article print the story of another one? By the runs of words that both hold, and the words at odds: pure.

Two articles resemble each other by the share of their shingles, runs of `SHINGLE` words, that both have (A. Broder, On
the resemblance and containment of documents, 1997). Of each article the `SKETCH` smallest shingles, as numbers without
an order of their own, are kept to find it by: articles that share `SHARED` of these are compared in full. Words are
taken as folded, and only from what is the story itself, not from title, dateline or boilerplate.

Bulletins that are written by one pattern (verdicts carried out, telegrams of congratulation, prices) may share more
than half of their shingles and yet tell of other people and figures. What parts them is that each has words of its own
that it says more than once, or numbers, which the other one never says.

The bounds were set on 58,846 articles of 14 Saudi papers, a Tunisian radio station and Reuters. 9,400 pairs there share
half of their shingles; the sketches lead to 99.98 % of them. The week and the words at odds take some 480 away, about
half of which are two stories. Of 60 pairs drawn among those left that share 50 to 58 %, 58 print one story.

All of these articles, their words included, take 5.6 s. Given the words, signatures alone take 21 s by datasketch 2.0,
15 s by simhash 2.1, 5 s or 3 s by rensa 0.5 and gaoya 0.2; and none of these keeps its index in a file.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

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

_POWERS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(1, 65)], np.uint64)
_MIXER, _HALF = np.uint64(0xD6E8FEB86659FD93), np.uint64(32)

_UNKNOWN, _SEVERAL, _DROPPED, _SPACE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0x20  # in the place of a folded letter


class Story(NamedTuple):
    """What an article is compared by.

    `words` are numbers that stand for its words, in reading order, odd for what begins with a digit; `shingles` are
    ascending and distinct; `published` is a day's number, None where it is not known.
    """

    words: Numbers
    shingles: Numbers
    published: int | None

    @classmethod
    def of(cls, words: Numbers, published: int | None) -> Self:
        """Return the story of some words, published on some day."""
        count = max(len(words) - SHINGLE + 1, 0)
        runs = np.zeros(count, np.uint64)
        for place in range(SHINGLE):
            runs += words[place : place + count] * _POWERS[place]
        return cls(words, _distinct(_mixed(runs)), published)

    @property
    def sketch(self) -> list[int]:
        """The shingles that it is found by; none where it is too short to be compared."""
        return self.shingles[:SKETCH].tolist() if len(self.shingles) >= LEAST_SHINGLES else []


def read_stories(articles: Sequence[Article]) -> list[Story]:
    """Return what articles are compared by: many together in a third of the time of one after another."""
    words = _words(list(map(_unmarked, articles)))
    days = [article.published.toordinal() if article.published else None for article in articles]
    return list(map(Story.of, words, days))


def same_story(one: Story, other: Story) -> bool:
    """Tell whether two articles print one story."""
    if one.published and other.published and abs(one.published - other.published) > DAYS_APART:
        return False
    if resemblance(one, other) < RESEMBLANCE:
        return False
    return len(_own(one.words, other.words)) < AT_ODDS or len(_own(other.words, one.words)) < AT_ODDS


def resemblance(one: Story, other: Story) -> float:
    """Return the share of all shingles of two articles that both hold; 0 where one is too short to be compared."""
    if not one.sketch or not other.sketch:
        return 0.0
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    return shared / (len(one.shingles) + len(other.shingles) - shared)


def _own(words: Numbers, others: Numbers) -> Numbers:
    """Return the words said more than once, and the numbers, that the other words do not hold."""
    distinct, counts = np.unique(words, return_counts=True)
    telling = distinct[(counts > 1) | (distinct & 1 > 0)]
    return np.setxor1d(telling, np.intersect1d(telling, np.unique(others), assume_unique=True), assume_unique=True)


def _mixed(numbers: NDArray[np.uint64]) -> Numbers:
    """Return numbers without the order of these, and equal where these are equal."""
    numbers ^= numbers >> _HALF
    numbers *= _MIXER
    return (numbers >> _HALF).astype(np.uint32)


def _distinct(numbers: Numbers) -> Numbers:
    """Return each number once, ascending; three times as fast as numpy's way with some hundreds."""
    numbers.sort()
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))] if len(numbers) else numbers


def _unmarked(article: Article) -> str:
    """Return the text of an article without its marked runs."""
    runs, last = [], 0
    for span in article.spans:
        runs.append(article.text[last : span.start])
        last = max(last, span.end)
    return "\n".join([*runs, article.text[last:]])


def _words(texts: Sequence[str]) -> list[Numbers]:
    """Return a number for every word of each text, made of its folded letters and their places in it."""
    each = [_letters(f" {text} ") for text in texts]
    letters = np.concatenate([np.zeros(0, np.uint32), *each])
    within = letters != _SPACE
    (edges,) = (within[1:] != within[:-1]).nonzero()
    starts, lengths = edges[::2] + 1, edges[1::2] - edges[::2]
    borders = np.searchsorted(starts, np.cumsum([0, *map(len, each)]))
    if not len(starts):
        return [np.zeros(0, np.uint32) for _ in texts]
    letters, initials = letters[within], letters[starts]
    starts = np.cumsum(lengths) - lengths
    places = np.arange(len(letters)) - np.repeat(starts, lengths)
    numbers = _mixed(np.add.reduceat(letters * _POWERS[places % len(_POWERS)], starts))
    numbers &= ~np.uint32(1)
    numbers |= (initials >= ord("0")) & (initials <= ord("9"))
    return [numbers[start:end] for start, end in pairwise(borders.tolist())]


def _letters(text: str) -> Numbers:
    """Return the letters and digits of a text, folded, and a space for each other character that is not dropped."""
    letters = _looked_up(text)
    if np.any(letters == _SEVERAL):
        letters = _looked_up(fold_text(text))
    return np.compress(letters != _DROPPED, letters)


def _looked_up(text: str) -> Numbers:
    table = _table()
    characters = np.frombuffer(text.encode("utf-32-le"), "<u4")
    for character in set(characters[table[characters] == _UNKNOWN].tolist()):
        table[character] = _fold(chr(character))
    letters: Numbers = table[characters]
    return letters


@cache
def _table() -> Numbers:
    """Return what `_fold` makes of every character, filled as characters are met."""
    return np.full(0x110000, _UNKNOWN, np.uint32)


def _fold(character: str) -> int:
    folded = fold_text(character)
    if len(folded) != 1:
        return _SEVERAL if folded else _DROPPED
    return ord(folded) if folded.isalnum() else _SPACE
