"""Every statement of an archive, found once and kept beside it: who said what, by speaker."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

from index.batches import batches
from index.errors import ArchiveError
from index.followers.finder import find_statements
from index.followers.index_folder import Findings, Mark, State, Turn, lead, sole_turn, writing_turn
from index.followers.kept_file import (
    clear_errors,
    close_seal,
    connect,
    connect_to_read,
    empty,
    is_blank,
    is_whole,
    open_seal,
    read,
    transaction,
)
from index.followers.statement_rows import Mentions, Stored, facts_of, stored, written
from index.text import tokens
from index.workers import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from index.followers.finder import Finder
    from index.statement import Statement
    from index.types import Archive, Article
    from index.workers import Workers

AT_ONCE = 200
"""Articles whose statements are written in one transaction."""

SAMPLE = 50
"""Articles whose statements are found anew to verify those of all."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value NOT NULL);
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, published TEXT);
CREATE TABLE IF NOT EXISTS speakers (number INTEGER PRIMARY KEY, mentions TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS speaker_words (
    word TEXT NOT NULL,  -- of one of the mentions, folded
    speaker INTEGER NOT NULL,
    PRIMARY KEY (word, speaker)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS statements (
    article TEXT NOT NULL,
    place INTEGER NOT NULL,  -- among the article's, in reading order
    speaker INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS statements_by_speaker ON statements (speaker);
"""


class StatementIndex:
    """The statements of an archive's articles, kept in ``folder/statements``; threads may share it.

    It holds no fact of its own: the folder can be deleted at any time. Where it cannot be written, the statements are
    found anew and kept in memory, which goes with this object. `finder` finds those of an article; where its `version`
    is another than it was, all are found anew.
    """

    def __init__(self, folder: Path, finder: Finder, *, wait_seconds: float = 5.0) -> None:
        self._folder = folder / "statements"
        self._file = self._folder / "statements.sqlite3"
        self._finder = finder
        self._wait_seconds = wait_seconds
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: os.stat_result | None = None  # the file as it was opened to be written; None otherwise

    def catch_up(
        self, archive: Archive, progress: Callable[[int], object] | None = None, workers: Workers = HERE
    ) -> None:
        """Take in what changed in the archive, and save; `progress` is called with 1 after every article read.

        `workers` find the statements of many articles; the finder goes to them pickled.
        Where another process writes for longer than the wait, what it had saved before is served. A file that is not
        as it was written is made anew. Raises ArchiveError where it cannot be written or is damaged meanwhile.
        """
        mark = _mark(archive, self._finder)
        with self._lock, clear_errors("the statements", self._folder):
            if self._connection and self._stands() and read(self._connection, "mark") == mark:
                return
            with writing_turn(self._folder, self._wait_seconds) as turn:
                if turn is Turn.OURS:
                    self._catch_up_file(archive, mark, progress, workers)
                else:
                    self._catch_up_aside(archive, mark, progress, any_mark=turn is Turn.ANOTHERS)

    def _catch_up_file(
        self, archive: Archive, mark: str, progress: Callable[[int], object] | None, workers: Workers
    ) -> None:
        if not (self._connection and self._opened and self._stands()):
            self._close()
            if not is_whole(self._file):
                empty(self._file)
            self._connection = connect(self._file, _SCHEMA)
            self._opened = self._file.stat()
        if read(self._connection, "mark") != mark:
            open_seal(self._file)
            _take_in(self._connection, archive, self._finder, mark, progress, workers)
        close_seal(self._file)

    def _catch_up_aside(
        self, archive: Archive, mark: str, progress: Callable[[int], object] | None, *, any_mark: bool
    ) -> None:
        """Serve what is saved, where it is of this mark or `any_mark` will do; else keep all in memory."""
        if self._connection is None or not self._stands():
            self._close()
            self._connection = connect_to_read(self._file)
        saved = read(self._connection, "mark") if self._connection else None
        if self._connection is None or (saved != mark and not (any_mark and saved)):
            self._close()
            self._connection = connect(":memory:", _SCHEMA)
            _take_in(self._connection, archive, self._finder, mark, progress)

    def known(self, article: Article, archive: Archive) -> tuple[Statement, ...] | None:
        """Return the statements of an article that were found before.

        None where the archive has changed since, or the file was not opened yet.
        """
        with self._lock, clear_errors("the statements", self._folder):
            if not (self._connection and self._stands()):
                return None  # to open the file takes as long as to find them in some articles
            if read(self._connection, "mark") != _mark(archive, self._finder):
                return None
            rows = self._connection.execute(f"{_SELECT} WHERE article = ? ORDER BY place", (article.id,)).fetchall()
        return tuple(stored(row).statement for row in rows)

    def lag(self, archive: Archive) -> int:
        """Return how many articles the next catching up has to read: those that came, and those whose facts changed."""
        mark = _mark(archive, self._finder)
        with self._lock, clear_errors("the statements", self._folder):
            if not (self._connection and self._stands()):
                self._close()
                self._connection = connect_to_read(self._file)
            held = self._connection
            if held is None or read(held, "maker") != _maker(mark):
                return archive.count_articles()
            return 0 if read(held, "mark") == mark else len(_changes(held, archive)[0])

    def verify(self, archive: Archive) -> Findings:
        """Check that what is saved is whole and of the archive's articles, and find some articles' statements anew."""
        if is_blank(self._file):
            return Findings(State.MISSING)
        with self._lock, sole_turn(self._folder, self._wait_seconds):
            if not is_whole(self._file) and not is_blank(self._file):
                return Findings(State.DAMAGED, (f"the file '{self._file.name}' is not as it was written",))
            connection = connect_to_read(self._file)
            if connection is None:
                return Findings(State.MISSING)
            with closing(connection):
                return _verify(connection, archive, self._finder)

    def discard(self) -> None:
        """Delete what is saved, so that the next catching up makes it anew. Raises ArchiveError."""
        with self._lock, sole_turn(self._folder, self._wait_seconds):
            self._close()
            empty(self._file)

    def speakers(self, words: Collection[str] | None = None) -> list[Mentions]:
        """Return every speaker as all forms in which one article names them, each set of forms once.

        With `words`, only those who are mentioned by one of these folded words.
        """
        if words is None:
            rows = self._rows("SELECT mentions FROM speakers", ())
        else:
            rows = [row for some in batches(sorted(words), AT_ONCE) for row in self._rows(*_named_by(some))]
        return [tuple(json.loads(mentions)) for (mentions,) in dict.fromkeys(rows)]

    def speaker_words(self) -> list[str]:
        """Return every folded word by which a speaker is mentioned, once."""
        return [word for (word,) in self._rows("SELECT DISTINCT word FROM speaker_words", ())]

    def count_speakers(self) -> dict[Mentions, int]:
        """Return how many statements each speaker makes."""
        rows = self._rows(
            "SELECT mentions, COUNT(*) FROM statements JOIN speakers ON speaker = number GROUP BY number", ()
        )
        return {tuple(json.loads(mentions)): count for mentions, count in rows}

    def statements(self, mentions: Collection[Mentions] | None = None) -> Iterator[Stored]:
        """Yield the statements of the speakers with these mentions, of all where None, by article and place."""
        if mentions is None:
            yield from map(stored, self._rows(f"{_SELECT} ORDER BY article, place", ()))
            return
        for some in batches(sorted(mentions), AT_ONCE):
            marks = ", ".join("?" * len(some))
            names = list(map(written, some))
            yield from map(stored, self._rows(f"{_SELECT} WHERE mentions IN ({marks}) ORDER BY article, place", names))

    def articles(self, mentions: Collection[Mentions]) -> frozenset[str]:
        """Return the ids of the articles in which a speaker with one of these mentions makes a statement."""
        return frozenset(
            article
            for some in batches(sorted(mentions), AT_ONCE)
            for (article,) in self._rows(f"{_ARTICLES} ({', '.join('?' * len(some))})", list(map(written, some)))
        )

    def _rows(self, query: str, values: Sequence[object]) -> list[Any]:
        with self._lock, clear_errors("the statements", self._folder):
            return self._connection.execute(query, values).fetchall() if self._connection else []

    def _stands(self) -> bool:
        """Whether the file is still the one that was opened, where one was opened to be written."""
        if self._opened is None:
            return True
        try:
            return os.path.samestat(self._opened, self._file.stat())
        except OSError:
            return False

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = self._opened = None


_SELECT = "SELECT article, facts, mentions FROM statements JOIN speakers ON speaker = number"
_ARTICLES = "SELECT DISTINCT article FROM statements JOIN speakers ON speaker = number WHERE mentions IN"


def _named_by(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    marks = ", ".join("?" * len(words))
    return f"SELECT mentions FROM speaker_words JOIN speakers ON speaker = number WHERE word IN ({marks})", words


def _mark(archive: Archive, finder: Finder) -> str:
    mark = Mark.of(archive)
    return json.dumps([finder.version, mark.identity, mark.generation])


def _maker(mark: str) -> str:
    """Name the finder's version and the archive: what another of them has found is of no use, finished or not."""
    return json.dumps(json.loads(mark)[:2])


def _verify(connection: sqlite3.Connection, archive: Archive, finder: Finder) -> Findings:
    saved, mark = read(connection, "mark"), Mark.of(archive)
    if read(connection, "maker") != _maker(_mark(archive, finder)):
        return Findings(State.MISSING)
    if saved is None or json.loads(saved)[2] < mark.generation:
        return Findings(State.BEHIND)
    if ahead := lead(Mark(*json.loads(saved)[1:]), mark):
        return Findings(State.DAMAGED, (ahead,))
    stand = {name: day and day.isoformat() for name, day in archive.published().items()}
    if dict(connection.execute("SELECT id, published FROM articles")) != stand:
        return Findings(State.DAMAGED, ("its articles are not the archive's",))
    names = sorted(stand)
    for name in names[:: len(names) // SAMPLE + 1]:
        kept = connection.execute(f"{_SELECT} WHERE article = ? ORDER BY place", (name,)).fetchall()
        try:
            found = finder(archive.article(name))
        except ArchiveError:
            continue  # lost, which the archive's own check tells, or removed by another process since
        if tuple(stored(row).statement for row in kept) != tuple(found):
            return Findings(State.DAMAGED, (f"the statements of article {name} are not those that are found in it",))
    return Findings(State.CURRENT)


def _take_in(
    connection: sqlite3.Connection,
    archive: Archive,
    finder: Finder,
    mark: str,
    progress: Callable[[int], object] | None,
    workers: Workers = HERE,
) -> None:
    """Find the statements of articles that came, forget those of articles that went, and take note of the state."""
    if read(connection, "maker") != _maker(mark):
        with transaction(connection):
            for table in ("meta", "articles", "speakers", "speaker_words", "statements"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("INSERT INTO meta VALUES ('maker', ?)", (_maker(mark),))
    fresh, gone, last = _changes(connection, archive)
    with transaction(connection):
        for table, column in (("statements", "article"), ("articles", "id")):
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((name,) for name in gone))
    for some in batches(find_statements(finder, archive, fresh, workers), AT_ONCE):
        with transaction(connection):
            for article, statements in some:
                _add(connection, article, statements)
                if progress:
                    progress(1)
    with transaction(connection):
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", (("mark", mark), ("last", str(last))))


def _changes(connection: sqlite3.Connection, archive: Archive) -> tuple[list[str], set[str], int]:
    """Return the articles that came and those that went, by id, and the number of the last arrival.

    All that stood at the last arrival known is known, so that as many as were known and came stand only where none of
    these went: then no more is read than what came. In an archive put back from a copy that arrival may be another.
    """
    last = int(read(connection, "last") or 1)
    came = archive.arrivals(after=last - 1)
    latest = came.pop(last, None)
    ((is_known,),) = connection.execute("SELECT count(*) FROM articles WHERE id = ?", (latest,))
    ((count,),) = connection.execute("SELECT count(*) FROM articles")
    if is_known and count + len(came) == archive.count_articles():
        return list(came.values()), set(), max(came, default=last)
    last = max(archive.arrivals(), default=0)
    stands = {name: day and day.isoformat() for name, day in archive.published().items()}
    known: dict[str, str | None] = dict(connection.execute("SELECT id, published FROM articles"))
    gone = {name for name, day in known.items() if name not in stands or stands[name] != day}
    return [name for name in stands if name not in known or name in gone], gone, last


def _add(connection: sqlite3.Connection, article: Article, found: Sequence[Statement]) -> None:
    name = article.id
    published = article.published.isoformat() if article.published else None
    connection.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", (name, published))
    names = {said.mentions: written(said.mentions) for said in found}
    for mentions, kept in names.items():
        added = connection.execute("INSERT OR IGNORE INTO speakers (mentions) VALUES (?)", (kept,))
        if added.rowcount:
            words = {word.text for mention in mentions for word in tokens(mention)}
            number = added.lastrowid
            connection.executemany("INSERT INTO speaker_words VALUES (?, ?)", ((word, number) for word in words))
    connection.executemany(
        "INSERT INTO statements SELECT ?, ?, number, ? FROM speakers WHERE mentions = ?",
        ((name, place, facts_of(said), names[said.mentions]) for place, said in enumerate(found)),
    )
