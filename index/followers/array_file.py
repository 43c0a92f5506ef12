"""Named arrays in one file that is mapped into memory, with a head of facts and a checksum."""

from __future__ import annotations

import mmap
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from index.followers.index_folder import Mark, Turn, sealed, sole_turn, unsealed, write_whole, writing_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[Any]]

_ALIGNED = 64  # bytes: every array begins at a multiple of it
_AT_ONCE = 1 << 20  # bytes read for the checksum


class SavedArrays:
    """What an index keeps in such a file of a folder: its arrays, and the state of the archive that they reflect.

    `made` says how they are made, as the format and the model: what was made in another way is not read.
    """

    def __init__(self, file: Path, made: Mapping[str, object], wait_seconds: float) -> None:
        self._file = file
        self._made = dict(made)
        self._wait_seconds = wait_seconds

    def load(self) -> tuple[Mark, dict[str, Any], Arrays] | None:
        """Return the state, other facts and the arrays; None where nothing is saved, or not whole or of this make."""
        try:
            read = read_arrays(self._file)
        except OSError:
            return None
        if read is None or any(read[0].get(name) != value for name, value in self._made.items()):
            return None
        return Mark(read[0]["identity"], read[0]["generation"]), *read

    def save(self, mark: Mark, arrays: Mapping[str, NDArray[Any]], **facts: object) -> bool:
        """Save, and tell whether it was done: not where another process writes for long, or the disk is full."""
        with writing_turn(self._file.parent, self._wait_seconds) as turn:
            if turn is not Turn.OURS:
                return False
            state = {"identity": mark.identity, "generation": mark.generation}
            try:
                write_arrays(self._file, {**self._made, **state, **facts}, arrays)
            except OSError:
                return False  # what is in memory serves, and the next process catches up again
            return True

    def discard(self) -> None:
        """Delete what is saved, so that the next catching up makes it anew. Raises ArchiveError."""
        with sole_turn(self._file.parent, self._wait_seconds):
            self._file.unlink(missing_ok=True)


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
