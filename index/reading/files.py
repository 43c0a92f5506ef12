"""One file, or standard input, to records: its format, and what is said where it cannot be read."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import cast

from index.errors import ReadError
from index.reading.compression import COMPRESSED, DAMAGES, beginning, bounded, ending_of, unpacked
from index.reading.documents import read_document
from index.reading.pages import read_page
from index.reading.records import Fields, Found, Record, checked, rejection
from index.reading.source import Source
from index.reading.structured import read_csv, read_json, read_lines


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user says of the files; what is None is told by each file itself.

    `fields` are the fields that state a fact in place of its usual names, as (fact, field). `uploaded` says that the
    files were sent by somebody: each is named by its own name, wherever it lies, and may unpack to no more than
    `MOST_UPLOADED`.
    """

    format: str | None = None
    encoding: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    uploaded: bool = False


def _read_text(source: Source) -> Iterator[Found]:
    text, remarks = source.text()
    yield from remarks
    yield Record(source.path_of(checked(text)), text)


_READERS: Mapping[str, Callable[[Source], Iterator[Found]]] = {
    "txt": _read_text,
    "md": _read_text,
    "html": read_page,
    "json": read_json,
    "jsonl": read_lines,
    "csv": read_csv,
    "pdf": read_document,
}
FORMATS = tuple(_READERS)
"""The formats that can be read; a file's ending says which it has."""

_ENDINGS = {"htm": "html"}
_UNSUPPORTED = {"docx": "Word", "doc": "Word"}

STDIN = "stdin"
"""The path of what comes through standard input."""
_SNIFFED = 2**16

UPLOADED = "upload:/"
"""What the path of an uploaded file begins with."""
MOST_UPLOADED = 2**30
"""Bytes that an uploaded file may unpack to."""


def shown(path: Path) -> str:
    """Return how a path is written: relative to the current folder where it lies below it, else absolute."""
    absolute = Path(os.path.abspath(path))
    here = Path.cwd()
    kept = absolute.relative_to(here) if absolute.is_relative_to(here) else absolute
    # A name that is not UTF-8 cannot be stored or printed as it is.
    return os.fsencode(kept).decode("utf-8", errors="backslashreplace")


def read_file(file: Path, options: ReadOptions) -> Iterator[Found]:
    """Yield every article of a file."""
    path = _path_of(file, options)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise ReadError("it is not a file; pass a file or a folder")
        format_, packed = _format_and_packing(file.name, options)
        with file.open("rb") as stream:
            yield from _read_stream(stream, path, format_, packed, options)
    except (ReadError, OSError, *DAMAGES) as error:
        yield rejection(path, plainly(error))


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, the path of its records, and the file's name: enough to read it elsewhere."""

    path: str
    name: str
    data: bytes


SLOW = ("html", "pdf")
"""The formats of which reading a file takes longer than all that is then done with its article."""
_MOST_ELSEWHERE = 32 * 2**20


def slow_content(file: Path, options: ReadOptions) -> Content | None:
    """Return what a file holds that takes long to read; None of any other, and where it cannot be had."""
    with suppress(ReadError, OSError):
        format_, _ = _format_and_packing(file.name, options)
        at = file.stat()
        if format_ in SLOW and stat.S_ISREG(at.st_mode) and at.st_size <= _MOST_ELSEWHERE:
            return Content(_path_of(file, options), file.name, file.read_bytes())
    return None


def read_contents(options: ReadOptions, contents: Sequence[Content]) -> list[list[Found]]:
    """Return every article of each of some files, as `read_file` has them."""
    return [list(_read_content(content, options)) for content in contents]


def _read_content(content: Content, options: ReadOptions) -> Iterator[Found]:
    try:
        format_, packed = _format_and_packing(content.name, options)
        yield from _read_stream(BytesIO(content.data), content.path, format_, packed, options)
    except (ReadError, OSError, *DAMAGES) as error:
        yield rejection(content.path, plainly(error))


def _path_of(file: Path, options: ReadOptions) -> str:
    return f"{UPLOADED}{file.name}" if options.uploaded else shown(file)


def _format_and_packing(name: str, options: ReadOptions) -> tuple[str, str]:
    endings = [suffix.lower() for suffix in Path(name).suffixes]
    packed = endings.pop() if endings and endings[-1] in COMPRESSED else ""
    return options.format or _format_of(endings[-1] if endings else ""), packed


def _read_stream(stream: BufferedIOBase, path: str, format_: str, packed: str, options: ReadOptions) -> Iterator[Found]:
    content = unpacked(stream, packed)
    if options.uploaded and packed:
        content = bounded(content, MOST_UPLOADED)
    yield from _READERS[format_](Source(path, content, Fields(options.fields), options.encoding))


def read_stdin(options: ReadOptions) -> Iterator[Found]:
    """Yield every article of standard input, whose format is told by how it begins where it is not stated."""
    try:
        packed, stream = beginning(cast(BufferedIOBase, sys.stdin.buffer), 8)
        head, stream = beginning(unpacked(stream, ending_of(packed)), _SNIFFED)
        source = Source(STDIN, stream, Fields(options.fields), options.encoding, is_nameless=True)
        yield from _READERS[options.format or _sniff(head)](source)
    except (ReadError, OSError, *DAMAGES) as error:
        yield rejection(STDIN, plainly(error))


def _format_of(ending: str) -> str:
    name = ending.removeprefix(".")
    name = _ENDINGS.get(name, name)
    if name in _READERS:
        return name
    if name in _UNSUPPORTED:
        raise ReadError(f"{_UNSUPPORTED[name]} is not supported yet; convert it to text")
    raise ReadError(f"{ending or 'a file without an extension'} is not a known format; convert it to .txt")


def _sniff(head: bytes) -> str:
    """Return the format of what begins like this: a PDF, a page, JSON, JSON lines, or else text."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[:9].lower() == b"<!doctype" or head[:5].lower() == b"<html":
        return "html"
    if head.startswith(b"["):
        return "json"
    first = head.partition(b"\n")[0].rstrip()
    return (
        ("jsonl" if len(first) > 1 and (first.endswith(b"}") or first is head) else "json")
        if head[:1] == b"{"
        else "txt"
    )


def plainly(error: Exception) -> ReadError:
    """Return what went wrong as the user reads it."""
    match error:
        case ReadError():
            return error
        case FileNotFoundError():
            return ReadError("there is no such file; check the path")
        case PermissionError():
            return ReadError("permission denied; allow reading it")
        case OSError(strerror=str(reason)):
            return ReadError(reason.lower())
        case _:
            return ReadError(f"it is not whole ({error}); copy it again")
