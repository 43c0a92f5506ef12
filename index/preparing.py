"""Records to articles that only have to be added: marked, cut into passages, and these encoded."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from index.archive.rows import article_id
from index.chunk import chunk
from index.cleaning.clean import clean
from index.errors import EncoderMismatchError
from index.reading import Record
from index.text import detect_language
from index.types import Article, Encoder, Vectors


class Prepared(NamedTuple):
    """An article with its passages as offsets into its text, and their vectors, shape (passages, dimensions)."""

    article: Article
    offsets: list[tuple[int, int]]
    vectors: Vectors


def to_article(record: Record) -> Article:
    """Return the article of a record as the archive would hold it: its spans marked, its facts filled in."""
    return cleaned(
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


def cleaned(article: Article) -> Article:
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


def prepare(
    encoder: Encoder, articles: Sequence[Article], progress: Callable[[int], object] | None = None
) -> list[Prepared]:
    """Cut articles into passages and encode all of these together; `progress` gets the number of articles done."""
    offsets = [chunk(article) for article in articles]
    texts = [
        article.text[start:end] for article, places in zip(articles, offsets, strict=True) for start, end in places
    ]
    portion = _Portion(progress, len(articles), len(texts))
    vectors = encoder.encode_passages(texts, portion.encoded)
    portion.finish()
    found: list[Prepared] = []
    row = 0
    for article, places in zip(articles, offsets, strict=True):
        found.append(Prepared(article, places, vectors[row : row + len(places)]))
        row += len(places)
    return found


class Prepare:
    """Prepares records by one encoder, here or in another process.

    To another process goes what loads the encoder, which it does once. Where an encoder of another name comes of that,
    as on a machine with another version of the model, EncoderMismatchError is raised there.
    """

    def __init__(self, encoder: Encoder, progress: Callable[[int], object] | None = None) -> None:
        self._encoder = encoder
        self._progress = progress

    def __call__(self, records: Sequence[Record]) -> list[Prepared]:
        """Return the articles of some records, in the same order."""
        return prepare(self._encoder, list(map(to_article, records)), self._progress)

    def __reduce__(self) -> tuple[Any, ...]:
        return _loaded, (pickle.dumps(self._encoder), self._encoder.name)


@cache
def _loaded(encoder: bytes, name: str) -> Prepare:
    found: Encoder = pickle.loads(encoder)
    if found.name != name:
        raise EncoderMismatchError(
            f"a worker has the encoder '{found.name}', not '{name}'; install the same version of Isnad and the same "
            "model on every machine"
        )
    return Prepare(found)


class _Portion:
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
