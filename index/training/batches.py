"""The batches of a training: which source, which rows, and which of their tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch

from index.errors import TrainingError
from index.training.late import WordBatch, fit_rows
from index.training.recipe import Recipe
from index.training.tokens import Numbers, Texts, without_twins


class Batch(NamedTuple):
    """Pairs of one source, so that the other rows of a batch are telling negatives."""

    source: str
    left: Texts
    right: Texts


class LateBatch(NamedTuple):
    """Questions of one source and, in the same rows, their passages."""

    source: str
    questions: WordBatch
    passages: WordBatch


@dataclass(slots=True)
class Queues:
    """Rows of sources in random order: every row once before any comes again.

    `state` holds all that the next rows depend on, so that a training goes on where another process left off.
    """

    draws: np.random.Generator
    waiting: dict[str, Numbers]

    @classmethod
    def from_seed(cls, seed: int) -> Queues:
        """Begin with nothing waiting."""
        return cls(np.random.default_rng(seed), {})

    def take(self, name: str, rows: Numbers, size: int) -> Numbers:
        """Take the next of a source's rows, as many as it has at most."""
        size = min(size, len(rows))
        if len(self.waiting.get(name, ())) < size:
            self.waiting[name] = self.draws.permutation(rows)
        taken, self.waiting[name] = self.waiting[name][:size], self.waiting[name][size:]
        return taken

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


@dataclass(frozen=True, slots=True)
class Batches:
    """Draws batches for ever: each from one source, drawn by share.

    Half of a batch are the rows whose turn it is, the others their hard negatives, where a source has any.
    """

    recipe: Recipe
    sides: Mapping[str, tuple[Texts, Texts]]  # of the sources that are drawn from, by name
    hard: Mapping[str, Numbers]  # for each row of some sources, the row of its hard negative
    queues: Queues

    @classmethod
    def from_sides(
        cls, sides: Mapping[str, tuple[Texts, Texts]], recipe: Recipe, hard: Mapping[str, Numbers] | None = None
    ) -> Batches:
        """Draw from the sources that have rows and a share. Raises TrainingError where there are none."""
        drawn = {name: sides[name] for name, source in recipe.sources.items() if source.share and len(sides[name][0])}
        if not drawn:
            raise TrainingError("no source with a share has rows; change --share, or prepare from more corpora")
        return cls(recipe, drawn, hard or {}, Queues.from_seed(recipe.seed))

    def draw(self) -> Batch:
        """Draw the next batch."""
        names, draws = list(self.sides), self.queues.draws
        shares = np.array([self.recipe.sources[name].share for name in names])
        name = names[draws.choice(len(names), p=shares / shares.sum())]
        source, (left, right) = self.recipe.sources[name], self.sides[name]
        size = source.batch or self.recipe.batch
        if name in self.hard:
            rows = self.queues.take(name, np.arange(len(left)), size // 2)
            rows = np.unique(np.concatenate([rows, self.hard[name][rows]]))
        else:
            rows = self.queues.take(name, np.arange(len(left)), size)
        left, right = without_twins(left.take(rows), right.take(rows))
        if source.drops:
            left, right = (side.drop(self.recipe.drop, self.recipe.never_drop, draws) for side in (left, right))
        return Batch(name, left, right)


@dataclass(frozen=True, slots=True)
class LateBatches:
    """Draws batches of questions and passages as words, from each source that has any."""

    size: int
    sides: Mapping[str, tuple[Texts, Texts]]  # as numbers of words, by source
    rows: Mapping[str, Numbers]  # those with words enough
    lexicon: Texts
    queues: Queues

    @classmethod
    def from_sides(cls, sides: Mapping[str, tuple[Texts, Texts]], lexicon: Texts, recipe: Recipe) -> LateBatches:
        """Draw from the rows that have words enough."""
        rows = {name: fit_rows(*pair) for name, pair in sides.items() if recipe.sources[name].share}
        fit = {name: found for name, found in rows.items() if len(found) > 1}
        return cls(recipe.late_batch, sides, fit, lexicon, Queues.from_seed(recipe.seed))

    def draw(self) -> Iterator[LateBatch]:
        """Yield the next batch of every source."""
        for name, rows in self.rows.items():
            taken = self.queues.take(name, rows, self.size)
            sides = without_twins(*(side.take(taken) for side in self.sides[name]))
            yield LateBatch(name, *(WordBatch.from_texts(side, self.lexicon) for side in sides))
