"""Which articles of an archive print one story, found as they come and kept beside it.

Two articles are linked where `resemblance.same_story` says so; a cluster is all that links join. It depends on the
articles alone, not on the order in which they came, but for one bound: where more than `MOST_ALIKE` articles share a
shingle that they are found by, a new one is compared with those that came first.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from index import resemblance
from index.archive_file import clear_errors
from index.errors import UnknownArticleError
from index.index_folder import Mark, Turn, writing_turn
from index.resemblance import Story, read_story, same_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.types import Archive

AT_ONCE = 500
"""Articles that are taken in by one transaction."""

MOST_ALIKE = 500
"""Articles with one shingle of its sketch that a new article is held against."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY,  -- the archive's: it grows with every arrival
    id TEXT NOT NULL UNIQUE,
    published INTEGER,
    cluster INTEGER NOT NULL  -- the smallest number in it
);
CREATE INDEX IF NOT EXISTS articles_by_cluster ON articles (cluster);
CREATE TABLE IF NOT EXISTS words (article INTEGER PRIMARY KEY, numbers BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sketches (
    shingle INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (shingle, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (  -- each in both directions
    one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
"""
_Item = TypeVar("_Item")
_TABLES = ("meta", "articles", "words", "sketches", "links")


class Copy(NamedTuple):
    """An article that prints the story of one that came before it; both by id."""

    article_id: str
    of: str


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

    def catch_up(self, archive: Archive, progress: Callable[[int], object] | None = None) -> list[Copy]:
        """Take in what changed in the archive, and save; return which of the articles that came are copies.

        `progress` is called with 1 after every article read. Where the folder cannot be written, or another process
        writes for longer than the wait, all stays as it was saved before. Raises ArchiveWriteError where the disk is
        full.
        """
        with self._lock, clear_errors(self._folder):
            if not self._file.is_file():  # deleted since it was opened
                self._close()
            if self._connection and _follows(self._connection, archive):
                return []
            with writing_turn(self._folder, self._wait_seconds) as turn:
                if turn is not Turn.OURS:
                    return []
                connection = self._open_to_write()
                return [] if _follows(connection, archive) else _take_in(connection, archive, progress)

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
        for some in _batches(article_ids):
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
                if self._connection is None and self._file.is_file():
                    self._connection = _connect(f"{self._file.absolute().as_uri()}?mode=rw")
                return self._connection.execute(query, values).fetchall() if self._connection else []
            except sqlite3.DatabaseError:  # damaged, half made, or held by a writer: nothing in it is a fact
                self._close()
                return []

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _open_to_write(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(self._file.absolute().as_uri())
        try:
            self._connection.executescript(_SCHEMA)
        except sqlite3.DatabaseError:
            self._close()
            self._file.unlink(missing_ok=True)
            self._connection = _connect(self._file.absolute().as_uri())
            self._connection.executescript(_SCHEMA)
        return self._connection


_FIRST = "published IS NULL, published, number"


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def _follows(connection: sqlite3.Connection, archive: Archive) -> bool:
    return _read_state(connection) == (resemblance.VERSION, Mark.of(archive))


def _read_state(connection: sqlite3.Connection) -> tuple[int, Mark] | None:
    state = dict(connection.execute("SELECT key, value FROM meta"))
    return (state["version"], Mark(state["identity"], state["generation"])) if state else None


def _write_state(connection: sqlite3.Connection, mark: Mark) -> None:
    facts = {"version": resemblance.VERSION, "identity": mark.identity, "generation": mark.generation}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())


def _take_in(connection: sqlite3.Connection, archive: Archive, progress: Callable[[int], object] | None) -> list[Copy]:
    """Follow the archive: forget the articles that went, compare those that came, and take note of the state.

    Killed in between, it goes on from the last transaction: what stands is compared, what does not stand goes.
    """
    mark = Mark.of(archive)
    state = _read_state(connection)
    if state is None or state[0] != resemblance.VERSION or not state[1].leads_to(mark):
        with _transaction(connection):
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")
            _write_state(connection, Mark(mark.identity, 0))
    ((count, last),) = connection.execute("SELECT count(*), coalesce(max(number), 0) FROM articles")
    came = archive.arrivals(after=last)
    if count + len(came) != archive.count_articles():
        stands = archive.arrivals()
        known = dict(connection.execute("SELECT number, id FROM articles"))
        with _transaction(connection):
            _forget(connection, [number for number, name in known.items() if stands.get(number) != name])
        came = {number: name for number, name in stands.items() if known.get(number) != name}
    batches = list(_batches(sorted(came.items()))) or [[]]
    for some in batches:
        with _transaction(connection):
            for number, name in some:
                _add(connection, archive, number, name)
                if progress:
                    progress(1)
            if some is batches[-1]:
                _write_state(connection, mark)
    return [copy for some in _batches(sorted(came)) for copy in _copies(connection, some)]


def _copies(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Copy]:
    """Yield those of some articles that are not the first of their cluster to arrive."""
    marks = ", ".join("?" * len(numbers))
    yield from map(
        Copy._make,
        connection.execute(
            "SELECT mine.id, first.id FROM articles AS mine JOIN articles AS first ON first.number = mine.cluster "
            f"WHERE mine.number IN ({marks}) AND mine.cluster != mine.number ORDER BY mine.number",
            numbers,
        ),
    )


def _add(connection: sqlite3.Connection, archive: Archive, number: int, name: str) -> None:
    try:
        story = read_story(archive.article(name))
    except UnknownArticleError:  # removed by another process since
        return
    run = connection.execute
    run("INSERT INTO articles VALUES (?, ?, ?, ?)", (number, name, story.published, number))
    if not story.sketch:
        return
    alike = [other for other in _candidates(connection, story) if same_story(story, _story(connection, other))]
    run("INSERT INTO words VALUES (?, ?)", (number, story.words.astype("<u4").tobytes()))
    connection.executemany("INSERT INTO sketches VALUES (?, ?)", ((shingle, number) for shingle in story.sketch))
    if alike:
        pairs = [pair for other in alike for pair in ((number, other), (other, number))]
        connection.executemany("INSERT INTO links VALUES (?, ?)", pairs)
        marks = ", ".join("?" * len(alike))
        joined = {cluster for (cluster,) in run(f"SELECT cluster FROM articles WHERE number IN ({marks})", alike)}
        for cluster in joined | {number}:
            run("UPDATE articles SET cluster = ? WHERE cluster = ?", (min(joined | {number}), cluster))


def _candidates(connection: sqlite3.Connection, story: Story) -> list[int]:
    """Return the articles that share enough of a sketch to be compared."""
    query = " UNION ALL ".join([_HOLDING] * len(story.sketch))
    shared = Counter(number for (number,) in connection.execute(query, story.sketch))
    return [number for number, times in shared.items() if times >= resemblance.SHARED]


_HOLDING = f"SELECT * FROM (SELECT article FROM sketches WHERE shingle = ? ORDER BY article LIMIT {MOST_ALIKE})"


def _story(connection: sqlite3.Connection, number: int) -> Story:
    ((published, words),) = connection.execute(
        "SELECT published, numbers FROM articles JOIN words ON article = number WHERE number = ?", (number,)
    )
    return Story.of(np.frombuffer(words, "<u4"), published)


def _forget(connection: sqlite3.Connection, gone: Sequence[int]) -> None:
    """Remove articles, and part the clusters that only they held together."""
    run = connection.execute
    parted: set[int] = set()
    for number in gone:
        parted.update(cluster for (cluster,) in run("SELECT cluster FROM articles WHERE number = ?", (number,)))
        for (words,) in run("SELECT numbers FROM words WHERE article = ?", (number,)).fetchall():
            held = Story.of(np.frombuffer(words, "<u4"), None).sketch
            connection.executemany(
                "DELETE FROM sketches WHERE shingle = ? AND article = ?", ((shingle, number) for shingle in held)
            )
        others = run("SELECT other FROM links WHERE one = ?", (number,)).fetchall()
        connection.executemany(
            "DELETE FROM links WHERE one = ? AND other = ?", ((other, number) for (other,) in others)
        )
        run("DELETE FROM links WHERE one = ?", (number,))
        run("DELETE FROM words WHERE article = ?", (number,))
        run("DELETE FROM articles WHERE number = ?", (number,))
    for cluster in parted:
        members = [number for (number,) in run("SELECT number FROM articles WHERE cluster = ?", (cluster,))]
        for part in _parts(connection, members):
            connection.executemany(
                "UPDATE articles SET cluster = ? WHERE number = ?", ((min(part), number) for number in part)
            )


def _parts(connection: sqlite3.Connection, members: Iterable[int]) -> Iterator[set[int]]:
    """Yield those that links still join, together."""
    rest = set(members)
    while rest:
        part: set[int] = set()
        reached = {rest.pop()}
        while reached:
            part |= reached
            linked = [connection.execute("SELECT other FROM links WHERE one = ?", (number,)) for number in reached]
            reached = {number for rows in linked for (number,) in rows} - part
        rest -= part
        yield part


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
