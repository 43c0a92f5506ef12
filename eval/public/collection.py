"""What a public test set comes to: its texts as articles of an archive, and its questions, located in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.adding import add
from index.archive.opening import open_at
from index.archive.rows import article_id
from index.batches import batches
from index.preparing import prepare
from index.text import detect_language
from index.types import Archive, Article, Encoder, Language

if TYPE_CHECKING:
    from eval.questions import Located

TOGETHER = 1024
"""Articles that are added in one transaction."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles and the questions on them; `left_out` counts questions in neither Arabic nor English."""

    articles: tuple[Article, ...]
    questions: tuple[Located, ...]
    left_out: int = 0


def to_article(path: str, text: str, title: str | None = None, language: Language | None = None) -> Article:
    """Return a text of a test set as an article: nothing in it is marked, since it is no page."""
    return Article(article_id(text), path, text, language or detect_language(text), title=title or None)


def fill(folder: Path, articles: Sequence[Article], encoder: Encoder) -> Archive:
    """Put articles into a new archive, each text once and those without words left out; returns it, open."""
    archive = open_at(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True)
    first: dict[str, Article] = {}
    for article in articles:
        first.setdefault(article.id, article)
    for some in batches((article for article in first.values() if article.text.strip()), TOGETHER):
        add(archive, prepare(encoder, some))
    return archive
