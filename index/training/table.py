"""The table of subword vectors while it is learnt."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from index.training.parts import Parts
from index.training.pooling import pass_back, pool
from index.training.tokens import Numbers


class Table:
    """Subword vectors, each the sum of its parts', which Adam learns.

    `vectors` and `gradient`, of shape (subwords, dimensions), are what a batch is pooled from and what its loss is
    passed back to. A row of the first is up to date once it was composed.
    """

    def __init__(self, own: torch.Tensor, parts: Parts, part_rate: float) -> None:
        """Begin with the subwords' own vectors as given, and the parts that they share at nought.

        The shared parts are learnt at `part_rate` times the learning rate: a subword has many.
        """
        subwords, dimensions = own.shape
        self._parts, self._part_rate = parts, part_rate
        self._learnt = torch.zeros(parts.count, dimensions)
        self._learnt[:subwords] = own
        self._onto = torch.zeros_like(self._learnt)
        self.vectors = torch.zeros_like(own)
        self.gradient = torch.zeros_like(own)
        groups = []
        for rows in (slice(subwords), slice(subwords, None)):
            group = torch.nn.Parameter(self._learnt[rows])  # a view, like its gradient
            group.grad = self._onto[rows]
            groups.append({"params": [group]})
        self._optimizer = torch.optim.Adam(groups, fused=True)

    def compose(self, subwords: Numbers) -> None:
        """Bring the vectors of these subwords up to date."""
        self.vectors[torch.from_numpy(subwords)] = pool(self._learnt, self._parts.subwords.take(subwords))

    def step(self, subwords: Numbers, learning_rate: float) -> None:
        """Learn from the gradient, which reached these subwords, and clear it."""
        rows = torch.from_numpy(subwords)
        reached = pass_back(self.gradient[rows], self._parts.subwords.take(subwords), self._onto)
        own, shared = self._optimizer.param_groups
        own["lr"], shared["lr"] = learning_rate, learning_rate * self._part_rate
        self._optimizer.step()
        self._onto[reached] = 0
        self.gradient[rows] = 0

    def whole(self) -> torch.Tensor:
        """Return all vectors, up to date."""
        self.compose(np.arange(len(self.vectors)))
        return self.vectors

    def state(self) -> dict[str, Any]:
        """Return what `restore` takes."""
        return {"learnt": self._learnt, "optimizer": self._optimizer.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken, of a table with these parts."""
        self._learnt.copy_(state["learnt"])
        self._optimizer.load_state_dict(state["optimizer"])
