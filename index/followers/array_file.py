"""Named arrays in one file that is mapped into memory, with a head of facts and a checksum; an index kept so."""

from __future__ import annotations

import mmap
import zlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.followers.index_folder import Mark, Turn, sealed, sole_turn, unsealed, write_whole, writing_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from index.types import Archive

Arrays = dict[str, NDArray[Any]]

_ALIGNED = 64  # bytes: every array begins at a multiple of it
_AT_ONCE = 1 << 20  # bytes read for the checksum

UNSAVED = 200
"""Passages that may come and go before an index is saved again: taking them in takes as long as reading them."""


class Holding(Protocol):
    """What an index holds: the state of the archive that it reflects, and how many passages are not saved yet."""

    @property
    def mark(self) -> Mark: ...

    @property
    def unsaved(self) -> int: ...


Held = TypeVar("Held", bound=Holding)


class ArrayIndex(ABC, Generic[Held]):
    """An index that follows an archive, and is kept as such a file of a folder; threads may read while one catches up.

    What it holds is never changed, only replaced. The file can be deleted at any time. Where the folder cannot be
    written, the index is caught up in memory alone. `made` says how the arrays are made, as the format and the model:
    what was made in another way is not read.
    """

    def __init__(self, file: Path, made: Mapping[str, object], wait_seconds: float) -> None:
        self._file = file
        self._made = dict(made)
        self._wait_seconds = wait_seconds
        self._held: Held | None = None

    @abstractmethod
    def _advanced(self, held: Held | None, archive: Archive, mark: Mark) -> Held:
        """Return what reflects the archive, made from something earlier or from nothing."""

    @abstractmethod
    def _of(self, mark: Mark, facts: Mapping[str, Any], arrays: Arrays) -> Held:
        """Return what was saved as these facts and arrays."""

    @abstractmethod
    def _parts(self, held: Held) -> tuple[Mapping[str, object], Arrays]:
        """Return the facts and arrays that are saved of something, without its mark."""

    def catch_up(self, archive: Archive, *, to_search: bool = True) -> None:
        """Take in what changed in the archive, and save where it is much and another process does not write.

        Without `to_search`, what is not to be saved is left to the next one that searches.
        """
        mark = Mark.of(archive)
        held = self._held
        if held is None or not held.mark.leads_to(mark):
            saved = self._load()
            held = saved if saved is not None and saved.mark.leads_to(mark) else None
        if held is not None and not to_search and archive.count_changes(held.mark.generation) + held.unsaved <= UNSAVED:
            return
        if held is None or held.mark != mark:
            held = self._advanced(held, archive, mark)
            if held.unsaved > UNSAVED and self._save(held):
                held = self._load() or held  # mapped from the file, the arrays' own memory is free
        self._held = held

    def discard(self) -> None:
        """Delete what is saved, so that the next catching up makes it anew. Raises ArchiveError."""
        with sole_turn(self._file.parent, self._wait_seconds):
            self._file.unlink(missing_ok=True)
        self._held = None

    def _load(self) -> Held | None:
        """Read what was saved; None where nothing was, or it is not whole, or made in another way."""
        try:
            read = read_arrays(self._file)
        except OSError:
            return None
        if read is None or any(read[0].get(name) != value for name, value in self._made.items()):
            return None
        return self._of(Mark(read[0]["identity"], read[0]["generation"]), *read)

    def _save(self, held: Held) -> bool:
        """Save, and tell whether it was done: not where another process writes for long, or the disk is full."""
        with writing_turn(self._file.parent, self._wait_seconds) as turn:
            if turn is not Turn.OURS:
                return False
            state = {"identity": held.mark.identity, "generation": held.mark.generation}
            facts, arrays = self._parts(held)
            try:
                write_arrays(self._file, {**self._made, **state, **facts}, arrays)
            except OSError:
                return False  # what is in memory serves, and the next process catches up again
            return True


def write_arrays(file: Path, facts: Mapping[str, object], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays and facts that JSON can tell, whole or not at all. Raises OSError."""
    parts: list[bytes | memoryview] = []
    checksum = 0
    for array in arrays.values():
        body = memoryview(np.ascontiguousarray(array).data).cast("B") if array.size else memoryview(b"")
        for part in (body, memoryview(bytes(-len(body) % _ALIGNED))):
            checksum = zlib.crc32(part, checksum)
            parts.append(part)
    shapes = {name: [array.dtype.str, array.shape] for name, array in arrays.items()}
    head = sealed({"facts": facts, "arrays": shapes, "checksum": checksum})
    write_whole(file, head + b" " * (-(len(head) + 1) % _ALIGNED) + b"\n", *parts)


def read_arrays(file: Path) -> tuple[dict[str, Any], Arrays] | None:
    """Return the facts and the arrays, which are read from the file as they are needed; None where it is not whole.

    Raises OSError.
    """
    with file.open("rb") as stream:
        try:
            line = stream.readline(_AT_ONCE)
            head = unsealed(line)
            facts, shapes, expected = head["facts"], head["arrays"], head["checksum"]
        except (ValueError, KeyError):
            return None
        checksum = 0
        while block := stream.read(_AT_ONCE):
            checksum = zlib.crc32(block, checksum)
        if checksum != expected:
            return None
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return facts, dict(_views(mapped, len(line), shapes))


def _views(mapped: mmap.mmap, start: int, shapes: Mapping[str, Any]) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, (kind, shape) in shapes.items():
        count = int(np.prod(shape))
        yield name, np.frombuffer(mapped, kind, count, start).reshape(shape) if count else np.zeros(shape, kind)
        size = count * np.dtype(kind).itemsize
        start += size + -size % _ALIGNED
