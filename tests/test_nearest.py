"""Many vectors parted into lists: what is found is exact, little is missed, and the kind follows the count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
import pytest

from index.archive.sqlite import SqliteArchive
from index.followers import dense, nearest
from index.followers.dense import FaissIndex
from index.followers.index_folder import State
from index.types import Found
from tests.contracts import ENCODER, add_vectors, article_of, exact_nearest, random_vectors

MANY = 3_000


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteArchive]:
    monkeypatch.setattr(nearest, "FLAT_MOST", 500)
    monkeypatch.setattr(dense, "UNSAVED", 50)
    with SqliteArchive.open(
        tmp_path / "archive", encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
    ) as archive:
        for part in range(10):
            add_vectors(archive, random_vectors(MANY // 10, seed=part), path=f"part {part}")
        yield archive


def opened(archive: SqliteArchive) -> FaissIndex:
    index = FaissIndex(archive.folder)
    index.catch_up(archive)
    return index


def kind(index: FaissIndex) -> type | None:
    return None if index._held is None else type(index._held.index)  # noqa: SLF001  (no caller need know it)


def exact(archive: SqliteArchive, seed: int, top_k: int, allowed: list[int] | None = None) -> list[int]:
    among = None if allowed is None else np.array(allowed)
    return exact_nearest(list(archive.added_since(0)), random_vectors(1, seed=seed)[0], top_k, among)


def test_most_of_the_nearest_are_found_each_with_its_exact_score(archive: SqliteArchive) -> None:
    index = opened(archive)
    assert kind(index) is faiss.IndexIVFScalarQuantizer
    shares = []
    for seed in range(100, 130):
        (vector,) = random_vectors(1, seed=seed)
        found = index.search(vector, 20)
        assert found.scores == pytest.approx(archive.vectors(found.numbers.tolist()) @ vector, abs=1e-4)
        assert (np.diff(found.scores) <= 0).all()
        shares.append(len(np.intersect1d(found.numbers, exact(archive, seed, 20))) / 20)
    assert np.mean(shares) > 0.75
    quality = index.quality(archive)
    assert quality is not None
    assert (quality.lists, quality.read) == (82, 20)
    assert 0.75 < quality.recall < 1


def test_where_few_are_allowed_none_of_the_best_is_missed(archive: SqliteArchive) -> None:
    index = opened(archive)
    allowed = list(range(7, MANY, 150))
    for seed in range(100, 110):
        found = index.search(random_vectors(1, seed=seed)[0], 10, np.array(allowed))
        assert found.numbers.tolist() == exact(archive, seed, 10, allowed)


def test_a_few_that_come_and_go_are_followed_without_saving_and_many_are_saved(archive: SqliteArchive) -> None:
    opened(archive)
    file = archive.folder / "dense" / "index.faiss"
    saved = file.stat().st_mtime_ns
    add_vectors(archive, 9 * random_vectors(1, seed=100), path="the nearest of all")
    assert opened(archive).search(random_vectors(1, seed=100)[0], 1).numbers.tolist() == [MANY + 1]
    archive.remove(article_of("part 0" + "." * (MANY // 10), path="part 0").id)
    index = opened(archive)
    assert file.stat().st_mtime_ns > saved
    assert index.search(random_vectors(1, seed=0)[0], MANY + 1).numbers.min() > MANY // 10
    assert FaissIndex(archive.folder).verify(archive).state is State.CURRENT


def test_a_few_that_come_are_left_to_the_next_search_where_none_is_to_be(archive: SqliteArchive) -> None:
    opened(archive)
    add_vectors(archive, 9 * random_vectors(1, seed=100), path="the nearest of all")
    index = FaissIndex(archive.folder)
    index.catch_up(archive, to_search=False)
    assert kind(index) is None
    index.catch_up(archive)
    assert index.search(random_vectors(1, seed=100)[0], 1).numbers.tolist() == [MANY + 1]


def test_an_index_that_its_archive_outgrew_or_that_outlived_most_of_it_is_made_anew(archive: SqliteArchive) -> None:
    first = opened(archive)
    for part in range(10):
        archive.remove(article_of(f"part {part}" + "." * (MANY // 10), path=f"part {part}").id)
    first.catch_up(archive)
    assert kind(first) is type(None)
    add_vectors(archive, random_vectors(500, seed=1), path="again")
    first.catch_up(archive)
    assert kind(first) is faiss.IndexIDMap
    add_vectors(archive, random_vectors(501, seed=2), path="more")
    first.catch_up(archive)
    assert kind(first) is faiss.IndexIVFScalarQuantizer
    assert _numbers(first.search(random_vectors(1, seed=3)[0], 2_000)) <= set(archive.standing().tolist())


def test_lists_that_hold_other_vectors_than_the_archive_are_told(archive: SqliteArchive) -> None:
    index = opened(archive)
    assert index.verify(archive).state is State.CURRENT
    held = index._held  # noqa: SLF001
    assert held is not None
    assert isinstance(held.index, faiss.IndexIVFScalarQuantizer)
    held.index.remove_ids(np.array([5], np.int64))  # type: ignore[arg-type]
    held.index.add_with_ids(np.ones((1, ENCODER.dimensions), np.float32), np.array([5], np.int64))
    index._save(held)  # noqa: SLF001
    state, problems = FaissIndex(archive.folder).verify(archive)
    assert state is State.DAMAGED
    assert problems == ("it holds vectors that are not the archive's: 1, the first number 5",)


def _numbers(found: Found) -> set[int]:
    return set(found.numbers.tolist())
