"""An archive copied into another one: whole, in its order, and going on where it was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import moving
from index.archive.moving import copy, differing, read_whole
from index.archive.sqlite import SqliteArchive
from index.errors import ArchiveError
from tests.archives import bundled, fill
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"

Opened = Callable[[str], SqliteArchive]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens archives by name; the one called "source" holds the seed articles, and one without a passage."""
    with ExitStack() as open_ones:

        def enter(name: str) -> SqliteArchive:
            encoder = bundled()
            made = SqliteArchive.open(
                tmp_path / name, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True
            )
            return open_ones.enter_context(made)

        (tmp_path / "short.txt").write_text("SHARE\n\nclose", encoding="utf-8")
        fill(tmp_path / "source", tmp_path / "short.txt", SEEDS)
        yield enter


def _held(archive: SqliteArchive) -> list[str]:
    return [article.id for article in archive.articles()]


def test_every_article_comes_with_its_facts_passages_and_vectors_in_the_order_of_arrival(opened: Opened) -> None:
    source, target = opened("source"), opened("target")
    done: list[int] = []
    assert copy(source, target, done.append) == source.count_articles() == sum(done)
    assert _held(target) == _held(source)
    assert differing(source, target) == []
    assert target.verify() == []


def test_a_copy_that_was_stopped_goes_on_where_it_was(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 2)
    source, target = opened("source"), opened("target")

    def stop(articles: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(source, target, stop)
    assert _held(target) == _held(source)[:2]
    assert differing(source, target) == sorted(_held(source)[2:])
    assert copy(source, target) == source.count_articles() - 2
    assert differing(source, target) == []
    assert copy(source, target) == 0


def test_nothing_is_copied_into_an_archive_of_other_articles(opened: Opened, tmp_path: Path) -> None:
    source, target = opened("source"), opened("target")
    (tmp_path / "other.txt").write_text(
        "The harbour of Zamrin was opened on Tuesday, the mayor said.", encoding="utf-8"
    )
    fill(tmp_path / "target", tmp_path / "other.txt")
    [other] = _held(target)
    with pytest.raises(
        ArchiveError, match=rf"^the target holds articles that the source does not \(1: {other}\); name"
    ):
        copy(source, target)
    assert _held(target) == [other]


def test_what_differs_is_named_be_it_a_fact_a_passage_or_a_vector(opened: Opened) -> None:
    source, target = opened("source"), opened("target")
    copy(source, target)
    first, second, third = list(read_whole(source, _held(source)))[1:4]
    target.add(replace(first.article, title="Another"), first.offsets, first.vectors)
    target.add(second.article, second.offsets[1:], second.vectors[1:])
    target.add(third.article, third.offsets, -third.vectors)
    assert differing(source, target) == sorted(whole.article.id for whole in (first, second, third))
