"""txtai: an index that is hybrid and keeps the texts, `Embeddings(hybrid=True, content=True)`.

An article is one row: its index does not split texts. Vectors come from sentence-transformers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from txtai import Embeddings

PACKAGE = "txtai"


def ingest(articles: Path, model: str, folder: Path) -> None:
    """Index the articles and save the index."""
    embeddings = Embeddings(path=model, method="sentence-transformers", hybrid=True, content=True)
    with articles.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        embeddings.index((row["id"], row["text"]) for row in rows)
    embeddings.save(str(folder))
    embeddings.close()


def open_search(model: str, folder: Path) -> Callable[[str, int], list[str]]:
    """Load the index, which knows its model."""
    embeddings = Embeddings()
    embeddings.load(str(folder))

    def search(question: str, top_k: int) -> list[str]:
        return [hit["id"] for hit in embeddings.search(question, top_k)]

    return search
