"""What both indexes need to follow an archive: a mark of how far, one writer at a time, and no half-written file."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from pathlib import Path
from typing import Self

from index.errors import UnknownArticleError
from index.types import Archive, Article

LOCK = "lock"
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
    for article_id, passages in groupby(archive.added_since(generation), key=lambda passage: passage.article_id):
        try:
            article = archive.article(article_id)
        except UnknownArticleError:
            continue  # another process has removed it since
        for passage in passages:
            yield passage.number, article, article.text[passage.start : passage.end]


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_whole(file: Path, *parts: bytes | memoryview) -> None:
    """Write a file so that any reader, after any crash, sees the old content or the new. Raises OSError."""
    draft = file.with_name(f"{file.name}.new")
    with draft.open("wb") as stream:
        stream.writelines(parts)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
