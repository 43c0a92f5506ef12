"""Prepared articles added to the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from index.preparing import Prepared, cleaned, prepare
from index.types import Archive, Article, Encoder


def add(archive: Archive, prepared: Iterable[Prepared]) -> None:
    """Add articles in one transaction."""
    with archive.transaction():
        for article, offsets, vectors in prepared:
            archive.add(article, offsets, vectors)


def add_anew(
    archive: Archive, encoder: Encoder, articles: Sequence[Article], progress: Callable[[int], object] | None
) -> None:
    """Clean, cut and encode articles that an archive held, and add them."""
    add(archive, prepare(encoder, list(map(cleaned, articles)), progress))
