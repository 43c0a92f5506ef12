"""The statements of many articles, found by workers where there are some."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Protocol

from index.batches import batches
from index.workers import Lost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statement import Statement
    from index.types import Archive, Article
    from index.workers import Workers

PORTION = 50
"""Articles whose statements are found together, which takes a tenth of a second."""


class Finder(Protocol):
    """Finds who said what in an article. It can be pickled."""

    @property
    def version(self) -> int:
        """Another number where it finds other statements."""
        ...

    def __call__(self, article: Article) -> Sequence[Statement]:
        """Return the statements of an article in reading order."""
        ...


def find_statements(
    finder: Finder, archive: Archive, names: Sequence[str], workers: Workers
) -> Iterator[tuple[Article, Sequence[Statement]]]:
    """Yield the articles of these ids with their statements, without those that another process has removed since."""
    ahead: deque[list[Article]] = deque()

    def portions() -> Iterator[list[Article]]:
        for some in batches(names, PORTION):
            held = archive.articles_of(some)
            articles = [held[name] for name in some if name in held]
            ahead.append(articles)
            yield articles

    for results in workers.map(partial(_find_each, finder), portions()):
        for article, found in zip(ahead.popleft(), results, strict=True):
            yield article, finder(article) if isinstance(found, Lost) else found  # none is left out for a worker's end


def _find_each(finder: Finder, articles: Sequence[Article]) -> list[Sequence[Statement]]:
    return list(map(finder, articles))
