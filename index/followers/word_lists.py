"""The words of passages in their order, by sentence: what late interaction compares a question with. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.sentences import sentences
from index.words import NO_WORD, SMALLEST, Numbers, QuestionWords, WordModel, WordNumbering, norms, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.words import WordTable


class WordLists(NamedTuple):
    """Passages as lists of words; punctuation is left out.

    Passage i's sentences are ``passages[i]`` to ``passages[i + 1]``, sentence j's words ``words[sentences[j] :
    sentences[j + 1]]``, as rows of a table; its vector, their sum, has the length ``norms[j]``.
    """

    passages: NDArray[np.int64]
    sentences: NDArray[np.int64]
    norms: NDArray[np.float32]
    words: Numbers

    @classmethod
    def empty(cls) -> WordLists:
        """Return no passage."""
        return cls(np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros(0, np.float32), np.zeros(0, np.int32))

    @classmethod
    def of(cls, model: WordModel, texts: Sequence[str], numbering: WordNumbering) -> WordLists:
        """Take texts apart, a passage each, and number their words."""
        spans = [sentences(text) for text in texts]
        found = model.split([text[start:end] for text, some in zip(texts, spans, strict=True) for start, end in some])
        numbers = numbering.number(found)
        kept = numbers != NO_WORD
        subwords_kept = np.repeat(kept, np.diff(found.words, append=len(found.ids)))
        ids = found.ids[subwords_kept]
        borders = np.concatenate([[0], np.cumsum(subwords_kept)])[found.texts]
        words = np.concatenate([[0], np.cumsum(kept)])[np.searchsorted(found.words, found.texts)]
        told = np.flatnonzero(np.diff(borders))  # a sentence may be punctuation alone
        ends = np.concatenate([[0], np.cumsum(np.diff(borders) > 0)])
        return cls(
            ends[np.concatenate([[0], np.cumsum([len(some) for some in spans])]).astype(np.int64)],
            np.append(words[told], words[-1]),
            norms(model.sums(ids, np.append(borders[told], len(ids)))) if len(told) else np.zeros(0, np.float32),
            numbers[kept],
        )

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self.passages) - 1

    def at(self, rows: NDArray[np.integer]) -> WordLists:
        """Return some of the passages."""
        passages, of_sentences = _runs(self.passages, rows)
        sentences, of_words = _runs(self.sentences, of_sentences)
        return WordLists(passages, sentences, self.norms[of_sentences], self.words[of_words])

    @classmethod
    def joined(cls, lists: Sequence[WordLists]) -> WordLists:
        """Return the passages of all, in order."""
        return cls(
            _follow([part.passages for part in lists]),
            _follow([part.sentences for part in lists]),
            np.concatenate([np.zeros(0, np.float32), *(part.norms for part in lists)]),
            np.concatenate([np.zeros(0, np.int32), *(part.words for part in lists)]),
        )

    def match(
        self, model: WordModel, table: WordTable, question: QuestionWords
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Compare every passage with a question.

        Returns how well it says each word of the question at best, shape (passages, question words), and the cosine of
        its sentence nearest to the whole question, shape (passages,). A passage without a word has noughts.
        """
        best = np.zeros((self.size, len(question.texts)), np.float32)
        nearest = np.zeros(self.size, np.float32)
        begins = self.sentences[self.passages]
        filled = np.flatnonzero(np.diff(begins))
        if not len(filled):
            return best, nearest
        is_held = np.zeros(table.size, np.bool_)
        is_held[self.words] = True
        rows = np.flatnonzero(is_held).astype(np.int32)  # most words stand in several passages: each is compared once
        places = (np.cumsum(is_held) - 1)[self.words]
        whole = unit((question.units * question.weights[:, None]).sum(axis=0, keepdims=True))
        products = table.products(model, rows, np.concatenate([question.units, whole]))
        likeness = table.likeness(products[:, :-1], rows, question)
        best[filled] = np.maximum.reduceat(likeness[places], begins[filled], axis=0)
        # The product with a sentence's vector is the sum of those with its words', whose own lengths count here.
        cosines = np.add.reduceat(products[places, -1], self.sentences[:-1]) / np.maximum(self.norms, SMALLEST)
        nearest[filled] = np.maximum.reduceat(cosines, self.passages[filled])
        return best, nearest


def _runs(borders: NDArray[np.int64], rows: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the borders of some runs once they stand side by side, and the places that these take up now."""
    lengths = borders[rows + 1] - borders[rows]
    ends = np.cumsum(lengths)
    places = np.repeat(borders[rows] - (ends - lengths), lengths) + np.arange(lengths.sum())
    return np.concatenate([[0], ends]).astype(np.int64), places


def _follow(borders: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the borders of runs that follow one another."""
    lengths = [np.diff(part) for part in borders]
    return np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *lengths]))]).astype(np.int64)
