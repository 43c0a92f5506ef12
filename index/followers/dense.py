"""The dense index: nearest vectors by inner product with FAISS, whose only home this is."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.followers import nearest
from index.followers.index_folder import (
    Findings,
    Mark,
    State,
    Turn,
    compare,
    is_unsealed,
    sealed,
    sole_turn,
    unsealed,
    whole_file,
    writing_turn,
)
from index.types import Archive, Found, StoredPassage, Vectors

FORMAT = 3
UNSAVED = 200
"""Passages that may come and go before a large index is made whole and saved: until then they are kept beside it."""

_LONGEST_TAIL = 4096  # bytes
_BATCH = 4096  # vectors handed to FAISS at once
_NEAR = 2**-10  # how far a number of a saved vector may lie from the archive's


@dataclass(frozen=True, slots=True)
class _Held:
    """An index and the state that it reflects; None stands for no vector. It is never changed, only replaced.

    What `came` and what is `gone` leads from the state `base`, which `index` reflects by itself, to that of `mark`.
    """

    mark: Mark
    base: Mark
    index: nearest.Index | None
    came: nearest.Index | None
    gone: NDArray[np.int64]

    @property
    def is_large(self) -> bool:
        """Whether it takes long to make whole and to save."""
        return self.index is not None and not isinstance(self.index, faiss.IndexIDMap)

    @classmethod
    def whole(cls, mark: Mark, index: nearest.Index | None) -> _Held:
        """Hold an index that reflects the state by itself."""
        return cls(mark, mark, index, None, np.zeros(0, np.int64))


class Quality(NamedTuple):
    """How a search goes about: the lists that vectors are parted into, those that it reads, and what share it finds.

    Without lists, 0 and 0, every vector is compared.
    """

    lists: int
    read: int
    recall: float


class FaissIndex:
    """An index of an archive's vectors, kept in ``folder/dense``; threads may search while one catches up.

    It is exact up to `nearest.FLAT_MOST` vectors.

    The folder can be deleted at any time. Where it cannot be written, the index is caught up in memory alone.
    """

    def __init__(self, folder: Path, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "dense"
        self._file = self._folder / "index.faiss"
        self._wait_seconds = wait_seconds
        self._held: _Held | None = None

    def catch_up(self, archive: Archive, *, to_search: bool = True) -> None:
        """Take in what changed in the archive, and save where another process does not write for too long.

        A few that come and go beside many are not saved; without `to_search`, they are left to the next one that
        searches.
        """
        mark = Mark.of(archive)
        held = self._held
        if held is None or not held.mark.leads_to(mark):
            held = self._newest(mark)
        if not to_search and held is not None and held.is_large:
            few = archive.count_changes(held.base.generation) <= UNSAVED
            if few:
                return
        if held is None or held.mark != mark:
            held = _followed(held, archive, mark) if held else None
        if held is None:
            with writing_turn(self._folder, self._wait_seconds) as turn:
                held = self._newest(mark)  # the process before us may have saved
                if held is None or held.mark != mark:
                    held = _advanced(held, archive, mark)
                    if turn is Turn.OURS:
                        self._save(held)
        self._held = held

    def search(self, vector: Vectors, top_k: int, allowed: NDArray[np.int64] | None = None) -> Found:
        """Return the nearest of `allowed` passage numbers (of all when None), best first.

        Args:
            vector: shape (dimensions,); scores are inner products with it.
            top_k: how many at most.
            allowed: in any order; numbers that no passage has are passed over.
        """
        held = self._held
        if held is None or held.index is None or (allowed is not None and not len(allowed)):
            return Found(np.zeros(0, np.int64), np.zeros(0, np.float32))
        found = nearest.search(held.index, vector, top_k, allowed, without=held.gone)
        if held.came is None:
            return found
        late = nearest.search(held.came, vector, top_k, allowed, without=held.gone)
        scores = np.concatenate([found.scores, late.scores])
        best = np.argsort(-scores, kind="stable")[:top_k]
        return Found(np.concatenate([found.numbers, late.numbers])[best], scores[best])

    def quality(self, archive: Archive, top_k: int = 100, sample: int = 50) -> Quality | None:
        """Measure how much a search finds of the `top_k` nearest there are, for a sample of the passages themselves.

        None where there is no passage.
        """
        held = self._held
        numbers = archive.standing()
        if held is None or held.index is None or not len(numbers):
            return None
        asked = archive.vectors(numbers[np.linspace(0, len(numbers) - 1, sample).astype(np.int64)].tolist())
        found = there = 0
        for vector in asked:
            exact = nearest.search(held.index, vector, top_k, None, exact=True).numbers
            there += len(exact)
            found += len(np.intersect1d(exact, nearest.search(held.index, vector, top_k, None).numbers))
        return Quality(*nearest.lists_of(held.index), found / there)

    def verify(self, archive: Archive) -> Findings:
        """Check that what is saved is whole, holds the archive's passages and no others, each with its vector."""
        if not self._file.exists():
            return Findings(State.MISSING)
        saved = self._load()
        if saved is None:
            if self._is_earlier():
                return Findings(State.MISSING)
            return Findings(State.DAMAGED, (f"the file '{self._file.name}' is not as it was written",))
        numbers = np.zeros(0, np.int64) if saved.index is None else nearest.numbers_in(saved.index)
        found = compare(saved.mark, numbers, archive)
        if saved.index is None or found.problems or found.state is State.MISSING:
            return found
        wrong = _wrong_vectors(saved.index, archive)
        return Findings(State.DAMAGED, (wrong,)) if wrong else found

    def discard(self) -> None:
        """Delete what is saved, so that the next catching up makes it anew. Raises ArchiveError."""
        with sole_turn(self._folder, self._wait_seconds):
            self._file.unlink(missing_ok=True)
        self._held = None

    def _newest(self, mark: Mark) -> _Held | None:
        """Return the newer of what is in memory and what is saved; None where neither leads to the mark."""
        held = self._held
        if held is not None and held.mark == mark:
            return held
        usable = [found for found in (held, self._load()) if found is not None and found.mark.leads_to(mark)]
        return max(usable, key=lambda found: found.mark.generation, default=None)

    def _load(self) -> _Held | None:
        """Read what was saved; None where nothing was, or it is not whole, or of another format."""
        try:
            with self._file.open("rb") as stream:
                size = stream.seek(0, os.SEEK_END)
                stream.seek(max(0, size - _LONGEST_TAIL))
                _, _, tail = stream.read().rpartition(b"\n")
                saved = unsealed(tail)
                body = size - len(tail) - 1
                if saved["format"] != FORMAT or saved["checksum"] != _checksum(stream, body):
                    return None
                # FAISS itself trusts what it reads: only a body with the right checksum reaches it.
                index = nearest.read(stream) if body else None
            return _Held.whole(Mark(saved["identity"], saved["generation"]), index)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _is_earlier(self) -> bool:
        """Whether the file is of format 1 or 2, which had their facts in the first line."""
        with self._file.open("rb") as stream:
            line = stream.readline(_LONGEST_TAIL)
        if is_unsealed(line):
            return True
        try:
            return bool(unsealed(line)["format"] < FORMAT)
        except (ValueError, KeyError, TypeError):
            return False

    def _save(self, held: _Held) -> None:
        facts = {"format": FORMAT, "identity": held.base.identity, "generation": held.base.generation}
        try:
            with whole_file(self._file) as stream:  # FAISS reads the file from its beginning
                checksum = nearest.write(held.index, stream) if held.index else 0
                stream.write(b"\n" + sealed(facts | {"checksum": checksum}))
        except OSError:
            return  # a full disk: the index in memory serves, and the next process catches up again


def _checksum(stream: BinaryIO, size: int) -> int:
    """Return the checksum of a file's first bytes, which are never in memory all at once."""
    stream.seek(0)
    checksum = 0
    while size > 0:
        block = stream.read(min(size, 1 << 20))
        checksum = zlib.crc32(block, checksum)
        size -= len(block) or size
    return checksum


def _followed(held: _Held, archive: Archive, mark: Mark) -> _Held | None:
    """Return what is held with what came and went since, where that is little beside many; None where it is not."""
    if held.index is None or not held.is_large:
        return None  # an index of few is quickly made whole
    gone = archive.removed_since(held.base.generation)
    came = list(islice(_since(held.base, held.index, archive), UNSAVED + 1))
    if len(gone) + len(came) > UNSAVED or any(passage.vector.shape != (held.index.d,) for passage in came):
        return None
    late = None
    if came:
        late = nearest.make_flat(held.index.d)
        _add(late, came)
    return _Held(mark, held.base, held.index, late, np.array(gone, np.int64))


def _advanced(held: _Held | None, archive: Archive, mark: Mark) -> _Held:
    """Return an index that reflects the archive by itself, made from an earlier one or from nothing."""
    count = len(archive.standing())
    base, index = (Mark(mark.identity, 0), None) if held is None else (held.base, held.index)
    if index is None or nearest.outgrown(index, count) or index.d != _dimensions(archive):
        base, index = Mark(mark.identity, 0), _empty(archive, count)
    if index is None:
        return _Held.whole(mark, None)
    if index.ntotal:
        index = nearest.copy(index)  # other threads may be searching the old one
        if removed := archive.removed_since(base.generation):
            index.remove_ids(np.array(removed, np.int64))  # type: ignore[arg-type]
    for batch in batches(_since(base, index, archive), _BATCH):
        _add(index, batch)
    return _Held.whole(mark, index if index.ntotal else None)


def _since(base: Mark, index: nearest.Index, archive: Archive) -> Iterator[StoredPassage]:
    """Yield what came after a state and is not in the index.

    What another process adds meanwhile may be taken in now and offered again next time; a number names one vector for
    good, so what is there already is passed over.
    """
    present = set(nearest.numbers_in(index).tolist()) if index.ntotal else set()
    return (passage for passage in archive.added_since(base.generation) if passage.number not in present)


def _add(index: nearest.Index, passages: Sequence[StoredPassage]) -> None:
    numbers = np.array([passage.number for passage in passages], np.int64)
    index.add_with_ids(np.stack([passage.vector for passage in passages]), numbers)


def _dimensions(archive: Archive) -> int:
    return int(archive.vectors([]).shape[1])


def _empty(archive: Archive, count: int) -> nearest.Index | None:
    """Return an index of the kind for so many vectors, without any; None where there are to be none."""
    numbers = archive.standing()
    if not len(numbers):
        return None
    if count <= nearest.FLAT_MOST:
        return nearest.make_flat(_dimensions(archive))
    draws = np.random.default_rng(0).choice(numbers, nearest.sample_size(count), replace=False)
    return nearest.make_lists(archive.vectors(np.sort(draws).tolist()), count)


def _wrong_vectors(index: nearest.Index, archive: Archive) -> str | None:
    """Say which passages have another vector in the index than in the archive; None where none has."""
    wrong: list[int] = []
    for numbers, held in nearest.vectors_in(index):
        vectors = archive.vectors(numbers.tolist())
        if vectors.shape != held.shape:
            return f"its vectors have {held.shape[1]} numbers, the archive's {vectors.shape[1]}"
        far = ~(np.abs(held - vectors) <= _NEAR).all(axis=1)  # what is not a number is far, too
        wrong += numbers[far & vectors.any(axis=1)].tolist()  # of one that has gone meanwhile there is none
    return (
        f"it holds vectors that are not the archive's: {len(wrong)}, the first number {min(wrong)}" if wrong else None
    )
