"""Texts to subwords: a run of characters between spaces is taken apart once, however often it occurs."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.encoders.unigram import Unigram
from index.errors import EncoderError
from index.runs import MOST_CHARACTERS, RunNumbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Encoding, Tokenizer

MANY = 500
"""Runs from which on they are taken apart together; fewer are by the tokenizer itself in less time."""

_TOGETHER = 100
"""Runs that the tokenizer is given as one text, in half the time that it takes for each alone."""

_SPLITS_AT_SPACES = frozenset({"Whitespace", "WhitespaceSplit", "BertPreTokenizer"})

Places = NDArray[np.int64]


class Subwords(NamedTuple):
    """The subwords of some texts, one after another, as numbers of the vocabulary.

    `words` are the places in `ids` at which words begin: runs of letters, of digits or of punctuation. Text i's are
    ``ids[texts[i] : texts[i + 1]]``.
    """

    ids: NDArray[np.int32]
    words: Places
    texts: Places


class _Runs(NamedTuple):
    """Runs taken apart: run i's subwords are ``ids[borders[i] : borders[i + 1]]``; `begins`: which begin a word."""

    ids: NDArray[np.int32]
    begins: NDArray[np.bool_]
    borders: Places

    @classmethod
    def of(cls, runs: Sequence[str], tokenizer: Tokenizer) -> _Runs:
        """Have the tokenizer take runs apart."""
        groups = list(batches(runs, _TOGETHER))
        encodings = tokenizer.encode_batch(["\n".join(some) for some in groups], add_special_tokens=False)
        lengths = np.concatenate([_lengths(*each) for each in zip(groups, encodings, strict=True)])
        return cls(
            np.concatenate([np.array(encoding.ids, np.int32) for encoding in encodings]),
            np.concatenate([_begins(encoding) for encoding in encodings]),
            np.concatenate([[0], np.cumsum(lengths)]),
        )

    def with_left(self, left: Places, others: _Runs) -> _Runs:
        """Return these with other runs' subwords in the places of some that have none."""
        lengths = np.diff(self.borders)
        lengths[left] = np.diff(others.borders)
        is_left = np.zeros(len(lengths), np.bool_)
        is_left[left] = True
        theirs = np.repeat(is_left, lengths)
        joined = _Runs(
            np.zeros(len(theirs), np.int32),
            np.zeros(len(theirs), np.bool_),
            np.concatenate([[0], np.cumsum(lengths)]),
        )
        joined.ids[theirs], joined.ids[~theirs] = others.ids, self.ids
        joined.begins[theirs], joined.begins[~theirs] = others.begins, self.begins
        return joined


class _Known:
    """What is known of each run, by its number; what was returned of it stays true while more is added."""

    def __init__(self) -> None:
        self._count = self._size = 0
        self._runs = _Runs(np.zeros(1024, np.int32), np.zeros(1024, np.bool_), np.zeros(1024, np.int64))

    def add(self, runs: _Runs) -> None:
        """Add runs, numbered on."""
        size, count = self._size + len(runs.ids), self._count + len(runs.borders) - 1
        ids, begins, borders = self._runs
        if size > len(ids):
            ids, begins = (np.concatenate([each, np.zeros(size, each.dtype)]) for each in (ids, begins))
        if count + 1 > len(borders):
            borders = np.concatenate([borders, np.zeros(count + 1, np.int64)])
        ids[self._size : size], begins[self._size : size] = runs.ids, runs.begins
        borders[self._count + 1 : count + 1] = runs.borders[1:] + self._size
        self._runs, self._size, self._count = _Runs(ids, begins, borders), size, count

    def all(self) -> _Runs:
        """Return all that is known."""
        ids, begins, borders = self._runs
        return _Runs(ids[: self._size], begins[: self._size], borders[: self._count + 1])


class Splitter:
    """Splits texts as a tokenizer does, several times as fast: language repeats itself. Threads may share it.

    No subword crosses a space, so that a text's are those of the runs between its spaces. Raises EncoderError where the
    tokenizer's may.
    """

    def __init__(self, tokenizer: Tokenizer, most_characters: int = MOST_CHARACTERS, many: int = MANY) -> None:
        before = tokenizer.pre_tokenizer
        if before is None or not any(name in repr(before) for name in _SPLITS_AT_SPACES):
            raise EncoderError("its tokenizer joins words across spaces; give a model that splits at them")
        self._tokenizer = tokenizer
        self._most_characters = most_characters
        self._many = many
        self._lock = threading.Lock()
        self._unigram: Unigram | None = None
        self._is_unigram = True  # until it has proven another
        self._forget()

    def _forget(self) -> None:
        self._numbering, self._known = RunNumbers(), _Known()

    def split(self, texts: Sequence[str]) -> Subwords:
        """Return the subwords of the texts."""
        numbers, borders, runs = self._number(texts)
        starts = runs.borders[numbers]
        lengths = runs.borders[numbers + 1] - starts
        ends = np.cumsum(lengths)
        places = np.repeat(starts - (ends - lengths), lengths) + np.arange(lengths.sum())
        return Subwords(runs.ids[places], np.flatnonzero(runs.begins[places]), np.concatenate([[0], ends])[borders])

    def _number(self, texts: Sequence[str]) -> tuple[Places, Places, _Runs]:
        with self._lock:
            if self._numbering.characters > self._most_characters:
                self._forget()
            numbered = self._numbering.number(texts)
            if numbered.fresh:
                try:
                    self._known.add(self._take_apart(numbered.fresh))
                except BaseException:
                    self._forget()  # some have numbers and no subwords
                    raise
            return numbered.numbers, numbered.borders, self._known.all()

    def _take_apart(self, runs: Sequence[str]) -> _Runs:
        if len(runs) >= self._many and self._is_unigram and self._unigram is None:
            self._unigram = Unigram.of(self._tokenizer)
            self._is_unigram = self._unigram is not None
        if len(runs) < self._many or self._unigram is None:
            return _Runs.of(runs, self._tokenizer)
        ids, begins, borders, left = self._unigram.cut(runs)
        found = _Runs(ids, begins, borders)
        if not len(left):
            return found
        return found.with_left(left, _Runs.of([runs[place] for place in left.tolist()], self._tokenizer))


def _lengths(runs: Sequence[str], encoding: Encoding) -> Places:
    """Return how many subwords each run has, of an encoding of all, a line each."""
    ends = np.cumsum([len(run) + 1 for run in runs])
    starts = np.array(encoding.offsets, np.int64).reshape(-1, 2)[:, 0]
    return np.bincount(np.searchsorted(ends, starts, side="right"), minlength=len(runs))


def _begins(encoding: Encoding) -> NDArray[np.bool_]:
    """Tell of each subword whether it begins a word."""
    begins: NDArray[np.bool_] = np.diff(np.array(encoding.word_ids, np.int64), prepend=-1) != 0
    return begins
