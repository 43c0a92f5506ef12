"""Retrieval: what the dense and the lexical index bring, reranked by late interaction."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from index.rerank import late_interaction, standardized
from index.types import Archive, DenseIndex, Encoder, Filters, Found, Hit, LexicalIndex, Term
from index.words import QuestionWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.followers.word_index import WordIndex
    from index.types import Vectors
    from index.words import WordModel

CANDIDATES = 200
"""How many passages each index brings to the reranking."""

DEPTH = 3
"""How many times as many of the lexical index's passages have their score, the others nought."""

RERANKED = 300
"""How many of the candidates, the best by both indexes' scores, are reranked."""

PASSAGE_WEIGHT, SENTENCE_WEIGHT, LATE_WEIGHT, LEXICAL_WEIGHT = 1.5, 1.0, 3.0, 2.0
"""Weights of the standardized scores in their sum."""

TRANSLATED = 1.3
"""What a translation's match counts for, times its likeness, beside one of the word itself, which it never exceeds."""

FUNCTION_WORD = 0.3
"""Weight of a word, beside the heaviest of its question, below which it is not translated."""


@runtime_checkable
class Filtering(Protocol):
    """A dense index that knows the facts of articles, and need not be told the numbers of the passages that pass."""

    def search_within(self, vector: Vectors, top_k: int, filters: Filters) -> Found:
        """The nearest passages whose articles pass the filters."""
        ...


class Retriever:
    """Searches one archive.

    `encoder` made the archive's vectors; `model` made the words and reranks, and may be another, since an encoder of
    whole texts need not know words.
    """

    def __init__(
        self,
        archive: Archive,
        dense: DenseIndex,
        lexical: LexicalIndex,
        words: WordIndex,
        encoder: Encoder,
        model: WordModel,
        candidates: int = CANDIDATES,
    ) -> None:
        self._archive = archive
        self._dense = dense
        self._lexical = lexical
        self._words = words
        self._encoder = encoder
        self._model = model
        self._candidates = candidates

    def search(self, question: str, filters: Filters | None = None, top_k: int = 10) -> list[Hit]:
        """Return the passages that pass the filters and suit a question best, best first, at most `top_k`.

        Overlapping passages of one article may both appear. A question without a word finds nothing. Scores are sums of
        z-scores over this search's candidates: they rank, and mean nothing beside another search's.
        """
        (found,) = self._model.encode_words([question])
        words = QuestionWords.of(question, found)
        if not words.texts:
            return []
        numbers, dense, lexical = self._find(question, words, filters)
        first = PASSAGE_WEIGHT * standardized(dense) + LEXICAL_WEIGHT * standardized(lexical)
        kept = np.sort(np.argsort(-first, kind="stable")[: max(RERANKED, top_k)])
        numbers, dense, lexical = numbers[kept], dense[kept], lexical[kept]
        best, nearest = self._words.rerank(words, numbers)
        scores = (
            PASSAGE_WEIGHT * standardized(dense)
            + LEXICAL_WEIGHT * standardized(lexical)
            + SENTENCE_WEIGHT * standardized(nearest)
            + LATE_WEIGHT * standardized(late_interaction(words.weights, best))
        )
        order = np.argsort(-scores, kind="stable")
        hits: list[Hit] = []
        while len(hits) < top_k and len(order):
            # Another process may have removed an article since the indexes were read: what comes next takes its place.
            some, order = order[: top_k - len(hits)], order[top_k - len(hits) :]
            passages = self._archive.passages(numbers[some].tolist())
            if len(passages) < len(some):
                some = some[[bool(self._archive.passages([number])) for number in numbers[some].tolist()]]
            hits += map(Hit, passages, scores[some].tolist())
        return hits

    def _find(
        self, question: str, words: QuestionWords, filters: Filters | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
        """Return the candidates' numbers, ascending, and their cosines and BM25 scores, 0 where no word matches."""
        (vector,) = self._encoder.encode_questions([question])
        near = self._nearest(vector, filters)
        query = self._translated(words)
        scored = self._lexical.search(query, DEPTH * self._candidates, filters=filters)
        numbers = np.union1d(near.numbers, scored.numbers[: self._candidates])
        dense = np.zeros(len(numbers), np.float32)
        lexical = np.zeros(len(numbers), np.float32)
        if len(numbers):
            dense[np.searchsorted(numbers, near.numbers)] = near.scores
            others = np.setdiff1d(numbers, near.numbers)
            dense[np.searchsorted(numbers, others)] = self._archive.vectors(others.tolist()) @ vector
            places = np.minimum(np.searchsorted(numbers, scored.numbers), len(numbers) - 1)
            found = numbers[places] == scored.numbers
            lexical[places[found]] = scored.scores[found]
        return numbers, dense, lexical

    def _nearest(self, vector: Vectors, filters: Filters | None) -> Found:
        if filters is not None and isinstance(self._dense, Filtering):
            return self._dense.search_within(vector, self._candidates, filters)
        return self._dense.search(vector, self._candidates, self._archive.passage_numbers(filters))

    def _translated(self, words: QuestionWords) -> list[list[Term]]:
        """Return for each word of a question what may stand for it: itself, or its translations.

        It is a structured query (Pirkola 1998, https://doi.org/10.1145/290941.290957) whose words weigh what they
        weigh in the model.
        """
        weights = words.weights / words.weights.mean()
        query = [[Term(*pair)] for pair in zip(words.texts, weights.tolist(), strict=True)]
        heavy = np.flatnonzero(weights >= FUNCTION_WORD * weights.max())
        for word, terms in zip(heavy.tolist(), self._words.translate(words.at(heavy)), strict=True):
            weight = query[word][0].weight
            query[word] += [Term(term.text, weight * min(1.0, TRANSLATED * term.weight)) for term in terms]
        return query


def in_turn(first: Sequence[Hit], second: Sequence[Hit]) -> list[Hit]:
    """Return the hits of two searches in turn, each passage once."""
    hits: dict[tuple[str, int], Hit] = {}
    for hit in filter(None, chain.from_iterable(zip_longest(first, second))):
        hits.setdefault((hit.passage.article.id, hit.passage.start), hit)
    return list(hits.values())
