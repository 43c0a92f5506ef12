"""The FAISS index: what every dense index must do, and what its file can go through."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.archive.sqlite import SqliteArchive
from index.followers.dense import FaissIndex
from index.followers.index_folder import sealed, unsealed, writing_turn
from tests.contracts import (
    ENCODER,
    DenseIndexContract,
    add_lines,
    add_vectors,
    article_of,
    exact_nearest,
    numbers,
    random_vectors,
)


class TestFaissIndex(DenseIndexContract):
    def open(self, folder: Path) -> FaissIndex:
        return FaissIndex(folder, wait_seconds=0.1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqliteArchive]:
    with SqliteArchive.open(
        tmp_path / "archive", encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
    ) as archive:
        add_vectors(archive, random_vectors(50, seed=0), path="first")
        yield archive


def nearest(archive: SqliteArchive) -> list[int]:
    """The numbers that an index opened anew finds."""
    index = FaissIndex(archive.folder, wait_seconds=0.1)
    index.catch_up(archive)
    return [int(number) for number in index.search(random_vectors(1, seed=9)[0], 5).numbers]


def exact(archive: SqliteArchive) -> list[int]:
    return exact_nearest(list(archive.added_since(0)), random_vectors(1, seed=9)[0], 5)


def test_a_saved_index_is_read_and_not_made_again(archive: SqliteArchive) -> None:
    assert nearest(archive) == exact(archive)
    file = archive.folder / "dense" / "index.faiss"
    saved = file.stat()
    assert nearest(archive) == exact(archive)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (saved.st_ino, saved.st_mtime_ns)


@pytest.mark.parametrize("damage", ["cut short", "a byte changed", "emptied", "foreign", "another format", "deleted"])
def test_a_damaged_or_foreign_file_is_made_again(archive: SqliteArchive, damage: str) -> None:
    nearest(archive)
    file = archive.folder / "dense" / "index.faiss"
    whole = file.read_bytes()
    body, _, tail = whole.rpartition(b"\n")
    broken = {
        "cut short": whole[: len(whole) // 2],
        "a byte changed": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        "emptied": b"",
        "foreign": b'["not", "ours"]\n',
        "another format": body + b"\n" + sealed({**unsealed(tail), "format": 1}),
    }
    if damage == "deleted":
        shutil.rmtree(file.parent)
    else:
        file.write_bytes(broken[damage])
    assert nearest(archive) == exact(archive)
    assert file.read_bytes() == whole


def test_a_passage_that_comes_while_an_index_catches_up_is_found_once(archive: SqliteArchive) -> None:
    before = archive.generation
    add_vectors(archive, random_vectors(50, seed=1), path="second")
    nearest(archive)
    file = archive.folder / "dense" / "index.faiss"
    body, _, tail = file.read_bytes().rpartition(b"\n")
    # The mark that an index would have had the vectors come between its mark and its reading.
    file.write_bytes(body + b"\n" + sealed({**unsealed(tail), "generation": before}))
    assert nearest(archive) == exact(archive)


def test_an_index_that_cannot_be_saved_is_searched_from_memory(archive: SqliteArchive) -> None:
    (archive.folder / "dense").write_text("a file where the folder should be", encoding="utf-8")
    assert nearest(archive) == exact(archive)


def test_a_draft_that_cannot_be_written_leaves_the_saved_index(archive: SqliteArchive) -> None:
    nearest(archive)
    (archive.folder / "dense" / "index.faiss.new").mkdir()
    saved = (archive.folder / "dense" / "index.faiss").read_bytes()
    add_vectors(archive, random_vectors(50, seed=1), path="second")
    assert nearest(archive) == exact(archive)
    assert (archive.folder / "dense" / "index.faiss").read_bytes() == saved


def test_while_another_process_writes_the_index_catches_up_in_memory(archive: SqliteArchive) -> None:
    nearest(archive)
    file = archive.folder / "dense" / "index.faiss"
    saved = file.read_bytes()
    add_vectors(archive, random_vectors(50, seed=1), path="second")
    with writing_turn(file.parent, wait_seconds=0):
        assert nearest(archive) == exact(archive)
        assert file.read_bytes() == saved
    assert nearest(archive) == exact(archive)
    assert file.read_bytes() != saved


def test_searches_go_on_in_other_threads_while_the_index_catches_up(archive: SqliteArchive) -> None:
    index = FaissIndex(archive.folder)
    index.catch_up(archive)
    first = set(numbers(archive))
    stop, wrong = threading.Event(), list[list[int]]()

    def search() -> None:
        while not stop.is_set():
            found = index.search(random_vectors(1, seed=9)[0], 5).numbers.tolist()
            if len(found) != 5:
                wrong.append(found)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(10):
        add_vectors(archive, random_vectors(20, seed=turn), path=f"more {turn}")
        index.catch_up(archive)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert first < set(index.search(random_vectors(1, seed=9)[0], 1000).numbers.tolist())


def test_vectors_of_another_width_take_the_place_of_all(archive: SqliteArchive) -> None:
    nearest(archive)
    wide = np.eye(3, 32, dtype=np.float32)
    with archive.transaction():
        archive.change_encoder("wide", 32)
        archive.add(article_of("abc", path="first"), [(0, 1), (1, 2), (2, 3)], wide)
    index = FaissIndex(archive.folder)
    index.catch_up(archive)
    found = index.search(wide[1], 1)
    assert archive.passages(found.numbers.tolist())[0].text == "b"


def test_a_search_before_catching_up_finds_nothing(archive: SqliteArchive) -> None:
    add_lines(archive, article_of("apple"))
    assert FaissIndex(archive.folder).search(random_vectors(1, seed=9)[0], 5).numbers.tolist() == []
