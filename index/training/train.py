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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from tqdm import tqdm

from index.errors import TrainingError
from index.training.batches import Batch, Batches, LateBatch, LateBatches, Queues
from index.training.late import late_loss
from index.training.mining import nearest_by_bm25, nearest_by_table
from index.training.parts import Parts
from index.training.pooling import pass_back, pool, symmetric_loss
from index.training.recipe import LATE_SOURCES, Recipe
from index.training.table import Table
from index.training.tokens import Numbers, Texts, held_by, load
from index.training.whitening import whiten
from index.training.work import Work
from index.types import Vectors

logger = logging.getLogger(__name__)

LOG_EVERY = 100  # steps

Losses = dict[str, list[tuple[int, float]]]
"""By source: the step, and the mean loss of the source's batches in the LOG_EVERY steps before it."""


@dataclass(slots=True)
class Learner:
    """The table of subword vectors, and everything that its next step depends on.

    It learns in two parts. In the first, some tables learn pooled vectors, one after the other, each from its own
    random start and its own batches. Then they are merged, and late interaction is learnt beside pooled vectors.
    """

    recipe: Recipe
    batches: Batches
    late: LateBatches
    parts: Parts  # of subwords, in the first part
    table: Table
    finished: list[torch.Tensor]  # tables, in the first part
    step: int
    recent: dict[str, list[float]]
    losses: Losses

    @classmethod
    def from_recipe(cls, recipe: Recipe, batches: Batches, late: LateBatches, parts: Parts) -> Learner:
        """Start from random vectors."""
        table = _random_table(recipe, parts, 0)
        return cls(recipe, batches, late, parts, table, [], 0, defaultdict(list), defaultdict(list))

    @property
    def is_merged(self) -> bool:
        """Whether the next step belongs to the second part, and is not its first."""
        return self.step > self.recipe.first_steps

    def learn(self) -> None:
        """Take one step: after the last of a table, the first of the next or of the second part."""
        if self.step == self.recipe.first_steps:
            self.merge()
        elif not self.is_merged and self.step // self.recipe.steps > len(self.finished):
            self.finished.append(self.table.whole().clone())
            self.table = _random_table(self.recipe, self.parts, len(self.finished))
        batch = self.batches.draw()
        late = list(self.late.draw()) if self.step >= self.recipe.first_steps else []
        texts = [batch.left, batch.right]
        texts += [side.words for _, *sides in late for side in sides]
        subwords = held_by(texts)
        self.table.compose(subwords)
        self._learn_pooled(batch)
        for words in late:
            self._learn_late(words)
        self.table.step(subwords, rate(self.step, self.recipe))
        self.step += 1
        if self.step % LOG_EVERY == 0 or self.step == self.recipe.all_steps:
            for name, values in self.recent.items():
                self.losses[name].append((self.step, round(float(np.mean(values)), 4)))
            self.recent.clear()

    def merge(self) -> None:
        """Make one table of all, whitened, whose subwords share nothing any more."""
        tables = [table.numpy() for table in (*self.finished, self.table.whole())]
        self.finished.clear()
        self.table = _merged_table(torch.from_numpy(self._whiten(tables, self.recipe.whitening)))

    def finish(self) -> Vectors:
        """Return a row a subword, whitened once more: late interaction has turned and stretched what was merged."""
        if not self.recipe.late_steps:
            self.merge()
        return self._whiten([self.table.whole().numpy()], self.recipe.last_whitening)

    def _whiten(self, tables: Sequence[Vectors], power: float) -> Vectors:
        name = next(name for name in ("sentences", *self.batches.sides) if name in self.batches.sides)
        draws = np.random.default_rng(self.recipe.seed)
        return whiten(tables, self.batches.sides[name], power, self.recipe.dimensions, draws)

    def _learn_pooled(self, batch: Batch) -> None:
        source, *sides = batch
        left, right = (pool(self.table.vectors, side).requires_grad_() for side in sides)
        temperature = self.recipe.sources[source].temperature or self.recipe.temperature
        loss = symmetric_loss(left, right, temperature, self.recipe.margin, self.recipe.matryoshka)
        self.recent[source].append(loss.item())
        self._pass_back(loss, (left, right), sides)

    def _learn_late(self, batch: LateBatch) -> None:
        sides = (batch.questions.words, batch.passages.words)
        asked, told = (pool(self.table.vectors, side).requires_grad_() for side in sides)
        loss = late_loss(batch.questions, batch.passages, asked, told, self.recipe.late_temperature)
        self.recent[f"late {batch.source}"].append(loss.item())
        self._pass_back(loss * self.recipe.late_weight, (asked, told), sides)

    def _pass_back(self, loss: torch.Tensor, vectors: Sequence[torch.Tensor], sides: Sequence[Texts]) -> None:
        """Add a loss's gradient to the table's."""
        loss.backward()  # type: ignore[no-untyped-call]
        for pooled, side in zip(vectors, sides, strict=True):
            assert pooled.grad is not None
            pass_back(pooled.grad, side, self.table.gradient)

    def save(self, work: Work) -> None:
        """Write the checkpoint, so that there is at any instant the last one or this."""
        beside = work.checkpoint.with_name(f"{work.checkpoint.name}.new")
        torch.save(
            {
                "options": self.recipe.train_options(),
                "inputs": made_from(work),
                "step": self.step,
                "table": self.table.state(),
                "finished": self.finished,
                "queues": [queues.state() for queues in self._queues],
                "recent": dict(self.recent),
                "losses": dict(self.losses),
            },
            beside,
        )
        os.replace(beside, work.checkpoint)

    @property
    def _queues(self) -> tuple[Queues, Queues]:
        return self.batches.queues, self.late.queues

    def restore(self, checkpoint: dict[str, Any]) -> None:
        """Go on where a checkpoint was written."""
        self.step = checkpoint["step"]
        if self.is_merged:
            self.table = _merged_table(self.table.vectors)
        self.table.restore(checkpoint["table"])
        self.finished = checkpoint["finished"]
        for queues, state in zip(self._queues, checkpoint["queues"], strict=True):
            queues.restore(state)
        self.recent.update(checkpoint["recent"])
        self.losses.update(checkpoint["losses"])


def train(work: Work, recipe: Recipe, checkpoint_every: int) -> dict[str, Any]:
    """Write `vectors.npy`, going on from the checkpoint where there is one; returns the figures.

    A training that was killed and goes on ends with the vectors that it would have ended with, given the same number of
    threads. Raises TrainingError where the checkpoint is another recipe's.
    """
    sides = {name: _load_sides(work.tokens / f"{name}.npz") for name in recipe.sources}
    words = {name: _load_sides(work.words / f"{name}.npz") for name in LATE_SOURCES}
    (lexicon,) = load(work.lexicon)
    late = LateBatches.from_sides(words, lexicon, recipe)
    numbers = Tokenizer.from_file(str(work.tokenizer)).get_vocab()
    parts = Parts.from_vocabulary(sorted(numbers, key=numbers.__getitem__))
    hard = _hard_negatives(
        work, recipe, {name: sides[name] for name in LATE_SOURCES if len(sides[name][0])}, len(numbers)
    )
    learner = Learner.from_recipe(recipe, Batches.from_sides(sides, recipe, hard), late, parts)
    if work.checkpoint.exists():
        learner.restore(_read_checkpoint(work, recipe))
        logger.info("going on after step %d", learner.step)
    with tqdm(total=recipe.all_steps, initial=learner.step, desc="train", mininterval=5) as progress:
        while learner.step < recipe.all_steps:
            learner.learn()
            progress.update()
            if learner.step % LOG_EVERY == 0:
                progress.set_postfix({name: values[-1][1] for name, values in learner.losses.items()})
            if learner.step % checkpoint_every == 0:
                learner.save(work)
    np.save(work.vectors, learner.finish())
    work.checkpoint.unlink(missing_ok=True)
    return {
        "vocabulary": len(numbers),
        "parts": parts.count - len(numbers),
        "threads": torch.get_num_threads(),
        "pairs": {name: len(left) for name, (left, _) in learner.batches.sides.items()},
        "losses": learner.losses,
    }


def _hard_negatives(
    work: Work, recipe: Recipe, sides: Mapping[str, tuple[Texts, Texts]], vocabulary: int
) -> dict[str, Numbers]:
    """Return for each row of the sources the row of its hard negative; nothing where none are asked for.

    Raises TrainingError where an earlier training's vectors are to find them, and there are none.
    """
    match recipe.hard_negatives:
        case "none":
            return {}
        case "bm25":
            return {name: nearest_by_bm25(*pair, vocabulary) for name, pair in sides.items()}
        case "previous":
            if not work.vectors.exists():
                raise TrainingError(f"'{work.vectors}' is missing; train once without --hard-negatives previous")
            table = np.load(work.vectors)
            return {name: nearest_by_table(*pair, table) for name, pair in sides.items()}


def rate(step: int, recipe: Recipe) -> float:
    """Return the learning rate of a step: for every table and in the second part, it warms up, and falls linearly."""
    if step < recipe.first_steps:
        step, steps, highest = step % recipe.steps, recipe.steps, recipe.learning_rate
    else:
        step, steps, highest = step - recipe.first_steps, recipe.late_steps, recipe.late_learning_rate
    return highest * min(1.0, (step + 1) / (recipe.warm_up * steps)) * max(recipe.last_rate, 1 - step / steps)


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


def _load_sides(file: Path) -> tuple[Texts, Texts]:
    left, right = load(file)
    return left, right


def _random_table(recipe: Recipe, parts: Parts, number: int) -> Table:
    start = torch.Generator().manual_seed(recipe.seed + number)
    own = torch.randn(len(parts.subwords), recipe.dimensions, generator=start)
    return Table(own, parts, recipe.part_rate)


def _merged_table(vectors: torch.Tensor) -> Table:
    return Table(vectors, Parts.alone(len(vectors)), 0)
