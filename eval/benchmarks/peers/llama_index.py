"""LlamaIndex: sentences split, vectors in FAISS, joined with BM25 by reciprocal rank fusion.

Its own vector store keeps every vector as JSON; FAISS is a documented one for archives of this size. Its class for
sentence-transformers models cannot hold one that is static, which has no longest text, so the model comes as a custom
embedding. The questions are not rewritten, since that would take a language model.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import faiss
from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.faiss import FaissVectorStore
from sentence_transformers import SentenceTransformer

PACKAGE = "llama-index-core"


class Embedding(BaseEmbedding):
    """A sentence-transformers model, in batches of LlamaIndex's default size."""

    _model: SentenceTransformer = PrivateAttr()

    def __init__(self, folder: str) -> None:
        super().__init__(model_name=folder)
        self._model = SentenceTransformer(folder)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts, normalize_embeddings=True).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def ingest(articles: Path, model: str, folder: Path) -> None:
    """Split and index the articles, and persist both indexes."""
    embedding = Embedding(model)
    with articles.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        documents = [Document(id_=row["id"], text=row["text"]) for row in rows]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    # Inner products: fusion would take the farthest passage for the best if these were distances.
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(len(embedding.get_query_embedding("any"))))
    context = StorageContext.from_defaults(vector_store=store)
    VectorStoreIndex(nodes, storage_context=context, embed_model=embedding)
    context.persist(persist_dir=str(folder))
    BM25Retriever.from_defaults(nodes=nodes).persist(str(folder / "bm25"))


def open_search(model: str, folder: Path) -> Callable[[str, int], list[str]]:
    """Load both indexes; each brings as many passages as are asked for, and fusion as many of these."""
    store = FaissVectorStore.from_persist_dir(str(folder))
    context = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
    index = load_index_from_storage(context, embed_model=Embedding(model))
    bm25 = BM25Retriever.from_persist_dir(str(folder / "bm25"))

    def search(question: str, top_k: int) -> list[str]:
        bm25.similarity_top_k = top_k
        fusion = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=top_k), bm25],
            llm=MockLLM(),
            mode=FUSION_MODES.RECIPROCAL_RANK,
            num_queries=1,
            similarity_top_k=top_k,
            use_async=False,
        )
        return [str(hit.node.ref_doc_id) for hit in fusion.retrieve(question)]

    return search
