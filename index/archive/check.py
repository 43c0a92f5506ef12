"""The truth checked against itself: what of an archive can still be read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from index.archive.rows import COLUMNS, article_id, row_article
from index.errors import ArchiveError, ArchiveUnreachableError
from index.types import Article

Rows = Callable[..., list[Any]]
"""Runs a statement with its values and returns the rows. Raises ArchiveError."""

REBUILD = "run `isnad archive rebuild`"
RESTORE = "restore it from a copy, or save what can be read with `isnad archive salvage`"
FACTS = {"identity": str, "generation": int, "encoder": str, "dimensions": int}
"""What an archive remembers of itself."""

_UNIT = 0.01  # how far a vector of two-byte numbers may be from length 1


class Dialect(NamedTuple):
    """What one database has its own way to say, or to check."""

    joined: str
    """The values of a column as one text, with commas between them."""
    code_points: str
    """How long the text of a column is."""
    scans: tuple[str, ...]
    """Ways to read a column of a table, as what follows the table's name: another may still work where one does not."""
    faults: Callable[[Rows], Iterator[str]]
    """What is wrong with the database itself."""


class Row(NamedTuple):
    """A row of articles: what its indexes tell even where it is lost, and the article where all of it is whole."""

    id: str
    path: str
    article: Article | None


def faults(rows: Rows, dialect: Dialect) -> Iterator[str]:
    """Yield what is wrong with an archive, each as a line that says what to do.

    Raises ArchiveUnreachableError, which tells nothing of the archive.
    """
    checks = (
        dialect.faults(rows),
        _fact_faults(rows),
        _article_faults(rows, dialect),
        _passage_faults(rows, dialect),
        _vector_faults(rows),
    )
    for check in checks:
        try:
            yield from check
        except ArchiveUnreachableError:
            raise
        except ArchiveError as error:
            yield str(error)


def read_each(rows: Rows, dialect: Dialect) -> Iterator[Row]:
    """Yield every article that the table or one of its two indexes knows, in the order of arrival."""
    ids, paths = (_column(name, rows, dialect) for name in ("id", "path"))
    for ordinal in sorted(ids.keys() | paths.keys()):
        article = _read(ordinal, rows)
        name, path = ids.get(ordinal, "?"), paths.get(ordinal, "?")
        is_whole = article is not None and (article.id, article.path) == (name, path) == (
            article_id(article.text),
            path,
        )
        yield Row(name, path, article if is_whole else None)


def _read(ordinal: int, rows: Rows) -> Article | None:
    try:
        ((*values,),) = rows(f"SELECT {COLUMNS} FROM articles WHERE ordinal = ?", (ordinal,))
        return row_article(values)
    except ArchiveUnreachableError:
        raise
    except (ArchiveError, ValueError, TypeError):
        return None


def _column(name: str, rows: Rows, dialect: Dialect) -> dict[int, str]:
    """Read a column from its own index, which is in other pages than the table; from the table where that is lost."""
    for scan in dialect.scans:
        try:
            return dict(rows(f"SELECT ordinal, {name} FROM articles {scan}"))
        except ArchiveUnreachableError:
            raise
        except ArchiveError:
            continue
    return {}


def _fact_faults(rows: Rows) -> Iterator[str]:
    facts = dict(rows("SELECT key, value FROM meta"))
    for key, kind in FACTS.items():
        if not isinstance(facts.get(key), kind):
            yield f"the archive has lost its {key}; {RESTORE}"


def _article_faults(rows: Rows, dialect: Dialect) -> Iterator[str]:
    for name, path, article in read_each(rows, dialect):
        if article is None:
            yield (
                f"article {name} ({path!r}): it is not the one that was added, or cannot be read; "
                f"run `isnad archive remove {name}` and ingest its file again"
            )
        elif any(not 0 <= span.start < span.end <= len(article.text) for span in article.spans):
            yield f"article {name} ({path!r}): a marked span lies outside the text; {REBUILD}"


def _passage_faults(rows: Rows, dialect: Dialect) -> Iterator[str]:
    for number, name in rows(
        "SELECT number, id FROM passages JOIN articles ON article = ordinal "
        f'WHERE start < 0 OR start >= "end" OR "end" > {dialect.code_points.format("text")} ORDER BY number'
    ):
        yield f"passage {number} of article {name}: lies outside the text; {REBUILD}"


def _vector_faults(rows: Rows) -> Iterator[str]:
    dimensions = dict(rows("SELECT key, value FROM meta")).get("dimensions", 0)
    last = 0
    while page := rows("SELECT number, vector FROM passages WHERE number > ? ORDER BY number LIMIT 5000", (last,)):
        last = page[-1][0]
        for number, vector in page:
            if len(vector) != 2 * dimensions:
                yield f"passage {number}: its vector has {len(vector)} bytes, not {2 * dimensions}; {REBUILD}"
        whole = [(number, vector) for number, vector in page if len(vector) == 2 * dimensions]
        if not whole:
            continue
        vectors = np.frombuffer(b"".join(vector for _, vector in whole), "<f2").reshape(len(whole), -1)
        lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
        # Nothing of a text without a known word is known: its vector is zero.
        right = (np.abs(lengths - 1) <= _UNIT) | (lengths == 0)
        for (number, _), is_right in zip(whole, right, strict=True):
            if not is_right:
                yield f"passage {number}: its vector is not of length 1; {REBUILD}"
