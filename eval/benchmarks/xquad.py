"""Retrieval on XQuAD through the real index, in four directions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from eval.benchmarks.model import Figures
from eval.benchmarks.sets import DIRECTIONS, LANGUAGES, Xquad
from eval.public.collection import fill, to_article
from index.followers.search_indexes import search_indexes
from index.followers.word_index import WordIndex
from index.retrieve import Retriever
from index.types import Archive, Encoder, Hit, Language
from index.words import WordModel

DEPTH = 100  # passages asked for; a paragraph that comes later counts as not found
CUTOFFS = (1, 5)


class Index(NamedTuple):
    """One language's paragraphs, each an article, in an archive of their own."""

    archive: Archive
    ids: list[str]  # of the paragraphs' articles, in order
    retriever: Retriever


def measure_retrieval(encoder: Encoder, words: WordModel, xquad: dict[Language, Xquad]) -> Figures:
    """Measure the whole retriever on XQuAD.

    `encoder` makes the passages' vectors, `words` reranks. Returns R@1, R@5 and MRR by direction ("ar→en" asks in
    Arabic for English). A question counts as answered at the rank of the first passage of its own paragraph, among
    distinct paragraphs.
    """
    figures: Figures = {}
    with TemporaryDirectory(prefix="isnad-bench-") as folder:
        indexes = {
            language: build_index(xquad[language], language, encoder, words, Path(folder) / language)
            for language in LANGUAGES
        }
        for asked, searched in DIRECTIONS:
            direction = f"{asked}→{searched}"
            for name, value in summarize(_ranks(xquad[asked], indexes[searched], direction)).items():
                figures.setdefault(f"retriever {name}", {})[direction] = value
        for index in indexes.values():
            index.archive.close()
    return figures


def build_index(xquad: Xquad, language: Language, encoder: Encoder, words: WordModel, folder: Path) -> Index:
    """Put the paragraphs into a new archive and make its indexes."""
    articles = [
        to_article(f"{language}/{at}", paragraph, language=language) for at, paragraph in enumerate(xquad.paragraphs)
    ]
    archive = fill(folder, articles, encoder)
    indexes = *search_indexes(folder), WordIndex(folder, words)
    for index in indexes:
        index.catch_up(archive)
    ids = [article.id for article in articles]
    return Index(archive, ids, Retriever(archive, *indexes, encoder, words))


def _ranks(xquad: Xquad, index: Index, description: str) -> list[int | None]:
    """Return for each question the rank, from 1, of its paragraph among the paragraphs found; None if it is not."""
    questions = tqdm(xquad.questions, desc=description, unit="question", delay=1, leave=False, disable=None)
    ranks: list[int | None] = []
    for question, gold in zip(questions, xquad.gold, strict=True):
        ranks.append(rank_of(index.ids[gold], index.retriever.search(question, top_k=DEPTH)))
    return ranks


def rank_of(article_id: str, hits: Sequence[Hit]) -> int | None:
    """Return the rank, from 1, of an article among the articles of hits; None if it is not there."""
    found = list(dict.fromkeys(hit.passage.article.id for hit in hits))
    return found.index(article_id) + 1 if article_id in found else None


def summarize(ranks: list[int | None]) -> dict[str, float]:
    """Return R@1, R@5 and the mean reciprocal rank; one that was not found counts 0."""
    figures = {
        f"R@{cutoff}": float(np.mean([rank is not None and rank <= cutoff for rank in ranks])) for cutoff in CUTOFFS
    }
    return figures | {"MRR": float(np.mean([1 / rank if rank else 0.0 for rank in ranks]))}
