"""Runs of characters between spaces, numbered as they come: what is made of one is made once, however often it occurs.

They are known again by hashes of all of them at once, in place of a dictionary of strings.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.key_table import NONE, KeyTable

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 8_000_000
"""Characters of the runs that are kept: of a million news passages about as many; with their subwords some 150 MB."""

Places = NDArray[np.int64]


class Numbered(NamedTuple):
    """The runs of some texts by their numbers: text i's are ``numbers[borders[i] : borders[i + 1]]``.

    `fresh` are those that were not met before, in the order of their numbers.
    """

    numbers: Places
    borders: Places
    fresh: list[str]


class RunNumbers:
    """Numbers runs from 0 on, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers = KeyTable()
        self.characters = 0
        """Of all runs that have a number."""

    def number(self, texts: Sequence[str]) -> Numbered:
        """Number the runs of some texts."""
        spaced = _Spaced.of(texts)
        keys = spaced.keys()
        numbers = self._numbers.find(keys).astype(np.int64)
        missing = np.flatnonzero(numbers == NONE)
        fresh: list[str] = []
        if len(missing):
            _, firsts, places = np.unique(keys[missing], return_index=True, return_inverse=True)
            order = np.argsort(firsts)  # in that of the texts
            met = missing[firsts[order]]
            spans = zip(spaced.starts[met].tolist(), spaced.ends[met].tolist(), strict=True)
            fresh = [spaced.text[start:end] for start, end in spans]
            rank = np.empty(len(order), np.int64)
            rank[order] = len(self._numbers) + np.arange(len(order))
            numbers[missing] = rank[places]
            self._numbers.add(keys[met])
            self.characters += sum(map(len, fresh))
        return Numbered(numbers, spaced.borders, fresh)


class _Spaced(NamedTuple):
    """Texts one after another, a line each, and the runs of characters between their spaces.

    Run i is ``text[starts[i] : ends[i]]``; text j's are those from ``borders[j]`` to ``borders[j + 1]``.
    """

    text: str
    letters: NDArray[np.uint32]
    starts: Places
    ends: Places
    borders: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Spaced:
        """Find the runs."""
        text = "\n".join([*texts, ""])
        letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        is_space = (letters == _SPACE) | (letters == _NEWLINE)
        changes = np.flatnonzero(is_space[1:] != is_space[:-1]) + 1
        if len(letters) and not is_space[0]:
            changes = np.concatenate([[0], changes])
        starts, ends = changes[::2], changes[1::2]  # the last run ends before the last line's end
        lines = np.cumsum(np.fromiter(map(len, texts), np.int64, count=len(texts)) + 1)
        return cls(text, letters, starts, ends, np.concatenate([[0], np.searchsorted(starts, lines)]))

    def keys(self) -> NDArray[np.uint64]:
        """Return a hash of each run: the sum of its characters times powers of an odd number, modulo 2**64.

        Of a million runs two share one by a chance of 1 to 30 million.
        """
        powers, inverses = _powers()
        keys = np.zeros(len(self.starts), np.uint64)
        summed = np.zeros(_BLOCK + 1, np.uint64)
        for begin in range(0, len(self.letters), _BLOCK):
            letters = self.letters[begin : begin + _BLOCK]
            np.cumsum(letters * powers[: len(letters)], out=summed[1 : len(letters) + 1])
            first, after = np.searchsorted(self.starts, [begin, begin + _BLOCK])
            starts, ends = self.starts[first:after] - begin, self.ends[first:after] - begin
            keys[first:after] = (summed[np.minimum(ends, _BLOCK)] - summed[starts]) * inverses[starts]
            if len(ends) and ends[-1] > _BLOCK:
                keys[after - 1] = _hash(self.letters[self.starts[after - 1] : self.ends[after - 1]])
        keys[keys == 0] = 1  # 0 is no key
        return keys


_SPACE, _NEWLINE = ord(" "), ord("\n")
_BLOCK = 1 << 18  # characters that are hashed together
_BASE = 0xD1342543DE82EF95  # odd, so that it has an inverse
_MODULUS = 1 << 64


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the first powers of the base and of its inverse."""
    found = np.ones((2, _BLOCK), np.uint64)
    for row, base in zip(found, (_BASE, pow(_BASE, -1, _MODULUS)), strict=True):
        done = 1
        while done < _BLOCK:
            row[done : 2 * done] = row[:done] * np.uint64(pow(base, done, _MODULUS))
            done *= 2
    return found[0], found[1]


def _hash(letters: NDArray[np.uint32]) -> int:
    """Return the hash of one run, which may be of any length."""
    powers, _ = _powers()
    found = 0
    for begin in range(0, len(letters), _BLOCK):
        some = letters[begin : begin + _BLOCK]
        found += int((some * powers[: len(some)]).sum()) * pow(_BASE, begin, _MODULUS)
    return found % _MODULUS
