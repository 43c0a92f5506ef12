"""What both Milvus indexes share: a collection that follows an archive, and the search among some of its passages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveLockedError, IndexServerError
from index.followers.index_folder import Findings, Mark, State, Turn, compare, sole_turn, writing_turn
from index.followers.milvus_collection import MOST, MilvusCollection, Row, Saved, Space
from index.followers.milvus_filters import AT_ONCE, expressions
from index.followers.milvus_server import MilvusServer
from index.settings import IndexPlace
from index.types import Archive, Filters, Found

_SHARE = 8  # where one in so many is allowed, the best of all are found first and those that are not allowed left out


@dataclass(frozen=True, slots=True)
class _Held:
    """A collection and what it said of itself when it was last looked at."""

    collection: MilvusCollection
    saved: Saved


class MilvusIndex(ABC):
    """A collection ``isnad_IDENTITY_NAME`` that follows an archive; threads may search while one catches up.

    The collection can be dropped at any time. In `folder`, the archive's, lies only the lock of the one who writes.
    """

    NAME: ClassVar[str]

    def __init__(self, folder: Path, place: IndexPlace, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "milvus" / self.NAME
        self._place = place
        self._wait_seconds = wait_seconds
        self._known: MilvusCollection | None = None
        self._held: _Held | None = None

    def catch_up(self, archive: Archive, *, to_search: bool = True) -> None:
        """Take in what changed in the archive, and save.

        Without `to_search`, what a file that another process has open lacks is left to that process. Raises
        IndexServerError, or ArchiveLockedError where another process makes the index for longer than the wait.
        """
        mark = Mark.of(archive)
        if self._held is not None and self._held.saved.mark == mark:
            return
        try:
            collection = self._collection(archive, self._wait_seconds if to_search else 0)
        except ArchiveLockedError:
            if to_search:
                raise
            return
        saved = self._believed(collection, archive, mark)
        if saved is None or not self._is_current(saved, mark):
            with writing_turn(self._folder, self._wait_seconds) as turn:
                if turn is not Turn.ANOTHERS:
                    saved = self._caught_up(collection, archive)
                elif saved is None:
                    raise ArchiveLockedError(f"the index at '{self._place}' is being made; ask again when it is done")
        self._held = _Held(collection, saved)

    def verify(self, archive: Archive) -> Findings:
        """Check that the collection holds the archive's passages and no others, each with its own vector."""
        collection = self._collection(archive, self._wait_seconds)
        with sole_turn(self._folder, self._wait_seconds):
            saved = collection.saved()
            if saved is None:
                there = collection.exists()
                return Findings(State.DAMAGED, ("it cannot be read",)) if there else Findings(State.MISSING)
            if not self._suits(saved.made_by, archive):
                return Findings(State.MISSING)
            if not saved.whole:
                return Findings(State.BEHIND)
            numbers, wrong = list[int](), list[int]()
            for rows in collection.rows("vector"):
                numbers += [row["number"] for row in rows]
                wrong += self._differing(rows, archive, saved.made_by)
        found = compare(saved.mark, np.array(numbers, np.int64), archive)
        if wrong and not found.problems:
            what = f"it holds vectors that are not the archive's: {len(wrong)}, the first number {min(wrong)}"
            return Findings(State.DAMAGED, (what,))
        return found

    def discard(self) -> None:
        """Delete the collection that was caught up or verified, so that the next catching up makes it anew."""
        if self._known is not None:
            with sole_turn(self._folder, self._wait_seconds):
                self._known.drop()
        self._held = None

    def forget(self, archive: Archive) -> None:
        """Delete the collection of an archive, if it is there."""
        self._collection(archive, self._wait_seconds)
        self.discard()

    def _collection(self, archive: Archive, wait_seconds: float) -> MilvusCollection:
        if self._known is None:
            server = MilvusServer.open(self._place, wait_seconds)
            self._known = MilvusCollection(server, f"isnad_{archive.identity}_{self.NAME}")
        return self._known

    def _believed(self, collection: MilvusCollection, archive: Archive, mark: Mark) -> Saved | None:
        """Return what a collection says of itself, if it can be searched or caught up from."""
        saved = collection.saved()
        if saved is None or not saved.mark.leads_to(mark) or not self._suits(saved.made_by, archive):
            return None
        return saved if not saved.whole or saved.passages == collection.count() else None

    def _is_current(self, saved: Saved, mark: Mark) -> bool:
        return saved.mark == mark and saved.whole and not self._outgrown(saved.made_by)

    def _caught_up(self, collection: MilvusCollection, archive: Archive) -> Saved:
        """Bring a collection up to the archive, or make it anew; the caller has the turn to write."""
        mark = Mark.of(archive)
        saved = self._believed(collection, archive, mark)  # again: the process before us may have saved
        if saved is not None and self._is_current(saved, mark):
            return saved
        if saved is None or self._outgrown(saved.made_by):
            collection.make(self._space(archive))
            saved = Saved(Mark(mark.identity, 0), self._made_by(archive), True, 0)
        # What a process took in before it was stopped is not taken in again.
        since, made_by, is_new = saved.mark.generation, saved.made_by, not saved.passages and saved.whole
        there = {row["number"] for rows in collection.rows() for row in rows} if not saved.whole else set()
        collection.save(saved._replace(whole=False))
        collection.remove(archive.removed_since(since))
        rows = (row for row in self._rows(archive, since, made_by) if row["number"] not in there)
        collection.put(rows, all_new=is_new)
        saved = Saved(mark, made_by, True, collection.count())
        collection.save(saved)
        return saved

    def _among(
        self,
        top_k: int,
        filters: Filters | None,
        allowed: NDArray[np.int64] | None,
        find: Callable[[MilvusCollection, int, str], Found],
    ) -> Found:
        """Return the best that `find` finds in a collection: so many, of those that an expression passes."""
        held = self._held
        if held is None or (allowed is not None and not len(allowed)):
            return Found(np.zeros(0, np.int64), np.zeros(0, np.float32))
        asked = expressions(filters)
        try:
            if allowed is not None and len(asked) == 1 and len(allowed) > max(AT_ONCE, held.saved.passages // _SHARE):
                depth = min(MOST, 2 * top_k * _SHARE)
                deep = find(held.collection, depth, asked[0])
                found = _best([deep], top_k, allowed)
                if len(found.numbers) == top_k or len(deep.numbers) < depth:
                    return found
            parts = [find(held.collection, top_k, one) for one in expressions(filters, allowed)]
        except IndexServerError:
            self._held = None  # it may have been made anew: the next catching up looks
            raise
        return _best(parts, top_k)

    @abstractmethod
    def _made_by(self, archive: Archive) -> dict[str, Any]:
        """Return the facts that a collection is made by now."""

    @abstractmethod
    def _suits(self, made_by: dict[str, Any], archive: Archive) -> bool:
        """Tell whether a collection that was made by these facts can be searched."""

    def _outgrown(self, made_by: dict[str, Any]) -> bool:
        """Tell whether a collection that was made by these facts serves, but would better be made anew."""
        return False

    @abstractmethod
    def _space(self, archive: Archive) -> Space:
        """Return the kind of vectors that a collection is made for."""

    @abstractmethod
    def _rows(self, archive: Archive, since: int, made_by: dict[str, Any]) -> Iterator[Row]:
        """Yield the passages that came after a generation."""

    @abstractmethod
    def _differing(self, rows: list[Row], archive: Archive, made_by: dict[str, Any]) -> list[int]:
        """Return the numbers of the passages whose vectors are not the archive's; one that has gone is none."""


def _best(parts: list[Found], top_k: int, allowed: NDArray[np.int64] | None = None) -> Found:
    """Return the best of several searches, best first, and of equal ones the earlier passage."""
    numbers = np.concatenate([np.zeros(0, np.int64), *(part.numbers for part in parts)])
    scores = np.concatenate([np.zeros(0, np.float32), *(part.scores for part in parts)])
    if allowed is not None:
        kept = np.isin(numbers, allowed)
        numbers, scores = numbers[kept], scores[kept]
    order = np.lexsort((numbers, -scores))[:top_k]
    return Found(numbers[order], scores[order])
