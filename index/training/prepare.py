"""The rows that the model is trained on: pairs of texts that mean the same, by source."""

from __future__ import annotations

import json
import logging
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from index.training.pseudo import Dictionary, pseudo_parallel

logger = logging.getLogger(__name__)

HEADLINE_ARCHIVES = ("saudinewsnet", "antcorpus", "reuters21578")


class Pair(NamedTuple):
    """Two texts whose vectors should be near each other; for questions and headlines the second is the passage."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one kind. A batch holds pairs of one source, so that its other rows are telling negatives.

    `share` is how often a batch is drawn from it, relative to the other sources; `drops` says whether tokens of its
    texts are left out at random.
    """

    name: str
    share: float
    drops: bool
    pairs: list[Pair]


def read_rows(corpora: Path, name: str) -> list[list[str]]:
    """Read the columns of one of the corpora's tables."""
    with lzma.open(corpora / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def read_articles(archives: Path, name: str) -> list[dict[str, Any]]:
    """Read one of the news archives: objects with at least `title` and `text`."""
    with lzma.open(archives / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def prepare(corpora: Path, archives: Path, seed: int) -> list[Source]:
    """Read all sources and make the pseudo-parallel one.

    The shares come from comparing XQuAD, NTREX and Tatoeba on short runs: sentences carry bitext, questions and
    headlines carry retrieval, and pseudo-parallel news carries retrieval across the languages.
    """
    terms, names = read_rows(corpora, "terms"), read_rows(corpora, "names")
    questions = {language: _pairs(read_rows(corpora, f"qa-{language}")) for language in ("ar", "en")}
    news = {name: read_articles(archives, name) for name in HEADLINE_ARCHIVES}
    dictionary = Dictionary.from_rows(terms, names, seed)
    pseudo = pseudo_parallel(
        dictionary,
        arabic=[article["text"] for article in news["saudinewsnet"]],
        english=[article["text"] for article in news["reuters21578"]] + [pair.right for pair in questions["en"]],
        seed=seed,
    )
    headlines = [
        Pair(article["title"], article["text"])
        for articles in news.values()
        for article in articles
        if article["title"] and article["text"]
    ]
    sources = [
        Source("sentences", 5, True, _pairs(read_rows(corpora, "sentences"))),
        Source("terms", 1.5, False, _pairs(terms)),
        Source("names", 1, False, _pairs(names)),
        Source("questions", 2, True, questions["ar"] + questions["en"]),
        Source("pseudo", 2, True, [Pair(*texts) for texts in pseudo]),
        Source("headlines", 1.5, True, headlines),
    ]
    for source in sources:
        logger.info("%s: %d pairs", source.name, len(source.pairs))
    return sources


def tokenizer_texts(corpora: Path, archives: Path) -> Iterator[str]:
    """Yield the texts that the vocabulary is learnt from: both sides of the parallel rows, and news.

    A quarter of the Arabic news is enough to balance the English, and keeps the training of the vocabulary short.
    """
    for name in ("sentences", "terms", "names"):
        for row in read_rows(corpora, name):
            yield from row[:2]
    yield from (article["text"] for article in read_articles(archives, "saudinewsnet")[::4])
    yield from (article["text"] for article in read_articles(archives, "reuters21578"))


def _pairs(rows: list[list[str]]) -> list[Pair]:
    return [Pair(row[0], row[1]) for row in rows]
