"""Retrieval: what the dense and the lexical index bring, reranked by late interaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from index.rerank import best_sentence, late_interaction, sentence_vectors, standardized, without_punctuation
from index.sentences import sentences
from index.types import Archive, DenseIndex, Encoder, Filters, Found, Hit, LexicalIndex, Passage, Vectors, Words
from index.words import KnownWords, Numbers, WordTable, norms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CANDIDATES = 200
"""How many passages each index brings to the reranking."""

PASSAGE_WEIGHT, SENTENCE_WEIGHT, LATE_WEIGHT, LEXICAL_WEIGHT = 1.0, 0.5, 3.0, 1.0
"""Weights of the standardized scores in their sum."""

MOST_WORDS, MOST_PASSAGES = 32_768, 4_096
"""Distinct words, and passages, that are kept for the next search, some 150 MB. One more, and all are forgotten."""

_Key = tuple[str, int, int]  # an article's id, and where in it the passage starts and ends


class _Parts(NamedTuple):
    """What a passage is reranked by: its distinct words, and a unit vector a sentence."""

    words: Numbers
    sentences: Vectors


class _Memory(NamedTuple):
    """The passages that searches met, and the words in them; threads may add to it at once."""

    words: WordTable
    passages: dict[_Key, _Parts]

    @property
    def is_full(self) -> bool:
        return len(self.words) > MOST_WORDS or len(self.passages) > MOST_PASSAGES


class WordEncoder(Protocol):
    """Gives the vectors of single words, which reranking compares; their sum stands for the text that they make."""

    def encode_words(self, texts: Sequence[str]) -> list[Words]:
        """The words of each text, punctuation among them."""
        ...


class Retriever:
    """Searches one archive.

    `encoder` made the archive's vectors; `words` reranks and may be another model, since an encoder of whole texts
    need not know words.
    """

    def __init__(
        self,
        archive: Archive,
        dense: DenseIndex,
        lexical: LexicalIndex,
        encoder: Encoder,
        words: WordEncoder,
        candidates: int = CANDIDATES,
    ) -> None:
        self._archive = archive
        self._dense = dense
        self._lexical = lexical
        self._encoder = encoder
        self._words = words
        self._candidates = candidates
        self._memory = _Memory(WordTable(), {})

    def search(self, question: str, filters: Filters | None = None, top_k: int = 10) -> list[Hit]:
        """Return the passages that pass the filters and suit a question best, best first, at most `top_k`.

        Overlapping passages of one article may both appear. A question without a word finds nothing. Scores are sums of
        z-scores over this search's candidates: they rank, and mean nothing beside another search's.
        """
        (asked,) = self._words.encode_words([question])
        if not without_punctuation(asked, question).spans:
            return []
        numbers, dense, lexical = self._find(question, filters)
        passages = self._archive.passages(numbers.tolist())
        if len(passages) < len(numbers):
            # Another process removed an article since the indexes were read.
            stands = np.array([bool(self._archive.passages([number])) for number in numbers.tolist()], bool)
            numbers, dense, lexical = numbers[stands], dense[stands], lexical[stands]
            passages = self._archive.passages(numbers.tolist())
        scores = (
            PASSAGE_WEIGHT * standardized(dense)
            + LEXICAL_WEIGHT * standardized(lexical)
            + self._rerank(question, asked, passages)
        )
        order = np.argsort(-scores, kind="stable")[:top_k]
        return [Hit(passages[at], float(scores[at])) for at in order]

    def _find(
        self, question: str, filters: Filters | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
        """Return the candidates' numbers, ascending, and their cosines and BM25 scores, 0 where no word matches."""
        (vector,) = self._encoder.encode_questions([question])
        near = self._dense.search(vector, self._candidates, self._archive.passage_numbers(filters))
        matching = self._lexical.search(question, self._candidates, filters=filters)
        numbers = np.union1d(near.numbers, matching.numbers)
        if not len(numbers):
            return numbers, np.zeros(0, np.float32), np.zeros(0, np.float32)
        return (
            numbers,
            _aligned(self._dense.search(vector, len(numbers), numbers), numbers),
            _aligned(self._lexical.search(question, len(numbers), numbers), numbers),
        )

    def _rerank(self, question: str, words: Words, passages: list[Passage]) -> NDArray[np.float32]:
        parts, met = self._parts(passages)
        (vector,) = sentence_vectors(words, [(0, len(question))])
        sentence = best_sentence(vector, [part.sentences for part in parts])
        asked = without_punctuation(words, question)
        known = KnownWords.of([question[start:end] for start, end in asked.spans], asked.vectors)
        late = late_interaction(norms(asked.vectors), known, met, [part.words for part in parts])
        return SENTENCE_WEIGHT * standardized(sentence) + LATE_WEIGHT * standardized(late)

    def _parts(self, passages: list[Passage]) -> tuple[list[_Parts], KnownWords]:
        """Return the passages' parts, from memory where a search before has met them, and the words they number."""
        if self._memory.is_full:
            self._memory = _Memory(WordTable(), {})
        memory = self._memory  # numbers are of one table: another thread may begin a new one meanwhile
        keys = [(passage.article.id, passage.start, passage.end) for passage in passages]
        fresh = {key: passage.text for key, passage in zip(keys, passages, strict=True) if key not in memory.passages}
        texts = list(fresh.values())
        words = self._words.encode_words(texts)
        for key, text, found, numbers in zip(fresh, texts, words, memory.words.number(texts, words), strict=True):
            memory.passages[key] = _Parts(numbers, sentence_vectors(found, sentences(text)))
        return [memory.passages[key] for key in keys], memory.words.known()


def _aligned(found: Found, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the found scores in the order of the ascending `numbers`, 0 for those not found."""
    scores = np.zeros(len(numbers), np.float32)
    scores[np.searchsorted(numbers, found.numbers)] = found.scores
    return scores
