"""Files of records with fields: JSON, JSON lines and CSV; a bad record never stops the rest."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TypeVar

from index.errors import ReadError
from index.reading.compression import MOST_BYTES
from index.reading.encodings import undecodable
from index.reading.records import Found, Rejection, Unmatched
from index.reading.source import Source

_Raw = TypeVar("_Raw")
_UNDECODED = re.compile(r"[\udc80-\udcff]")


def read_json(source: Source) -> Iterator[Found]:
    """Yield the article of a JSON file, or every article of a list."""
    text, remarks = source.text()
    yield from remarks
    value = _parse(text)
    if isinstance(value, list):
        yield from _records(source, "item", enumerate(value, start=1), lambda item: item)
        return
    if not isinstance(value, dict):
        raise ReadError("it is not a JSON object with a text")
    named = source.fields.known(value)
    record = source.fields.record(source.path, named)
    yield replace(record, path=source.path_of(record.text, source.fields.fact(named, "id")))
    yield from _unmatched(source, source.fields.chosen - named.keys())


def read_lines(source: Source) -> Iterator[Found]:
    """Yield every article of a file of JSON lines."""
    lines, encoding = source.lines()
    yield from source.remarks(encoding)
    filled = ((number, line) for number, line in enumerate(lines, start=1) if not line.isspace())
    yield from _records(source, "line", filled, partial(_parse_line, encoding))


def _parse_line(encoding: str, line: str) -> object:
    if (found := _UNDECODED.search(line)) is not None:
        raise undecodable(encoding, len(line[: found.start()].encode(encoding)))
    return _parse(line)


def _parse(text: str) -> object:
    if not text.strip():
        raise ReadError("it is empty")
    if "\0" in text:
        raise ReadError("it is binary, not text")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"it is not JSON ({error.msg} at character {error.pos}); correct it there") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise ReadError(f"it is not JSON that can be read ({error})") from error


def read_csv(source: Source) -> Iterator[Found]:
    """Yield every article of a table whose first row names its columns."""
    lines, encoding = source.lines()
    yield from source.remarks(encoding)
    header = next(lines, "")
    if "\0" in header:
        raise ReadError("it is binary, not text")
    if not header.strip():
        raise ReadError("it is empty" if not header else "its first line is empty; name the columns there")
    csv.field_size_limit(MOST_BYTES)  # an article may be longer than the module's 128 KiB
    rows = csv.DictReader(chain([header], lines), delimiter=max(",;\t", key=header.count), strict=True)
    columns = source.fields.known(dict.fromkeys(rows.fieldnames or (), ""))
    if source.fields.find(columns, "text") is None:
        raise ReadError(f"no column is named {source.fields.text_names()}")
    yield from _records(source, "line", _rows(rows), partial(_checked_row, encoding))


def _rows(rows: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str] | csv.Error]]:
    """Yield the rows, or what is wrong with them, with the lines that they begin on."""
    while True:
        line = rows.reader.line_num + 1
        try:
            yield line, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error


def _checked_row(encoding: str, row: dict[str, str] | csv.Error) -> object:
    if isinstance(row, csv.Error):
        raise ReadError(f"it breaks off ({row}); correct it there") from row
    for name, value in row.items():
        if isinstance(value, str) and (found := _UNDECODED.search(value)) is not None:
            place = len(value[: found.start()].encode(encoding))
            raise ReadError(f"its {name} is {undecodable(encoding, place)}")
    return row


def _records(
    source: Source, unit: str, raws: Iterable[tuple[int, _Raw]], parse: Callable[[_Raw], object]
) -> Iterator[Found]:
    """Yield a record or a rejection for every value of a file that holds several, numbered by line or item."""
    fields = source.fields
    numbers: dict[str, int] = {}
    missing = fields.chosen
    number = 0
    for number, raw in raws:
        value: object = raw
        try:
            value = parse(raw)
            named = fields.known(value)
            if missing:
                missing = missing - named.keys()
            own = fields.fact(named, "id")
            if not isinstance(value, dict):
                raise ReadError("it is not a JSON object with a text")
            name = own or str(number)
            if name in numbers:
                raise ReadError(f"its id {name!r} is that of {unit} {numbers[name]}; give it another")
            numbers[name] = number
            record = fields.record(f"{source.path}#{name}", named)
            yield replace(record, path=source.path_of(record.text, own)) if source.is_nameless else record
        except ReadError as error:
            reason = f"cannot read {source.path!r} {unit} {number}: {error}"
            original = None if isinstance(value, csv.Error) else value
            yield Rejection(f"{source.path}#{number}", reason, unit, number, original)
    if number == 0:
        raise ReadError("it holds no article")
    yield from _unmatched(source, missing)


def _unmatched(source: Source, fields: Iterable[str]) -> Iterator[Unmatched]:
    return (Unmatched(source.path, field) for field in sorted(fields))
