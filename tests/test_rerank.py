"""Reranking, on numbers that can be worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from index.rerank import late_interaction, standardized


def score(weights: list[float], best: list[list[float]]) -> list[float]:
    matches = np.array(best, np.float32).reshape(len(best), len(weights))
    scores: list[float] = late_interaction(np.array(weights, np.float32), matches).tolist()
    return scores


def test_a_question_word_scores_its_best_match_centred_over_the_passages() -> None:
    assert score([1], [[1], [0], [0]]) == pytest.approx([2 / 3, -1 / 3, -1 / 3])


def test_a_word_that_every_passage_holds_says_nothing() -> None:
    assert score([1], [[1], [1]]) == pytest.approx([0, 0])


def test_a_question_word_counts_by_its_weight() -> None:
    assert score([3, 1], [[1, 0], [0, 1]]) == pytest.approx([(3 * 0.5 - 1 * 0.5) / 4, (-3 * 0.5 + 1 * 0.5) / 4])


def test_nothing_asked_or_nothing_found_scores_nought() -> None:
    assert score([], [[], []]) == [0, 0]
    assert score([1], []) == []


def test_standardized_scores_have_mean_nought_and_deviation_one() -> None:
    assert standardized(np.array([1, 2, 3], np.float32)) == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])


@pytest.mark.parametrize("scores", [[], [0.3], [0.1, 0.1, 0.1]])
def test_equal_scores_all_become_nought(scores: list[float]) -> None:
    assert standardized(np.array(scores, np.float32)).tolist() == [0] * len(scores)
