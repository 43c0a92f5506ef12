"""Words as reranking compares them, each taken in once however many passages hold it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.sounds import Sounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Vectors, Words

Numbers = NDArray[np.int32]
"""Rows of known words."""

SMALLEST = 1e-9  # keeps the division by the norm of an unknown word's zero vector defined


def norms(vectors: Vectors) -> NDArray[np.float32]:
    """Return the length of each row, at least SMALLEST."""
    lengths: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return np.maximum(lengths, SMALLEST)


def unit(vectors: Vectors) -> Vectors:
    """Return the rows made unit; a row of zeros stays one."""
    return np.asarray(vectors / norms(vectors)[:, None], np.float32)


def is_word(text: str) -> bool:
    """Tell a word from punctuation: it holds a letter or a digit."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


class KnownWords(NamedTuple):
    """What late interaction compares words by, a row a word: the unit vector and the sound."""

    units: Vectors
    sounds: Sounds

    @classmethod
    def of(cls, texts: Sequence[str], vectors: Vectors) -> KnownWords:
        """Know words by their letters and their vectors, shape (len(texts), dimensions)."""
        return cls(unit(vectors), Sounds.of(texts))

    def at(self, rows: slice | NDArray[np.integer]) -> KnownWords:
        """Return some of the words."""
        return KnownWords(self.units[rows], self.sounds.at(rows))


class WordTable:
    """The words of many texts, numbered as they are met; threads may share it.

    Words are one where they are written alike and have one vector: a character that stands for several words (ﷺ) is
    all of them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[tuple[str, float], int] = {}
        self._count = 0
        # Its rows from `_count` on are yet to be written.
        self._buffer = KnownWords.of([], np.zeros((0, 0), np.float32))

    def __len__(self) -> int:
        return self._count

    def known(self) -> KnownWords:
        """Return all words met so far; what others add later is not in it."""
        with self._lock:
            return self._buffer.at(slice(self._count))

    def number(self, texts: Sequence[str], words: Sequence[Words]) -> list[Numbers]:
        """Return the numbers of the words in each text, each once, ascending; punctuation has none."""
        found = []
        with self._lock:
            fresh: list[str] = []
            vectors: list[Vectors] = []
            for text, (spans, rows) in zip(texts, words, strict=True):
                keys = list(zip([text[start:end] for start, end in spans], rows[:, 0].tolist(), strict=True))
                for key, row in zip(keys, rows, strict=True):
                    if key not in self._numbers:
                        self._numbers[key] = _NO_WORD
                        if is_word(key[0]):
                            self._numbers[key] = self._count + len(fresh)
                            fresh.append(key[0])
                            vectors.append(row)
                found.append(np.array(sorted({self._numbers[key] for key in keys} - {_NO_WORD}), np.int32))
            if fresh:
                self._append(Sounds.of(fresh), vectors)
        return found

    def _append(self, sounds: Sounds, vectors: Sequence[Vectors]) -> None:
        start, end = self._count, self._count + len(vectors)
        if end > len(self._buffer.units):
            # Rows are written once: who holds the smaller arrays reads on in them.
            old = self._buffer.at(slice(start))
            self._buffer = KnownWords(
                _with_room(old.units, vectors[0].shape, 2 * end),
                Sounds(
                    _with_room(old.sounds.pairs, sounds.pairs[0].shape, 2 * end),
                    _with_room(old.sounds.arabic, (), 2 * end),
                ),
            )
        room = self._buffer.at(slice(start, end))
        np.stack(vectors, out=room.units)
        room.units[:] = unit(room.units)
        room.sounds.pairs[:], room.sounds.arabic[:] = sounds
        self._count = end


_NO_WORD = -1

_Kind = TypeVar("_Kind", bound=np.generic)


def _with_room(old: NDArray[_Kind], shape: tuple[int, ...], count: int) -> NDArray[_Kind]:
    """Return an array of `count` rows of this shape, the first of them the old ones."""
    rows = np.empty((count, *shape), old.dtype)
    if len(old):  # the first words tell how many numbers a vector has
        rows[: len(old)] = old
    return rows
