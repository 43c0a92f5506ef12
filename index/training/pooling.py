"""A batch's vectors, the loss over them, and the gradient that it leaves in the table of subword vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from index.training.tokens import Texts


def pool(table: torch.Tensor, texts: Texts) -> torch.Tensor:
    """Return the sum of each text's subword vectors, shape (texts, dimensions); autograd does not reach the table."""
    return embedding_bag(
        torch.from_numpy(texts.ids), table.detach(), torch.from_numpy(texts.borders[:-1].astype(np.int32)), mode="sum"
    )


def pass_back(gradient: torch.Tensor, texts: Texts, onto: torch.Tensor) -> torch.Tensor:
    """Add a gradient of pooled vectors to that of the table, `onto`; returns the numbers of the subwords it reached.

    A subword's gradient is the sum over the texts that hold it: pooling once more, with texts and subwords in each
    other's place. That reads and writes what the batch touched, where autograd's goes through a table of zeros.
    """
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), texts.lengths)
    order = _sorting(texts.ids)
    ordered = texts.ids[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1)).astype(np.int32)
    reached = torch.from_numpy(ordered[begins].astype(np.int64))
    sums = embedding_bag(torch.from_numpy(owners[order]), gradient, torch.from_numpy(begins), mode="sum")
    onto.index_add_(0, reached, sums)
    return reached


def _sorting(ids: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the order that sorts numbers, equal ones as they stood.

    By 16 bits at a time, which numpy sorts tens of times faster than longer numbers.
    """
    order = np.argsort(ids.astype(np.uint16), kind="stable")
    high = (ids >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def symmetric_loss(
    left: torch.Tensor, right: torch.Tensor, temperature: float, margin: float = 0.0, widths: Sequence[int] = ()
) -> torch.Tensor:
    """Return the loss of pairs of pooled vectors, row i of one side belonging to row i of the other.

    Every text is to find its own pair among the batch's other side, by cosine over temperature (InfoNCE, van den Oord
    et al. 2018, https://arxiv.org/abs/1807.03748), from both sides; the mean of the two is what sentence-transformers'
    `MultipleNegativesRankingLoss` computes with both directions. Its own pair's cosine counts `margin` less, so that
    the nearest of the others must stay that far behind (Yang et al. 2019, https://arxiv.org/abs/1902.08564). The first
    dimensions of every width in `widths` are trained to do the same alone (Kusupati et al. 2022,
    https://arxiv.org/abs/2205.13147), at equal weight.
    """
    own = torch.arange(len(left))
    handicap = margin * torch.eye(len(left))
    losses = []
    for width in (left.shape[1], *widths):
        cosines = normalize(left[:, :width], dim=1) @ normalize(right[:, :width], dim=1).T
        scores = (cosines - handicap) / temperature
        losses.append((cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2)
    return torch.stack(losses).sum()
