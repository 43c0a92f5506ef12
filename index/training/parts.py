"""What subwords are made of, so that those which look or sound alike share what is learnt of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from index.sounds import CONSONANTS, LEAST_CONSONANTS, sounds
from index.text import detect_language
from index.training.tokens import Texts

LETTERS = (3, 4, 5)  # how long the runs of letters are
SOUNDS = (3, 4)  # how long those of coarse sounds are
LEAST_BONES = 3  # consonants from which a subword's, without vowels, are a part
LEAST_SUBWORDS = 3  # that hold a run of letters, before it says more than their own vectors do
EDGES = "<{}>"


class Part(NamedTuple):
    """A run of letters, or of sounds, or a subword's consonants; the edges of the subword count as letters."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that every subword is the sum of: its own vector, and those it shares.

    Summing a word from its runs of letters is fastText's way (Bojanowski et al. 2017, https://arxiv.org/abs/1607.04606)
    to let «يربح» learn from «ربح», and "embezzling" from "embezzle". The sounds do the same across the scripts: what
    is learnt of "Merkel" is known of «ميركل». Once trained, the sums are all that is kept: the parts cost the model
    nothing.
    """

    subwords: Texts
    """Of every subword the numbers of its parts: its own, which is the subword's, and then the shared ones."""

    count: int

    @classmethod
    def from_vocabulary(cls, pieces: Sequence[str]) -> Parts:
        """Take the subwords apart, in the order of their numbers.

        A run of letters is shared by at least LEAST_SUBWORDS; one of sounds, by subwords of both scripts.
        """
        held = [list(dict.fromkeys(_parts(piece))) for piece in pieces]
        holders: defaultdict[Part, list[int]] = defaultdict(list)
        for number, parts in enumerate(held):
            for part in parts:
                holders[part].append(number)
        is_arabic = np.array([detect_language(piece) == "ar" for piece in pieces], bool)
        shared = [part for part, numbers in holders.items() if _is_shared(part, is_arabic[numbers])]
        numbers = {part: len(pieces) + at for at, part in enumerate(shared)}
        rows = [[own, *(numbers[part] for part in parts if part in numbers)] for own, parts in enumerate(held)]
        ids = np.fromiter((number for row in rows for number in row), np.int32)
        return cls(Texts.from_lengths(ids, np.array([len(row) for row in rows], np.int64)), len(pieces) + len(shared))

    @classmethod
    def alone(cls, subwords: int) -> Parts:
        """Let every subword be its own vector only."""
        return cls(Texts(np.arange(subwords, dtype=np.int32), np.arange(subwords + 1)), subwords)


def _is_shared(part: Part, are_arabic: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> bool:
    if part.kind == "letters":
        return len(are_arabic) >= LEAST_SUBWORDS
    return bool(are_arabic.any() and not are_arabic.all())


def _parts(piece: str) -> Iterator[Part]:
    if len(piece) < min(LETTERS):
        return
    yield from _runs("letters", piece, LETTERS)
    if not piece.isalpha():
        return
    heard = sounds(piece)
    bones = "".join(sound for sound in heard if sound in CONSONANTS)
    if len(bones) >= LEAST_CONSONANTS:
        yield Part("sounds", EDGES.format(heard))
        yield from _runs("sounds", heard, SOUNDS)
    if len(bones) >= LEAST_BONES:
        yield Part("bones", bones)


def _runs(kind: str, text: str, lengths: Sequence[int]) -> Iterator[Part]:
    edged = EDGES.format(text)
    for length in lengths:
        for start in range(len(edged) - length + 1):
            yield Part(kind, edged[start : start + length])
