"""Reranking over word vectors: late interaction, best sentence, and the scale on which scores add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.sounds import sound_likeness
from index.types import Vectors, Words
from index.words import SMALLEST, KnownWords, Numbers, is_word, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

Scores = NDArray[np.float32]

UNRELATED_SOUND = 0.4
"""Likeness of sound up to which two words need have nothing to do with each other; on XQuAD, .3 and .5 do as well."""


def without_punctuation(words: Words, text: str) -> Words:
    """Return the words of a text that hold a letter or a digit."""
    kept = [at for at, (start, end) in enumerate(words.spans) if is_word(text[start:end])]
    return Words([words.spans[at] for at in kept], words.vectors[kept])


def word_likeness(words: KnownWords, others: KnownWords) -> Scores:
    """Return how well words say others, shape (len(others), len(words)): the cosine of their vectors, and their sound.

    What two words of different scripts sound alike beyond UNRELATED_SOUND is added to the cosine: a name that training
    did not see is made of pieces, and those lie near its other spelling, but not near enough.
    """
    likeness: Scores = others.units @ words.units.T  # many rows by few columns: the faster way round
    likeness += np.maximum(sound_likeness(words.sounds, others.sounds) - UNRELATED_SOUND, 0).T
    return likeness


def late_interaction(weights: Scores, question: KnownWords, words: KnownWords, passages: Sequence[Numbers]) -> Scores:
    """Score passages by how well they hold each word of a question, shape (len(passages),).

    A question word scores its best match in the passage (Khattab and Zaharia 2020, https://arxiv.org/abs/2004.12832),
    centred by that word's mean over the passages, so that a word which every passage holds says nothing. `weights` are
    what each question word counts, above 0. `passages` hold rows of `words`; one without any matches at 0.
    """
    if not len(weights) or not passages:
        return np.zeros(len(passages), np.float32)
    best = best_matches(question, words, passages)
    return np.asarray((best - best.mean(axis=0)) @ weights / weights.sum(), np.float32)


def best_matches(question: KnownWords, words: KnownWords, passages: Sequence[Numbers]) -> Scores:
    """Return how well each passage says each word of a question, shape (len(passages), question words)."""
    best = np.zeros((len(passages), len(question.units)), np.float32)
    lengths = np.array([len(numbers) for numbers in passages], np.int64)
    # An empty passage has no segment of its own: reduceat would give it its neighbour's first word.
    filled = lengths > 0
    if filled.any():
        numbers = np.concatenate(passages)
        is_held = np.zeros(len(words.units), np.bool_)
        is_held[numbers] = True
        held = np.flatnonzero(is_held)  # most words stand in several passages: each is compared once
        places = np.cumsum(is_held) - 1
        likeness = word_likeness(question, words.at(held))
        best[filled] = np.maximum.reduceat(likeness[places[numbers]], _starts(lengths[filled]), axis=0)
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
    return unit(np.add.reduceat(words.vectors, firsts[firsts < len(begins)], axis=0))


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


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.cumsum(lengths) - lengths
