"""An ingest on a Ray cluster of two nodes: each article once, whatever happens to a node."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.speech.statements import StatementFinder
from index.archive.sqlite import SqliteArchive
from index.followers.statement_index import StatementIndex
from tests.parts.archives import fill
from tests.parts.faults import write_stories
from tests.parts.places import ROOT
from tests.parts.ray_nodes import Nodes, running, two_nodes

pytestmark = pytest.mark.slow
COMMAND = "from assistant.cli import main; main()"
SOON = 30.0
"""Seconds within which the last of a cluster's processes is gone, on a busy machine too."""


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    before = set(running())
    with two_nodes() as nodes:
        yield nodes
    ended = time.monotonic() + SOON
    while left := [one for one in set(running()) - before if b"ray" in _command(one)]:
        assert time.monotonic() < ended, left
        time.sleep(0.1)


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _start(folder: Path, file: Path, address: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", COMMAND, "ingest", file, "--archive", folder, "--ray", address],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _count(folder: Path) -> int:
    with SqliteArchive.open(folder) as archive:
        return archive.count_articles()


def _told(folder: Path) -> tuple[object, ...]:
    """All that stands in an archive, in its order, and the statements beside it as they were saved."""
    with SqliteArchive.open(folder) as archive:
        assert archive.verify() == []
        statements = StatementIndex(folder, StatementFinder())
        statements.catch_up(archive, lambda articles: pytest.fail("not all statements were found"))
        passages = [(*stored[:-1], stored.vector.tobytes()) for stored in archive.added_since(0)]
        return list(archive.articles()), passages, list(statements.statements())


def test_a_node_that_is_lost_costs_a_try_and_a_second_run_does_only_what_is_missing(
    nodes: Nodes, tmp_path: Path
) -> None:
    """The cluster is reached as one of its machines, and then from without, as a Ray client."""
    earlier = write_stories(tmp_path / "earlier.jsonl", range(50))
    file = write_stories(tmp_path / "news.jsonl", range(1200))
    shared, alone = tmp_path / "shared", tmp_path / "alone"
    for folder, files in ((shared, [earlier]), (alone, [earlier, file])):
        fill(folder, *files)
    with SqliteArchive.open(alone) as archive:
        StatementIndex(alone, StatementFinder()).catch_up(archive)

    with _start(shared, file, nodes.address) as process:
        while _count(shared) < 200 and process.poll() is None:
            time.sleep(0.02)
        nodes.kill(1)
        reached = _count(shared)
        said, complaints = process.communicate(timeout=120)
    assert (said.splitlines()[0], process.returncode) == (
        "1150 added, 0 updated, 0 unchanged, 50 duplicates, 0 rejected",
        0,
    )
    assert "Traceback" not in complaints  # Ray's own word that a machine is lost may stand there
    assert 200 <= reached < 1200
    assert _told(shared) == _told(alone)

    with _start(shared, file, nodes.client_address) as process:
        said, complaints = process.communicate(timeout=120)
    assert (said.splitlines()[0], complaints) == ("0 added, 0 updated, 1150 unchanged, 50 duplicates, 0 rejected", "")
