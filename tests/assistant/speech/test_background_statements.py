"""Statements are found beside an ingest, however long nobody asks how far that is."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.speech import background
from index.archive.sqlite import SqliteArchive
from index.ingest import ingest
from tests.parts.encoders import DemoEncoder

ARTICLES = 400
"""More than the reports that a pipe holds: 278 on Linux."""


def _find_and_tell_of_each(archive: Path, connection: Connection, parent: int) -> None:
    background._TOLD = 1  # articles between two reports
    background._find(archive, connection, parent)


def _known(file: Path) -> int:
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are being made
            return 0


def test_the_process_goes_on_while_its_parent_does_other_work(tmp_path: Path) -> None:
    encoder = DemoEncoder()
    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(f'{{"text": "Rain fell in village {n}."}}\n' for n in range(ARTICLES)), encoding="utf-8")
    folder = tmp_path / "archive"
    with SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        ingest([lines], archive, encoder)
    context = multiprocessing.get_context("spawn")
    ours, other = context.Pipe()
    process = context.Process(target=_find_and_tell_of_each, args=(folder, other, os.getpid()), daemon=True)
    process.start()
    other.close()
    deadline = time.monotonic() + 60
    while _known(folder / "statements" / "statements.sqlite3") < ARTICLES and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _known(folder / "statements" / "statements.sqlite3") == ARTICLES
    ours.send(None)
    process.join(60)
    assert process.exitcode == 0
    ours.close()
