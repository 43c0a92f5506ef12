"""Reranking over word vectors: late interaction, best sentence, and the scale on which scores add up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors, Words

Scores = NDArray[np.float32]
SMALLEST = 1e-9  # keeps the division by the norm of an unknown word's zero vector defined


def without_punctuation(words: Words, text: str) -> Words:
    """Return the words of a text that hold a letter or a digit."""
    kept = [
        at
        for at, (start, end) in enumerate(words.spans)
        if text[start].isalnum() or any(map(str.isalnum, text[start:end]))
    ]
    return Words([words.spans[at] for at in kept], words.vectors[kept])


def late_interaction(question: Words, passages: Sequence[Words]) -> Scores:
    """Score passages by how well they hold each word of a question, shape (len(passages),).

    A question word scores the cosine of its best match in the passage (Khattab and Zaharia 2020,
    https://arxiv.org/abs/2004.12832), centred by that word's mean over the passages, so that a word which every passage
    holds says nothing; words are weighted by their norm. A passage without words matches at cosine 0.
    """
    weights = np.linalg.norm(question.vectors, axis=1)
    if weights.sum() < SMALLEST or not passages:
        return np.zeros(len(passages), np.float32)
    best = _best_matches(question.vectors, passages)
    return np.asarray(weights @ (best - best.mean(axis=1, keepdims=True)) / weights.sum(), np.float32)


def _best_matches(question: Vectors, passages: Sequence[Words]) -> Vectors:
    """Return the best cosine of each question word in each passage, shape (question words, passages)."""
    best = np.zeros((len(question), len(passages)), np.float32)
    lengths = np.array([len(passage.spans) for passage in passages], np.int64)
    if not lengths.any():
        return best
    vectors = np.concatenate([passage.vectors for passage in passages])
    cosines = _unit(question) @ vectors.T
    cosines /= _norms(vectors)
    # An empty passage has no segment of its own: reduceat would give it its neighbour's first word.
    filled = lengths > 0
    best[:, filled] = np.maximum.reduceat(cosines, _starts(lengths[filled]), axis=1)
    return best


def sentence_vectors(words: Words, sentences: Sequence[tuple[int, int]]) -> Vectors:
    """Return a unit row a sentence of a text, given the text's words and its sentences' spans.

    A sentence's vector is the sum of its words' vectors made unit, which is what the encoder gives for the sentence
    alone. A word between two sentences belongs to the first of them; a sentence without words has no row.
    """
    if not words.spans:
        return words.vectors
    begins = [start for start, _ in words.spans]
    firsts = np.unique(np.searchsorted(begins, [0, *(start for start, _ in sentences[1:])]))
    return _unit(np.add.reduceat(words.vectors, firsts[firsts < len(begins)], axis=0))


def best_sentence(question: Vectors, passages: Sequence[Vectors]) -> Scores:
    """Return the cosine of each passage's sentence nearest to a question's unit vector, shape (len(passages),).

    `passages` are their sentences' vectors; a passage without any scores 0.
    """
    best = np.zeros(len(passages), np.float32)
    lengths = np.array([len(rows) for rows in passages], np.int64)
    filled = lengths > 0
    if filled.any():
        best[filled] = np.maximum.reduceat(np.concatenate(passages) @ question, _starts(lengths[filled]))
    return best


def standardized(scores: Scores) -> Scores:
    """Return z-scores: mean 0 and deviation 1, so that scores of different kinds add up; equal scores all become 0."""
    deviation = scores.std() if len(scores) else 0.0
    if deviation < SMALLEST:
        return np.zeros(len(scores), np.float32)
    return np.asarray((scores - scores.mean()) / deviation, np.float32)


def _norms(vectors: Vectors) -> Scores:
    norms: Scores = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return np.maximum(norms, SMALLEST)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / _norms(vectors)[:, None], np.float32)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.cumsum(lengths) - lengths
