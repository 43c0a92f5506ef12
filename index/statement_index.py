"""Every statement of an archive, found once and kept beside it: who said what, by speaker."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from index.errors import UnknownArticleError
from index.index_folder import Mark, Turn, writing_turn
from index.types import Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.types import Archive, Article

AT_ONCE = 200
"""Articles whose statements are written in one transaction."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value NOT NULL);
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, published TEXT);
CREATE TABLE IF NOT EXISTS speakers (number INTEGER PRIMARY KEY, mentions TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS statements (
    article TEXT NOT NULL,
    place INTEGER NOT NULL,  -- among the article's, in reading order
    speaker INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS statements_by_speaker ON statements (speaker);
"""

Mentions = tuple[str, ...]
"""All forms in which one article names a speaker."""

_Item = TypeVar("_Item")


class Finder(Protocol):
    """Finds who said what in an article."""

    @property
    def version(self) -> int:
        """Another number where it finds other statements."""
        ...

    def __call__(self, article: Article) -> Sequence[Statement]:
        """Return the statements of an article in reading order."""
        ...


class Stored(NamedTuple):
    """A statement and the id of its article."""

    article_id: str
    statement: Statement


class StatementIndex:
    """The statements of an archive's articles, kept in ``folder/statements``; threads may share it.

    It holds no fact of its own: the folder can be deleted at any time. Where it cannot be written, the statements are
    found anew and kept in memory, which goes with this object. `finder` finds those of an article; where its `version`
    is another than it was, all are found anew.
    """

    def __init__(self, folder: Path, finder: Finder, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "statements"
        self._finder = finder
        self._wait_seconds = wait_seconds
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def catch_up(self, archive: Archive, progress: Callable[[int], object] | None = None) -> None:
        """Take in what changed in the archive, and save; `progress` is called with 1 after every article read.

        Where another process writes for longer than the wait, what it had saved before is served.
        """
        mark = _mark(archive, self._finder)
        with self._lock:
            if self._connection and _read_mark(self._connection) == mark:
                return
            with writing_turn(self._folder, self._wait_seconds) as turn:
                connection = self._open(turn)
                saved = _read_mark(connection)
                if saved != mark and (turn is not Turn.ANOTHERS or saved is None):
                    _take_in(connection, archive, self._finder, mark, progress)

    def speakers(self) -> list[Mentions]:
        """Return every speaker as all forms in which one article names them, each set of forms once."""
        return [tuple(json.loads(mentions)) for (mentions,) in self._rows("SELECT mentions FROM speakers", ())]

    def statements(self, mentions: Collection[Mentions] | None = None) -> Iterator[Stored]:
        """Yield the statements of the speakers with these mentions, of all where None, by article and place."""
        if mentions is None:
            yield from map(_stored, self._rows(f"{_SELECT} ORDER BY article, place", ()))
            return
        for some in _batches(sorted(mentions), AT_ONCE):
            marks = ", ".join("?" * len(some))
            names = list(map(_written, some))
            yield from map(_stored, self._rows(f"{_SELECT} WHERE mentions IN ({marks}) ORDER BY article, place", names))

    def articles(self, mentions: Collection[Mentions]) -> frozenset[str]:
        """Return the ids of the articles in which a speaker with one of these mentions makes a statement."""
        return frozenset(
            article
            for some in _batches(sorted(mentions), AT_ONCE)
            for (article,) in self._rows(f"{_ARTICLES} ({', '.join('?' * len(some))})", list(map(_written, some)))
        )

    def _rows(self, query: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall() if self._connection else []

    def _open(self, turn: Turn) -> sqlite3.Connection:
        if self._connection:
            return self._connection
        file = ":memory:" if turn is Turn.NOBODYS else str(self._folder / "statements.sqlite3")
        try:
            self._connection = _connect(file)
        except sqlite3.DatabaseError:  # damaged: nothing in it is a fact
            (self._folder / "statements.sqlite3").unlink()
            self._connection = _connect(file)
        return self._connection


_SELECT = "SELECT article, facts, mentions FROM statements JOIN speakers ON speaker = number"
_ARTICLES = "SELECT DISTINCT article FROM statements JOIN speakers ON speaker = number WHERE mentions IN"


def _written(mentions: Mentions) -> str:
    return json.dumps(mentions, ensure_ascii=False)


def _connect(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _mark(archive: Archive, finder: Finder) -> str:
    mark = Mark.of(archive)
    return json.dumps([finder.version, mark.identity, mark.generation])


def _read_mark(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = 'mark'").fetchone()
    return row[0] if row else None


def _take_in(
    connection: sqlite3.Connection,
    archive: Archive,
    finder: Finder,
    mark: str,
    progress: Callable[[int], object] | None,
) -> None:
    """Find the statements of articles that came, forget those of articles that went, and take note of the state."""
    before = _read_mark(connection)
    if before and json.loads(before)[:2] != json.loads(mark)[:2]:
        with _transaction(connection):
            for table in ("meta", "articles", "speakers", "statements"):
                connection.execute(f"DELETE FROM {table}")
    stands = {name: day and day.isoformat() for name, day in archive.published().items()}
    known: dict[str, str | None] = dict(connection.execute("SELECT id, published FROM articles"))
    gone = {name for name, day in known.items() if name not in stands or stands[name] != day}
    with _transaction(connection):
        for table, column in (("statements", "article"), ("articles", "id")):
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((name,) for name in gone))
    fresh = [name for name in stands if name not in known or name in gone]
    for some in _batches(fresh, AT_ONCE):
        with _transaction(connection):
            for name in some:
                _add(connection, archive, finder, name)
                if progress:
                    progress(1)
    with _transaction(connection):
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('mark', ?)", (mark,))


def _add(connection: sqlite3.Connection, archive: Archive, finder: Finder, name: str) -> None:
    try:
        article = archive.article(name)
    except UnknownArticleError:  # removed by another process since
        return
    found = finder(article)
    published = article.published.isoformat() if article.published else None
    connection.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", (name, published))
    names = {said.mentions: _written(said.mentions) for said in found}
    connection.executemany("INSERT OR IGNORE INTO speakers (mentions) VALUES (?)", ((one,) for one in names.values()))
    connection.executemany(
        "INSERT INTO statements SELECT ?, ?, number, ? FROM speakers WHERE mentions = ?",
        ((name, place, _facts(said), names[said.mentions]) for place, said in enumerate(found)),
    )


def _facts(said: Statement) -> str:
    facts = asdict(said) | {"said_on": said.said_on.isoformat() if said.said_on else None}
    del facts["mentions"]
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _stored(row: tuple[str, str, str]) -> Stored:
    article_id, facts, mentions = row
    values = json.loads(facts)
    runs = {name: tuple(values[name]) if values[name] else None for name in ("sentence", "words", "verb", "addressee")}
    day = values["said_on"]
    told = {"stance": Stance(values["stance"]), "said_on": date.fromisoformat(day) if day else None}
    return Stored(article_id, Statement(**values | runs | told, mentions=tuple(json.loads(mentions))))


def _batches(names: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    rest = iter(names)
    while some := list(islice(rest, size)):
        yield some


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
