"""The dense index: nearest vectors by inner product with FAISS, whose only home this is."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.index_folder import (
    Findings,
    Mark,
    State,
    Turn,
    compare,
    is_unsealed,
    sealed,
    sole_turn,
    unsealed,
    write_whole,
    writing_turn,
)
from index.types import Archive, Found, StoredPassage, Vectors

FORMAT = 2
_BATCH = 4096  # vectors handed to FAISS at once
_NEAR = 2**-10  # how far a number of a saved vector may lie from the archive's


@dataclass(frozen=True, slots=True)
class _Held:
    """An index and the state that it reflects; None stands for no vector. It is never changed, only replaced."""

    mark: Mark
    index: faiss.IndexIDMap | None


class FaissIndex:
    """An exact index of an archive's vectors, kept in ``folder/dense``; threads may search while one catches up.

    The folder can be deleted at any time. Where it cannot be written, the index is caught up in memory alone.
    """

    def __init__(self, folder: Path, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "dense"
        self._file = self._folder / "index.faiss"
        self._wait_seconds = wait_seconds
        self._held: _Held | None = None

    def catch_up(self, archive: Archive) -> None:
        """Take in what changed in the archive, and save where another process does not write for too long."""
        mark = Mark.of(archive)
        held = self._newest(mark)
        if held is None or held.mark != mark:
            with writing_turn(self._folder, self._wait_seconds) as turn:
                held = _advanced(self._newest(mark), archive)  # the process before us may have saved
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
        parameters = faiss.SearchParameters()
        if allowed is not None:
            bits = np.zeros(int(allowed.max()) + 1, dtype=bool)
            bits[allowed] = True
            # FAISS's type hints describe its C++ functions; the Python ones take arrays.
            selector = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg, arg-type]
            parameters.sel = selector  # does not keep it alive: the name does, until the search is over
        wanted = min(top_k, held.index.ntotal)
        scores, numbers = held.index.search(vector[np.newaxis].astype(np.float32), wanted, params=parameters)
        found = numbers[0] >= 0  # FAISS fills up with -1
        return Found(numbers[0][found], scores[0][found])

    def verify(self, archive: Archive) -> Findings:
        """Check that what is saved is whole, holds the archive's passages and no others, each with its vector."""
        if not self._file.exists():
            return Findings(State.MISSING)
        saved = self._load()
        if saved is None:
            if is_unsealed(self._file.read_bytes().partition(b"\n")[0]):
                return Findings(State.MISSING)
            return Findings(State.DAMAGED, (f"the file '{self._file.name}' is not as it was written",))
        numbers = np.zeros(0, np.int64) if saved.index is None else faiss.vector_to_array(saved.index.id_map)
        found = compare(saved.mark, numbers, archive)
        if saved.index is None or found.problems or found.state is State.MISSING:
            return found
        wrong = _wrong_vectors(saved.index, numbers, archive)
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
            head, _, body = self._file.read_bytes().partition(b"\n")
            saved = unsealed(head)
            if saved["format"] != FORMAT or saved["checksum"] != zlib.crc32(body):
                return None
            # FAISS itself trusts what it reads: only a body with the right checksum reaches it.
            index = faiss.deserialize_index(np.frombuffer(body, np.uint8)) if body else None
            assert index is None or isinstance(index, faiss.IndexIDMap)
            return _Held(Mark(saved["identity"], saved["generation"]), index)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _save(self, held: _Held) -> None:
        body = memoryview(b"" if held.index is None else faiss.serialize_index(held.index).data)
        head = {
            "format": FORMAT,
            "identity": held.mark.identity,
            "generation": held.mark.generation,
            "checksum": zlib.crc32(body),
        }
        try:
            write_whole(self._file, sealed(head) + b"\n", body)
        except OSError:
            return  # a full disk: the index in memory serves, and the next process catches up again


def _advanced(held: _Held | None, archive: Archive) -> _Held:
    """Return an index that reflects the archive, made from an earlier one or from nothing."""
    mark = Mark.of(archive)
    since, index = (0, None) if held is None else (held.mark.generation, held.index)
    # What another process adds from here on may be taken in now and offered again next time; a number names one vector
    # for good, so what is there already is passed over.
    removed = archive.removed_since(since)
    present: set[int] = set()
    if index is not None:
        copy = faiss.clone_index(index)  # other threads may be searching the old one
        assert isinstance(copy, faiss.IndexIDMap)
        index = copy
        if removed:
            index.remove_ids(np.array(removed, np.int64))  # type: ignore[arg-type]
        present = set(faiss.vector_to_array(index.id_map).tolist())
    if not present:
        index = None
    for batch in _batches(passage for passage in archive.added_since(since) if passage.number not in present):
        vectors = np.stack([passage.vector for passage in batch])
        if index is None:
            index = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(vectors, np.array([passage.number for passage in batch], np.int64))
    return _Held(mark, index)


def _wrong_vectors(index: faiss.IndexIDMap, numbers: NDArray[np.int64], archive: Archive) -> str | None:
    """Say which passages have another vector in the index than in the archive; None where none has."""
    rows = {number: row for row, number in enumerate(numbers.tolist())}
    wrong: list[int] = []
    for batch in _batches(passage for passage in archive.added_since(0) if passage.number in rows):
        held = index.index.reconstruct_batch(np.array([rows[passage.number] for passage in batch], np.int64))
        vectors = [passage.vector for passage in batch]
        if {vector.shape for vector in vectors} != {held.shape[1:]}:
            return f"its vectors have {held.shape[1]} numbers, the archive's another count"
        far = ~(np.abs(held - np.stack(vectors)) <= _NEAR).all(axis=1)  # what is not a number is far, too
        wrong += [batch[row].number for row in np.flatnonzero(far)]
    return f"it holds vectors that are not the archive's: {len(wrong)}, the first number {wrong[0]}" if wrong else None


def _batches(passages: Iterable[StoredPassage]) -> Iterator[list[StoredPassage]]:
    iterator = iter(passages)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
