"""Haystack: its pipeline for hybrid retrieval, without the cross-encoder that its tutorial puts after it.

Documents are split at 200 words, the splitter's default, and kept in the store that the tutorial uses, which is written
to one file and read back whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

PACKAGE = "haystack-ai"


def ingest(articles: Path, model: str, folder: Path) -> None:
    """Split, embed and write the articles, and save the store."""
    store = InMemoryDocumentStore()
    pipeline = Pipeline()
    pipeline.add_component("splitter", DocumentSplitter())
    pipeline.add_component("embedder", SentenceTransformersDocumentEmbedder(model=model, progress_bar=False))
    pipeline.add_component("writer", DocumentWriter(store))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    with articles.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        documents = [Document(id=row["id"], content=row["text"]) for row in rows]
    pipeline.run({"splitter": {"documents": documents}})
    folder.mkdir(parents=True, exist_ok=True)
    store.save_to_disk(str(folder / "store.json"))


def open_search(model: str, folder: Path) -> Callable[[str, int], list[str]]:
    """Load the store and join what both retrievers bring by reciprocal rank fusion."""
    store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
    pipeline = Pipeline()
    pipeline.add_component("embedder", SentenceTransformersTextEmbedder(model=model, progress_bar=False))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder", "dense")
    pipeline.connect("dense", "joiner")
    pipeline.connect("bm25", "joiner")

    def search(question: str, top_k: int) -> list[str]:
        joined = pipeline.run(
            {"embedder": {"text": question}, "bm25": {"query": question}, "joiner": {"top_k": top_k}}
        )["joiner"]["documents"]
        return [document.meta["source_id"] for document in joined]

    return search
