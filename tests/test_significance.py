from __future__ import annotations

import numpy as np
import pytest

from eval.significance import bootstrap_interval, permutation_test


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    """Of 100 questions half: the deviation of the mean is .05, the interval 1.96 of it to either side."""
    assert bootstrap_interval([0, 1] * 50) == pytest.approx((0.402, 0.598), abs=0.01)


def test_drawing_how_often_each_value_comes_is_drawing_the_values() -> None:
    values = np.random.default_rng(3).beta(2, 1, size=200)
    drawn = np.random.default_rng(4).choice(values, size=(10_000, len(values))).mean(axis=1)
    assert bootstrap_interval(values.tolist()) == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=0.003)


def test_an_interval_is_the_same_at_every_run_and_for_every_order() -> None:
    assert bootstrap_interval([0.2, 1, 0, 1]) == bootstrap_interval([1, 0, 1, 0.2])
    assert bootstrap_interval([0.2, 1, 0, 1], seed=1, resamples=50) != bootstrap_interval([0.2, 1, 0, 1], resamples=50)


def test_values_that_are_all_equal_leave_nothing_to_chance() -> None:
    assert bootstrap_interval([0.5]) == bootstrap_interval([0.5] * 9) == (0.5, 0.5)


def test_few_pairs_are_exchanged_in_every_way() -> None:
    """Of the 4 ways two pairs stand, the 2 in which they agree are as far from 0; of 8 for three pairs, 2."""
    assert permutation_test([0, 0], [1, 1]) == 1 / 2
    assert permutation_test([0, 0, 0, 0.5], [1, 1, 1, 0.5]) == 1 / 4
    assert permutation_test([0, 0, 1], [1, 1, 0]) == 1.0
    assert permutation_test([1, 0], [1, 0]) == 1.0


def test_of_many_pairs_as_many_ways_as_asked_for_are_drawn() -> None:
    """30 differences, 22 one way and 8 the other: the sign test says .0161."""
    before, after = [0.0] * 22 + [1.0] * 8 + [1.0] * 70, [1.0] * 22 + [0.0] * 8 + [1.0] * 70
    assert permutation_test(before, after) == pytest.approx(0.0161, abs=0.004)
    assert permutation_test(before, after) == permutation_test(after, before)
    assert permutation_test([0.0] * 20, [1.0] * 20, resamples=99) == 1 / 100
