"""The indexes that follow an archive: which there are, and how they are brought up to date, by processes too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.commands.options import progress_bar, settings_of
from index.workers import Lost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.speech.background import BackgroundStatements, SpreadStatements
    from index.archive.address import Address
    from index.encoders.static import StaticEncoder
    from index.followers.copy_clusters import Copy
    from index.followers.copy_index import CopyIndex
    from index.followers.dense import Quality
    from index.followers.verify import Follower
    from index.types import Archive
    from index.workers.processes import Processes

NAMES = ("words", "lexical", "copies", "dense")
"""All but the statements, which many workers share, as `followers` names them; the longest first."""

AWAY = ("words", "copies")
"""Those of them that lie beside an archive whose passages are searched elsewhere, where one process writes."""


def open_copies(archive: Archive) -> CopyIndex:
    """Open the index of near copies, up to date."""
    from index.followers.copy_index import CopyIndex

    copies = CopyIndex(archive.folder)
    with progress_bar("comparing") as advance:
        copies.catch_up(archive, advance)
    return copies


def catch_up(
    archive: Archive,
    model: StaticEncoder | None = None,
    background: BackgroundStatements | SpreadStatements | None = None,
) -> list[Copy]:
    """Bring the indexes up to date with their archive, so that the next question need not; return the new copies.

    `model` is the bundled one, where it is loaded already; `background` finds statements meanwhile.
    """
    from index.followers.copy_index import CopyIndex
    from index.followers.statement_index import StatementIndex

    came: list[Copy] = []
    indexes = list(followers(archive, model).values())
    while indexes:
        index = indexes.pop(0)  # each takes its memory with it
        if isinstance(index, StatementIndex):
            with progress_bar("finding statements") as advance:
                if background:
                    background.finish(advance)
                index.catch_up(archive, advance)
        elif isinstance(index, CopyIndex):
            with progress_bar("comparing") as advance:
                came += bring_up(index, archive, advance)
        else:
            bring_up(index, archive)
    return came


def vector_quality(archive: Archive) -> Quality | None:
    """Return how a search for vectors goes about beside the archive; None where it is not searched there."""
    from index.followers.dense import FaissIndex

    if settings_of().index_place:
        return None
    dense = FaissIndex(archive.folder)
    dense.catch_up(archive)
    return dense.quality(archive)


def followers(archive: Archive, model: StaticEncoder | None = None) -> dict[str, Follower]:
    """Return the indexes that follow an archive, by their names; that of statements last."""
    from assistant.speech.statements import StatementFinder
    from index.encoders.static import load_static
    from index.followers.copy_index import CopyIndex
    from index.followers.search_indexes import search_indexes
    from index.followers.statement_index import StatementIndex
    from index.followers.word_index import WordIndex

    return {
        **search_indexes(archive.folder, settings_of().index_place)._asdict(),
        "words": WordIndex(archive.folder, model or load_static()),
        "copies": CopyIndex(archive.folder),
        "statements": StatementIndex(archive.folder, StatementFinder()),
    }


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
        from index.archive.opening import open_at

        with open_at(self._address) as archive:
            return [bring_up(followers(archive)[name], archive) for name in names]
