"""Words as reranking compares them: each is known once, however many passages hold it."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.sounds import Sounds, sound_likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoders.subwords import Subwords
    from index.types import Vectors, Words

Numbers = NDArray[np.int32]
"""Rows of known words."""

SMALLEST = 1e-9  # keeps the division by the norm of an unknown word's zero vector defined

UNRELATED_SOUND = 0.4
"""Likeness of sound up to which two words need have nothing to do with each other; on XQuAD, .3 and .5 do as well."""

NO_WORD = -1
"""The number of punctuation."""


def norms(vectors: Vectors) -> NDArray[np.float32]:
    """Return the length of each row, at least SMALLEST."""
    lengths: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return np.maximum(lengths, SMALLEST)


def unit(vectors: Vectors) -> Vectors:
    """Return the rows made unit; a row of zeros stays one."""
    return np.asarray(vectors / norms(vectors)[:, None], np.float32)


def is_word(text: str) -> bool:
    """Tell a word from punctuation: it holds a letter or a digit."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


class Script(IntEnum):
    """What a word is written in."""

    OTHER = 0
    ARABIC = 1
    LATIN = 2


_ARABIC, _LATIN = re.compile(r"[\u0621-\u064a\u0671-\u06d3]"), re.compile(r"[a-z]", re.IGNORECASE)


def script(word: str) -> Script:
    """Tell a word's script; of one that mixes them, Arabic."""
    if _ARABIC.search(word):
        return Script.ARABIC
    return Script.LATIN if _LATIN.search(word) else Script.OTHER


class WordModel(Protocol):
    """A static model, which knows a text's vector as the sum of its subwords' vectors."""

    @property
    def name(self) -> str:
        """Two models of one name give equal vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has; a multiple of 8."""
        ...

    def encode_words(self, texts: Sequence[str]) -> list[Words]:
        """The words of each text, punctuation among them."""
        ...

    def split(self, texts: Sequence[str]) -> Subwords:
        """The subwords of the texts."""
        ...

    def subword_products(self, ids: NDArray[np.integer], vectors: Vectors) -> Vectors:
        """The products of subwords' vectors with others, shape (len(ids), len(vectors))."""
        ...

    def sums(self, ids: NDArray[np.int32], borders: NDArray[np.int64]) -> Vectors:
        """The sum of each run `ids[borders[i] : borders[i + 1]]` of subwords; (len(borders) - 1, dimensions)."""
        ...

    def spell(self, ids: Sequence[int]) -> str:
        """The letters of subwords, folded."""
        ...


class QuestionWords(NamedTuple):
    """The words of a question, a row a word: its letters, its unit vector, what it counts for, and its sound."""

    texts: list[str]
    units: Vectors
    weights: NDArray[np.float32]
    sounds: Sounds

    @classmethod
    def of(cls, question: str, words: Words) -> QuestionWords:
        """Take those of a question's words that hold a letter or a digit; a word weighs what its vector's norm is."""
        kept = [at for at, (start, end) in enumerate(words.spans) if is_word(question[start:end])]
        texts = [question[start:end] for start, end in (words.spans[at] for at in kept)]
        vectors = words.vectors[kept]
        return cls(texts, unit(vectors), norms(vectors), Sounds.of(texts))

    def at(self, rows: NDArray[np.integer]) -> QuestionWords:
        """Return some of the words."""
        texts = [self.texts[row] for row in rows.tolist()]
        return QuestionWords(texts, self.units[rows], self.weights[rows], self.sounds.at(rows))


class WordTable(NamedTuple):
    """Words that texts were found to hold, a row each.

    Row i's subwords are ``subwords[borders[i] : borders[i + 1]]``. `norms` are the lengths of the vectors that they sum
    up to, `signs` the signs of those vectors' numbers, eight a byte, `counts` how often each word was met, `keys` what
    a word is found again by, `pairs` how it sounds, `scripts` what it is written in.
    """

    subwords: NDArray[np.int32]
    borders: NDArray[np.int64]
    norms: NDArray[np.float32]
    signs: NDArray[np.uint8]
    counts: NDArray[np.int64]
    keys: NDArray[np.uint64]
    pairs: NDArray[np.uint64]
    scripts: NDArray[np.uint8]

    @classmethod
    def empty(cls, dimensions: int) -> WordTable:
        """Return a table without a word."""
        return cls(
            np.zeros(0, np.int32),
            np.zeros(1, np.int64),
            np.zeros(0, np.float32),
            np.zeros((0, dimensions // 8), np.uint8),
            np.zeros(0, np.int64),
            np.zeros(0, np.uint64),
            Sounds.of([]).pairs,
            np.zeros(0, np.uint8),
        )

    @property
    def size(self) -> int:
        """How many words there are."""
        return len(self.norms)

    def products(self, model: WordModel, rows: Numbers, units: Vectors) -> NDArray[np.float32]:
        """Return the products of some words' vectors with unit vectors, shape (len(rows), len(units))."""
        if not len(rows):
            return np.zeros((0, len(units)), np.float32)
        lengths = self.borders[rows + 1] - self.borders[rows]
        ends = np.cumsum(lengths)
        ids = self.subwords[np.repeat(self.borders[rows] - (ends - lengths), lengths) + np.arange(ends[-1])]
        needed, places = np.unique(ids, return_inverse=True)
        # A product with a sum is the sum of the products: no word's own vector is ever made.
        each = model.subword_products(needed, units)
        return np.asarray(np.add.reduceat(each[places], ends - lengths, axis=0), np.float32)

    def likeness(self, products: NDArray[np.float32], rows: Numbers, question: QuestionWords) -> NDArray[np.float32]:
        """Return how well words say those of a question, shape (len(rows), question words): cosine, and sound.

        `products` are those with the question's words. What two words of different scripts sound alike beyond
        UNRELATED_SOUND is added to the cosine: a name that training did not see is made of pieces, and those lie near
        its other spelling, but not near enough.
        """
        likeness = products / np.maximum(self.norms[rows], np.float32(SMALLEST))[:, None]
        sounds = sound_likeness(question.sounds, Sounds(self.pairs[rows], self.scripts[rows] == Script.ARABIC))
        return np.asarray(likeness + np.maximum(sounds - UNRELATED_SOUND, 0).T, np.float32)


class WordNumbering:
    """Numbers the words of texts, those of a table as it has them and others on from there."""

    def __init__(self, model: WordModel, table: WordTable) -> None:
        self._model = model
        self._table = table
        self._numbers: dict[int, int] = dict(zip(table.keys.tolist(), range(table.size), strict=True))
        self._count = table.size
        self._fresh: list[WordTable] = []
        self._counts = table.counts

    def number(self, found: Subwords) -> Numbers:
        """Return the number of each word, NO_WORD of punctuation."""
        lengths = np.diff(found.words, append=len(found.ids))
        keys, firsts, places = np.unique(_keys(found.ids, found.words, lengths), return_index=True, return_inverse=True)
        numbers = np.array([self._numbers.get(key, self._count) for key in keys.tolist()], np.int64)
        fresh = np.flatnonzero(numbers == self._count)
        if len(fresh):
            numbers[fresh] = self._add(keys[fresh], found, firsts[fresh], lengths[firsts[fresh]])
        all_numbers = numbers.astype(np.int32)[places]
        met = np.bincount(all_numbers[all_numbers != NO_WORD], minlength=self._count)
        met[: len(self._counts)] += self._counts
        self._counts = met
        return all_numbers

    def table(self, *, less: Numbers) -> WordTable:
        """Return the table of all words, their counts without the occurrences `less`."""
        parts = [self._table, *self._fresh]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        borders = np.concatenate([[0], np.cumsum(np.concatenate([np.diff(part.borders) for part in parts]))])
        table = WordTable(*columns)._replace(borders=borders)
        return table._replace(counts=self._counts - np.bincount(less, minlength=table.size))

    def _add(
        self, keys: NDArray[np.uint64], found: Subwords, firsts: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Take in words at these places, and return their numbers."""
        pieces = [found.ids[start : start + length] for start, length in zip(found.words[firsts], lengths, strict=True)]
        letters = [self._model.spell(piece.tolist()) for piece in pieces]
        kept = [at for at, word in enumerate(letters) if is_word(word)]
        numbers = np.full(len(keys), NO_WORD, np.int64)
        numbers[kept] = self._count + np.arange(len(kept))
        self._numbers.update(zip(keys.tolist(), numbers.tolist(), strict=True))
        self._count += len(kept)
        if kept:
            subwords = np.concatenate([pieces[at] for at in kept])
            ends = np.cumsum(lengths[kept])
            vectors = self._model.sums(subwords, np.concatenate([[0], ends]))
            self._fresh.append(
                WordTable(
                    subwords,
                    np.concatenate([[0], ends]),
                    norms(vectors),
                    np.packbits(vectors > 0, axis=1),
                    np.zeros(len(kept), np.int64),
                    keys[kept],
                    Sounds.of([letters[at] for at in kept]).pairs,
                    np.array([script(letters[at]) for at in kept], np.uint8),
                )
            )
        return numbers


_PRIME = np.uint64(1_099_511_628_211)  # of the FNV hash


def _keys(ids: NDArray[np.int32], begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a hash of each run of subwords; of a million words two share one by a chance of 1 to 30 million."""
    keys = ids[begins].astype(np.uint64) + np.uint64(1)
    for place in range(1, int(lengths.max(initial=1))):
        longer = np.flatnonzero(lengths > place)
        keys[longer] = keys[longer] * _PRIME + ids[begins[longer] + place].astype(np.uint64) + np.uint64(1)
    return keys
