"""Texts as token numbers, many in one flat array, so that a batch is cut, thinned and pooled without a loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

TOKENIZE_AT_ONCE = 8192  # texts; bounds what the tokenizer's encodings hold

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """Token numbers of texts, end to end; text i is ``ids[borders[i] : borders[i + 1]]``, and none is empty."""

    ids: NDArray[np.int32]
    borders: Numbers  # one more than texts

    @classmethod
    def from_lengths(cls, ids: NDArray[np.int32], lengths: Numbers) -> Texts:
        """Lay texts of these lengths end to end."""
        return cls(ids, np.concatenate([[0], np.cumsum(lengths)]))

    def __len__(self) -> int:
        return len(self.borders) - 1

    @property
    def lengths(self) -> Numbers:
        """How many tokens each text has."""
        return np.diff(self.borders)

    def take(self, rows: Numbers) -> Texts:
        """Return the texts of these rows."""
        starts = self.borders[rows]
        lengths = self.borders[rows + 1] - starts
        places = np.arange(lengths.sum()) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return Texts.from_lengths(self.ids[places], lengths)

    def keep(self, kept: NDArray[np.bool_]) -> Texts:
        """Return the texts for which `kept`, shape (texts,), is true."""
        return Texts.from_lengths(self.ids[np.repeat(kept, self.lengths)], self.lengths[kept])

    @property
    def fingerprints(self) -> NDArray[np.uint64]:
        """64 bits of a hash over each text's tokens and places, by which texts are told apart; shape (texts,)."""
        places = np.arange(len(self.ids)) - np.repeat(self.borders[:-1], self.lengths)
        mixed = (self.ids.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed *= 2 * places.astype(np.uint64) + np.uint64(1)
        mixed ^= mixed >> np.uint64(29)
        return np.add.reduceat(mixed, self.borders[:-1])

    def are_first(self) -> NDArray[np.bool_]:
        """Say of each text whether no text before it is the same; shape (texts,)."""
        first = np.zeros(len(self), bool)
        first[np.unique(self.fingerprints, return_index=True)[1]] = True
        return first

    def drop(self, at_most: float, never: int, draws: np.random.Generator) -> Texts:
        """Leave tokens out at random, each text at its own rate below `at_most`, so that none is known by one word.

        Texts of up to `never` tokens stay whole, and so do texts that would lose all.
        """
        rates = at_most * draws.random(len(self))
        rates[self.lengths <= never] = 0
        kept = draws.random(len(self.ids)) >= np.repeat(rates, self.lengths)
        kept |= np.repeat(np.add.reduceat(kept, self.borders[:-1], dtype=np.int64) == 0, self.lengths)
        return Texts.from_lengths(self.ids[kept], np.add.reduceat(kept, self.borders[:-1], dtype=np.int64))


def tokenize(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> Texts:
    """Return the first tokens of each text; a text without any gets the unknown token, so that its row is not empty."""
    ids: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
    lengths: list[int] = []
    for start in range(0, len(texts), TOKENIZE_AT_ONCE):
        some = list(texts[start : start + TOKENIZE_AT_ONCE])
        encoded = [
            encoding.ids[:longest] or [0] for encoding in tokenizer.encode_batch_fast(some, add_special_tokens=False)
        ]
        lengths += map(len, encoded)
        ids.append(np.fromiter((number for numbers in encoded for number in numbers), np.int32))
    return Texts.from_lengths(np.concatenate(ids), np.array(lengths, np.int64))


def without_twins(left: Texts, right: Texts) -> tuple[Texts, Texts]:
    """Keep a pair only if neither text came before in the batch, where it would be its own twin's negative."""
    kept = left.are_first() & right.are_first()
    return left.keep(kept), right.keep(kept)


def held_by(texts: Sequence[Texts]) -> Numbers:
    """Return the token numbers that any of these texts hold, in order."""
    return np.unique(np.concatenate([side.ids for side in texts])).astype(np.int64)


def save(file: Path, *many: Texts) -> None:
    """Write texts, the sides of a source say, as an uncompressed `.npz`."""
    arrays = {f"ids{at}": texts.ids for at, texts in enumerate(many)}
    np.savez(file, allow_pickle=False, **arrays, **{f"borders{at}": texts.borders for at, texts in enumerate(many)})


def load(file: Path) -> tuple[Texts, ...]:
    """Read what `save` wrote, in its order."""
    with np.load(file) as arrays:
        return tuple(Texts(arrays[f"ids{at}"], arrays[f"borders{at}"]) for at in range(len(arrays.files) // 2))
