"""Texts to subwords: a run of characters between spaces is taken apart once, however often it occurs."""

from __future__ import annotations

import threading
from itertools import chain, filterfalse
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Encoding, Tokenizer

MOST_CHARACTERS = 8_000_000
"""Characters of the runs that are kept: of a million news passages about as many; with their subwords some 150 MB."""

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
    """What is known of each run, by its number: its subwords, and which of them begin a word."""

    ids: NDArray[np.int32]
    begins: NDArray[np.bool_]
    borders: Places

    def and_also(self, runs: Sequence[str], tokenizer: Tokenizer) -> _Runs:
        """Return these and new runs, numbered on."""
        groups = list(batches(runs, _TOGETHER))
        encodings = tokenizer.encode_batch(["\n".join(some) for some in groups], add_special_tokens=False)
        lengths = np.concatenate([_lengths(*each) for each in zip(groups, encodings, strict=True)])
        return _Runs(
            np.concatenate([self.ids, *(np.array(encoding.ids, np.int32) for encoding in encodings)]),
            np.concatenate([self.begins, *map(_begins, encodings)]),
            np.concatenate([self.borders, self.borders[-1] + np.cumsum(lengths)]),
        )


_NONE = _Runs(np.zeros(0, np.int32), np.zeros(0, np.bool_), np.zeros(1, np.int64))


class Splitter:
    """Splits texts as a tokenizer does, several times as fast: language repeats itself. Threads may share it.

    No subword crosses a space, so that a text's are those of the runs between its spaces. Raises EncoderError where the
    tokenizer's may.
    """

    def __init__(self, tokenizer: Tokenizer, most_characters: int = MOST_CHARACTERS) -> None:
        before = tokenizer.pre_tokenizer
        if before is None or not any(name in repr(before) for name in _SPLITS_AT_SPACES):
            raise EncoderError("its tokenizer joins words across spaces; give a model that splits at them")
        self._tokenizer = tokenizer
        self._most_characters = most_characters
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}
        self._characters = 0
        self._runs = _NONE

    def split(self, texts: Sequence[str]) -> Subwords:
        """Return the subwords of the texts."""
        parts = [text.replace("\n", " ").split(" ") for text in texts]
        counts = np.fromiter(map(len, parts), np.int64, count=len(parts))
        numbers, runs = self._number(list(chain.from_iterable(parts)))
        lengths = np.diff(runs.borders)[numbers]
        ends = np.cumsum(lengths)
        places = np.repeat(runs.borders[numbers] - (ends - lengths), lengths) + np.arange(lengths.sum())
        borders = np.concatenate([[0], ends])[np.concatenate([[0], np.cumsum(counts)])]
        return Subwords(runs.ids[places], np.flatnonzero(runs.begins[places]), borders)

    def _number(self, parts: list[str]) -> tuple[Places, _Runs]:
        with self._lock:
            if self._characters > self._most_characters:
                self._numbers, self._characters, self._runs = {}, 0, _NONE
            fresh = list(dict.fromkeys(filterfalse(self._numbers.__contains__, parts)))
            if fresh:
                self._runs = self._runs.and_also(fresh, self._tokenizer)
                self._numbers.update(
                    zip(fresh, range(len(self._numbers), len(self._numbers) + len(fresh)), strict=True)
                )
                self._characters += sum(map(len, fresh))
            return np.fromiter(map(self._numbers.__getitem__, parts), np.int64, count=len(parts)), self._runs


def _lengths(runs: Sequence[str], encoding: Encoding) -> Places:
    """Return how many subwords each run has, of an encoding of all, a line each."""
    ends = np.cumsum([len(run) + 1 for run in runs])
    starts = np.array(encoding.offsets, np.int64).reshape(-1, 2)[:, 0]
    return np.bincount(np.searchsorted(ends, starts, side="right"), minlength=len(runs))


def _begins(encoding: Encoding) -> NDArray[np.bool_]:
    """Tell of each subword whether it begins a word."""
    begins: NDArray[np.bool_] = np.diff(np.array(encoding.word_ids, np.int64), prepend=-1) != 0
    return begins
