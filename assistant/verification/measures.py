"""Measures over grades of words that stand side by side. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.types import Vectors

LITTLE = 0.1
"""Difference between two runs that hardly tells them apart."""

UNSAID = 0.2
"""Grade below which a word is not said at all."""


def places_beside(place: int, count: int, reach: int) -> list[int]:
    """Return the places up to so many from one, of as many as there are."""
    return [near for near in range(max(0, place - reach), min(count, place + reach + 1)) if near != place]


def distance(place: int, places: Sequence[int]) -> int:
    """Return how far a place lies from a run of others, 0 within it."""
    return 0 if places[0] <= place <= places[-1] else min(abs(place - places[0]), abs(place - places[-1]))


def surplus(fits: NDArray[np.floating], same: Sequence[bool]) -> float:
    """Return by how much the best of the others fits better than the best of the same; 0 where there are no others."""
    own = max((float(fit) for fit, is_same in zip(fits, same, strict=True) if is_same), default=0.0)
    others = max((float(fit) for fit, is_same in zip(fits, same, strict=True) if not is_same), default=0.0)
    return max(0.0, others - own)


class Displacement(NamedTuple):
    """How much of what tells runs apart speaks for another one than the same, 0 to 1, and which of them that is."""

    amount: float
    other: int | None


def displaced(each: NDArray[np.float64], weights: NDArray[np.float64], same: Sequence[bool]) -> Displacement:
    """Return how much speaks for another run than the best of the same; `each` has a row a run and a column a word."""
    kept = np.array(same, np.bool_)
    if not each.size or kept.all() or not kept.any():
        return Displacement(0.0, None)
    own = each[kept][np.argmax(each[kept] @ weights)]
    apart = (each - own) * weights
    shares = np.where(kept, -1.0, apart.sum(axis=1) / (np.abs(apart).sum(axis=1) + LITTLE))
    other = int(shares.argmax())
    return Displacement(max(0.0, float(shares[other])), other)


class Move(NamedTuple):
    """Where a number or name of a sentence belongs in its evidence.

    `surplus` is by how much another place fits better, and `own` are the words at which the same one stands there.
    """

    found: Displacement
    surplus: float
    own: list[int]


def exchanged(moves: Sequence[Move]) -> float:
    """Return how much speaks for two that have changed places, 0 to 2: each is displaced to where the other one is."""
    return max(
        (
            first.found.amount + second.found.amount
            for number, first in enumerate(moves)
            for second in moves[number + 1 :]
            if first.found.amount and second.found.amount
            and first.found.other in second.own and second.found.other in first.own
        ),
        default=0.0,
    )  # fmt: skip


def weakest(grades: NDArray[np.float64], weights: NDArray[np.float64], size: int) -> float:
    """Return the lowest weighted mean of as many grades side by side."""
    starts = range(max(1, len(grades) - size + 1))
    return min(float(np.average(grades[at : at + size], weights=weights[at : at + size])) for at in starts)


def longest_run(grades: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the greatest weight of words side by side that are not said."""
    longest = run = 0.0
    for grade, weight in zip(grades.tolist(), weights.tolist(), strict=True):
        run = run + weight if grade < UNSAID else 0.0
        longest = max(longest, run)
    return longest


def spread(grades: Vectors, reach: int) -> Vectors:
    """Return for each place the best grade up to so many places from it, shape as given."""
    padded = np.pad(grades, ((0, 0), (reach, reach)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=1)
    spread: Vectors = windows.max(axis=2)
    return spread
