"""Pruning takes away what is no longer in a place, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive.sqlite import SqliteArchive
from index.ingest import ingest
from tests.parts.ingesting import ENCODER, archive_beside, held, report, write, write_lines


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteArchive]:
    with archive_beside(tmp_path, monkeypatch) as archive:
        yield archive


def test_what_is_no_longer_there_goes_where_pruning_is_asked_for_and_nothing_beside(archive: SqliteArchive) -> None:
    for folder in ("in", "in/deep", "out", "inside"):
        Path(folder).mkdir()
    kept = [write(name, name) for name in ("in/a.txt", "out/c.txt", "inside/d.txt", "in.txt")]
    gone = [write(name, name) for name in ("in/b.txt", "in/deep/e.txt")]
    ingest(
        [Path("."), write_lines("out/l.jsonl", {"id": "1", "text": "one"}, {"id": "2/#", "text": "two"})],
        archive,
        ENCODER,
    )
    for file in gone:
        file.unlink()
    kept[0].write_text("changed", encoding="utf-8")
    assert ingest([Path("in")], archive, ENCODER, prune=True) == report(
        updated=1, removed=("in/b.txt", "in/deep/e.txt")
    )
    lines = write_lines("out/l.jsonl", {"id": "1", "text": "one"}, {"id": "3", "text": "three"})
    assert ingest([lines], archive, ENCODER, prune=True) == report(added=1, unchanged=1, removed=("out/l.jsonl#2/#",))
    assert sorted(held(archive)) == sorted([*map(str, kept), "out/l.jsonl#1", "out/l.jsonl#3"])
    Path("inside/d.txt").unlink()
    assert ingest([Path(".")], archive, ENCODER, prune=True) == report(unchanged=5, removed=("inside/d.txt",))


def test_a_pattern_prunes_what_it_would_name_and_no_more(archive: SqliteArchive) -> None:
    names = ("in/a.txt", "in/a.md", "in/deep/b.txt", "in/.hidden/c.txt", "out/a.txt")
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    files = [write(name, f"the text of {name}") for name in names]
    records = write_lines("in/deep/l.jsonl", {"id": "1", "text": "one"}, {"id": "2", "text": "two"})
    ingest([*files, records], archive, ENCODER)
    for file in files:
        file.unlink()
    write("in/b.txt", "new")
    write_lines("in/deep/l.jsonl", {"id": "2", "text": "two"})
    assert ingest([Path("in/*.txt")], archive, ENCODER, prune=True) == report(added=1, removed=("in/a.txt",))
    assert ingest([Path("in/d*")], archive, ENCODER, prune=True) == report(
        unchanged=1, removed=("in/deep/b.txt", "in/deep/l.jsonl#1")
    )
    assert sorted(held(archive)) == ["in/.hidden/c.txt", "in/a.md", "in/b.txt", "in/deep/l.jsonl#2", "out/a.txt"]
    write("in/deep/d.txt", "deep")
    assert ingest([Path("**/*.txt")], archive, ENCODER, prune=True) == report(
        added=1, unchanged=1, removed=("out/a.txt",)
    )


def test_what_cannot_be_read_is_not_pruned(archive: SqliteArchive) -> None:
    Path("in").mkdir()
    paths = [write("in/a.txt", "a"), write("in/b.txt", "b"), Path("in/l.jsonl"), Path("in/m.jsonl")]
    write_lines("in/l.jsonl", {"id": "x", "text": "one"}, {"id": "y", "text": "two"})
    write_lines("in/m.jsonl", {"id": "x", "text": "three"}, {"id": "y", "text": "four"})
    ingest(paths, archive, ENCODER)
    before = held(archive)
    Path("in/a.txt").write_bytes(b"\xff")
    write("in/l.jsonl", '{"id": "y", "text": "two"}\n{"id": "x", broken')
    write_lines("in/m.jsonl", {"id": "y", "text": "four"})
    Path("in/b.txt").unlink()
    done = ingest([Path("in")], archive, ENCODER, prune=True)
    assert done.removed == ("in/b.txt", "in/m.jsonl#x")
    assert held(archive) == {path: text for path, text in before.items() if path not in done.removed}


def test_where_nothing_is_read_nothing_is_pruned(archive: SqliteArchive) -> None:
    ingest([write("a.jsonl", '{"id": "x", "text": "one"}')], archive, ENCODER)
    write("a.jsonl", "")
    Path("empty").mkdir()
    assert ingest([Path("a.jsonl")], archive, ENCODER, prune=True) == report(
        rejected=(("a.jsonl", "cannot read 'a.jsonl': it holds no article"),)
    )
    assert ingest([Path("empty"), Path("gone.txt")], archive, ENCODER, prune=True).removed == ()
    assert held(archive) == {"a.jsonl#x": "one"}


def test_an_article_whose_file_was_renamed_moves_where_pruning_is_asked_for(archive: SqliteArchive) -> None:
    ingest([write("old.txt", "text"), write("other.txt", "other")], archive, ENCODER)
    Path("old.txt").rename("new.txt")
    assert ingest([Path(".")], archive, ENCODER, prune=True) == report(updated=1, unchanged=1)
    assert held(archive) == {"new.txt": "text", "other.txt": "other"}
