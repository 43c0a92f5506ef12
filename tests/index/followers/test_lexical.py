"""The tantivy index: what every lexical index must do, and what its folder can go through."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive
from index.followers.index_folder import sealed, unsealed, writing_turn
from index.followers.lexical import TantivyIndex
from tests.parts.contracts import ENCODER, LexicalIndexContract, add_lines, article_of


class TestTantivyIndex(LexicalIndexContract):
    def open(self, folder: Path) -> TantivyIndex:
        return TantivyIndex(folder, wait_seconds=0.1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqliteArchive]:
    with SqliteArchive.open(
        tmp_path / "archive", encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
    ) as archive:
        add_lines(archive, article_of("apple\nbanana", path="a"))
        yield archive


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def found(archive: SqliteArchive, words: str) -> list[str]:
    """What an index opened anew finds."""
    index = TantivyIndex(archive.folder, wait_seconds=0.1)
    index.catch_up(archive)
    return [passage.text for passage in archive.passages(index.search(words, 10).numbers.tolist())]


def files(folder: Path) -> dict[str, int]:
    """The names of an index's files, and when each was last changed."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if not path.name.startswith(".tantivy")}


def test_a_saved_index_is_read_and_not_made_again(archive: SqliteArchive) -> None:
    assert found(archive, "banana") == ["banana"]
    saved = files(archive.folder / "lexical")
    assert found(archive, "banana") == ["banana"]
    assert files(archive.folder / "lexical") == saved


@pytest.mark.parametrize("part", ["*.idx", "*.term", "*.fast", "*.fieldnorm", "meta.json"])
@pytest.mark.parametrize("damage", ["cut short", "a byte changed", "deleted"])
def test_a_damaged_index_is_made_again(archive: SqliteArchive, part: str, damage: str) -> None:
    found(archive, "apple")
    file = next((archive.folder / "lexical").glob(part))
    whole = file.read_bytes()
    match damage:
        case "cut short":
            file.write_bytes(whole[:5])
        case "a byte changed":
            file.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        case _:
            file.unlink()
    assert found(archive, "apple banana") == ["apple\n", "banana"]


@pytest.mark.parametrize("state", [b"", b"\x00garbage", b"[]", {"format": 1}, {"stemming": "other"}, None])
def test_an_index_of_another_make_is_made_again(
    archive: SqliteArchive, state: bytes | dict[str, object] | None
) -> None:
    found(archive, "apple")
    file = archive.folder / "lexical" / "state.json"
    was = unsealed(file.read_bytes())
    if state is None:
        file.unlink()
    else:
        file.write_bytes(state if isinstance(state, bytes) else sealed({**was, **state}))
    assert found(archive, "apple banana") == ["apple\n", "banana"]
    assert unsealed(file.read_bytes()).keys() == was.keys()


def test_a_deleted_index_is_made_again(archive: SqliteArchive) -> None:
    found(archive, "apple")
    shutil.rmtree(archive.folder / "lexical")
    assert found(archive, "apple banana") == ["apple\n", "banana"]


def test_a_process_killed_between_the_commit_and_the_state_leaves_no_passage_twice(archive: SqliteArchive) -> None:
    found(archive, "apple")
    before = (archive.folder / "lexical" / "state.json").read_bytes()
    add_lines(archive, article_of("apple pie", path="b"))
    found(archive, "apple")
    (archive.folder / "lexical" / "state.json").write_bytes(before)
    assert sorted(found(archive, "apple")) == ["apple\n", "apple pie"]


def test_a_passage_that_comes_while_an_index_catches_up_is_found_once(archive: SqliteArchive) -> None:
    found(archive, "apple")
    file = archive.folder / "lexical" / "state.json"
    before = unsealed(file.read_bytes())["generation"]
    add_lines(archive, article_of("apple pie", path="b"))
    found(archive, "apple")
    # The state that an index would have marked had the passage come between its mark and its reading.
    file.write_bytes(sealed({**unsealed(file.read_bytes()), "generation": before}))
    assert sorted(found(archive, "apple")) == ["apple\n", "apple pie"]


def test_while_another_process_writes_what_it_had_saved_is_searched(archive: SqliteArchive) -> None:
    found(archive, "apple")
    add_lines(archive, article_of("apple pie", path="b"))
    with writing_turn(archive.folder / "lexical", wait_seconds=0):
        assert found(archive, "apple") == ["apple\n"]
    assert sorted(found(archive, "apple")) == ["apple\n", "apple pie"]


def test_while_another_process_makes_the_first_index_a_private_one_is_searched(
    archive: SqliteArchive, temporary: Path
) -> None:
    with writing_turn(archive.folder / "lexical", wait_seconds=0):
        assert found(archive, "apple") == ["apple\n"]
    gc.collect()
    assert os.listdir(temporary) == []  # it went with its index


def test_an_open_index_takes_in_what_another_one_saved(archive: SqliteArchive) -> None:
    one, other = TantivyIndex(archive.folder), TantivyIndex(archive.folder)
    for index in (one, other):
        index.catch_up(archive)
    add_lines(archive, article_of("cherry", path="b"))
    other.catch_up(archive)
    saved = files(archive.folder / "lexical")
    assert one.search("cherry", 10).numbers.tolist() == []
    one.catch_up(archive)
    assert len(one.search("cherry", 10).numbers) == 1
    assert files(archive.folder / "lexical") == saved


AS_NOBODY = """
import os, sys
from pathlib import Path
from index.archive.sqlite import SqliteArchive
from index.followers.dense import FaissIndex
from index.followers.lexical import TantivyIndex
from tests.parts.contracts import ENCODER
"".encode("utf-32-le")  # loads the codec, whose file only its owner may be let read
if os.geteuid() == 0:  # who may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
with SqliteArchive.open(Path(sys.argv[1])) as archive:
    lexical, dense = TantivyIndex(archive.folder), FaissIndex(archive.folder)
    for index in (lexical, dense):
        index.catch_up(archive)
    for found in (lexical.search("pie", 1), dense.search(ENCODER.encode_questions(["apple pie"])[0], 1)):
        print([passage.text for passage in archive.passages(found.numbers.tolist())])
"""


@pytest.mark.parametrize("saved", ["up to date", "behind", "missing"])
def test_a_read_only_archive_is_searched(tmp_path: Path, archive: SqliteArchive, saved: str) -> None:
    from index.followers.dense import FaissIndex

    def save() -> None:
        for index in (TantivyIndex(archive.folder), FaissIndex(archive.folder)):
            index.catch_up(archive)

    if saved == "behind":
        save()
    add_lines(archive, article_of("apple pie", path="b"))
    if saved == "up to date":
        save()
    archive.close()
    folder = archive.folder
    for above in (tmp_path, *list(tmp_path.parents)[:2]):
        above.chmod(0o755)
    below = sorted(folder.rglob("*"))
    for path in (*below, folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    ran = subprocess.run([sys.executable, "-c", AS_NOBODY, folder], capture_output=True, encoding="utf-8", check=False)
    for path in (folder, *below):
        path.chmod(0o755)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == ["['apple pie']", "['apple pie']"]
    assert sorted(folder.rglob("*")) == below
    assert (folder / FILE) in below
