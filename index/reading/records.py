"""What reading yields: records, rejections and remarks; and the fields that a record's facts are stated in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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
    """What could not be read, and the reason as one line for the user.

    Where it is one record of several, `unit` and `number` say which: a line, or an item of a list. `original` is what
    stood there, as far as it could be read: a record, or text.
    """

    path: str
    reason: str
    unit: str | None = None
    number: int | None = None
    original: object = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file whose text is not in UTF-8, with the encoding that it was read by."""

    path: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A file of records, none of which has a field that was to state a fact."""

    path: str
    field: str


Found = Record | Rejection | Decoded | Unmatched

FACTS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid"),
    "text": ("text", "body", "content", "article"),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "newspaper"),
    "url": ("url", "link"),
    "author": ("author", "authors", "byline"),
    "published": ("date", "published", "published_at", "publishedat", "date_published", "datetime", "timestamp"),
}
"""A record's facts, and the field names that state them in the files of others, lower-cased; the first found counts."""


class Fields:
    """A record's fields by the facts that they state."""

    def __init__(self, mapped: Iterable[tuple[str, str]] = ()) -> None:
        """Take the fields that state a fact in place of its usual names, as (fact, field); the first found counts."""
        chosen: dict[str, tuple[str, ...]] = {}
        for fact, field in mapped:
            chosen[fact] = (*chosen.get(fact, ()), field.strip().lower())
        self.chosen = frozenset(name for names in chosen.values() for name in names)
        self._names = {**FACTS, **chosen}

    def known(self, value: object) -> Mapping[str, object]:
        """Return a record's fields by their lower-cased names, those within others too where a chosen name asks."""
        if not isinstance(value, dict):
            return {}
        named = {str(name).strip().lower(): field for name, field in value.items() if field is not None}
        for name in self.chosen:
            if name not in named and (found := _within(named, name)) is not None:
                named[name] = found
        return named

    def find(self, named: Mapping[str, object], fact: str) -> object | None:
        """Return the first field that states a fact, by any of its names, an empty one only where all are empty."""
        stated = None
        for name in self._names[fact]:
            if name in named:
                if named[name]:
                    return named[name]
                stated = named[name] if stated is None else stated
        return stated

    def fact(self, named: Mapping[str, object], fact: str) -> str | None:
        """Return a fact as one line, None where it is not stated; several authors are joined."""
        found = self.find(named, fact)
        if found is None or isinstance(found, str):
            return one_line(found)
        parts = found if isinstance(found, list) else [found]
        if not all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts):
            return None
        return one_line(", ".join(map(str, parts)))

    def text_names(self) -> str:
        """Return the names that a text's field may have, for a reason."""
        return " or ".join(self._names["text"])

    def record(self, path: str, named: Mapping[str, object]) -> Record:
        """Return the record that fields state; raise ReadError where they hold no text."""
        text = self.find(named, "text")
        if not isinstance(text, str):
            raise ReadError(f"it has no text; name the field {self.text_names()}")
        return Record(
            path=encodable(path),
            text=checked(encodable(text)),
            title=self.fact(named, "title"),
            source=self.fact(named, "source"),
            url=self.fact(named, "url"),
            author=self.fact(named, "author"),
            published=day(self.fact(named, "published")),
        )


def _within(named: Mapping[str, object], name: str) -> object | None:
    """Return the field of a field, as ``meta.date``."""
    found: object = named
    for part in name.split("."):
        if not isinstance(found, Mapping):
            return None
        found = {str(key).strip().lower(): field for key, field in found.items()}.get(part)
    return found


def rejection(path: str, error: ReadError) -> Rejection:
    """Return the rejection of a whole file."""
    return Rejection(path, f"cannot read {path!r}: {error}")


def one_line(text: str | None) -> str | None:
    """Return a fact as one line, None where it says nothing."""
    return encodable(" ".join(text.split())) or None if text else None


def day(stated: str | None) -> date | None:
    """Return the day that a date field states; None where it is no date, or its day and month could change places."""
    if stated is None:
        return None
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        found = find_date(re.sub(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", stated))  # 26-FEB-1987
        return found.value if found else None


def encodable(text: str) -> str:
    r"""Return the text as it is. JSON can escape half of a surrogate pair (``"\ud83d"``), which is no character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(f"half of a surrogate pair at character {error.start}; correct it there") from error
    return text


def checked(text: str) -> str:
    """Return the text of an article as it is; raise ReadError where it is none."""
    if not text.strip():
        raise ReadError("it is empty" if not text else "it is only white space")
    if "\0" in text:
        raise ReadError("it holds a NUL character; it is binary, not text")
    return text
