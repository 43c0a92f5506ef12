"""The tables of near copies: articles compared as they come, and clusters that are all that links join.

Two articles are linked where `resemblance.same_story` says so; a cluster is all that links join. It depends on the
articles alone, not on the order in which they came, but for one bound: where more than `MOST_ALIKE` articles share a
shingle that they are found by, a new one is compared with those that came first.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from index.errors import ArchiveError
from index.followers import resemblance
from index.followers.index_folder import Findings, Mark, State, lead
from index.followers.kept_file import transaction
from index.followers.resemblance import Story, read_stories, same_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.types import Archive

AT_ONCE = 500
"""Articles that are taken in by one transaction."""

MOST_ALIKE = 500
"""Articles with one shingle of its sketch that a new article is held against."""

SAMPLE = 50
"""Articles whose words are read anew to verify those of all."""

SCHEMA = """
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


def follows(connection: sqlite3.Connection, mark: Mark) -> bool:
    """Tell whether the tables reflect this state of an archive."""
    return _read_state(connection) == (resemblance.VERSION, mark)


def _read_state(connection: sqlite3.Connection) -> tuple[int, Mark] | None:
    state = dict(connection.execute("SELECT key, value FROM meta"))
    return (state["version"], Mark(state["identity"], state["generation"])) if state else None


def _write_state(connection: sqlite3.Connection, mark: Mark) -> None:
    facts = {"version": resemblance.VERSION, "identity": mark.identity, "generation": mark.generation}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())


def take_in(connection: sqlite3.Connection, archive: Archive, progress: Callable[[int], object] | None) -> list[Copy]:
    """Follow the archive: forget the articles that went, compare those that came, and take note of the state.

    Killed in between, it goes on from the last transaction: what stands is compared, what does not stand goes.
    """
    mark = Mark.of(archive)
    state = _read_state(connection)
    if state is None or state[0] != resemblance.VERSION or not state[1].leads_to(mark):
        with transaction(connection):
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")
            _write_state(connection, Mark(mark.identity, 0))
    ((count, last),) = connection.execute("SELECT count(*), coalesce(max(number), 0) FROM articles")
    came = archive.arrivals(after=last)
    if count + len(came) != archive.count_articles():
        stands = archive.arrivals()
        known = dict(connection.execute("SELECT number, id FROM articles"))
        with transaction(connection):
            _forget(connection, [number for number, name in known.items() if stands.get(number) != name])
        came = {number: name for number, name in stands.items() if known.get(number) != name}
    portions = list(batches(sorted(came.items()))) or [[]]
    for some in portions:
        stories = _read_stories(archive, [name for _, name in some])
        with transaction(connection):
            for number, name in some:
                if name in stories:  # another process may have removed it since
                    _add(connection, number, name, stories[name])
                if progress:
                    progress(1)
            if some is portions[-1]:
                _write_state(connection, mark)
    return [copy for some in batches(sorted(came)) for copy in _copies(connection, some)]


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


def _read_stories(archive: Archive, names: Sequence[str]) -> dict[str, Story]:
    held = archive.articles_of(names)
    return dict(zip(held, read_stories(list(held.values())), strict=True))


def _add(connection: sqlite3.Connection, number: int, name: str, story: Story) -> None:
    run = connection.execute
    run("INSERT INTO articles VALUES (?, ?, ?, ?)", (number, name, story.published, number))
    if not story.sketch:
        return
    alike = [other for other in _candidates(connection, story) if same_story(story, _story(connection, other))]
    run("INSERT INTO words VALUES (?, ?)", (number, _written(story)))
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
    holding = f"SELECT * FROM (SELECT article FROM sketches WHERE shingle = ? ORDER BY article LIMIT {MOST_ALIKE})"
    query = " UNION ALL ".join([holding] * len(story.sketch))
    shared = Counter(number for (number,) in connection.execute(query, story.sketch))
    return [number for number, times in shared.items() if times >= resemblance.SHARED]


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


def check(connection: sqlite3.Connection, archive: Archive) -> Findings:
    """Hold the articles, the words of some of them and every cluster against the archive, which others may change."""
    state, mark = _read_state(connection), Mark.of(archive)
    if state is None or state[0] != resemblance.VERSION or state[1].identity != mark.identity:
        return Findings(State.MISSING)
    if ahead := lead(state[1], mark):
        return Findings(State.DAMAGED, (ahead,))
    known: dict[int, str] = dict(connection.execute("SELECT number, id FROM articles"))
    stands = archive.arrivals()
    if state[1] != Mark.of(archive):
        return Findings(State.BEHIND)
    if known != stands:
        return Findings(State.DAMAGED, ("its articles are not the archive's",))
    for number in sorted(known)[:: len(known) // SAMPLE + 1]:
        if not _has_words(connection, archive, number, known[number]):
            return Findings(State.DAMAGED, (f"the words of article {known[number]} are not those of its text",))
    for cluster, members in _members(connection).items():
        if min(members) != cluster or list(_parts(connection, members)) != [members]:
            return Findings(State.DAMAGED, (f"the copies of article {known[cluster]} are not those it is linked to",))
    return Findings(State.CURRENT)


def _has_words(connection: sqlite3.Connection, archive: Archive, number: int, name: str) -> bool:
    """Whether an article's words are those of its text; of one that cannot be read, yes: the archive's check tells."""
    try:
        (story,) = read_stories([archive.article(name)])
    except ArchiveError:
        return True
    kept = [words for (words,) in connection.execute("SELECT numbers FROM words WHERE article = ?", (number,))]
    return kept == ([_written(story)] if story.sketch else [])


def _members(connection: sqlite3.Connection) -> dict[int, set[int]]:
    """Return the articles of every cluster of several."""
    found: dict[int, set[int]] = {}
    for cluster, number in connection.execute(
        "SELECT cluster, number FROM articles WHERE number != cluster OR cluster IN "
        "(SELECT cluster FROM articles GROUP BY 1 HAVING count(*) > 1)"
    ):
        found.setdefault(cluster, set()).add(number)
    return found


def _written(story: Story) -> bytes:
    return story.words.astype("<u4").tobytes()


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


def batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Yield as many of the items at a time as one transaction or statement takes."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
