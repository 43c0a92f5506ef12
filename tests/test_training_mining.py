"""Hard negatives, held against a search that compares every question with every passage in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import log1p

import numpy as np
import pytest

from index.training.batches import Batches
from index.training.mining import COMMON, LENGTH_PENALTY, SATURATION, nearest_by_bm25, nearest_by_table
from index.training.recipe import Recipe, SourceRecipe
from index.training.tokens import Texts

VOCABULARY = 400


def _texts(rows: list[list[int]]) -> Texts:
    return Texts.from_lengths(
        np.array([number for row in rows for number in row], np.int32), np.array([len(row) for row in rows])
    )


@pytest.fixture(scope="module")
def rows() -> tuple[list[list[int]], list[list[int]]]:
    """600 questions and passages, of which every second passage is that of the row before, too."""
    draws = np.random.default_rng(4)
    subwords = np.arange(VOCABULARY)
    odds = 1 / (subwords + 1) / (1 / (subwords + 1)).sum()
    told = [draws.choice(subwords, draws.integers(5, 30), p=odds).tolist() for _ in range(300)]
    told = [passage for passage in told for _ in range(2)]
    return [draws.choice(subwords, draws.integers(2, 8), p=odds).tolist() for _ in told], told


def _best(score: Callable[[int, int], float], told: list[list[int]], row: int) -> float:
    return max(score(row, other) for other in range(len(told)) if told[other] != told[row])


def test_bm25_finds_the_best_passage_that_is_not_the_questions_own(rows: tuple[list[list[int]], ...]) -> None:
    asked, told = rows
    holding = Counter(number for passage in told for number in set(passage))
    mean = float(np.mean([len(passage) for passage in told]))

    def score(row: int, other: int) -> float:
        passage, total = told[other], 0.0
        for number in set(asked[row]) & set(passage):
            if holding[number] <= COMMON * len(told):
                rarity = log1p((len(told) - holding[number] + 0.5) / (holding[number] + 0.5))
                count = passage.count(number)
                length = 1 - LENGTH_PENALTY + LENGTH_PENALTY * len(passage) / mean
                total += rarity * count * (SATURATION + 1) / (count + SATURATION * length)
        return total

    found = nearest_by_bm25(_texts(asked), _texts(told), VOCABULARY)
    sample = range(0, len(told), 7)
    assert all(told[found[row]] != told[row] for row in sample)
    assert [score(row, found[row]) for row in sample] == pytest.approx([_best(score, told, row) for row in sample])


def test_a_table_finds_the_passage_of_the_highest_cosine(rows: tuple[list[list[int]], ...]) -> None:
    asked, told = rows
    table = np.random.default_rng(5).standard_normal((VOCABULARY, 16)).astype(np.float32)
    left, right = ([table[row].sum(axis=0) for row in side] for side in (asked, told))

    def score(row: int, other: int) -> float:
        return float(left[row] @ right[other] / np.linalg.norm(left[row]) / np.linalg.norm(right[other]))

    found = nearest_by_table(_texts(asked), _texts(told), table)
    sample = range(0, len(told), 7)
    assert all(told[found[row]] != told[row] for row in sample)
    assert [score(row, found[row]) for row in sample] == pytest.approx([_best(score, told, row) for row in sample])


def test_half_of_a_batch_are_the_hard_negatives_of_the_other_half() -> None:
    side = _texts([[number] for number in range(20)])
    recipe = Recipe(batch=4, sources={"one": SourceRecipe(1)})
    batches = Batches.from_sides({"one": (side, side)}, recipe, {"one": (np.arange(20) + 10) % 20})
    drawn = [set(batches.draw().left.ids.tolist()) for _ in range(10)]
    assert all({(row + 10) % 20 for row in batch} == batch and len(batch) in (2, 4) for batch in drawn)
    assert set().union(*drawn) == set(range(20))
