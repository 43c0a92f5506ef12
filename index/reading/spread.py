"""Many files to records, those that take long to read by workers, all in the order of the files."""

from __future__ import annotations

from collections import deque
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.reading.files import Content, read_contents, slow_content
from index.reading.paths import find, read_found
from index.reading.records import rejection
from index.workers import Lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.reading.files import ReadOptions
    from index.reading.records import Found, Rejection
    from index.workers import Workers

_MOST_FILES = 16
_MOST_BYTES = 2 * 2**20
"""What a portion holds of files, or else a single larger one. A page takes some ten milliseconds."""


def read_by(workers: Workers, paths: Iterable[Path], options: ReadOptions) -> Iterator[Found]:
    """Yield what `read` yields for each of the paths.

    The workers get the bytes of pages and documents, so that they need not see the files. Other formats are read here:
    they take less time than what is then done with their articles, and the records of a file have to be read in order.
    A file that ends the workers that read it is rejected.
    """
    turns: deque[Path | Rejection | list[Content] | None] = deque()  # what each portion stands for

    def portions() -> Iterator[list[Content]]:
        gathered: list[Content] = []
        for found in chain.from_iterable(map(find, paths)):
            content = slow_content(found, options) if isinstance(found, Path) else None
            held = sum(len(one.data) for one in gathered)
            if gathered and (content is None or len(gathered) == _MOST_FILES or held + len(content.data) > _MOST_BYTES):
                turns.append(gathered)
                yield gathered
                gathered = []
            if content is not None:
                gathered.append(content)
            else:
                turns.append(found)
                yield []
        if gathered:
            turns.append(gathered)
            yield gathered

    for read in workers.map(partial(read_contents, options), portions()):
        turn = turns.popleft()
        if not isinstance(turn, list):
            yield from read_found(turn, options)
            continue
        for content, found in zip(turn, read, strict=True):
            if isinstance(found, Lost):
                yield rejection(content.path, ReadError(f"{found.reason} while reading it; convert it to text"))
            else:
                yield from found
