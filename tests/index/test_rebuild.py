"""A rebuild keeps the articles and takes the vectors of another encoder, or nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive.sqlite import SqliteArchive
from index.ingest import ingest, rebuild
from index.types import Vectors
from tests.parts.encoders import DemoEncoder
from tests.parts.ingesting import ENCODER, archive_beside
from tests.parts.places import ROOT


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteArchive]:
    with archive_beside(tmp_path, monkeypatch) as archive:
        yield archive


def test_rebuilding_keeps_the_articles_and_takes_the_new_encoders_vectors(archive: SqliteArchive) -> None:
    class WiderEncoder(DemoEncoder):
        name = "demo-24"
        dimensions = 24

    ingest([ROOT / "seeds"], archive, ENCODER)
    before = list(archive.articles())
    offsets = [(passage.article_id, passage.start, passage.end) for passage in archive.added_since(0)]
    rebuild(archive, WiderEncoder())
    assert list(archive.articles()) == before
    assert [(passage.article_id, passage.start, passage.end) for passage in archive.added_since(0)] == offsets
    assert (archive.encoder_name, archive.dimensions) == ("demo-24", 24)
    assert {passage.vector.shape for passage in archive.added_since(0)} == {(24,)}
    assert archive.verify() == []


def test_a_rebuild_that_fails_leaves_the_archive_as_it_was(archive: SqliteArchive) -> None:
    class FailingEncoder(DemoEncoder):
        name = "failing"

        def encode_passages(self, texts: object, progress: object = None) -> Vectors:
            raise KeyboardInterrupt

    ingest([ROOT / "seeds"], archive, ENCODER)
    before = (archive.generation, archive.encoder_name, list(archive.articles()))
    with pytest.raises(KeyboardInterrupt):
        rebuild(archive, FailingEncoder())
    assert (archive.generation, archive.encoder_name, list(archive.articles())) == before
