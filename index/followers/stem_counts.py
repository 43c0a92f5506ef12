"""How many passages of an archive hold each stem, and how long they are: what BM25 weighs words by.

A passage that goes is counted until many have gone, as it is in other indexes until their segments are merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.followers.array_file import UNSAVED, ArrayIndex, Arrays
from index.followers.index_folder import Mark, texts_since
from index.followers.query_stems import stemming
from index.text import stems
from index.types import Archive

FORMAT = 1

NO_STEM = 0
"""The number of no stem, for a passage without one."""

_GONE = 10  # where one in so many passages has gone, all are counted anew
_AT_ONCE = 4_096
_STEMS = 2**32 - 2  # numbers of stems; the greatest of 32 bits is taken


class _Held(NamedTuple):
    """The counts and the state that they reflect; `numbers` ascend, `last` is the last passage that was counted."""

    mark: Mark
    last: int
    passages: int
    gone: int
    words: int
    numbers: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    unsaved: int


_FACTS = ("last", "passages", "gone", "words")


def stem_number(stem: str) -> int:
    """Return the number of a stem; of a million stems some hundred share theirs with another one."""
    return crc32(stem.encode()) % _STEMS + 1


class StemCounts(ArrayIndex[_Held]):
    """The counts of an archive, kept in a folder; see `ArrayIndex`."""

    def __init__(self, folder: Path, *, wait_seconds: float = 5.0) -> None:
        super().__init__(folder / "stems.arrays", {"format": FORMAT, "stemming": stemming()}, wait_seconds)

    @property
    def mean_length(self) -> float | None:
        """Words of a passage in the mean, at least 1; None before catching up."""
        held = self._held
        return max(1.0, held.words / max(held.passages, 1)) if held else None

    @property
    def last(self) -> int:
        """The greatest number of a passage; 1 where there are none."""
        return max(self._held.last, 1) if self._held else 1

    def rarity(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """Return the inverse document frequency of stems by their numbers, 0 for one that no passage holds."""
        asked = np.array(numbers, np.uint32)
        held = self._held
        if held is None or not len(held.numbers):
            return np.zeros(len(asked))
        places = np.minimum(np.searchsorted(held.numbers, asked), len(held.numbers) - 1)
        count = np.where(held.numbers[places] == asked, held.counts[places], 0).astype(np.float64)
        return np.where(count > 0, np.log1p((held.passages - count + 0.5) / (count + 0.5)), 0.0)

    def _of(self, mark: Mark, facts: Mapping[str, Any], arrays: Arrays) -> _Held:
        last, passages, gone, words = (int(facts[name]) for name in _FACTS)
        return _Held(mark, last, passages, gone, words, arrays["numbers"], arrays["counts"], 0)

    def _parts(self, held: _Held) -> tuple[Mapping[str, object], Arrays]:
        return {name: getattr(held, name) for name in _FACTS}, {"numbers": held.numbers, "counts": held.counts}

    def _advanced(self, held: _Held | None, archive: Archive, mark: Mark) -> _Held:
        gone = held.gone + len(archive.removed_since(held.mark.generation)) if held else 0
        if held is None or gone * _GONE >= held.passages:
            nothing = np.zeros(0, np.uint32)
            held = _Held(Mark(mark.identity, 0), 0, 0, 0, 0, nothing, nothing, UNSAVED + 1)
            gone = 0
        passages, words, last = held.passages, held.words, held.last
        numbers, counts = held.numbers, held.counts
        fresh = (found for found in texts_since(archive, held.mark.generation) if found[0] > held.last)
        for batch in batches(fresh, _AT_ONCE):
            found = [[stem_number(stem) for stem in stems(text)] for *_, text in batch]
            passages, words, last = passages + len(batch), words + sum(map(len, found)), batch[-1][0]
            numbers, counts = _added(numbers, counts, (number for one in found for number in set(one)))
        return _Held(mark, last, passages, gone, words, numbers, counts, held.unsaved + passages - held.passages)


def _added(
    numbers: NDArray[np.uint32], counts: NDArray[np.uint32], more: Iterable[int]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    new, of_new = np.unique(np.fromiter(more, np.uint32), return_counts=True)
    all_numbers, places = np.unique(np.concatenate([numbers, new]), return_inverse=True)
    summed = np.bincount(places, np.concatenate([counts, of_new]), len(all_numbers))
    return all_numbers, summed.astype(np.uint32)
