"""Hard negatives: for each question, the passage of another row that is nearest to it by BM25 or by a trained table.

Both are searched exhaustively. BM25 (Robertson and Zaragoza, 2009) counts subwords, those that many passages hold left
out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import normalize
from tqdm import tqdm

from index.training.pooling import pool
from index.training.tokens import Numbers, Texts

SATURATION, LENGTH_PENALTY = 1.2, 0.75  # BM25's k1 and b
COMMON = 0.02  # share of the passages that hold a subword from which it tells nothing
AT_ONCE = 256  # questions
NEAREST = 8  # passages looked at for one that is not the question's own, which several rows may share


def nearest_by_bm25(questions: Texts, passages: Texts, vocabulary: int) -> Numbers:
    """Return for each question the row of the passage that BM25 ranks first among those that are not its own."""
    weights = _bm25_weights(passages, vocabulary)

    def score(rows: Numbers) -> torch.Tensor:
        some = questions.take(rows)
        asked = torch.zeros(vocabulary, len(rows))
        asked[some.ids.astype(np.int64), np.repeat(np.arange(len(rows)), some.lengths)] = 1
        return (weights @ asked).T

    return _nearest(score, passages)


def nearest_by_table(questions: Texts, passages: Texts, table: NDArray[np.float32]) -> Numbers:
    """Return the same by the cosine of mean vectors; `table` has a row a subword."""
    vectors = torch.from_numpy(table)
    told = normalize(pool(vectors, passages))

    def score(rows: Numbers) -> torch.Tensor:
        return normalize(pool(vectors, questions.take(rows))) @ told.T

    return _nearest(score, passages)


def _nearest(score: Callable[[Numbers], torch.Tensor], passages: Texts) -> Numbers:
    """Return the best row for each by `score`, rows of scores for some questions, shape (questions, passages)."""
    count = len(passages)
    names = passages.fingerprints
    found = np.empty(count, np.int64)
    for start in tqdm(range(0, count, AT_ONCE), desc="mine", mininterval=5):
        rows = np.arange(start, min(start + AT_ONCE, count))
        best = score(rows).topk(min(NEAREST, count)).indices.numpy()
        others = names[best] != names[rows][:, None]
        # Where all that is near is the question's own passage, the last of them stands in: it is dropped as a twin.
        others[:, -1] = True
        found[rows] = best[np.arange(len(rows)), others.argmax(axis=1)]
    return found


def _bm25_weights(passages: Texts, vocabulary: int) -> torch.Tensor:
    """Return what each subword of a passage counts, sparse, shape (passages, vocabulary)."""
    lengths = passages.lengths
    owners = np.repeat(np.arange(len(passages)), lengths)
    held, counts = np.unique(owners * vocabulary + passages.ids, return_counts=True)
    rows, subwords = held // vocabulary, held % vocabulary
    holding = np.bincount(subwords, minlength=vocabulary)
    rarity = np.log1p((len(passages) - holding + 0.5) / (holding + 0.5))
    rarity[holding > max(1, COMMON * len(passages))] = 0
    dampened = counts + SATURATION * (1 - LENGTH_PENALTY + LENGTH_PENALTY * lengths[rows] / lengths.mean())
    weights = rarity[subwords] * counts * (SATURATION + 1) / dampened
    kept = weights > 0
    places = torch.from_numpy(np.stack([rows[kept], subwords[kept]]))
    values = torch.from_numpy(weights[kept].astype(np.float32))
    shape = (len(passages), vocabulary)
    return torch.sparse_coo_tensor(places, values, shape, is_coalesced=True, check_invariants=True)
