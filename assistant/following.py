"""The indexes beside an archive brought up to date, each by a process of its own where there are some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.workers import Lost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.archive.address import Address
    from index.followers.copy_clusters import Copy
    from index.followers.verify import Follower
    from index.types import Archive
    from index.workers.processes import Processes

NAMES = ("words", "lexical", "copies", "dense")
"""All but the statements, which many workers share, as `assistant.options.followers` names them; the longest first."""

AWAY = ("words", "copies")
"""Those of them that lie beside an archive whose passages are searched elsewhere, where one process writes."""


def bring_up(index: Follower, archive: Archive, progress: Callable[[int], object] | None = None) -> list[Copy]:
    """Bring one index up to date; return the copies that it found, where it is the one that looks for them."""
    from index.followers.copy_index import CopyIndex
    from index.followers.dense import FaissIndex
    from index.followers.milvus import MilvusIndex
    from index.followers.word_index import WordIndex

    if isinstance(index, CopyIndex):
        return index.catch_up(archive, progress)
    if isinstance(index, FaissIndex | WordIndex | MilvusIndex):
        index.catch_up(archive, to_search=False)
    else:
        index.catch_up(archive)
    return []


def catch_up_by(processes: Processes, address: Address) -> list[Copy]:
    """Bring the indexes that lie beside an archive up to date side by side; return the new copies.

    An index that ends its process stays behind; whoever catches up next takes it from there.
    """
    from assistant.options import settings_of

    beside = NAMES if settings_of().index_place is None else AWAY
    came: list[Copy] = []
    for (found,) in processes.map(CatchUp(address), [[name] for name in beside]):
        if not isinstance(found, Lost):
            came += found
    return came


class CatchUp:
    """Brings indexes up to date by their names."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def __call__(self, names: Sequence[str]) -> list[list[Copy]]:
        """Return the new copies that each of them found."""
        from assistant.options import followers
        from index.archive.opening import open_at

        with open_at(self._address) as archive:
            return [bring_up(followers(archive)[name], archive) for name in names]
