"""`isnad archive move`: from a folder to another place or engine and back, with the same citations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from index.archive.opening import open_at
from tests.archives import fill
from tests.librarian import SEEDS
from tests.postgres_server import Cluster


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of the seed articles, in the current folder, below which the indexes of a server's would lie."""
    monkeypatch.chdir(tmp_path)
    fill(tmp_path / "archive", SEEDS)
    return tmp_path / "archive"


def _moved(source: object, target: object, *options: str) -> dict[str, Any]:
    ran = CliRunner().invoke(cli, ["archive", "move", str(target), "--archive", str(source), "--json", *options])
    assert (ran.exit_code, ran.stderr) == (0, ""), ran.output
    found: dict[str, Any] = json.loads(ran.stdout)
    assert found["questions"] > 5
    assert (found["differing"], found["answered_otherwise"]) == ([], [])
    return found


def test_an_archive_is_copied_once_held_against_its_copy_and_asked_the_same(archive: Path, tmp_path: Path) -> None:
    assert _moved(archive, tmp_path / "new")["copied"] == 5
    assert _moved(archive, tmp_path / "new")["copied"] == 0


@pytest.mark.slow
def test_an_archive_goes_to_postgresql_and_back(archive: Path, tmp_path: Path, postgres: Cluster) -> None:
    server = postgres.address(schema="moved")
    assert _moved(archive, server)["copied"] == 5
    assert _moved(server, tmp_path / "back")["copied"] == 5
    with open_at(archive) as first, open_at(tmp_path / "back") as last:
        assert list(last.articles()) == list(first.articles())


@pytest.mark.slow
def test_an_archive_goes_to_milvus_and_back(archive: Path, tmp_path: Path) -> None:
    place = f"milvus:{tmp_path / 'index.db'}"
    assert _moved(archive, tmp_path / "new", "--index", place)["copied"] == 5
    assert _moved(tmp_path / "new", tmp_path / "back", "--index", "beside")["copied"] == 5


def test_an_archive_is_not_moved_onto_itself_or_onto_another(archive: Path, tmp_path: Path) -> None:
    refused = CliRunner().invoke(cli, ["archive", "move", str(archive), "--archive", str(archive)])
    assert (refused.exit_code, "is the archive itself; name another place" in refused.stderr) == (2, True)
    (tmp_path / "other.txt").write_text(
        "The harbour of Zamrin was opened on Tuesday, the mayor said.", encoding="utf-8"
    )
    fill(tmp_path / "other", tmp_path / "other.txt")
    refused = CliRunner().invoke(cli, ["archive", "move", str(tmp_path / "other"), "--archive", str(archive)])
    assert str(refused.exception).startswith("the target holds articles that the source does not (1: ")
