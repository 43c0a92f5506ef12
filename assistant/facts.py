"""What an archive holds, as `isnad archive stats --json` prints it, counted anew only when the archive has changed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from assistant.render_archive import statistics_json
from index.followers.copy_index import CopyIndex
from index.followers.dense import FaissIndex

if TYPE_CHECKING:
    from assistant.render_archive import Json
    from index.archive.sqlite import SqliteArchive


class Facts:
    """Counts what one archive holds; threads may share it."""

    def __init__(self, archive: SqliteArchive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._counted: Json | None = None

    def count(self) -> Json:
        """Return the facts of the archive as it stands. Raises ArchiveError."""
        archive = self._archive
        with self._lock:
            if self._counted is None or self._counted["generation"] != archive.generation:
                copies, dense = CopyIndex(archive.folder), FaissIndex(archive.folder)
                copies.catch_up(archive)
                dense.catch_up(archive)
                self._counted = statistics_json(archive.statistics(), copies.clusters(), dense.quality(archive))
            return self._counted
