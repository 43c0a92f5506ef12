"""The parts of subwords, and the table that is learnt through them, held against plain sums."""

from __future__ import annotations

import numpy as np
import torch

from index.training.parts import Parts
from index.training.table import Table
from index.training.tokens import Texts, held_by

PIECES = ["[UNK]", "rivers", "river", "rover", "ميركل", "merkel", "miracle", "of", "12", "ربح", "يربح", "مربح"]


def _shared(parts: Parts, piece: str) -> set[int]:
    row = PIECES.index(piece)
    own, *shared = parts.subwords.ids[parts.subwords.borders[row] : parts.subwords.borders[row + 1]].tolist()
    assert own == row
    return set(shared)


def test_subwords_share_runs_of_letters_that_enough_of_them_hold() -> None:
    parts = Parts.from_vocabulary(PIECES)
    assert _shared(parts, "river") & _shared(parts, "rivers") & _shared(parts, "rover")  # "ver"
    assert len(_shared(parts, "ربح") & _shared(parts, "يربح") & _shared(parts, "مربح")) == 3  # «ربح», and its end
    assert not _shared(parts, "of") | _shared(parts, "12") | _shared(parts, "[UNK]")


def test_subwords_of_the_two_scripts_share_how_they_sound() -> None:
    parts = Parts.from_vocabulary(PIECES)
    alike, else_alike = (_shared(parts, "ميركل") & _shared(parts, piece) for piece in ("merkel", "rivers"))
    assert len(alike) > len(else_alike) == 0


def test_sounds_of_one_script_alone_are_no_part() -> None:
    latin = [piece for piece in PIECES if piece.isascii()]
    assert Parts.from_vocabulary(latin).count < Parts.from_vocabulary(PIECES).count
    letters = {"merkel", "merkle", "merklin"}
    alone = Parts.from_vocabulary(sorted(letters))
    # "<me", "mer", "erk" and the longer runs of those: what all three spell, and no sound.
    assert alone.count - 3 == len({"<me", "<mer", "<merk", "mer", "merk", "erk"})


def test_a_table_is_the_sum_of_its_parts() -> None:
    parts = Parts(Texts(np.array([0, 3, 4, 1, 4, 2], np.int32), np.array([0, 3, 5, 6])), 5)
    own = torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]])
    table = Table(own, parts, 0.5)
    torch.testing.assert_close(table.whole(), own)  # what is shared begins at nought
    before = table.vectors.clone()
    table.gradient[0] = torch.tensor([-1.0, 0.0])
    table.step(np.array([0]), 0.1)
    table.compose(np.arange(3))
    # Adam's first step is the rate, whatever the gradient: 0.1 for the own vector, 0.05 for each of the two shared.
    torch.testing.assert_close(table.vectors - before, torch.tensor([[0.2, 0.0], [0.05, 0.0], [0.0, 0.0]]))
    assert not table.gradient.any()


def test_a_table_without_a_part_rate_shares_nothing() -> None:
    own = torch.randn(len(PIECES), 3)
    table = Table(own.clone(), Parts.from_vocabulary(PIECES), 0)
    table.gradient[:] = 1
    table.step(np.arange(len(PIECES)), 0.1)
    torch.testing.assert_close(table.whole(), own - 0.1)


def test_a_table_alone_is_its_own_vectors() -> None:
    vectors = torch.randn(4, 3)
    assert torch.equal(Table(vectors, Parts.alone(4), 0).whole(), vectors)


def test_what_texts_hold_is_told_in_order_and_once() -> None:
    texts = [
        Texts(np.array([5, 2, 5], np.int32), np.array([0, 3])),
        Texts(np.array([2, 0], np.int32), np.array([0, 2])),
    ]
    assert held_by(texts).tolist() == [0, 2, 5]
