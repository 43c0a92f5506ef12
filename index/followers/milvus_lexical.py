"""The words of an archive in Milvus: BM25 over folded stems, as sparse vectors.

A passage's vector has for each of its stems what BM25 counts for its frequency there; a query's has the stems' rarity.
Their inner product is BM25 (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019). Where several stems may
stand for one word, it counts them all, and so is never less than the best match of each word, which is then counted
from the vectors of those that were found; they are as many as it takes to be sure of the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.followers.index_folder import texts_since
from index.followers.milvus import MilvusIndex
from index.followers.milvus_collection import MOST, Hits, MilvusCollection, Row, Space
from index.followers.milvus_filters import between, facts_of
from index.followers.query_stems import query_stems, stemming
from index.followers.stem_counts import NO_STEM, StemCounts, stem_number
from index.settings import IndexPlace
from index.text import stems
from index.types import Archive, Filters, Found, Term

FORMAT = 1

_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b, as tantivy has them
_DRIFT = 1.25  # times the mean length that vectors were made for; beyond, they are made anew
_MORE = 1.5  # times as many as asked for that are fetched first where words have several stems
_NEAR = 1e-4  # how far a number of a vector may lie from what its text gives


class MilvusLexicalIndex(MilvusIndex):
    """An index of an archive's passages by their stems; beside the archive lies how frequent these are."""

    NAME = "lexical"

    def __init__(self, folder: Path, place: IndexPlace, *, wait_seconds: float = 5.0, most: int = MOST) -> None:
        super().__init__(folder, place, wait_seconds=wait_seconds)
        self._counts = StemCounts(self._folder, wait_seconds=wait_seconds)
        self._most = most

    def catch_up(self, archive: Archive, *, to_search: bool = True) -> None:
        """Take in what changed in the archive, and save; see `MilvusIndex.catch_up`."""
        self._counts.catch_up(archive)
        super().catch_up(archive, to_search=to_search)

    def search(
        self,
        query: str | Sequence[Sequence[Term]],
        top_k: int,
        allowed: NDArray[np.int64] | None = None,
        filters: Filters | None = None,
    ) -> Found:
        """Return the best of `allowed` passage numbers (of all when None) for the words of a query, best first.

        Of these, the passages whose articles pass the filters. A query that is no string gives for each word what may
        stand for it; of these the best match counts, times its weight. Equal scores come in the order of arrival.
        """
        words = [word for stands in query_stems(query) if (word := self._weighed(stands))]
        if not words:
            return Found(np.zeros(0, np.int64), np.zeros(0, np.float32))
        return self._among(top_k, filters, allowed, _Finder(words, self._counts.last, self._most))

    def discard(self) -> None:
        """Delete the collection that was caught up or verified, and the counts."""
        super().discard()
        self._counts.discard()

    def _weighed(self, stands: dict[str, float]) -> dict[int, float]:
        """Return what a match of each stem counts, by its number; one that no passage holds is left out."""
        numbers = [stem_number(stem) for stem in stands]
        rarity = self._counts.rarity(numbers).tolist()
        weights: dict[int, float] = {}
        for number, weight, rare in zip(numbers, stands.values(), rarity, strict=True):
            if weight * rare > 0:
                weights[number] = max(weights.get(number, 0.0), weight * rare)
        return weights

    def _space(self, archive: Archive) -> Space:
        return Space(None, "SPARSE_INVERTED_INDEX", {}, {})

    def _made_by(self, archive: Archive) -> dict[str, Any]:
        return {"format": FORMAT, "stemming": stemming(), "length": self._counts.mean_length}

    def _suits(self, made_by: dict[str, Any], archive: Archive) -> bool:
        return made_by == {**self._made_by(archive), "length": made_by.get("length")}

    def _outgrown(self, made_by: dict[str, Any]) -> bool:
        drift = (self._counts.mean_length or made_by["length"]) / made_by["length"]
        return not 1 / _DRIFT <= drift <= _DRIFT

    def _rows(self, archive: Archive, since: int, made_by: dict[str, Any]) -> Iterator[Row]:
        for article, passages in groupby(texts_since(archive, since), key=itemgetter(1)):
            facts = facts_of(article)
            for number, _, text in passages:
                yield {"number": number, "vector": stem_vector(text, made_by["length"]), **facts}

    def _differing(self, rows: list[Row], archive: Archive, made_by: dict[str, Any]) -> list[int]:
        def differs(row: Row) -> bool:
            return any(
                not _is_near(row["vector"], stem_vector(passage.text, made_by["length"]))
                for passage in archive.passages([row["number"]])
            )

        return [row["number"] for row in rows if differs(row)]


def stem_vector(text: str, mean_length: float) -> dict[int, float]:
    """Return what BM25 counts for each stem of a text, by its number, beside texts of a mean length."""
    counts = Counter(map(stem_number, stems(text)))
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * counts.total() / mean_length)
    vector = {number: count * (_SATURATION + 1) / (count + norm) for number, count in counts.items()}
    return vector or {NO_STEM: 1.0}  # Milvus takes no vector without a number


def _is_near(held: dict[int, float], made: dict[int, float]) -> bool:
    return held.keys() == made.keys() and all(abs(held[number] - made[number]) <= _NEAR for number in made)


class _Finder:
    """The search for the words of one query, each given by the weights of what may stand for it."""

    def __init__(self, words: list[dict[int, float]], last: int, most: int) -> None:
        self._words = words
        self._last = last  # the greatest number that a passage may have
        self._most = most
        self._query: dict[int, float] = {}
        self._stands: dict[int, list[tuple[int, float]]] = {}
        for place, word in enumerate(words):
            for number, weight in word.items():
                self._query[number] = self._query.get(number, 0.0) + weight
                self._stands.setdefault(number, []).append((place, weight))
        self._is_plain = all(len(word) == 1 for word in words)

    def __call__(self, collection: MilvusCollection, top_k: int, expression: str) -> Found:
        if top_k > self._most:
            return self._all(collection, expression, 1, self._last)
        fetched = top_k if self._is_plain else min(self._most, int(_MORE * top_k) + 1)
        while True:
            hits = self._hits(collection, fetched, expression)
            found = self._scored(hits)
            if self._is_plain or len(hits.numbers) < fetched or fetched == self._most:
                return found
            if np.partition(found.scores, -top_k)[-top_k] >= hits.scores[-1]:
                return found  # none of those left behind can be better
            fetched = min(self._most, 2 * fetched)

    def _all(self, collection: MilvusCollection, expression: str, first: int, last: int) -> Found:
        """Return all that match: where a server gives no more, those of the lower and of the higher numbers apart."""
        hits = self._hits(collection, self._most, between(expression, first, last))
        if len(hits.numbers) < self._most or first == last:
            return self._scored(hits)
        middle = (first + last) // 2
        low, high = (
            self._all(collection, expression, first, middle),
            self._all(collection, expression, middle + 1, last),
        )
        return Found(np.concatenate([low.numbers, high.numbers]), np.concatenate([low.scores, high.scores]))

    def _hits(self, collection: MilvusCollection, top_k: int, expression: str) -> Hits:
        return collection.search(self._query, top_k, expression, {}, with_vectors=not self._is_plain)

    def _scored(self, hits: Hits) -> Found:
        """Return hits with the sum of the best match of each word."""
        if self._is_plain:
            return Found(hits.numbers, hits.scores)
        scores = [self._score(vector) for vector in hits.vectors]
        return Found(hits.numbers, np.array(scores, np.float32))

    def _score(self, vector: dict[int, float]) -> float:
        best = [0.0] * len(self._words)
        for number in vector.keys() & self._stands.keys():
            for place, weight in self._stands[number]:
                best[place] = max(best[place], weight * vector[number])
        return sum(best)
