"""Which articles of an archive print one story, found as they come and kept beside it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

from index.followers.copy_clusters import SCHEMA, Copy, batches, check, follows, take_in
from index.followers.index_folder import Findings, Mark, State, Turn, sole_turn, writing_turn
from index.followers.kept_file import (
    clear_errors,
    close_seal,
    connect,
    connect_to_read,
    empty,
    is_blank,
    is_whole,
    open_seal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.types import Archive


class CopyIndex:
    """The clusters of an archive's articles, kept in ``folder/copies``; threads may share it.

    It holds no fact of its own: the folder can be deleted at any time. Reading takes it as it was saved last, by
    whichever process, and finds no copies where it never was.
    """

    def __init__(self, folder: Path, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "copies"
        self._file = self._folder / "copies.sqlite3"
        self._wait_seconds = wait_seconds
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None  # the file that is or was open
        self._refused: tuple[int, int, int] | None = None  # a file that was not whole, and when it had changed last

    def catch_up(self, archive: Archive, progress: Callable[[int], object] | None = None) -> list[Copy]:
        """Take in what changed in the archive, and save; return which of the articles that came are copies.

        `progress` is called with 1 after every article read. Where the folder cannot be written, or another process
        writes for longer than the wait, all stays as it was saved before. Raises ArchiveWriteError where the disk is
        full.
        """
        came: list[Copy] = []
        mark = Mark.of(archive)  # no folder is made for an archive that is gone
        with (
            clear_errors("the near copies", self._folder),
            writing_turn(self._folder, self._wait_seconds) as turn,
        ):
            if turn is Turn.OURS:
                if not is_whole(self._file):
                    empty(self._file)
                with closing(connect(self._file, SCHEMA)) as connection:
                    if not follows(connection, mark):
                        open_seal(self._file)
                        came = take_in(connection, archive, progress)
                    close_seal(self._file)
        return came

    def verify(self, archive: Archive) -> Findings:
        """Check that what is saved is whole, of the archive's articles, and that its clusters are what links join."""
        if is_blank(self._file):
            return Findings(State.MISSING)
        with sole_turn(self._folder, self._wait_seconds):
            connection = connect_to_read(self._file)
            if connection is None:
                return Findings(State.DAMAGED, (f"the file '{self._file.name}' is not as it was written",))
            with closing(connection):
                return check(connection, archive)

    def discard(self) -> None:
        """Delete what is saved, so that the next catching up makes it anew. Raises ArchiveError."""
        with sole_turn(self._folder, self._wait_seconds):
            empty(self._file)

    def copies_of(self, article_id: str) -> list[str]:
        """Return the other articles of the same story: the first published, or else arrived, first."""
        rows = self._rows(
            "SELECT id FROM articles WHERE cluster = (SELECT cluster FROM articles WHERE id = ?) AND id != ? "
            f"ORDER BY {_FIRST}",
            (article_id, article_id),
        )
        return [name for (name,) in rows]

    def clusters_of(self, article_ids: Sequence[str]) -> dict[str, int]:
        """Return the number of the cluster of each of some articles, by id; one that is not known is left out."""
        found: dict[str, int] = {}
        for some in batches(article_ids):
            marks = ", ".join("?" * len(some))
            found |= dict(self._rows(f"SELECT id, cluster FROM articles WHERE id IN ({marks})", some))
        return found

    def clusters(self) -> list[list[str]]:
        """Return every story that several articles print, as their ids, the first published or arrived first."""
        rows = self._rows(
            "SELECT cluster, id FROM articles WHERE cluster IN (SELECT cluster FROM articles GROUP BY 1 "
            f"HAVING count(*) > 1) ORDER BY cluster, {_FIRST}",
            (),
        )
        found: dict[int, list[str]] = {}
        for cluster, name in rows:
            found.setdefault(cluster, []).append(name)
        return list(found.values())

    def _rows(self, query: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            try:
                self._open()
                return self._connection.execute(query, values).fetchall() if self._connection else []
            except sqlite3.DatabaseError:  # held by a writer, or damaged meanwhile: nothing in it is a fact
                self._close()
                return []

    def _open(self) -> None:
        """Open the file that stands now, unless it is open, or was found damaged and has not changed since."""
        try:
            stands = self._file.stat()
        except OSError:
            self._close()
            return
        place = (stands.st_dev, stands.st_ino)
        if self._connection and self._opened == place:
            return
        self._close()
        if self._refused != (*place, stands.st_mtime_ns):
            self._connection, self._opened = connect_to_read(self._file), place
            self._refused = None if self._connection else (*place, stands.st_mtime_ns)

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None


_FIRST = "published IS NULL, published, number"
