"""txtai: an index that is hybrid and keeps the texts, `Embeddings(hybrid=True, content=True)`.

Its index takes whatever it is given for one row, so that its documentation has a pipeline before it cut passages, which
all bear the id of their article. Its rules for sentences are NLTK's, which fetches them over the network; the chunker
of sentences that it offers beside them, chonkie's, has all that it needs, and fills passages of up to 2,048 characters.
Vectors come from sentence-transformers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from txtai import Embeddings
from txtai.pipeline import Segmentation

PACKAGE = "txtai"


def ingest(articles: Path, model: str, folder: Path) -> None:
    """Cut the articles into passages, index these and save the index."""
    cut = Segmentation(chunker="sentence")
    save(((name, passage) for name, text in rows(articles) for passage in cut(text)), model, folder)


def rows(articles: Path) -> Iterator[tuple[str, str]]:
    """Read the ids and texts of the articles."""
    with articles.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]


def save(texts: Iterator[tuple[str, str]], model: str, folder: Path) -> None:
    """Index texts by the ids of their articles and save the index."""
    embeddings = Embeddings(path=model, method="sentence-transformers", hybrid=True, content=True)
    embeddings.index(texts)
    embeddings.save(str(folder))
    embeddings.close()


def open_search(model: str, folder: Path) -> Callable[[str, int], list[str]]:
    """Load the index, which knows its model."""
    embeddings = Embeddings()
    embeddings.load(str(folder))

    def search(question: str, top_k: int) -> list[str]:
        return [hit["id"] for hit in embeddings.search(question, top_k)]

    return search
