"""The indexes beside an archive brought up to date, each by a process of its own where there are some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.workers import Lost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.archive.sqlite import SqliteArchive
    from index.followers.copy_clusters import Copy
    from index.followers.verify import Follower
    from index.workers.processes import Processes

NAMES = ("words", "lexical", "copies", "dense")
"""All but the statements, which many workers share, as `assistant.options.followers` names them; the longest first."""


def bring_up(index: Follower, archive: SqliteArchive, progress: Callable[[int], object] | None = None) -> list[Copy]:
    """Bring one index up to date; return the copies that it found, where it is the one that looks for them."""
    from index.followers.copy_index import CopyIndex
    from index.followers.dense import FaissIndex
    from index.followers.word_index import WordIndex

    if isinstance(index, CopyIndex):
        return index.catch_up(archive, progress)
    if isinstance(index, FaissIndex | WordIndex):
        index.catch_up(archive, to_search=False)
    else:
        index.catch_up(archive)
    return []


def catch_up_by(processes: Processes, folder: Path) -> list[Copy]:
    """Bring the indexes of an archive's folder up to date side by side; return the new copies.

    An index that ends its process stays behind; whoever catches up next takes it from there.
    """
    came: list[Copy] = []
    for (found,) in processes.map(CatchUp(folder), [[name] for name in NAMES]):
        if not isinstance(found, Lost):
            came += found
    return came


class CatchUp:
    """Brings indexes up to date by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, names: Sequence[str]) -> list[list[Copy]]:
        """Return the new copies that each of them found."""
        from assistant.options import followers
        from index.archive.sqlite import SqliteArchive

        with SqliteArchive.open(self._folder) as archive:
            return [bring_up(followers(archive)[name], archive) for name in names]
