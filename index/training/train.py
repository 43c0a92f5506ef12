"""Training: a vector for every subword, by symmetric in-batch softmax over pairs of texts.

The loop is not sentence-transformers' trainer, for two reasons. The trainer has no place to leave tokens out at random,
and cannot draw a batch's source by share. And it is five times slower: on 1,024 parallel sentences a batch, 256
dimensions and one thread, forty steps of `SentenceTransformerTrainer` (6.2, `StaticEmbedding`, fused AdamW,
`MultipleNegativesRankingLoss` in both directions) ran at 1.1 a second and forty of this loop at 6.2. The trainer
tokenizes every batch anew, and its gradient is as large as the table; here all is tokenized once beforehand, and the
gradient goes to the rows that a batch touched. A test holds the loss equal to theirs.
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from tqdm import tqdm

from index.errors import TrainingError
from index.training.batches import Batches
from index.training.pooling import pass_back, pool, symmetric_loss
from index.training.recipe import Recipe
from index.training.tokens import load
from index.training.work import Work

logger = logging.getLogger(__name__)

LOG_EVERY = 100  # steps

Losses = dict[str, list[tuple[int, float]]]
"""By source: the step, and the mean loss of the source's batches in the LOG_EVERY steps before it."""


@dataclass(slots=True)
class Learner:
    """The table of subword vectors, and everything that its next step depends on."""

    recipe: Recipe
    batches: Batches
    table: torch.nn.Parameter
    optimizer: torch.optim.Adam
    step: int
    recent: dict[str, list[float]]
    losses: Losses

    @classmethod
    def from_recipe(cls, recipe: Recipe, batches: Batches, vocabulary: int) -> Learner:
        """Start from random vectors."""
        table = torch.nn.Parameter(
            torch.randn(vocabulary, recipe.dimensions, generator=torch.Generator().manual_seed(recipe.seed))
        )
        table.grad = torch.zeros_like(table)
        optimizer = torch.optim.Adam([table], lr=recipe.learning_rate, fused=True)
        return cls(recipe, batches, table, optimizer, 0, defaultdict(list), defaultdict(list))

    def learn(self) -> None:
        """Take one step."""
        recipe, gradient = self.recipe, self.table.grad
        assert gradient is not None
        for group in self.optimizer.param_groups:
            group["lr"] = recipe.learning_rate * rate(self.step, recipe)
        source, *sides = self.batches.draw()
        left, right = (pool(self.table, side).requires_grad_() for side in sides)
        temperature = recipe.sources[source].temperature or recipe.temperature
        loss = symmetric_loss(left, right, temperature, recipe.matryoshka)
        loss.backward()  # type: ignore[no-untyped-call]
        assert left.grad is not None
        assert right.grad is not None
        gradients = (left.grad, right.grad)
        reached = [pass_back(given, side, gradient) for given, side in zip(gradients, sides, strict=True)]
        self.optimizer.step()
        for rows in reached:
            gradient[rows] = 0
        self.step += 1
        self._note(source, loss.item())

    def _note(self, source: str, loss: float) -> None:
        self.recent[source].append(loss)
        if self.step % LOG_EVERY == 0 or self.step == self.recipe.steps:
            for name, values in self.recent.items():
                self.losses[name].append((self.step, round(float(np.mean(values)), 4)))
            self.recent.clear()

    def save(self, work: Work) -> None:
        """Write the checkpoint, so that there is at any instant the last one or this."""
        beside = work.checkpoint.with_name(f"{work.checkpoint.name}.new")
        torch.save(
            {
                "options": self.recipe.train_options(),
                "inputs": made_from(work),
                "step": self.step,
                "table": self.table.detach(),
                "optimizer": self.optimizer.state_dict(),
                "batches": self.batches.state(),
                "recent": dict(self.recent),
                "losses": dict(self.losses),
            },
            beside,
        )
        os.replace(beside, work.checkpoint)

    def restore(self, checkpoint: dict[str, Any]) -> None:
        """Go on where a checkpoint was written."""
        self.step = checkpoint["step"]
        self.table.data.copy_(checkpoint["table"])
        self.optimizer.load_state_dict(checkpoint["optimizer"])
        self.batches.restore(checkpoint["batches"])
        self.recent.update(checkpoint["recent"])
        self.losses.update(checkpoint["losses"])


def train(work: Work, recipe: Recipe, checkpoint_every: int) -> dict[str, Any]:
    """Write `vectors.npy`, going on from the checkpoint where there is one; returns the figures.

    A training that was killed and goes on ends with the vectors that it would have ended with, given the same number of
    threads. Raises TrainingError where the checkpoint is another recipe's.
    """
    sides = {name: load(work.tokens / f"{name}.npz") for name in recipe.sources}
    vocabulary = Tokenizer.from_file(str(work.tokenizer)).get_vocab_size()
    learner = Learner.from_recipe(recipe, Batches.from_sides(sides, recipe), vocabulary)
    if work.checkpoint.exists():
        learner.restore(_read_checkpoint(work, recipe))
        logger.info("going on after step %d", learner.step)
    with tqdm(total=recipe.steps, initial=learner.step, desc="train", mininterval=5) as progress:
        while learner.step < recipe.steps:
            learner.learn()
            progress.update()
            if learner.step % LOG_EVERY == 0:
                progress.set_postfix({name: values[-1][1] for name, values in learner.losses.items()})
            if learner.step % checkpoint_every == 0:
                learner.save(work)
    np.save(work.vectors, learner.table.detach().numpy())
    work.checkpoint.unlink(missing_ok=True)
    return {
        "vocabulary": vocabulary,
        "threads": torch.get_num_threads(),
        "pairs": {name: len(left) for name, (left, _) in learner.batches.sides.items()},
        "losses": learner.losses,
    }


def rate(step: int, recipe: Recipe) -> float:
    """Return the part of the learning rate that a step is taken at: it warms up, and falls linearly."""
    return min(1.0, (step + 1) / (recipe.warm_up * recipe.steps)) * max(recipe.last_rate, 1 - step / recipe.steps)


def made_from(work: Work) -> str:
    """Name the vocabulary and rows that a training reads."""
    entry = work.record()["tokenizer"]
    return f"{entry['made']} {entry['digest']}"


def _read_checkpoint(work: Work, recipe: Recipe) -> dict[str, Any]:
    anew = "go on with the same options, or start anew with --again"
    try:
        checkpoint: dict[str, Any] = torch.load(work.checkpoint, weights_only=True)
    except (OSError, RuntimeError, EOFError) as error:
        raise TrainingError(f"cannot read '{work.checkpoint}': {error}; start anew with --again") from error
    if checkpoint["inputs"] != made_from(work):
        raise TrainingError(f"'{work.checkpoint}' was trained on other rows or another vocabulary; start with --again")
    options = recipe.train_options()
    for name, value in checkpoint["options"].items():
        if value != options.get(name):
            raise TrainingError(f"'{work.checkpoint}' is of another recipe: {name} was {value}; {anew}")
    return checkpoint
