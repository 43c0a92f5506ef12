"""What an ingest rejected, as JSON lines in a file that is put in its place when all is written."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from index.errors import SettingsError
from index.reading import Rejection

_MOST_CHARACTERS = 2000
"""How much of a text is kept; that is enough to find it by."""


class RejectsFile:
    """The file of one ingest's rejections, open while it runs.

    One that the user asked for is there afterwards, with no line where nothing was rejected; where it cannot be
    written, that is said before the ingest begins. Another is there only where something was rejected, takes away that
    of the ingest before, and is left out where it cannot be written: the report names every rejection, too.
    """

    def __init__(self, file: Path, *, is_asked_for: bool) -> None:
        self._file = file
        self._part = file.parent / f"{file.name}.part"
        self._is_asked_for = is_asked_for
        self._stream: TextIO | None = None
        self._failed: OSError | None = None

    @property
    def path(self) -> Path | None:
        """Where the rejections stand, after the ingest; None where there are none."""
        return self._file if self._file.is_file() and self._failed is None else None

    def __enter__(self) -> Self:
        """Raise SettingsError where a file that was asked for cannot be written."""
        try:
            if self._is_asked_for:
                if self._file.exists() and not self._file.is_file():
                    raise self._error("it is not a file")
                self._stream = self._opened()
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            self._failed = error
            self._raise_if_asked()
        return self

    def add(self, rejection: Rejection) -> None:
        """Write a rejection."""
        if self._failed is not None:
            return
        try:
            self._stream = self._stream or self._opened()
            self._stream.write(_line(rejection))
        except OSError as error:
            self._failed = error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, unless the ingest failed."""
        try:
            if self._stream is not None:
                self._stream.close()
            if self._stream is not None and self._failed is None and error is None:
                self._part.replace(self._file)
            else:
                self._part.unlink(missing_ok=True)
        except OSError as failed:
            self._failed = failed
        if error is None:
            self._raise_if_asked()

    def _opened(self) -> TextIO:
        # Half a surrogate pair becomes the escape that JSON has for it.
        return self._part.open("w", encoding="utf-8", errors="backslashreplace")

    def _raise_if_asked(self) -> None:
        if self._failed is not None and self._is_asked_for:
            raise self._error((self._failed.strerror or str(self._failed)).lower()) from self._failed

    def _error(self, reason: str) -> SettingsError:
        return SettingsError(f"--rejects is '{self._file}', which cannot be written: {reason}; name another file")


def _line(rejection: Rejection) -> str:
    where = {rejection.unit: rejection.number} if rejection.unit else {}
    facts = {"path": rejection.path, **where, "reason": rejection.reason}
    try:
        written = json.dumps(_kept(rejection.original), ensure_ascii=False, allow_nan=False)
    except (RecursionError, ValueError):  # lists within lists, or what JSON has no number for
        written = "null"
    return json.dumps(facts, ensure_ascii=False)[:-1] + f', "record": {written}}}\n'


def _kept(original: object) -> object:
    """Return a record with its longer texts cut."""
    if isinstance(original, str):
        return original if len(original) <= _MOST_CHARACTERS else f"{original[:_MOST_CHARACTERS]} …"
    if isinstance(original, dict):
        return {str(name): _kept(field) if isinstance(field, str) else field for name, field in original.items()}
    return original
