"""One file, or standard input, as its bytes are read: unpacked, and decoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedIOBase, TextIOWrapper
from typing import TextIO

from index.archive.rows import article_id
from index.errors import ReadError
from index.reading.compression import MOST_BYTES, beginning, whole
from index.reading.encodings import SAMPLE, decode, find_encoding, is_utf_8, name_of
from index.reading.records import Decoded, Fields


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from, and how they are to be read.

    `path` names the file; `stream` is what it holds, unpacked; `encoding` is the one to read it by, where it is given.
    Where there is no file, `is_nameless`, a record that has no id of its own is named by its text.
    """

    path: str
    stream: BufferedIOBase
    fields: Fields
    encoding: str | None = None
    is_nameless: bool = False

    def path_of(self, text: str, own: str | None = None) -> str:
        """Return the path of the one article that a file is; `own` is the id that it has where it has no name."""
        return f"{self.path}#{own or article_id(text)}" if self.is_nameless else self.path

    def bytes(self) -> bytes:
        """Return all that the file holds; raise ReadError where it is too much."""
        return whole(self.stream)

    def text(self) -> tuple[str, list[Decoded]]:
        """Return all that the file holds as text, and what is to be said of its encoding."""
        text, encoding = decode(self.bytes(), self.encoding)
        return text, self.remarks(encoding)

    def lines(self) -> tuple[Iterator[str], str]:
        """Return the file's lines with their ends as they are, and their encoding.

        Bytes that are not in it become halves of surrogate pairs. A line is read when it is asked for, so that the file
        may be of any size.
        """
        head, stream = beginning(self.stream, 0 if self.encoding else SAMPLE)
        encoding = self.encoding or find_encoding(head, is_whole=len(head) < SAMPLE)
        return _bounded(TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")), encoding

    def remarks(self, encoding: str) -> list[Decoded]:
        """Return what is to be said of an encoding: nothing of UTF-8."""
        return [] if is_utf_8(encoding) else [Decoded(self.path, name_of(encoding))]


def _bounded(stream: TextIO) -> Iterator[str]:
    mark = "\ufeff"
    for line in iter(partial(stream.readline, MOST_BYTES), ""):
        if len(line) >= MOST_BYTES:
            raise ReadError(f"a line holds more than {MOST_BYTES // 2**20} MB; divide it")
        yield line.removeprefix(mark) if mark else line
        mark = ""
