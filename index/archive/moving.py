"""An archive copied into another one, of the same engine or of another, and the two compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.batches import batches
from index.errors import ArchiveError
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.types import Archive, Article, Vectors

AT_ONCE = 256
"""Articles that are copied in one transaction, and compared at a time."""

NAMED = 3
"""Articles that a message names, of all that differ."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with all that an archive holds of it: its passages as offsets, and their vectors, a row each."""

    article: Article
    offsets: tuple[tuple[int, int], ...]
    vectors: Vectors

    def is_same(self, other: Whole) -> bool:
        """Tell whether another archive holds the very same."""
        return (
            (self.article, self.offsets) == (other.article, other.offsets)
            and self.vectors.shape == other.vectors.shape
            and bool((self.vectors == other.vectors).all())
        )


def copy(source: Archive, target: Archive, progress: Callable[[int], object] | None = None) -> int:
    """Copy what a target lacks, in the order of arrival, and return how many articles that were.

    A copy that was stopped at any instant goes on where it was. Raises ArchiveError where the target holds articles
    that the source does not: they came from elsewhere, or have gone from the source since.
    """
    wanted, there = source.paths(), set(target.paths().values())
    if foreign := sorted(there.difference(wanted.values())):
        some = ", ".join(foreign[:NAMED])
        raise ArchiveError(f"the target holds articles that the source does not ({len(foreign)}: {some}); name another")
    lacking = [name for _, name in sorted(source.arrivals().items()) if name not in there]
    for some_names in batches(lacking, AT_ONCE):
        with target.transaction():
            for whole in read_whole(source, some_names):
                target.add(whole.article, whole.offsets, whole.vectors)
        if progress:
            progress(len(some_names))
    return len(lacking)


def differing(source: Archive, target: Archive, progress: Callable[[int], object] | None = None) -> list[str]:
    """Return the ids of the articles that one of the two lacks, or holds otherwise: text, facts, passages, vectors."""
    here, there = (list(archive.arrivals().values()) for archive in (source, target))
    found = set(here) ^ set(there)
    for names in batches([name for name in here if name not in found], AT_ONCE):
        pairs = zip(read_whole(source, names), read_whole(target, names), strict=True)
        found.update(one.article.id for one, other in pairs if not one.is_same(other))
        if progress:
            progress(len(names))
    return sorted(found)


def read_whole(archive: Archive, names: Sequence[str]) -> Iterator[Whole]:
    """Yield the articles of some ids with their passages and vectors, in the same order. Raises UnknownArticleError."""
    numbers = archive.passage_numbers(Filters(articles=frozenset(names)))
    found = numbers if numbers is not None else np.zeros(0, np.int64)
    rows: dict[str, list[int]] = {name: [] for name in names}
    passages = archive.passages(found.tolist())
    for row, passage in enumerate(passages):
        rows[passage.article.id].append(row)
    vectors = archive.vectors(found.tolist())
    for name, places in rows.items():
        article = passages[places[0]].article if places else archive.article(name)
        yield Whole(article, tuple((passages[row].start, passages[row].end) for row in places), vectors[places])
