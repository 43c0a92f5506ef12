"""The batches of a training: which source, which rows, and which of their tokens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch

from index.errors import TrainingError
from index.training.recipe import Recipe
from index.training.tokens import Numbers, Texts, without_twins


class Batch(NamedTuple):
    """Pairs of one source, so that the other rows of a batch are telling negatives."""

    source: str
    left: Texts
    right: Texts


@dataclass(slots=True)
class Batches:
    """Draws batches for ever: each from one source, drawn by share, every pair once before any comes again.

    `state` holds all that the next batches depend on, so that a training goes on where another process left off.
    """

    recipe: Recipe
    sides: Mapping[str, tuple[Texts, Texts]]  # of the sources that are drawn from, by name
    draws: np.random.Generator
    waiting: dict[str, Numbers]

    @classmethod
    def from_sides(cls, sides: Mapping[str, tuple[Texts, Texts]], recipe: Recipe) -> Batches:
        """Draw from the sources that have rows and a share. Raises TrainingError where there are none."""
        drawn = {name: sides[name] for name, source in recipe.sources.items() if source.share and len(sides[name][0])}
        if not drawn:
            raise TrainingError("no source with a share has rows; change --share, or prepare from more corpora")
        return cls(recipe, drawn, np.random.default_rng(recipe.seed), {name: np.empty(0, np.int64) for name in drawn})

    def draw(self) -> Batch:
        """Draw the next batch."""
        names = list(self.sides)
        shares = np.array([self.recipe.sources[name].share for name in names])
        name = names[self.draws.choice(len(names), p=shares / shares.sum())]
        source, (left, right) = self.recipe.sources[name], self.sides[name]
        size = min(source.batch or self.recipe.batch, len(left))
        if len(self.waiting[name]) < size:
            self.waiting[name] = self.draws.permutation(len(left))
        rows, self.waiting[name] = self.waiting[name][:size], self.waiting[name][size:]
        left, right = without_twins(left.take(rows), right.take(rows))
        if source.drops:
            left, right = (side.drop(self.recipe.drop, self.recipe.never_drop, self.draws) for side in (left, right))
        return Batch(name, left, right)

    def state(self) -> dict[str, Any]:
        """Return what `restore` takes, as tensors and text."""
        return {
            "draws": json.dumps(self.draws.bit_generator.state),
            "waiting": {name: torch.from_numpy(rows.copy()) for name, rows in self.waiting.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.draws.bit_generator.state = json.loads(state["draws"])
        self.waiting = {name: rows.numpy() for name, rows in state["waiting"].items()}
