"""Many words cut into the pieces of a unigram vocabulary at once, exactly as the library tokenizers cuts each.

A word's pieces are those of the greatest sum of log probabilities (Kudo 2018, https://arxiv.org/abs/1804.10959). Here
all words take each step together: a walk through a trie from every letter, and a Viterbi search from left to right.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from index.key_table import MIXER, KeyTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tokenizers import Tokenizer

LONGEST = 32
"""Letters of a word at most; a longer one is left to the library."""

_BREAK = "\n"
_STRANGE = "\x00"  # in the place of a character that must be seen among others to be folded
_ONE_CHARACTER = re.compile(r"\[[^\^\[\]\\]+\]|[^\[\]\\.^$*+?{}|()]")
_PRE_TOKENIZERS = [{"type": "Whitespace"}, {"type": "Digits", "individual_digits": False}]

Integers = NDArray[np.int64]


class Cut(NamedTuple):
    """The pieces of some runs of characters.

    Run i's are ``ids[borders[i] : borders[i + 1]]``, `begins` tells which of them begin a word. `left` are the runs
    that could not be cut here, which have no pieces.
    """

    ids: NDArray[np.int32]
    begins: NDArray[np.bool_]
    borders: Integers
    left: Integers


class Unigram:
    """A vocabulary as arrays: its trie as a table from a node and a letter to the next node."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]], unknown: int, fold: Callable[[str], str]) -> None:
        self._folding = _Folding(fold)
        pieces = [piece for piece, _ in vocabulary]
        letters = sorted({piece for place, piece in enumerate(pieces) if len(piece) == 1 and place != unknown})
        self._codes = np.zeros(0x110000, np.uint16)
        self._codes[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
        self._codes[ord(" ")] = len(letters) + 1  # what some other spaces are folded to
        self._kinds = np.array([0, *map(_kind, letters), _KINDS.index("space")], np.uint8)
        self._codes[self._kinds[self._codes] == 0] = 0
        self._scores = np.array([score for _, score in vocabulary])
        self._longest = max(map(len, pieces))
        self._build(pieces, unknown)

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Self | None:
        """Return the vocabulary of a tokenizer; None where it works in another way than is known here."""
        told: dict[str, Any] = json.loads(tokenizer.to_str())
        before, model = told["pre_tokenizer"], told["model"]
        known = (
            model["type"] == "Unigram"
            and not model.get("byte_fallback")
            and before["type"] == "Sequence"
            and before["pretokenizers"] == _PRE_TOKENIZERS
            and _folds_each(told["normalizer"])
        )
        if not known:
            return None
        return cls(model["vocab"], model["unk_id"], tokenizer.normalizer.normalize_str)

    def cut(self, runs: Sequence[str]) -> Cut:
        """Cut runs of characters without a space into words, these into pieces."""
        text = _BREAK.join([*runs, ""]).translate(self._folding)
        letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        codes = self._codes[letters]
        ends = np.flatnonzero(letters == ord(_BREAK))
        kinds = self._kinds[codes]
        kinds[ends] = _KINDS.index("space")
        changes = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
        starts = np.concatenate([[0], changes])
        starts = starts[(kinds[starts] > 0) & (kinds[starts] != _KINDS.index("space"))]
        lengths = np.searchsorted(changes, starts, side="right")
        lengths = np.append(changes, len(codes))[lengths] - starts
        owners = np.searchsorted(ends, starts)
        left = np.zeros(len(runs), np.bool_)
        left[np.searchsorted(ends, np.flatnonzero(kinds == 0))] = True
        left[owners[lengths > LONGEST]] = True
        left[[place for place, run in enumerate(runs) if "[" in run]] = True  # may name a special piece
        here = ~left[owners]
        starts, lengths, owners = starts[here], lengths[here], owners[here]

        firsts, places = _distinct(codes, starts, lengths)
        ids, counts = self._cut_words(codes, starts[firsts], lengths[firsts])
        word_borders = np.concatenate([[0], np.cumsum(counts)])
        per_word = counts[places]
        ends_of_words = np.cumsum(per_word)
        of_pieces = np.repeat(word_borders[places] - (ends_of_words - per_word), per_word)
        begins = np.zeros(int(per_word.sum()), np.bool_)
        begins[ends_of_words - per_word] = True
        per_run = np.bincount(owners, per_word, len(runs)).astype(np.int64)
        return Cut(
            ids[of_pieces + np.arange(len(of_pieces))],
            begins,
            np.concatenate([[0], np.cumsum(per_run)]),
            np.flatnonzero(left),
        )

    def _build(self, pieces: Sequence[str], unknown: int) -> None:
        """Make the trie, a level of it at a time: node 0 is its root, the others are numbered as they are found."""
        joined = np.frombuffer("".join(pieces).encode("utf-32-le"), np.uint32)
        codes = self._codes[joined].astype(np.uint64)
        lengths = np.array([len(piece) for piece in pieces])
        starts = np.cumsum(lengths) - lengths
        rows = np.flatnonzero(np.add.reduceat(codes == 0, starts) == 0)
        rows = rows[rows != unknown]
        nodes = np.zeros(len(pieces), np.uint64)
        keys: list[NDArray[np.uint64]] = []
        count = 1
        piece_at = [np.full(1, -1, np.int32)]
        for depth in range(self._longest):
            rows = rows[lengths[rows] > depth]
            found, places = np.unique((nodes[rows] << np.uint64(16)) | codes[starts[rows] + depth], return_inverse=True)
            nodes[rows] = places + count
            keys.append(found)
            ending = lengths[rows] == depth + 1
            level = np.full(len(found), -1, np.int32)
            level[places[ending]] = rows[ending]
            piece_at.append(level)
            count += len(found)
        self._piece_at = np.concatenate(piece_at)
        self._steps = KeyTable()
        self._steps.add(np.concatenate(keys))

    def _step(self, nodes: NDArray[np.int32], codes: NDArray[np.uint16]) -> NDArray[np.int32]:
        """Return the nodes that letters lead to, 0 for none."""
        return self._steps.find((nodes.astype(np.uint64) << np.uint64(16)) | codes) + np.int32(1)

    def _cut_words(
        self, codes: NDArray[np.uint16], starts: Integers, lengths: Integers
    ) -> tuple[NDArray[np.int32], Integers]:
        """Return the pieces of words one after another, and how many each has."""
        # The words side by side, each before an empty letter, where every walk through the trie ends.
        ends = np.cumsum(lengths + 1) - 1
        begins = ends - lengths
        letters = np.zeros(int((lengths + 1).sum()), np.uint16)
        within = np.ones(len(letters), np.bool_)
        within[ends] = False
        letters[within] = codes[np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())]
        offsets = np.arange(len(letters)) - np.repeat(begins, lengths + 1)

        best = np.full(len(letters), -np.inf)
        best[begins] = 0.0
        last = np.zeros(len(letters), np.int32)  # of the best pieces that end at a place, the last one
        length = np.zeros(len(letters), np.int8)  # and how long that is
        edges = list(self._edges(letters, offsets))
        for offset in range(int(offsets.max(initial=0))):
            for depth, (at, borders, pieces) in enumerate(edges, 1):
                # From one place on, longer pieces reach farther places: each is reached first from the farthest start.
                some = slice(borders[offset], borders[offset + 1])
                goals, scores = at[some] + depth, best[at[some]] + self._scores[pieces[some]]
                better = scores > best[goals]
                goals = goals[better]
                best[goals], last[goals], length[goals] = scores[better], pieces[some][better], depth
        found: list[tuple[Integers, NDArray[np.int32]]] = []
        words, at = np.arange(len(ends)), ends
        while len(words):
            found.append((words, last[at]))
            at = at - length[at]
            going = at > begins[words]
            words, at = words[going], at[going]
        return _in_order(found, len(ends))

    def _edges(
        self, letters: NDArray[np.uint16], offsets: Integers
    ) -> Sequence[tuple[Integers, Integers, NDArray[np.int32]]]:
        """Return, by the length of pieces: where pieces begin, by their offset in a word; borders of these; pieces."""
        at = np.flatnonzero(letters)
        nodes = np.zeros(len(at), np.int32)
        found = []
        steps = np.arange(int(offsets.max(initial=0)) + 2)
        for depth in range(self._longest):
            nodes = self._step(nodes, letters[at + depth])
            at, nodes = at[nodes > 0], nodes[nodes > 0]
            pieces = self._piece_at[nodes]
            told = np.flatnonzero(pieces >= 0)
            of = offsets[at[told]].astype(np.uint8)
            order = told[np.argsort(of, kind="stable")]
            found.append((at[order], np.searchsorted(np.sort(of, kind="stable"), steps), pieces[order]))
        return found


def _in_order(found: Sequence[tuple[Integers, NDArray[np.int32]]], count: int) -> tuple[NDArray[np.int32], Integers]:
    """Return the pieces of all words from those that were found from a word's end on, and how many each has."""
    counts = np.zeros(count, np.int64)
    for words, _ in found:
        counts[words] += 1
    ends = np.cumsum(counts)
    ids = np.zeros(int(counts.sum()), np.int32)
    for back, (words, pieces) in enumerate(found, 1):
        ids[ends[words] - back] = pieces
    return ids, counts


def _distinct(codes: NDArray[np.uint16], starts: Integers, lengths: Integers) -> tuple[Integers, Integers]:
    """Return where each distinct word stands first, and which of them every word is.

    Words are told apart by numbers of 64 bits: of a million, two are taken for one by a chance of 1 to 30 million.
    """
    keys = np.zeros(len(starts), np.uint64)
    for place in range(int(lengths.max(initial=0))):
        on = np.flatnonzero(lengths > place)
        keys[on] = (keys[on] + codes[starts[on] + place]) * MIXER
        keys[on] ^= keys[on] >> np.uint64(29)
    _, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    return firsts, places


_KINDS = ("strange", "letter", "digit", "mark", "space")


def _kind(character: str) -> int:
    """Tell what words are parted by: letters, digits and marks; 0 where the library might see it otherwise."""
    category = unicodedata.category(character)
    if category[0] == "L" or category == "Pc":
        return _KINDS.index("letter")
    if category == "Nd":
        return _KINDS.index("digit")
    return _KINDS.index("mark") if category[0] in "PS" else 0


class _Folding(dict[int, str]):
    """A table for str.translate, filled as characters are met, of what a tokenizer makes of each."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__({ord(_BREAK): _BREAK})
        self._fold = fold

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if any(unicodedata.combining(character) for character in folded) or _BREAK in folded:
            folded = _STRANGE  # marks on one letter are put in an order
        self[code] = folded
        return folded


def _folds_each(normalizer: dict[str, Any] | None) -> bool:
    """Whether a normalizer makes of every character the same wherever it stands, but for the order of marks."""
    if normalizer is None or normalizer["type"] != "Sequence":
        return False
    return all(
        one["type"] in ("NFKD", "Lowercase")
        or (one["type"] == "Replace" and _ONE_CHARACTER.fullmatch(next(iter(one["pattern"].values()))) is not None)
        for one in normalizer["normalizers"]
    )
