"""Texts and records to articles that only have to be added: marked, cut into passages, and these encoded."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np

from index.archive.rows import article_id
from index.chunk import chunk, chunk_text
from index.cleaning.clean import Cleaned, clean
from index.errors import EncoderMismatchError
from index.reading import Record
from index.text import detect_language
from index.types import Article, Encoder, HalfVectors, Language, Vectors


class Marks(NamedTuple):
    """What preparing finds in a text: all that has to come back from where it is done.

    Passages are offsets into the text; their vectors, shape (passages, dimensions), are half floats, as the archive
    keeps them.
    """

    language: Language
    found: Cleaned
    offsets: list[tuple[int, int]]
    vectors: HalfVectors


class Prepared(NamedTuple):
    """An article with its passages as offsets into its text, and their vectors, shape (passages, dimensions)."""

    article: Article
    offsets: list[tuple[int, int]]
    vectors: Vectors | HalfVectors


def to_article(record: Record) -> Article:
    """Return the article of a record as the archive would hold it: its spans marked, its facts filled in."""
    return _article(record, article_id(record.text), detect_language(record.text), clean(record.text))


def with_marks(record: Record, name: str, marks: Marks) -> Prepared:
    """Return the article of a record by what was found in its text; `name` is its id."""
    return Prepared(_article(record, name, marks.language, marks.found), marks.offsets, marks.vectors)


def _article(record: Record, name: str, language: Language, found: Cleaned) -> Article:
    return Article(
        id=name,
        path=record.path,
        text=record.text,
        language=language,
        title=record.title or found.title,
        source=record.source,
        url=record.url,
        author=record.author,
        published=record.published or found.published,
        agency=found.agency,
        dateline=found.dateline,
        spans=found.spans,
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
    vectors = _encoded(encoder, [article.text for article in articles], offsets, progress)
    return list(map(Prepared, articles, offsets, vectors))


def _encoded(
    encoder: Encoder,
    texts: Sequence[str],
    offsets: Sequence[Sequence[tuple[int, int]]],
    progress: Callable[[int], object] | None,
) -> list[Vectors]:
    """Return the vectors of each text's passages."""
    passages = [text[start:end] for text, places in zip(texts, offsets, strict=True) for start, end in places]
    portion = _Portion(progress, len(texts), len(passages))
    vectors = encoder.encode_passages(passages, portion.encoded)
    portion.finish()
    borders = [0, *accumulate(map(len, offsets))]
    return [vectors[start:end] for start, end in pairwise(borders)]


class Prepare:
    """Prepares texts by one encoder, here or in another process.

    To another process goes what loads the encoder, which it does once. Where an encoder of another name comes of that,
    as on a machine with another version of the model, EncoderMismatchError is raised there.
    """

    def __init__(self, encoder: Encoder, progress: Callable[[int], object] | None = None) -> None:
        self._encoder = encoder
        self._progress = progress

    def __call__(self, texts: Sequence[str]) -> list[Marks]:
        """Return what is found in each text, in the same order."""
        found = list(map(clean, texts))
        offsets = [chunk_text(text, one.spans) for text, one in zip(texts, found, strict=True)]
        vectors = _encoded(self._encoder, texts, offsets, self._progress)
        halves = [some.astype(np.float16) for some in vectors]
        return list(map(Marks, map(detect_language, texts), found, offsets, halves))

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
