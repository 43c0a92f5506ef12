"""Retrieval on XQuAD through the real index, four directions: `python -m eval.benchmarks.xquad`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from tqdm import tqdm

from eval.benchmarks.command import benchmarks_option, json_option, publish
from eval.benchmarks.sets import DIRECTIONS, LANGUAGES, Xquad, read_xquad
from index.archive import SqliteArchive, article_id
from index.chunk import chunk
from index.dense import FaissIndex
from index.encode import BUNDLED_FOLDER, StaticEncoder
from index.lexical import TantivyIndex
from index.retrieve import Retriever
from index.types import Article, Language, Passage

DEPTH = 100  # passages asked for; a paragraph that comes later counts as not found
CUTOFFS = (1, 5)

Search = Callable[[str], list[Passage]]
Figures = dict[str, dict[str, dict[str, float]]]


class Index(NamedTuple):
    """One language's paragraphs, each an article, in an archive of their own, and the ways to search it."""

    archive: SqliteArchive
    ids: list[str]  # of the paragraphs' articles, in order
    searches: dict[str, Search]


def measure_retrieval(encoder: StaticEncoder, benchmarks: Path, folder: Path) -> Figures:
    """Measure retrieval on XQuAD; archives are made in `folder`.

    Returns R@1, R@5 and MRR by way of searching ("whole" is the Retriever, "dense" and "lexical" its two sources alone)
    and by direction ("ar→en" asks in Arabic for English). A question counts as answered at the rank of the first
    passage of its own paragraph, among distinct paragraphs.
    """
    sets = {language: read_xquad(benchmarks, language) for language in LANGUAGES}
    indexes = {language: build_index(sets[language], language, encoder, folder / language) for language in LANGUAGES}
    figures: Figures = {way: {} for way in indexes["ar"].searches}
    for way, directions in figures.items():
        for asked, searched in DIRECTIONS:
            ranks = _ranks(sets[asked], indexes[searched], way, f"{way} {asked}→{searched}")
            directions[f"{asked}→{searched}"] = summarize(ranks)
    for index in indexes.values():
        index.archive.close()
    return figures


def build_index(xquad: Xquad, language: Language, encoder: StaticEncoder, folder: Path) -> Index:
    """Put the paragraphs into a new archive and make its indexes."""
    archive = SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True)
    ids = [article_id(paragraph) for paragraph in xquad.paragraphs]
    with archive.transaction():
        for at, (name, paragraph) in enumerate(zip(ids, xquad.paragraphs, strict=True)):
            article = Article(id=name, path=f"{language}/{at}", text=paragraph, language=language)
            offsets = chunk(article)
            archive.add(article, offsets, encoder.encode_passages([paragraph[start:end] for start, end in offsets]))
    dense, lexical = FaissIndex(folder), TantivyIndex(folder)
    dense.catch_up(archive)
    lexical.catch_up(archive)
    retriever = Retriever(archive, dense, lexical, encoder, encoder)

    def search_whole(question: str) -> list[Passage]:
        return [hit.passage for hit in retriever.search(question, top_k=DEPTH)]

    def search_dense(question: str) -> list[Passage]:
        return archive.passages(dense.search(encoder.encode_questions([question])[0], DEPTH).numbers.tolist())

    def search_lexical(question: str) -> list[Passage]:
        return archive.passages(lexical.search(question, DEPTH).numbers.tolist())

    return Index(archive, ids, {"whole": search_whole, "dense": search_dense, "lexical": search_lexical})


def _ranks(xquad: Xquad, index: Index, way: str, description: str) -> list[int | None]:
    """Return for each question the rank, from 1, of its paragraph among the paragraphs found; None if it is not."""
    ranks: list[int | None] = []
    for question, gold in zip(tqdm(xquad.questions, desc=description, leave=False), xquad.gold, strict=True):
        found = list(dict.fromkeys(passage.article.id for passage in index.searches[way](question)))
        ranks.append(found.index(index.ids[gold]) + 1 if index.ids[gold] in found else None)
    return ranks


def summarize(ranks: list[int | None]) -> dict[str, float]:
    """Return R@1, R@5 and the mean reciprocal rank; one that was not found counts 0."""
    figures = {
        f"R@{cutoff}": float(np.mean([rank is not None and rank <= cutoff for rank in ranks])) for cutoff in CUTOFFS
    }
    return figures | {"MRR": float(np.mean([1 / rank if rank else 0.0 for rank in ranks]))}


def table(figures: Figures) -> str:
    """Lay the figures out as lines of text, in hundredths."""
    return "\n".join(
        f"{way:<8} {direction}" + "".join(f"  {name} {100 * value:5.1f}" for name, value in measures.items())
        for way, directions in figures.items()
        for direction, measures in directions.items()
    )


@click.command()
@click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=BUNDLED_FOLDER,
    help="Folder of a static model; the bundled one by default.",
)
@benchmarks_option
@json_option
def main(model: Path, benchmarks: Path, json_file: Path | None) -> None:
    """Measure retrieval on XQuAD: the whole retriever, and dense and lexical search alone."""
    encoder = StaticEncoder(model)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_retrieval(encoder, benchmarks, Path(folder))
    publish(encoder.name, figures, table(figures), json_file)


if __name__ == "__main__":
    main()
