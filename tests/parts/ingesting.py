"""What the tests of an ingest stand on: an empty archive beside an empty folder, files in that, and what is held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.archive.sqlite import SqliteArchive
from index.ingest import IngestReport
from tests.parts.encoders import DemoEncoder

ENCODER = DemoEncoder()


@contextmanager
def archive_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteArchive]:
    """Give an empty archive; the current folder is an empty one beside it."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with SqliteArchive.open(
        tmp_path / "archive", encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
    ) as archive:
        yield archive


def write(name: str, text: str) -> Path:
    Path(name).write_bytes(text.encode("utf-8"))
    return Path(name)


def write_lines(name: str, *records: dict[str, str]) -> Path:
    return write(name, "\n".join(json.dumps(record) for record in records))


def held(archive: SqliteArchive) -> dict[str, str]:
    """Every article's text by its path."""
    assert archive.verify() == []
    return {article.path: article.text for article in archive.articles()}


def report(
    added: int = 0,
    updated: int = 0,
    unchanged: int = 0,
    duplicates: tuple[tuple[str, str], ...] = (),
    rejected: tuple[tuple[str, str], ...] = (),
    removed: tuple[str, ...] = (),
) -> IngestReport:
    return IngestReport(added, updated, unchanged, duplicates, rejected, removed=removed)
