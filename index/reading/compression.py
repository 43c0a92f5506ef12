"""Compressed files, unpacked as they are read; zstandard, its only home."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from typing import IO, TYPE_CHECKING, cast

from index.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

COMPRESSED = {".gz": b"\x1f\x8b", ".xz": b"\xfd7zXZ\0", ".zst": b"\x28\xb5\x2f\xfd"}
"""The endings of compressed files, with the bytes that they begin with."""

DAMAGES = (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile)
"""What a compressed file that is not whole raises while it is read."""

MOST_BYTES = 256 * 2**20
"""The size beyond which a file that has to be read as one is refused, unpacked; so is a line, or a field of a table."""

_PIECE = 4096  # packed bytes at a time: those of one zstd block at its tightest unpack to 128 MiB


def unpacked(stream: io.BufferedIOBase, ending: str) -> io.BufferedIOBase:
    """Return a stream of what a compressed stream holds; one of another ending is returned as it is."""
    match ending:
        case ".gz":
            return gzip.GzipFile(fileobj=stream)
        case ".xz":
            return lzma.LZMAFile(cast("IO[bytes]", stream))
        case ".zst":
            return io.BufferedReader(_Zstandard(stream))
        case _:
            return stream


def ending_of(head: bytes) -> str:
    """Return the ending that a compressed file which begins like this should have; none where it is not compressed."""
    return next((ending for ending, mark in COMPRESSED.items() if head.startswith(mark)), "")


class _Zstandard(io.RawIOBase):
    """What a stream of zstd frames holds. The library's own stream takes one that is cut short for whole."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        import zstandard

        self._stream = stream
        self._errors = zstandard.ZstdError
        self._frames = zstandard.ZstdDecompressor(max_window_size=2**27)
        self._frame = self._frames.decompressobj()
        self._begun = False
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill as much of the buffer as is at hand."""
        while not self._left:
            piece = self._stream.read(_PIECE)
            if not piece:
                if self._begun:
                    raise EOFError("compressed file ended before the end of its last frame")
                return 0
            self._left = memoryview(self._unpack(piece))
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _unpack(self, piece: bytes) -> bytes:
        found = []
        while piece:
            try:
                found.append(self._frame.decompress(piece))
            except self._errors as error:
                raise EOFError(str(error)) from error
            self._begun = not self._frame.eof
            piece = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = self._frames.decompressobj()
        return b"".join(found)


class _Replayed(io.RawIOBase):
    """A stream whose beginning was read already, from its beginning; what failed then fails at its place."""

    def __init__(self, head: bytes, stream: io.BufferedIOBase, error: BaseException | None) -> None:
        self._head = memoryview(head)
        self._stream = stream
        self._error = error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill as much of the buffer as is at hand, so that nothing before a damage is lost with it."""
        target = memoryview(buffer).cast("B")
        if not self._head and self._error is not None:
            raise self._error
        piece = self._head[: len(target)] or self._stream.read1(len(target))
        self._head = self._head[len(piece) :]
        target[: len(piece)] = piece
        return len(piece)


def beginning(stream: io.BufferedIOBase, size: int) -> tuple[bytes, io.BufferedReader]:
    """Return a stream's first bytes, fewer where it ends or is damaged before, and the stream from its beginning."""
    head = bytearray()
    failed: BaseException | None = None
    try:
        while len(head) < size and (piece := stream.read1(size - len(head))):
            head += piece
    except DAMAGES as error:
        failed = error
    return bytes(head), io.BufferedReader(_Replayed(bytes(head), stream, failed), 2**16)


class _Bounded(io.RawIOBase):
    """A stream that may hold so many bytes and no more."""

    def __init__(self, stream: io.BufferedIOBase, most: int) -> None:
        self._stream = stream
        self._most = self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill as much of the buffer as is at hand. Raises ReadError past the bound."""
        target = memoryview(buffer).cast("B")
        piece = self._stream.read1(len(target))
        self._left -= len(piece)
        if self._left < 0:
            raise ReadError(f"it unpacks to more than {self._most // 2**20} MB; divide it")
        target[: len(piece)] = piece
        return len(piece)


def bounded(stream: io.BufferedIOBase, most: int) -> io.BufferedIOBase:
    """Return a stream that raises ReadError where it holds more than `most` bytes."""
    return io.BufferedReader(_Bounded(stream, most), 2**16)


def whole(stream: io.BufferedIOBase) -> bytes:
    """Return all that a stream holds; raise ReadError where it is too much."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ReadError(f"it holds more than {MOST_BYTES // 2**20} MB; divide it, or make it JSON lines")
    return content
