"""Articles made of records, marked, and added to the archive with the vectors of their passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.archive.rows import article_id
from index.chunk import chunk
from index.cleaning.clean import clean
from index.reading import Record
from index.text import detect_language
from index.types import Archive, Article, Encoder


def to_article(record: Record) -> Article:
    """Return the article of a record as the archive would hold it: its spans marked, its facts filled in."""
    return _cleaned(
        Article(
            id=article_id(record.text),
            path=record.path,
            text=record.text,
            language=detect_language(record.text),
            title=record.title,
            source=record.source,
            url=record.url,
            author=record.author,
            published=record.published,
        )
    )


def _cleaned(article: Article) -> Article:
    """Mark an article's spans, and fill in what its file did not state but its text does."""
    found = clean(article.text)
    return replace(
        article,
        title=article.title or found.title,
        published=article.published or found.published,
        agency=article.agency or found.agency,
        dateline=article.dateline or found.dateline,
        spans=found.spans,
    )


class Portion:
    """The progress of articles whose passages are encoded together, in any order and by a large model slowly.

    As large a part of the articles counts as done as of their passages is encoded.
    """

    def __init__(self, progress: Callable[[int], object] | None, articles: int, passages: int) -> None:
        self._progress = progress
        self._articles = articles
        self._passages = max(passages, 1)
        self._encoded = self._shown = 0

    def encoded(self, passages: int) -> None:
        """Count passages that were encoded since the last call."""
        self._encoded += passages
        self._show(self._articles * self._encoded // self._passages)

    def finish(self) -> None:
        """Count every article, those without a passage too."""
        self._show(self._articles)

    def _show(self, articles: int) -> None:
        if self._progress and articles > self._shown:
            self._progress(articles - self._shown)
            self._shown = articles


def add(
    archive: Archive,
    encoder: Encoder,
    articles: Sequence[Article],
    offsets: Sequence[Sequence[tuple[int, int]]],
    portion: Portion,
) -> None:
    """Encode the passages of some articles together, and add the articles in one transaction."""
    texts = [
        article.text[start:end] for article, places in zip(articles, offsets, strict=True) for start, end in places
    ]
    vectors = encoder.encode_passages(texts, portion.encoded)
    with archive.transaction():
        row = 0
        for article, places in zip(articles, offsets, strict=True):
            archive.add(article, places, vectors[row : row + len(places)])
            row += len(places)
    portion.finish()


def add_anew(
    archive: Archive, encoder: Encoder, articles: Sequence[Article], progress: Callable[[int], object] | None
) -> None:
    """Clean and chunk articles that an archive held, and add them."""
    cleaned = [_cleaned(article) for article in articles]
    offsets = [chunk(article) for article in cleaned]
    add(archive, encoder, cleaned, offsets, Portion(progress, len(cleaned), sum(map(len, offsets))))
