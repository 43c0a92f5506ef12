"""Files to records: plain text and Markdown, JSON, JSON lines and CSV, one article at a time."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import lzma
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.archive_file import FILE as ARCHIVE_FILE
from index.dates import find_date
from index.errors import ReadError


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file states it; what the file does not state is None.

    `path` names it: a file relative to the current folder where it lies below it, with ``#`` and the article's own id,
    or its line, where the file holds several.
    """

    path: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What could not be read, and the reason as one line for the user."""

    path: str
    reason: str


_NAMES = {
    "id": ("id", "_id", "guid"),
    "text": ("text", "body", "content", "article"),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "newspaper"),
    "url": ("url", "link"),
    "author": ("author", "authors", "byline"),
    "published": ("date", "published", "published_at", "publishedat", "date_published", "datetime", "timestamp"),
}
"""A record's facts, and the field names that state them in the files of others, lower-cased; the first found counts."""

_AUXILIARY = re.compile(r"(?:sources|readme|license|licence|copying|notice|changelog)(?:\.\w+)?", re.IGNORECASE)
"""Files of a folder that tell about its articles and are none."""

_UNSUPPORTED = {".pdf": "PDF", ".html": "HTML", ".htm": "HTML", ".docx": "Word", ".doc": "Word"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: Path) -> Iterator[Record | Rejection]:
    """Yield every article of a file, or of all files of a folder and the folders in it, by name.

    A folder's hidden files, its notes on itself (README, SOURCES, LICENSE …) and archives in it are passed over. What
    cannot be read is yielded as a rejection and never stops the rest.
    """
    if os.path.isdir(path):  # which, unlike pathlib's, never raises
        yield from _read_folder(path)
    else:
        yield from _read_file(path)


def shown(path: Path) -> str:
    """Return how a path is written: relative to the current folder where it lies below it, else absolute."""
    absolute = Path(os.path.abspath(path))
    here = Path.cwd()
    kept = absolute.relative_to(here) if absolute.is_relative_to(here) else absolute
    # A name that is not UTF-8 cannot be stored or printed as it is.
    return os.fsencode(kept).decode("utf-8", errors="backslashreplace")


def _read_folder(folder: Path) -> Iterator[Record | Rejection]:
    found = False
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if ARCHIVE_FILE in names:
            folders.clear()
            continue
        for name in sorted(names):
            if not name.startswith(".") and not _AUXILIARY.fullmatch(name):
                found = True
                yield from _read_file(Path(place, name))
    for error in closed:
        yield _rejection(shown(Path(error.filename)), _plainly(error))
    if not found and not closed:
        yield _rejection(shown(folder), ReadError("the folder holds no article"))


def _read_file(file: Path) -> Iterator[Record | Rejection]:
    path = shown(file)
    try:
        yield from _reader(file)(file, path)
    except ReadError as error:
        yield _rejection(path, error)
    except OSError as error:
        yield _rejection(path, _plainly(error))


def _rejection(path: str, error: ReadError) -> Rejection:
    return Rejection(path, f"cannot read {path!r}: {error}")


def _plainly(error: OSError) -> ReadError:
    match error:
        case FileNotFoundError():
            return ReadError("there is no such file; check the path")
        case PermissionError():
            return ReadError("permission denied; allow reading it")
        case _:
            return ReadError((error.strerror or str(error)).lower())


def _reader(file: Path) -> Callable[[Path, str], Iterator[Record | Rejection]]:
    if not stat.S_ISREG(file.stat().st_mode):
        raise ReadError("it is not a file; pass a file or a folder")
    suffixes = [suffix.lower() for suffix in file.suffixes]
    last = suffixes[-1] if suffixes else ""
    if suffixes[-2:-1] == [".jsonl"] and last in (".gz", ".xz"):
        return _read_lines
    if last in _READERS:
        return _READERS[last]
    if last in _UNSUPPORTED:
        raise ReadError(f"{_UNSUPPORTED[last]} is not supported yet; convert it to text")
    raise ReadError(f"{last or 'a file without an extension'} is not a known format; convert it to .txt")


def _read_text(file: Path, path: str) -> Iterator[Record]:
    yield Record(path, _checked(_decode(file.read_bytes())))


def _read_json(file: Path, path: str) -> Iterator[Record | Rejection]:
    value = _parse(_decode(file.read_bytes()))
    if isinstance(value, list):
        yield from _records(path, "item", enumerate(value, start=1))
    else:
        yield _record(path, value)


def _read_lines(file: Path, path: str) -> Iterator[Record | Rejection]:
    yield from _records(path, "line", enumerate(_lines(file), start=1))


def _lines(file: Path) -> Iterator[bytes]:
    try:
        with _stream(file) as stream:
            yield from stream
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
        raise ReadError(f"it is not whole ({error}); copy it again") from error


def _stream(file: Path) -> AbstractContextManager[Iterable[bytes]]:
    match file.suffix.lower():
        case ".gz":
            return gzip.open(file)
        case ".xz":
            return lzma.open(file)
        case _:
            return file.open("rb")


def _read_csv(file: Path, path: str) -> Iterator[Record | Rejection]:
    text = _decode(file.read_bytes())
    header = text.partition("\n")[0]
    csv.field_size_limit(sys.maxsize)  # an article may be longer than the module's 128 KiB
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    if _find(dict.fromkeys(rows.fieldnames or (), ""), "text") is None:
        raise ReadError(f"no column is named {' or '.join(_NAMES['text'])}")
    yield from _records(path, "line", _numbered(rows))


def _numbered(rows: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the lines that they begin on."""
    line = rows.line_num + 1
    try:
        for row in rows:
            yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        raise ReadError(f"it breaks off at line {rows.reader.line_num} ({error}); correct it there") from error


_READERS: Mapping[str, Callable[[Path, str], Iterator[Record | Rejection]]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".json": _read_json,
    ".jsonl": _read_lines,
    ".csv": _read_csv,
}


def _records(path: str, unit: str, values: Iterable[tuple[int, object]]) -> Iterator[Record | Rejection]:
    """Yield a record or a rejection for every value of a file that holds several, numbered by line or item."""
    numbers: dict[str, int] = {}
    for number, value in values:
        try:
            if isinstance(value, bytes):
                text = _decode(value, first=number == 1)
                if not text.strip():
                    continue
                value = _parse(text)
            own = _fact(value, "id") or str(number)
            if own in numbers:
                raise ReadError(f"its id {own!r} is that of {unit} {numbers[own]}; give it another")
            numbers[own] = number
            yield _record(f"{path}#{own}", value)
        except ReadError as error:
            yield Rejection(f"{path}#{number}", f"cannot read {path!r} {unit} {number}: {error}")


def _record(path: str, value: object) -> Record:
    if not isinstance(value, dict):
        raise ReadError("it is not a JSON object with a text")
    text = _find(value, "text")
    if not isinstance(text, str):
        raise ReadError(f"it has no text; name the field {' or '.join(_NAMES['text'])}")
    return Record(
        path=_encodable(path),
        text=_checked(_encodable(text)),
        title=_fact(value, "title"),
        source=_fact(value, "source"),
        url=_fact(value, "url"),
        author=_fact(value, "author"),
        published=_day(_fact(value, "published")),
    )


def _find(value: Mapping[str, object], fact: str) -> object | None:
    """Return the first field that states a fact, by any of its names, an empty one only where all are empty."""
    named = {str(name).strip().lower(): field for name, field in value.items() if field is not None}
    stated = [named[name] for name in _NAMES[fact] if name in named]
    return next(filter(None, stated), stated[0] if stated else None)


def _fact(value: object, fact: str) -> str | None:
    """Return a fact as one line, None where it is not stated; several authors are joined."""
    found = _find(value, fact) if isinstance(value, dict) else None
    parts = found if isinstance(found, list) else [found]
    if not all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts):
        return None
    return _encodable(" ".join(", ".join(map(str, parts)).split())) or None


def _day(stated: str | None) -> date | None:
    """Return the day that a date field states; None where it is no date, or its day and month could change places."""
    if stated is None:
        return None
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        found = find_date(re.sub(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", stated))  # 26-FEB-1987
        return found.value if found else None


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"it is not JSON ({error.msg} at character {error.pos}); correct it there") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise ReadError(f"it is not JSON that can be read ({error})") from error


def _decode(data: bytes, *, first: bool = True) -> str:
    """Decode UTF-8; a byte-order mark at the beginning of a file is no part of the text."""
    mark = len(codecs.BOM_UTF8) if first and data.startswith(codecs.BOM_UTF8) else 0
    if b"\0" in data and not data.startswith(_UTF16):
        raise ReadError("it is binary, not text")
    try:
        return data[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(f"not UTF-8 at byte {mark + error.start}; convert it to UTF-8") from error


def _encodable(text: str) -> str:
    r"""Return the text as it is. JSON can escape half of a surrogate pair (``"\ud83d"``), which is no character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(f"half of a surrogate pair at character {error.start}; correct it there") from error
    return text


def _checked(text: str) -> str:
    if not text.strip():
        raise ReadError("it is empty" if not text else "it is only white space")
    if "\0" in text:
        raise ReadError("it holds a NUL character; it is binary, not text")
    return text
