"""Who does the work of an ingest beside the process that writes: others if it is said, else copies of it."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from index.types import Encoder
    from index.workers import Workers

MUCH = 2**20
"""Bytes of files, packed or not, from which on copies are worth the imports that they need: a second's work or more."""

_NEEDED = (
    "scipy.sparse",
    "assistant.speech.statements",
    "index.followers.copy_index",
    "index.followers.dense",
    "index.followers.lexical",
    "index.followers.word_index",
    "index.settings",
)


def share(
    processes: int | None, address: str | None, encoder: Encoder, paths: Sequence[Path]
) -> AbstractContextManager[Workers | None]:
    """Return what is to share the work of taking in some paths; within it None where nothing does.

    That is so many processes, or a Ray cluster; where neither is said, a copy of this process for each core, if there
    is much to take in: not with a transformer, whose own threads are on every core already. None are had with 0.
    """
    from index.encoders.static import StaticEncoder
    from index.workers import fork_workers, open_workers

    if processes is not None or address is not None:
        return open_workers(processes or None, address)
    if not isinstance(encoder, StaticEncoder) or not _is_much(paths):
        return nullcontext()
    load()
    return fork_workers()


def _is_much(paths: Iterable[Path]) -> bool:
    """Whether files come to MUCH; of standard input nobody knows, and it is taken for much."""
    from index.reading.paths import find

    size = 0
    for path in paths:
        for found in find(path):
            if found is None:
                return True
            with suppress(OSError, ValueError):  # what cannot be read is rejected when it is its turn
                size += os.path.getsize(found) if isinstance(found, Path) else 0
            if size >= MUCH:
                return True
    return False


def load() -> None:
    """Import what each copy would else have to import for itself."""
    for name in _NEEDED:
        import_module(name)
