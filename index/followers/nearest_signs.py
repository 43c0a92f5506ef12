"""The nearest of many vectors by the signs of their numbers alone, with faiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class NearestSigns:
    """Rows of signs, eight a byte; shape (rows, dimensions / 8)."""

    def __init__(self, signs: NDArray[np.uint8]) -> None:
        self._index = faiss.IndexBinaryFlat(8 * signs.shape[1])
        self._index.add(np.ascontiguousarray(signs))

    def search(self, signs: NDArray[np.uint8], top_k: int) -> NDArray[np.int64]:
        """Return the rows that share most signs with each of these, most first; shape (len(signs), at most top_k)."""
        _, rows = self._index.search(signs, min(top_k, self._index.ntotal))
        return np.asarray(rows, np.int64)
