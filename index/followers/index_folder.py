"""What the indexes need to follow an archive: a mark of how far, one writer at a time, no half-written or bent file."""

from __future__ import annotations

import fcntl
import json
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.errors import ArchiveLockedError, ArchiveWriteError
from index.types import Archive, Article

LOCK = "lock"
_AT_ONCE = 500  # passages whose articles are read together
_PAUSE = 0.02  # seconds between two tries for the lock


@dataclass(frozen=True, slots=True)
class Mark:
    """The state of one archive that an index reflects."""

    identity: str
    generation: int

    @classmethod
    def of(cls, archive: Archive) -> Self:
        """Mark the archive's present state."""
        return cls(archive.identity, archive.generation)

    def leads_to(self, other: Mark) -> bool:
        """Whether the same archive is, or once was before, in this state; a restored copy may be behind it."""
        return self.identity == other.identity and self.generation <= other.generation


class Turn(Enum):
    """What came of asking for the one writer's turn."""

    OURS = auto()
    ANOTHERS = auto()
    """Another process is still writing after the wait."""
    NOBODYS = auto()
    """The folder cannot be written."""


@contextmanager
def writing_turn(folder: Path, wait_seconds: float) -> Iterator[Turn]:
    """Wait for the turn to write in a folder, made where it is missing; a killed process gives its turn back."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("ab")
    except OSError:
        yield Turn.NOBODYS
        return
    with file:
        deadline = time.monotonic() + wait_seconds
        while not (ours := _try_lock(file.fileno())) and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        yield Turn.OURS if ours else Turn.ANOTHERS


def texts_since(archive: Archive, generation: int) -> Iterator[tuple[int, Article, str]]:
    """Yield the number, article and text of each passage that came after a generation and still stands."""
    for some in batches(archive.added_since(generation), _AT_ONCE):
        articles = archive.articles_of(list({passage.article_id: None for passage in some}))
        for passage in some:
            if article := articles.get(passage.article_id):  # another process may have removed it since
                yield passage.number, article, article.text[passage.start : passage.end]


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_whole(file: Path, *parts: bytes | memoryview) -> None:
    """Write a file so that any reader, after any crash, sees the old content or the new. Raises OSError."""
    with whole_file(file) as stream:
        stream.writelines(parts)


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Give what to write a file to; it takes its place, as `write_whole` says, once all is written. Raises OSError."""
    draft = file.with_name(f"{file.name}.new")
    with draft.open("wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


@contextmanager
def sole_turn(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Keep others from writing in a folder; an OSError within becomes an ArchiveWriteError.

    Raises ArchiveLockedError where another process is still writing after the wait.
    """
    with writing_turn(folder, wait_seconds) as turn:
        if turn is Turn.ANOTHERS:
            raise ArchiveLockedError(f"the index in '{folder}' is locked by another process; try again when it is done")
        try:
            yield
        except OSError as error:
            raise ArchiveWriteError(f"cannot change the index in '{folder}': {error}; allow writing") from error


def sealed(facts: dict[str, Any]) -> bytes:
    """Return facts as a line of JSON with a checksum over them."""
    return json.dumps({**facts, "seal": _seal(facts)}).encode()


def unsealed(line: bytes) -> dict[str, Any]:
    """Return the facts of such a line. Raises ValueError where they are not as they were sealed."""
    facts = json.loads(line)
    if not isinstance(facts, dict) or facts.pop("seal", None) != _seal(facts):
        raise ValueError("not as it was written")
    return facts


def is_unsealed(line: bytes) -> bool:
    """Whether a line was written by format 1, which had no seals; no flipped bit makes a sealed line look like it."""
    try:
        facts = json.loads(line)
    except ValueError:
        return False
    return isinstance(facts, dict) and "seal" not in facts and facts.get("format") == 1


def _seal(facts: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(facts, sort_keys=True).encode())


class State(StrEnum):
    """How what an index has saved stands to its archive."""

    MISSING = auto()
    """Nothing is saved, or it is of another make or another archive: the next opening makes it."""
    BEHIND = auto()
    """The next opening takes in what has changed since."""
    CURRENT = auto()
    DAMAGED = auto()


class Findings(NamedTuple):
    """What checking an index against its archive has shown."""

    state: State
    problems: tuple[str, ...] = ()


def lead(mark: Mark, now: Mark) -> str | None:
    """Say that an index has seen more than its archive has now; None where it has not."""
    if mark.generation <= now.generation:
        return None
    return (
        f"it reflects a later state of the archive ({mark.generation}) than there is now ({now.generation}): the "
        "archive was put back from a copy, or has lost what was added last, which is to be ingested again"
    )


def compare(mark: Mark, numbers: NDArray[np.int64], archive: Archive) -> Findings:
    """Hold the passage numbers of an index against those of its archive, which others may change meanwhile."""
    if archive.identity != mark.identity:
        return Findings(State.MISSING)
    # The order counts: a passage that is removed in between is still found in one of these.
    stood, stand = archive.standing(mark.generation), archive.standing()
    removed = np.array(archive.removed_since(mark.generation), np.int64)
    generation = archive.generation
    if ahead := lead(mark, Mark(mark.identity, generation)):
        return Findings(State.DAMAGED, (ahead,))
    problems = []
    if len(lacking := np.setdiff1d(stood, np.concatenate([numbers, removed]))):
        problems.append(f"it lacks passages of the archive: {len(lacking)}, the first number {lacking[0]}")
    if len(strange := np.setdiff1d(numbers, np.concatenate([stood, stand, removed]))):
        problems.append(f"it holds passages that are not the archive's: {len(strange)}, the first number {strange[0]}")
    if len(np.unique(numbers)) < len(numbers):
        problems.append("it holds a passage twice")
    state = State.DAMAGED if problems else State.CURRENT if mark.generation == generation else State.BEHIND
    return Findings(state, tuple(problems))
