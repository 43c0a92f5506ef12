"""What an archive holds, counted anew only when it has changed, and which of its articles print one story."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from assistant.holdings.following import vector_quality
from assistant.rendering.archive import statistics_json
from index.followers.copy_index import CopyIndex

if TYPE_CHECKING:
    from assistant.rendering.archive import Json
    from index.types import Archive


class Facts:
    """Counts what one archive holds; threads may share it.

    While another process finds near copies, they are as they were found last.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._copies = CopyIndex(archive.folder, wait_seconds=0)
        self._lock = threading.Lock()
        self._counted: Json | None = None

    def count(self) -> Json:
        """Return what `isnad archive stats --json` prints of the archive as it stands. Raises ArchiveError."""
        archive = self._archive
        with self._lock:
            if self._counted is None or self._counted["generation"] != archive.generation:
                self._copies.catch_up(archive)
                quality = vector_quality(archive)
                self._counted = statistics_json(archive.statistics(), self._copies.clusters(), quality)
            return self._counted

    def copies_of(self, article_id: str) -> list[str]:
        """Return the ids of the articles that print the story of one. Raises ArchiveError."""
        self._copies.catch_up(self._archive)
        return self._copies.copies_of(article_id)
