"""Late interaction as a loss: the word vectors trained for what reranking asks of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize

from index.training.tokens import TOKENIZE_AT_ONCE, Texts
from index.words import is_word

MOST_WORDS = 160  # of a text
FEWEST_WORDS = (2, 8)  # of a question and of a passage, before they say enough to be told apart by


class WordBatch(NamedTuple):
    """The distinct words of a batch's questions or passages, as subwords, and the texts as places among them."""

    words: Texts
    texts: Texts

    @classmethod
    def from_texts(cls, texts: Texts, lexicon: Texts) -> WordBatch:
        """Cut from a lexicon what these texts of its words hold."""
        held, places = np.unique(texts.ids, return_inverse=True)
        return cls(lexicon.take(held.astype(np.int64)), Texts(places.astype(np.int32), texts.borders))


@dataclass(slots=True)
class Lexicon:
    """The words met so far, each by its subwords; texts become numbers of words."""

    tokenizer: Tokenizer
    numbers: dict[tuple[int, ...], int]
    spoken: dict[int, bool]  # by subword: whether it holds a letter or a digit

    @classmethod
    def from_tokenizer(cls, tokenizer: Tokenizer) -> Lexicon:
        """Begin without words."""
        spoken = {number: is_word(piece) for piece, number in tokenizer.get_vocab().items()}
        return cls(tokenizer, {}, spoken)

    def number(self, texts: Sequence[str]) -> Texts:
        """Return texts as numbers of their first words, punctuation left out; a text may be empty."""
        ids: list[int] = []
        lengths: list[int] = []
        for start in range(0, len(texts), TOKENIZE_AT_ONCE):
            some = list(texts[start : start + TOKENIZE_AT_ONCE])
            # The faster encode_batch_fast does not tell the words.
            for encoding in self.tokenizer.encode_batch(some, add_special_tokens=False):
                numbers = list(self._words(encoding.ids, encoding.word_ids))[:MOST_WORDS]
                ids += numbers
                lengths.append(len(numbers))
        return Texts.from_lengths(np.array(ids, np.int32), np.array(lengths, np.int64))

    def subwords(self) -> Texts:
        """Return every word as a text of subwords, by number."""
        lengths = np.array([len(word) for word in self.numbers], np.int64)
        return Texts.from_lengths(np.array([piece for word in self.numbers for piece in word], np.int32), lengths)

    def _words(self, ids: list[int], words: list[int | None]) -> Iterator[int]:
        starts = [at for at, word in enumerate(words) if not at or word != words[at - 1]]
        for start, end in pairwise([*starts, len(ids)]):
            if self.spoken[ids[start]]:
                yield self.numbers.setdefault(tuple(ids[start:end]), len(self.numbers))


def fit_rows(questions: Texts, passages: Texts) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the rows whose question and passage have words enough."""
    fewest_asked, fewest_told = FEWEST_WORDS
    return np.flatnonzero((questions.lengths >= fewest_asked) & (passages.lengths >= fewest_told))


def late_loss(
    questions: WordBatch, passages: WordBatch, asked: torch.Tensor, told: torch.Tensor, temperature: float
) -> torch.Tensor:
    """Return the loss of questions that are to find their passage, the one of the same row, among the batch's.

    A question's score for a passage is what `index.rerank.late_interaction` gives it, without the sound of words: each
    word's best cosine in the passage, weighted by the word's length (Khattab and Zaharia 2020,
    https://arxiv.org/abs/2004.12832). Reranking centres each word over the candidates; the passages' side of the loss
    does so over the batch's questions, and for the questions' side it would change nothing.

    Args:
        questions: the batch's questions.
        passages: their passages, as many.
        asked: the vectors of `questions.words`, shape (words, dimensions).
        told: the vectors of `passages.words`.
        temperature: what scores are divided by.
    """
    weights = asked.norm(dim=1)
    cosines = normalize(asked, dim=1) @ normalize(told, dim=1).T
    columns = torch.from_numpy(_padded(passages.texts))  # (passages, words)
    with torch.no_grad():
        best = cosines[:, columns.flatten()].view(-1, *columns.shape).argmax(dim=2)
    matches = cosines.gather(1, columns.gather(1, best.T).T)  # (distinct question words, passages)
    places = torch.from_numpy(questions.texts.ids).long()
    owners = torch.from_numpy(np.repeat(np.arange(len(questions.texts)), questions.texts.lengths))
    sums = torch.zeros(len(questions.texts), len(passages.texts))
    sums = sums.index_add(0, owners, matches[places] * weights[places, None])
    totals = torch.zeros(len(questions.texts)).index_add(0, owners, weights[places])
    scores = sums / totals[:, None] / temperature
    own = torch.arange(len(scores))
    centred = scores - scores.mean(dim=1, keepdim=True)
    return (cross_entropy(scores, own) + cross_entropy(centred.T, own)) / 2


def _padded(texts: Texts) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return the words of each text in a row, shape (texts, longest), short rows filled with their first word."""
    lengths = texts.lengths
    rows = np.repeat(texts.ids[texts.borders[:-1], None].astype(np.int64), lengths.max(), axis=1)
    rows[np.arange(lengths.max()) < lengths[:, None]] = texts.ids
    return rows
