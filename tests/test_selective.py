"""Risk, coverage and calibration against cases worked by hand."""

from __future__ import annotations

import pytest

from eval.selective import Bin, RiskCoverage, RiskPoint, calibration_bins, expected_calibration_error, risk_coverage


def test_risk_and_coverage_grow_with_every_threshold() -> None:
    """Answered 3 of 5: right, wrong, right by falling confidence; risks 0, 1/2, 1/3."""
    curve = risk_coverage([0.5, 0.9, 0.2], [False, True, True], questions=5)
    assert curve.points == (RiskPoint(0.9, 1 / 5, 0), RiskPoint(0.5, 2 / 5, 1 / 2), RiskPoint(0.2, 3 / 5, 1 / 3))
    assert curve.area == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_answers_equally_sure_are_one_point_and_their_order_is_open() -> None:
    """Of two, one wrong: in either order the risks are (0, 1/2) or (1, 1/2), in expectation 1/2 and 1/2."""
    curve = risk_coverage([0.7, 0.7], [True, False], questions=2)
    assert curve == RiskCoverage((RiskPoint(0.7, 1.0, 0.5),), 0.5)


def test_without_an_answer_there_is_no_curve() -> None:
    assert risk_coverage([], [], questions=3) == RiskCoverage((), None)


def test_bins_hold_their_upper_end_and_the_error_is_weighted_by_their_answers() -> None:
    bins = calibration_bins([0.0, 0.5, 0.4, 0.9, 1.0, 1.0], [False, True, False, True, True, False], bins=2)
    assert bins == (
        Bin(0.0, 0.5, answers=3, confidence=0.9 / 3, accuracy=1 / 3),
        Bin(0.5, 1.0, answers=3, confidence=2.9 / 3, accuracy=2 / 3),
    )
    assert expected_calibration_error(bins) == pytest.approx((abs(1 / 3 - 0.3) * 3 + (2.9 - 2) / 3 * 3) / 6)


def test_an_empty_bin_is_left_out() -> None:
    assert [held.low for held in calibration_bins([0.05, 0.95], [True, True])] == [0.0, 0.9]
