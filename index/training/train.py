"""Training: a static embedding of every subword, by symmetric in-batch softmax over pairs.

The loss and the modules are sentence-transformers' own. The loop is not its trainer: the trainer tokenizes every text
anew at every step, has no place to leave tokens out at random, and cannot draw a batch's source by share.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tokenizers import Tokenizer

    from index.training.prepare import Source

logger = logging.getLogger(__name__)

Tokens = NDArray[np.int64]
LOG_EVERY = 100  # steps
TOKENIZE_AT_ONCE = 8192  # texts; bounds what the tokenizer's encodings hold


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of one training."""

    steps: int = 2600
    batch: int = 1024  # pairs
    dimensions: int = 256
    learning_rate: float = 0.1
    warm_up: float = 0.1  # of the steps
    last_rate: float = 0.02  # of the learning rate
    temperature: float = 0.05
    drop: float = 0.6  # at most this part of a longer text's tokens is left out
    never_drop: int = 3  # texts of so many tokens stay whole
    longest: int = 256  # tokens of a text
    seed: int = 0


def train(tokenizer: Tokenizer, sources: list[Source], recipe: Recipe) -> tuple[torch.Tensor, list[float]]:
    """Train from random vectors; returns a row a subword, and the mean loss of every hundred steps."""
    torch.manual_seed(recipe.seed)
    draws = np.random.default_rng(recipe.seed)
    embedding = StaticEmbedding(tokenizer, embedding_dim=recipe.dimensions)
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    criterion = MultipleNegativesRankingLoss(
        model,
        scale=1 / recipe.temperature,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.learning_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, recipe))
    sides = [
        (
            _tokenize(tokenizer, [pair.left for pair in source.pairs], recipe.longest),
            _tokenize(tokenizer, [pair.right for pair in source.pairs], recipe.longest),
        )
        for source in tqdm(sources, desc="tokenize")
    ]
    batches = _batches(sources, sides, recipe, draws)
    losses: list[float] = []
    recent: list[float] = []
    for step in (progress := tqdm(range(recipe.steps), desc="train", mininterval=5)):
        left, right = next(batches)
        loss = criterion([_features(left), _features(right)], None)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        recent.append(loss.item())
        if (step + 1) % LOG_EVERY == 0:
            losses.append(float(np.mean(recent)))
            recent.clear()
            progress.set_postfix(loss=f"{losses[-1]:.3f}")
    return embedding.embedding.weight.detach(), losses


def _rate(step: int, recipe: Recipe) -> float:
    return min(1.0, (step + 1) / (recipe.warm_up * recipe.steps)) * max(recipe.last_rate, 1 - step / recipe.steps)


def _batches(
    sources: list[Source], sides: list[tuple[list[Tokens], list[Tokens]]], recipe: Recipe, draws: np.random.Generator
) -> Iterator[tuple[list[Tokens], list[Tokens]]]:
    """Yield batches for ever: each from one source, drawn by share, every pair once before any comes again."""
    shares = np.array([source.share for source in sources])
    waiting = [np.empty(0, np.int64) for _ in sources]
    while True:
        at = draws.choice(len(sources), p=shares / shares.sum())
        if len(waiting[at]) < min(recipe.batch, len(sources[at].pairs)):
            waiting[at] = draws.permutation(len(sources[at].pairs))
        taken, waiting[at] = waiting[at][: recipe.batch], waiting[at][recipe.batch :]
        left, right = _distinct([sides[at][0][row] for row in taken], [sides[at][1][row] for row in taken])
        if sources[at].drops:
            left, right = ([_drop(tokens, recipe, draws) for tokens in side] for side in (left, right))
        yield left, right


def _tokenize(tokenizer: Tokenizer, texts: list[str], longest: int) -> list[Tokens]:
    """Return the first tokens of each text; a text without any gets the unknown token, so that its row is not empty."""
    encoded = (
        tokenizer.encode_batch_fast(texts[start : start + TOKENIZE_AT_ONCE], add_special_tokens=False)
        for start in range(0, len(texts), TOKENIZE_AT_ONCE)
    )
    return [np.array(encoding.ids[:longest] or [0], np.int64) for encoding in chain.from_iterable(encoded)]


def _distinct(left: list[Tokens], right: list[Tokens]) -> tuple[list[Tokens], list[Tokens]]:
    """Keep a pair only if neither text came before in the batch, where it would be its own twin's negative."""
    seen_left: set[bytes] = set()
    seen_right: set[bytes] = set()
    kept = []
    for pair in zip(left, right, strict=True):
        keys = pair[0].tobytes(), pair[1].tobytes()
        if keys[0] not in seen_left and keys[1] not in seen_right:
            seen_left.add(keys[0])
            seen_right.add(keys[1])
            kept.append(pair)
    return [pair[0] for pair in kept], [pair[1] for pair in kept]


def _drop(tokens: Tokens, recipe: Recipe, draws: np.random.Generator) -> Tokens:
    """Leave tokens out, each text at its own rate, so that no text is known by a single word."""
    if len(tokens) <= recipe.never_drop:
        return tokens
    kept = tokens[draws.random(len(tokens)) > recipe.drop * draws.random()]
    return kept if len(kept) else tokens


def _features(texts: list[Tokens]) -> dict[str, torch.Tensor]:
    starts = np.cumsum([0, *(len(tokens) for tokens in texts[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(texts)), "offsets": torch.from_numpy(starts)}
