"""The clusters of near copies kept beside an archive: they follow it, and are never believed over it."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive
from index.followers.copy_clusters import Copy
from index.followers.copy_index import CopyIndex
from index.followers.index_folder import Findings, State, writing_turn
from tests.contracts import ENCODER, add_lines, article_of

ROOT = Path(__file__).parent.parent


def story(number: int, edit: int = 0) -> str:
    """A story of 80 words of its own; from edit to edit, five words at another end of it change."""
    words = [f"s{number}w{place}" for place in range(80)]
    words[8 * edit : 8 * edit + 5] = [f"edit{edit}w{place}" for place in range(5)] if edit else words[:5]
    return " ".join(words)


def chained(link: int) -> str:
    """One of a chain of stories: each holds most of the one before, and little of the one before that."""
    return " ".join(f"w{place}" for place in range(24 * link, 24 * link + 80))


@contextmanager
def opened(folder: Path) -> Iterator[SqliteArchive]:
    with SqliteArchive.open(folder, encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True) as archive:
        yield archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqliteArchive]:
    with opened(tmp_path / "archive") as archive:
        yield archive


def add(archive: SqliteArchive, path: str, text: str, published: date | None = None) -> str:
    article = article_of(text, path=path, published=published)
    add_lines(archive, article)
    return article.id


def clusters(archive: SqliteArchive) -> list[list[str]]:
    """The clusters as an index opened anew finds them, each as paths."""
    index = CopyIndex(archive.folder)
    index.catch_up(archive)
    return [[archive.article(name).path for name in cluster] for cluster in index.clusters()]


def test_copies_are_one_cluster_and_each_names_the_others(archive: SqliteArchive) -> None:
    first, other, second, third = (
        add(archive, path, text)
        for path, text in {"a": story(1), "b": story(2), "c": story(1, edit=3), "d": story(1, edit=5)}.items()
    )
    index = CopyIndex(archive.folder)
    assert index.catch_up(archive) == [Copy(second, first), Copy(third, first)]
    assert index.clusters() == [[first, second, third]]
    assert [index.copies_of(name) for name in (first, other, third, "unknown")] == [
        [second, third],
        [],
        [first, second],
        [],
    ]
    found = index.clusters_of([first, third, other, "unknown"])
    assert (found[first] == found[third] != found[other], len(found)) == (True, 3)


def test_the_first_published_comes_first_and_what_is_undated_last(archive: SqliteArchive) -> None:
    add(archive, "undated", story(1))
    add(archive, "late", story(1, edit=2), date(2020, 2, 3))
    add(archive, "early", story(1, edit=3), date(2020, 2, 1))
    assert clusters(archive) == [["early", "late", "undated"]]


def test_what_comes_joins_what_goes_leaves_and_what_changes_is_compared_anew(archive: SqliteArchive) -> None:
    add(archive, "a", story(1))
    assert clusters(archive) == []
    add(archive, "b", story(1, edit=2))
    assert clusters(archive) == [["a", "b"]]
    add(archive, "b", story(2))
    add(archive, "c", story(2, edit=2))
    assert clusters(archive) == [["b", "c"]]
    add(archive, "b", story(2), date(2020, 2, 1))
    add(archive, "c", story(2, edit=2), date(2020, 2, 20))
    assert clusters(archive) == []


def test_a_cluster_falls_apart_without_the_article_that_held_it_together(archive: SqliteArchive) -> None:
    names = [add(archive, str(link), chained(link)) for link in range(5)]
    assert clusters(archive) == [["0", "1", "2", "3", "4"]]
    archive.remove(names[2])
    assert clusters(archive) == [["0", "1"], ["3", "4"]]
    add(archive, "2 again", chained(2))
    assert clusters(archive) == [["0", "1", "3", "4", "2 again"]]


def test_an_index_that_is_up_to_date_is_not_written(archive: SqliteArchive) -> None:
    add(archive, "a", story(1))
    add(archive, "b", story(1, edit=2))
    read: list[int] = []
    index = CopyIndex(archive.folder)
    assert (len(index.catch_up(archive, read.append)), read) == (1, [1, 1])
    file = archive.folder / "copies" / "copies.sqlite3"
    before = file.stat().st_mtime_ns, file.read_bytes()
    for again in (index, CopyIndex(archive.folder)):
        assert (again.catch_up(archive, read.append), read) == ([], [1, 1])
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_reading_takes_what_was_saved_and_nothing_where_nothing_was(archive: SqliteArchive) -> None:
    first, second = add(archive, "a", story(1)), add(archive, "b", story(1, edit=2))
    reader = CopyIndex(archive.folder)
    assert (reader.copies_of(first), reader.clusters()) == ([], [])
    assert not (archive.folder / "copies").exists()
    CopyIndex(archive.folder).catch_up(archive)
    assert reader.copies_of(first) == [second]
    third = add(archive, "c", story(1, edit=4))
    CopyIndex(archive.folder).catch_up(archive)
    assert reader.copies_of(first) == [second, third]


def test_a_damaged_file_is_read_as_nothing_and_made_anew(archive: SqliteArchive) -> None:
    first, second = add(archive, "a", story(1)), add(archive, "b", story(1, edit=2))
    (archive.folder / "copies").mkdir()
    (archive.folder / "copies" / "copies.sqlite3").write_bytes(b"no database at all" * 100)
    index = CopyIndex(archive.folder)
    assert index.copies_of(first) == []
    index.catch_up(archive)
    assert index.copies_of(first) == [second]


def test_what_is_saved_is_held_against_the_archive_and_made_anew_where_it_is_wrong(archive: SqliteArchive) -> None:
    names = [add(archive, str(edit), story(1, edit)) for edit in (0, 2, 4)]
    alone = add(archive, "alone", story(2))
    index = CopyIndex(archive.folder)
    assert index.verify(archive) == Findings(State.MISSING)
    index.catch_up(archive)
    assert index.verify(archive) == Findings(State.CURRENT)
    for change, what in {
        "DELETE FROM articles WHERE number = 4": "its articles are not the archive's",
        "UPDATE words SET numbers = (SELECT numbers FROM words WHERE article = 1) WHERE article = 4": (
            f"the words of article {alone} are not those of its text"
        ),
        "UPDATE articles SET cluster = 1 WHERE number = 4": (
            f"the copies of article {names[0]} are not those it is linked to"
        ),
        "UPDATE articles SET cluster = 2 WHERE cluster = 1": (
            f"the copies of article {names[1]} are not those it is linked to"
        ),
    }.items():
        (archive.folder / "copies" / "seal.json").unlink()
        with closing(sqlite3.connect(archive.folder / "copies" / "copies.sqlite3", isolation_level=None)) as file:
            file.execute(change)
        assert index.verify(archive) == Findings(State.DAMAGED, (what,))
        index.discard()
        index.catch_up(archive)
        assert index.verify(archive) == Findings(State.CURRENT)
    archive.remove(alone)
    assert index.verify(archive) == Findings(State.BEHIND)


def test_a_flipped_bit_is_read_as_no_copies_until_the_file_is_made_anew(archive: SqliteArchive) -> None:
    first, second = add(archive, "a", story(1)), add(archive, "b", story(1, edit=2))
    CopyIndex(archive.folder).catch_up(archive)
    file = archive.folder / "copies" / "copies.sqlite3"
    content = file.read_bytes()
    reader = CopyIndex(archive.folder)
    for bit in random.Random(0).sample(range(8 * len(content)), 5):
        file.write_bytes(content[: bit // 8] + bytes([content[bit // 8] ^ 1 << bit % 8]) + content[bit // 8 + 1 :])
        index = CopyIndex(archive.folder)
        assert (index.copies_of(first), index.clusters()) == ([], [])
        assert index.verify(archive) == Findings(State.DAMAGED, ("the file 'copies.sqlite3' is not as it was written",))
        CopyIndex(archive.folder).catch_up(archive)
        assert [one.copies_of(first) for one in (index, reader)] == [[second], [second]]


def test_where_nothing_can_be_written_or_another_writes_what_was_saved_stands(archive: SqliteArchive) -> None:
    first, second = add(archive, "a", story(1)), add(archive, "b", story(1, edit=2))
    CopyIndex(archive.folder).catch_up(archive)
    add(archive, "c", story(1, edit=4))
    index = CopyIndex(archive.folder, wait_seconds=0.01)
    with writing_turn(archive.folder / "copies", 1):
        assert index.catch_up(archive) == []
    assert index.copies_of(first) == [second]
    shutil.rmtree(archive.folder / "copies")
    (archive.folder / "copies").write_text("in the way", encoding="utf-8")
    blocked = CopyIndex(archive.folder)
    assert (blocked.catch_up(archive), blocked.copies_of(first)) == ([], [])


def test_an_index_of_another_archive_or_of_a_later_state_is_not_believed(
    archive: SqliteArchive, tmp_path: Path
) -> None:
    add(archive, "a", story(1))
    archive.close()
    shutil.copy(archive.folder / FILE, tmp_path / "copy")
    with opened(archive.folder) as grown:
        add(grown, "b", story(1, edit=2))
        assert clusters(grown) == [["a", "b"]]
    shutil.copy(tmp_path / "copy", archive.folder / FILE)
    with opened(archive.folder) as restored:
        assert clusters(restored) == []
    for file in archive.folder.glob(f"{FILE}*"):
        file.unlink()
    with opened(archive.folder) as other:
        add(other, "x", story(2))
        add(other, "y", story(2, edit=2))
        assert clusters(other) == [["x", "y"]]


def test_one_phrase_that_every_article_holds_bounds_the_work_and_joins_nothing(
    archive: SqliteArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.followers.copy_clusters.MOST_ALIKE", 3)
    footer = " ".join(f"footer{place}" for place in range(30))
    for number in range(12):
        add(archive, str(number), f"{story(number)} {footer}")
    add(archive, "copy", f"{story(5, edit=2)} {footer}")
    assert clusters(archive) == [["5", "copy"]]


CHANGES = st.lists(
    st.tuples(st.integers(0, 7), st.one_of(st.none(), st.integers(0, 4)), st.sampled_from([None, 1, 5, 14])),
    min_size=1,
    max_size=14,
)


@settings(max_examples=30, deadline=None)
@given(CHANGES, st.lists(st.booleans(), min_size=14, max_size=14))
def test_clusters_are_a_partition_and_the_same_followed_or_found_at_once(
    changes: list[tuple[int, int | None, int | None]], follows: list[bool]
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder, "archive")) as archive:
        for (path, link, day), follow in zip(changes, follows, strict=False):
            stands = archive.find_path(str(path))
            if link is not None:
                add(archive, str(path), chained(link), date(2020, 2, day) if day else None)
            elif stands:
                archive.remove(stands.id)
            if follow:
                clusters(archive)
        followed = clusters(archive)
        known = CopyIndex(archive.folder).clusters_of([article.id for article in archive.articles()])
        assert sorted(known) == sorted(article.id for article in archive.articles())
        members = [path for cluster in followed for path in cluster]
        assert len(members) == len(set(members))
        assert all(len(cluster) > 1 for cluster in followed)
        shutil.rmtree(archive.folder / "copies")
        assert clusters(archive) == followed


@settings(max_examples=20, deadline=None)
@given(st.permutations([*range(5), *range(10, 13)]))
def test_the_order_of_arrival_changes_nothing_but_which_comes_first(order: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder, "archive")) as archive:
        for link in order:
            add(archive, str(link), chained(link))
        assert sorted(sorted(cluster, key=int) for cluster in clusters(archive)) == [
            ["0", "1", "2", "3", "4"],
            ["10", "11", "12"],
        ]


def test_catching_up_killed_at_any_instant_is_taken_up_again(archive: SqliteArchive) -> None:
    with archive.transaction():
        for number in range(300):
            add(archive, f"{number}", story(number // 2, edit=number % 2))
    expected = [[str(number), str(number + 1)] for number in range(0, 300, 2)]
    follow = (
        "import sys; from pathlib import Path; import index.followers.copy_clusters as c\n"
        "from index.archive.sqlite import SqliteArchive; from index.followers.copy_index import CopyIndex\n"
        "c.AT_ONCE = 10\n"
        "with SqliteArchive.open(Path(sys.argv[1])) as archive:\n"
        "    CopyIndex(Path(sys.argv[1])).catch_up(archive, lambda n: print('.', flush=True))\n"
    )
    instants = random.Random(0)
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", follow, str(archive.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        for _ in range(instants.randrange(60)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate()
        reader = CopyIndex(archive.folder)
        assert all(len(cluster) == 2 for cluster in reader.clusters())
    assert clusters(archive) == expected
