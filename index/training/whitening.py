"""Partial whitening of trained tables: their directions, turned by variance and brought closer in size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from index.training.pooling import pool
from index.training.tokens import Texts
from index.types import Vectors

SAMPLE = 10_000  # texts of each side


def whiten(
    tables: Sequence[Vectors], sides: Sequence[Texts], power: float, dimensions: int, draws: np.random.Generator
) -> Vectors:
    """Return one table, shape (vocabulary, dimensions), in the principal axes of pooled texts, the widest first.

    Tables that were trained apart err apart, and set side by side their cosine is the mean of theirs; the first of
    their common axes hold what they agree on. Each axis is divided by its deviation to `power`: 1 is whitening (Su et
    al. 2021, https://arxiv.org/abs/2103.15316), which also makes noise as loud as the rest; 0 only turns the table,
    which changes no cosine. In between, what all texts share, and a cosine is mostly made of, says less. Centring is
    left out, since a mean of rows could not undo it for sums of words. The rows keep the middle length of one table's.

    Args:
        tables: each with a row a subword, of lengths alike.
        sides: texts of both languages; the axes are those of as many of each.
        power: from 0 to 1.
        dimensions: how many axes are kept, at most as many as there are.
        draws: picks the texts.
    """
    table = np.concatenate(tables, axis=1)
    pooled = [_mean_vectors(table, side, draws) for side in sides]
    texts = np.concatenate(pooled)
    texts -= texts.mean(axis=0)
    variances, axes = np.linalg.eigh(texts.T @ texts / len(texts))
    variances, axes = variances[::-1][:dimensions], axes[:, ::-1][:, :dimensions]
    deviations = np.sqrt(np.maximum(variances, variances[0] * np.finfo(np.float32).eps))
    turned = (table @ axes) * (deviations / deviations[0]) ** -power
    return np.asarray(turned * (_middle_length(tables[0]) / _middle_length(turned)), np.float32)


def _mean_vectors(table: Vectors, side: Texts, draws: np.random.Generator) -> Vectors:
    chosen = side.take(draws.permutation(len(side))[:SAMPLE])
    sums: Vectors = pool(torch.from_numpy(table), chosen).numpy()
    return np.asarray(sums / chosen.lengths[:, None], np.float32)


def _middle_length(rows: Vectors) -> float:
    return float(np.median(np.linalg.norm(rows, axis=1)))
