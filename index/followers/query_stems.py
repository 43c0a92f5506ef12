"""The stems that a lexical index is asked for, and what tells by which rules a text became stems: pure."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Sequence
from pathlib import Path

from index.text import stems
from index.types import Term


def query_stems(query: str | Sequence[Sequence[Term]]) -> list[dict[str, float]]:
    """Return for each word of a query the stems that may stand for it, and their weights."""
    if isinstance(query, str):
        return [{stem: 1.0} for stem in dict.fromkeys(stems(query))]
    words = []
    for terms in query:
        found: dict[str, float] = {}
        for term in terms:
            for stem in stems(term.text):
                found[stem] = max(found.get(stem, 0.0), term.weight)
        if found:
            words.append(found)
    return words


def stemming() -> str:
    """Name the way words become stems: an index made by another version of it is made anew."""
    return hashlib.sha256(Path(inspect.getfile(stems)).read_bytes()).hexdigest()[:12]
