"""The Milvus indexes on Milvus Lite: what every dense and lexical index must do, and what these can go through."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.archive.sqlite import SqliteArchive, article_id
from index.errors import ArchiveLockedError
from index.followers.index_folder import Findings, State, writing_turn
from index.followers.lexical import TantivyIndex
from index.followers.milvus_collection import MilvusCollection
from index.followers.milvus_dense import MilvusDenseIndex
from index.followers.milvus_lexical import MilvusLexicalIndex
from index.followers.milvus_server import MilvusServer, close_servers
from index.settings import IndexPlace
from index.types import Found, Term
from tests.contracts import (
    ENCODER,
    DenseIndexContract,
    LexicalIndexContract,
    add_lines,
    add_vectors,
    article_of,
    numbers,
    random_vectors,
)

KINDS = [MilvusDenseIndex, MilvusLexicalIndex]


def place_of(folder: Path) -> IndexPlace:
    return IndexPlace(f"{folder.parent}/milvus.db")


def dense_of(archive: SqliteArchive) -> MilvusDenseIndex:
    return MilvusDenseIndex(archive.folder, place_of(archive.folder), wait_seconds=1.0)


def lexical_of(archive: SqliteArchive, most: int = 16_384) -> MilvusLexicalIndex:
    return MilvusLexicalIndex(archive.folder, place_of(archive.folder), wait_seconds=1.0, most=most)


def texts(archive: SqliteArchive, found: Found) -> list[str]:
    return [passage.text for passage in archive.passages(found.numbers.tolist())]


class TestMilvusDenseIndex(DenseIndexContract):
    def open(self, folder: Path) -> MilvusDenseIndex:
        return MilvusDenseIndex(folder, place_of(folder), wait_seconds=1.0)


class TestMilvusLexicalIndex(LexicalIndexContract):
    def open(self, folder: Path) -> MilvusLexicalIndex:
        return MilvusLexicalIndex(folder, place_of(folder), wait_seconds=1.0)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Let no thread of a test's file live on."""
    before = set(threading.enumerate())
    yield
    close_servers()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
    assert set(threading.enumerate()) <= before


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqliteArchive]:
    with SqliteArchive.open(
        tmp_path / "archive", encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
    ) as archive:
        yield archive


def test_the_best_match_of_each_word_counts_as_it_does_beside_the_archive(archive: SqliteArchive) -> None:
    lines = ["wheat", "wheat grain", "corn", "wheat corn", "grain grain corn", "harvest of corn and grain", "price"]
    add_lines(archive, article_of("\n".join([*lines, *(f"nothing {number}" for number in range(30))])))
    query = [
        [Term("wheat", 1.0), Term("grain", 0.9), Term("corn", 0.4)],
        [Term("harvest", 0.5)],
        [Term("unknown", 1.0), Term("grain", 0.2)],
    ]
    milvus, tantivy = lexical_of(archive), TantivyIndex(archive.folder)
    found = []
    for index in (milvus, tantivy):
        index.catch_up(archive)
        found.append(index.search(query, 5))
    assert texts(archive, found[0]) == texts(archive, found[1])
    np.testing.assert_allclose(found[0].scores, found[1].scores, rtol=0.02)


def test_more_is_fetched_until_the_best_are_sure(archive: SqliteArchive) -> None:
    """Passages with both stems of a word come first by the sum, and must not hide the better ones with one of them."""
    doubled = [f"alpha beta {'filler ' * 5}{number}" for number in range(40)]
    add_lines(archive, article_of("\n".join([*doubled, "alpha", "alpha x", "none", *["other words"] * 200])))
    index = lexical_of(archive)
    index.catch_up(archive)
    found = index.search([[Term("alpha", 1.0), Term("beta", 1.0)]], 2)
    assert texts(archive, found) == ["alpha\n", "alpha x\n"]


def test_more_than_a_server_gives_at_once_are_found(archive: SqliteArchive) -> None:
    add_lines(archive, article_of("\n".join(f"apple {number} {'pear' * (number % 2)}" for number in range(100))))
    index = lexical_of(archive, most=7)
    index.catch_up(archive)
    assert len(set(index.search([[Term("apple", 1.0)]], 1000).numbers.tolist())) == 100
    assert len(set(index.search([[Term("pear", 1.0), Term("apple", 0.5)]], 80).numbers.tolist())) == 80


@pytest.mark.parametrize("share", [0.03, 0.6, 1.0])
def test_many_allowed_passages_need_no_long_expression(archive: SqliteArchive, share: float) -> None:
    add_vectors(archive, random_vectors(9_000, seed=0), path="many")
    index = dense_of(archive)
    index.catch_up(archive)
    allowed = np.sort(np.random.default_rng(1).choice(numbers(archive), int(9_000 * share), replace=False))
    vectors = archive.vectors(allowed.tolist())
    for vector in random_vectors(3, seed=2):
        best = allowed[np.argsort(-(vectors @ vector))[:7]]
        assert index.search(vector, 7, allowed).numbers.tolist() == best.tolist()


def test_a_verified_index_is_current_behind_or_missing(archive: SqliteArchive) -> None:
    for index in (dense_of(archive), lexical_of(archive)):
        assert index.verify(archive) == Findings(State.MISSING)
    add_lines(archive, article_of("apple\nbanana ؟\n؟؟\n", path="a"))
    for index in (dense_of(archive), lexical_of(archive)):
        index.catch_up(archive)
    for index in (dense_of(archive), lexical_of(archive)):
        assert index.verify(archive) == Findings(State.CURRENT)
    add_lines(archive, article_of("cherry", path="b"))
    archive.remove(article_id("apple\nbanana ؟\n؟؟\n"))
    for index in (dense_of(archive), lexical_of(archive)):
        assert index.verify(archive) == Findings(State.BEHIND)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_the_archives_is_named_and_mended(
    archive: SqliteArchive, kind: type[MilvusDenseIndex] | type[MilvusLexicalIndex]
) -> None:
    add_lines(archive, article_of("apple\nbanana\ncherry", path="a"))
    index = kind(archive.folder, place_of(archive.folder))
    index.catch_up(archive)
    collection = MilvusCollection(
        MilvusServer.open(place_of(archive.folder), 1.0), f"isnad_{archive.identity}_{kind.NAME}"
    )
    rows = [row for some in collection.rows("vector", "day", "article", "language", "source", "author") for row in some]
    collection.put([{**rows[0], "vector": rows[1]["vector"]}])
    named = "it holds vectors that are not the archive's: 1, the first number 1"
    assert kind(archive.folder, place_of(archive.folder)).verify(archive) == Findings(State.DAMAGED, (named,))
    collection.remove([2])
    found = kind(archive.folder, place_of(archive.folder)).verify(archive)
    assert found == Findings(State.DAMAGED, ("it lacks passages of the archive: 1, the first number 2",))
    again = kind(archive.folder, place_of(archive.folder))
    again.catch_up(archive)  # it holds fewer passages than it says, and is made anew
    assert again.verify(archive) == Findings(State.CURRENT)


@pytest.mark.parametrize("damage", ["data", "marks"])
def test_a_damaged_file_is_made_again(archive: SqliteArchive, damage: str) -> None:
    add_lines(archive, article_of("apple\nbanana", path="a"))
    for index in (dense_of(archive), lexical_of(archive)):
        index.catch_up(archive)
    close_servers()
    file = Path(place_of(archive.folder).uri)
    for path in file.rglob("*.parquet" if damage == "data" else "schema.json"):
        path.write_bytes(path.read_bytes()[:40])
    lexical, dense = lexical_of(archive), dense_of(archive)
    for index in (lexical, dense):
        index.catch_up(archive)
        assert index.verify(archive) == Findings(State.CURRENT)
    assert texts(archive, lexical.search("banana", 5)) == ["banana"]
    assert texts(archive, dense.search(ENCODER.encode_questions(["banana"])[0], 1)) == ["banana"]


def test_a_deleted_file_is_made_again(archive: SqliteArchive) -> None:
    add_lines(archive, article_of("apple\nbanana", path="a"))
    index = lexical_of(archive)
    index.catch_up(archive)
    close_servers()
    shutil.rmtree(place_of(archive.folder).uri)
    index = lexical_of(archive)
    index.catch_up(archive)
    assert texts(archive, index.search("banana", 5)) == ["banana"]


KILLED = """
import os, signal, sys
from pathlib import Path
from index.archive.sqlite import SqliteArchive
from index.followers.milvus_dense import MilvusDenseIndex
from index.followers.milvus_lexical import MilvusLexicalIndex
from index.settings import IndexPlace

class Dying(SqliteArchive):
    def added_since(self, generation):
        for place, passage in enumerate(super().added_since(generation)):
            if place == 2_500 and sys.argv[4] == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            yield passage

with Dying.open(Path(sys.argv[1])) as archive:
    if sys.argv[3] == "lexical":
        index = MilvusLexicalIndex(archive.folder, IndexPlace(sys.argv[2]))
        index._counts.catch_up(SqliteArchive.open(Path(sys.argv[1])))
    else:
        index = MilvusDenseIndex(archive.folder, IndexPlace(sys.argv[2]))
    index.catch_up(archive)
"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_process_leaves_what_the_next_one_completes(
    archive: SqliteArchive, kind: type[MilvusDenseIndex] | type[MilvusLexicalIndex]
) -> None:
    add_lines(archive, article_of("old\nolder", path="old"))
    index = kind(archive.folder, place_of(archive.folder))
    index.catch_up(archive)
    before = index.verify(archive)
    close_servers()
    archive.remove(article_id("old\nolder"))
    add_lines(archive, article_of("".join(f"apple {number}\n" for number in range(3_000)), path="new"))
    arguments = [str(archive.folder), place_of(archive.folder).uri, kind.NAME]
    died = subprocess.run([sys.executable, "-c", KILLED, *arguments, "dies"], capture_output=True, check=False)
    assert (before.state, died.returncode, died.stderr) == (State.CURRENT, -9, b"")
    again = kind(archive.folder, place_of(archive.folder))
    assert again.verify(archive) == Findings(State.BEHIND)
    again.catch_up(archive)
    assert again.verify(archive) == Findings(State.CURRENT)


def test_a_process_ends_at_once_and_in_silence(archive: SqliteArchive) -> None:
    add_lines(archive, article_of("apple", path="a"))
    arguments = [str(archive.folder), place_of(archive.folder).uri, "dense", "lives"]
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", KILLED, *arguments], capture_output=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


HOLDS = """
import sys
from index.followers.milvus_server import MilvusServer
from index.settings import IndexPlace
server = MilvusServer.open(IndexPlace(sys.argv[1]), 1.0)
print("open", flush=True)
sys.stdin.read()
"""


def test_while_another_process_has_the_file_open_an_ingest_leaves_it_and_a_question_says_so(
    archive: SqliteArchive,
) -> None:
    add_lines(archive, article_of("apple", path="a"))
    place = place_of(archive.folder)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, place.uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        index = MilvusDenseIndex(archive.folder, place, wait_seconds=0.1)
        index.catch_up(archive, to_search=False)
        with pytest.raises(ArchiveLockedError) as caught:
            index.catch_up(archive)
        assert str(caught.value) == (
            f"the index '{place}' is open in another process, and Milvus Lite serves one at a time; end that one, or "
            "run a Milvus server"
        )
        other.communicate("")
    index.catch_up(archive)
    assert index.verify(archive) == Findings(State.CURRENT)


def test_while_another_process_writes_what_it_had_saved_is_searched(archive: SqliteArchive) -> None:
    add_lines(archive, article_of("apple", path="a"))
    index = MilvusLexicalIndex(archive.folder, place_of(archive.folder), wait_seconds=0.1)
    with writing_turn(archive.folder / "milvus" / "lexical", 0), pytest.raises(ArchiveLockedError, match="being made"):
        index.catch_up(archive)
    index.catch_up(archive)
    add_lines(archive, article_of("apple pie", path="b"))
    with writing_turn(archive.folder / "milvus" / "lexical", 0):
        index.catch_up(archive)
        assert texts(archive, index.search("apple", 5)) == ["apple"]
    index.catch_up(archive)
    assert sorted(texts(archive, index.search("apple", 5))) == ["apple", "apple pie"]


def test_searches_go_on_in_other_threads_while_the_index_catches_up(archive: SqliteArchive) -> None:
    add_vectors(archive, random_vectors(50, seed=0), path="first")
    index = dense_of(archive)
    index.catch_up(archive)
    stop, wrong = threading.Event(), list[int]()

    def search() -> None:
        while not stop.is_set():
            found = index.search(random_vectors(1, seed=9)[0], 5).numbers
            if len(set(found.tolist())) != 5:
                wrong.append(len(found))

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(5):
        add_vectors(archive, random_vectors(20, seed=turn), path=f"more {turn}")
        index.catch_up(archive)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert set(index.search(random_vectors(1, seed=9)[0], 1000).numbers.tolist()) == set(numbers(archive))
