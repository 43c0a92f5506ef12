"""An encoder that a reader can follow by eye, for tests that need vectors and not meaning."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.types import Vectors


class DemoEncoder:
    """Counts a text's words in 16 buckets, chosen by the word's checksum, and scales the counts to unit length."""

    name = "demo-16"
    dimensions = 16

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(counts, texts, strict=True):
            for word in text.split() or [""]:
                row[crc32(word.encode("utf-8")) % self.dimensions] += 1
        counts /= np.linalg.norm(counts, axis=1, keepdims=True)
        return counts

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)
