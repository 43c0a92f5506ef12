"""The vectors of an archive in Milvus: nearest by inner product."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import UnknownArticleError
from index.followers.milvus import MilvusIndex
from index.followers.milvus_collection import MilvusCollection, Row, Space
from index.followers.milvus_filters import facts_of
from index.settings import IndexKind
from index.types import Archive, Filters, Found, Vectors

FORMAT = 1

_NEAR = 2**-10  # how far a number of a vector may lie from the archive's
_LINKS, _BUILT_BY, _READ_BY = 24, 240, 512  # of HNSW: links a vector, candidates when it is built and when it is read
_INDEX_TYPES: dict[IndexKind, tuple[str, dict[str, int], dict[str, int]]] = {
    "auto": ("AUTOINDEX", {}, {}),
    "flat": ("FLAT", {}, {}),
    "hnsw": ("HNSW", {"M": _LINKS, "efConstruction": _BUILT_BY}, {"ef": _READ_BY}),
    "diskann": ("DISKANN", {}, {"search_list": _READ_BY}),
}


class MilvusDenseIndex(MilvusIndex):
    """An index of an archive's vectors; exact where its kind is `flat`, as it is in a file unless said otherwise."""

    NAME = "dense"

    def search(self, vector: Vectors, top_k: int, allowed: NDArray[np.int64] | None = None) -> Found:
        """Return the nearest of `allowed` passage numbers (of all when None), best first; at most 16,384."""
        return self._among(top_k, None, allowed, self._finder(vector))

    def search_within(self, vector: Vectors, top_k: int, filters: Filters) -> Found:
        """Return the nearest passages whose articles pass the filters, best first; at most 16,384."""
        return self._among(top_k, filters, None, self._finder(vector))

    def _finder(self, vector: Vectors) -> _Finder:
        return _Finder(vector.astype(np.float32), self._space_of(len(vector)).search)

    def _space_of(self, dimensions: int) -> Space:
        return Space(dimensions, *_INDEX_TYPES[self._kind])

    @property
    def _kind(self) -> IndexKind:
        return self._place.kind or ("flat" if self._place.is_file else "auto")

    def _space(self, archive: Archive) -> Space:
        return self._space_of(archive.vectors([]).shape[1])

    def _made_by(self, archive: Archive) -> dict[str, Any]:
        return {"format": FORMAT, "kind": self._kind, "dimensions": archive.vectors([]).shape[1]}

    def _suits(self, made_by: dict[str, Any], archive: Archive) -> bool:
        return made_by == self._made_by(archive)

    def _rows(self, archive: Archive, since: int, made_by: dict[str, Any]) -> Iterator[Row]:
        for article_id, passages in groupby(archive.added_since(since), key=lambda passage: passage.article_id):
            try:
                facts = facts_of(archive.article(article_id))
            except UnknownArticleError:
                continue  # another process has removed it since
            for passage in passages:
                yield {"number": passage.number, "vector": passage.vector, **facts}

    def _differing(self, rows: list[Row], archive: Archive, made_by: dict[str, Any]) -> list[int]:
        numbers = np.array([row["number"] for row in rows], np.int64)
        vectors = archive.vectors(numbers.tolist())
        far = ~(np.abs(np.array([row["vector"] for row in rows]) - vectors) <= _NEAR).all(axis=1)
        differing: list[int] = numbers[far & vectors.any(axis=1)].tolist()
        return differing


class _Finder:
    """The search for one vector."""

    def __init__(self, vector: Vectors, parameters: dict[str, int]) -> None:
        self._vector = vector
        self._parameters = parameters

    def __call__(self, collection: MilvusCollection, top_k: int, expression: str) -> Found:
        # No server takes fewer candidates than it is to give.
        parameters = {name: max(count, top_k) for name, count in self._parameters.items()}
        hits = collection.search(self._vector, top_k, expression, parameters)
        return Found(hits.numbers, hits.scores)
