"""The reports of finished runs: JSON files in the archive's folder, by the set's name and a number."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from eval.outcome import Outcome, outcome
from eval.report_file import read_report, to_json
from eval.run import Report
from index.errors import ArchiveWriteError, QuestionSetError

FOLDER = "evaluations"
MOST = 200
"""Reports that are kept: where there are as many, one has to go before another set is asked."""

_NAME = re.compile(r"(?P<set>.+)-(?P<number>\d{1,6})")


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored report in a few figures; without them, `problem` says in a line why it cannot be read."""

    name: str
    time: datetime
    set: str
    questions: int = 0
    right: int = 0
    hit: float | None = None
    problem: str | None = None


class Stored:
    """The reports in a folder. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, int, int], Entry] = {}
        self._lock = threading.Lock()

    def list(self) -> list[Entry]:
        """Return every report, the newest first."""
        with self._lock:
            now = {}
            for path in self._files():
                state = path.stat()
                key = (path.name, state.st_mtime_ns, state.st_size)
                now[key] = self._known.get(key) or _entry(path, datetime.fromtimestamp(state.st_mtime, UTC))
            self._known = now
            return sorted(now.values(), key=lambda one: (one.time, one.name), reverse=True)

    def count(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self._files())

    def add(self, name: str, report: Report) -> str:
        """Store a report under the name of its set and the next number, and return both as its own name.

        Raises ArchiveWriteError where it cannot be written; then nothing of it is left.
        """
        with self._lock:
            names = [found for path in self._files() if (found := _NAME.fullmatch(path.stem))]
            number = max((int(found["number"]) for found in names if found["set"] == name), default=0) + 1
            path = self._folder / f"{name}-{number}.json"
            part = path.with_suffix(".part")
            try:
                self._folder.mkdir(exist_ok=True)
                part.write_text(to_json(report), encoding="utf-8")
                os.replace(part, path)
            except OSError as error:
                part.unlink(missing_ok=True)
                told = f"cannot write '{path.name}': {error.strerror}; make room, or allow writing"
                raise ArchiveWriteError(told) from error
            return path.stem

    def path(self, name: str) -> Path:
        """Return the file of a report. Raises QuestionSetError where there is none of this name."""
        found = next((path for path in self._files() if path.stem == name), None)
        if found is None:
            raise QuestionSetError(f"no run '{name}' is stored; it may have been deleted")
        return found

    def read(self, name: str) -> Report:
        """Return a report. Raises QuestionSetError where there is none of this name, or it is damaged."""
        path = self.path(name)
        return _read(path, path.stat().st_mtime_ns)

    def delete(self, name: str) -> None:
        """Delete a report. Raises QuestionSetError where there is none of this name, ArchiveWriteError."""
        try:
            self.path(name).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveWriteError(f"cannot delete run '{name}': {error.strerror}") from error

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("*.json") if _NAME.fullmatch(path.stem))


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Report:  # noqa: ARG001 - a file that has changed is read anew
    return read_report(path)


def _entry(path: Path, time: datetime) -> Entry:
    try:
        report = read_report(path)
    except QuestionSetError:
        problem = f"'{path.name}' is no report of this version of the program"
        return Entry(path.stem, time, path.stem.rpartition("-")[0], problem=problem)
    right = sum(outcome(row) is Outcome.RIGHT for row in report.rows)
    hits = [row.scores["hit@1"] for row in report.rows if "hit@1" in row.scores]
    name = report.rows[0].set if report.rows else path.stem
    return Entry(path.stem, time, name, len(report.rows), right, sum(hits) / len(hits) if hits else None)
