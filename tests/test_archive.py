"""The SQLite archive: what every archive must do, and what a file on a disk can go through."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.archive.address import Address
from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive, article_id
from index.errors import (
    ArchiveDamagedError,
    ArchiveVersionError,
    ArchiveWriteError,
    NotAnArchiveError,
)
from tests.archive_contract import ArchiveContract
from tests.archive_place import ArchivePlace, create, refusal
from tests.archive_states_contract import ArchiveStatesContract
from tests.contracts import add_lines, article_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


class SqlitePlace(ArchivePlace):
    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "deep" / "archive"

    @pytest.fixture
    def elsewhere(self, tmp_path: Path) -> Path:
        return tmp_path / "another"

    def change(self, address: Address, *statements: str) -> None:
        assert isinstance(address, Path)
        change(address, *statements)


class TestSqliteArchive(SqlitePlace, ArchiveContract):
    pass


class TestSqliteArchiveStates(SqlitePlace, ArchiveStatesContract):
    pass


def change(folder: Path, *statements: str) -> None:
    """Do to the file what no program of ours does."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_an_id_is_twelve_digits_of_the_texts_sha256() -> None:
    assert article_id("abc") == "ba7816bf8f01"


def test_a_missing_archive_says_how_to_make_one(folder: Path) -> None:
    line = f"there is no archive in '{folder}'; make one with `isnad ingest PATH`, or name another with --archive"
    assert refusal(NotAnArchiveError, lambda: SqliteArchive.open(folder)) == line
    assert not folder.exists()
    folder.mkdir()
    assert refusal(NotAnArchiveError, lambda: SqliteArchive.open(folder)) == line
    (folder / FILE).touch()  # left by a process that was killed before the first commit
    assert refusal(NotAnArchiveError, lambda: SqliteArchive.open(folder)) == line
    with create(folder) as archive:
        assert archive.count_articles() == 0


def test_a_folder_of_other_files_is_not_made_an_archive(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    for act in (lambda: create(folder), lambda: SqliteArchive.open(folder)):
        assert refusal(NotAnArchiveError, act) == (
            f"'{folder}' is not an archive and holds other files; name an empty or new folder with --archive"
        )
    assert os.listdir(folder) == ["letter.txt"]


def test_an_archive_is_made_again_beside_the_indexes_of_one_that_was_deleted(folder: Path) -> None:
    (folder / "dense").mkdir(parents=True)
    (folder / "lexical").mkdir()
    with create(folder) as archive:
        assert archive.count_articles() == 0


def test_a_file_is_not_an_archive_folder(folder: Path) -> None:
    folder.write_text("text", encoding="utf-8")
    for act in (lambda: create(folder), lambda: SqliteArchive.open(folder)):
        assert refusal(NotAnArchiveError, act) == (
            f"'{folder}' is a file; an archive is a folder: name another with --archive"
        )


def test_a_file_of_another_kind_is_not_an_archive_and_stays_as_it_is(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).write_text("not a database at all" * 100, encoding="utf-8")
    for act in (lambda: create(folder), lambda: SqliteArchive.open(folder)):
        assert refusal(NotAnArchiveError, act) == (
            f"'{folder / FILE}' is not an archive; choose another folder with --archive"
        )
    assert (folder / FILE).read_text(encoding="utf-8") == "not a database at all" * 100


def test_another_programs_database_is_not_an_archive_and_stays_as_it_is(folder: Path) -> None:
    folder.mkdir()
    change(folder, "CREATE TABLE meta (key, value)")
    before = (folder / FILE).read_bytes()
    for act in (lambda: create(folder), lambda: SqliteArchive.open(folder)):
        assert refusal(NotAnArchiveError, act) == (
            f"'{folder / FILE}' is another program's database; choose another folder with --archive"
        )
    assert (folder / FILE).read_bytes() == before


def test_a_newer_format_asks_for_an_update(folder: Path) -> None:
    create(folder).close()
    change(folder, "PRAGMA user_version = 7")
    for act in (lambda: create(folder), lambda: SqliteArchive.open(folder)):
        assert refusal(ArchiveVersionError, act) == (
            f"the archive '{folder}' has format 7, this program knows up to 1; update Isnad"
        )


def test_a_file_cut_short_or_overwritten_is_damaged(folder: Path) -> None:
    with create(folder) as archive:
        for path in range(50):
            add_lines(archive, article_of(f"text {path} " * 500, path=str(path)))
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[: len(whole) // 2])
    assert refusal(ArchiveDamagedError, lambda: SqliteArchive.open(folder)) == (
        f"the archive '{folder}' is damaged (database disk image is malformed); restore it from a copy"
    )
    middle = len(whole) // 2
    (folder / FILE).write_bytes(whole[:middle] + b"\xa5" * 20_000 + whole[middle + 20_000 :])
    with SqliteArchive.open(folder) as archive:
        assert archive.verify() != []
        refusal(ArchiveDamagedError, lambda: list(archive.articles()))


def test_a_full_disk_leaves_the_archive_as_it_was(folder: Path) -> None:
    with create(folder) as archive:
        add_lines(archive, article_of("kept", path="1"))
    with SqliteArchive.open(folder) as archive:
        pages = archive._connection.execute("PRAGMA page_count").fetchone()[0]
        archive._connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # SQLite's own stand-in for a full disk
        message = refusal(ArchiveWriteError, lambda: add_lines(archive, article_of("x" * 100_000, path="2")))
        assert message == (
            f"cannot write to the archive '{folder}': database or disk is full; make room or allow writing"
        )
        assert [article.path for article in archive.articles()] == ["1"]
        assert archive.verify() == []


AS_NOBODY = """
import os, sys
from pathlib import Path
from index.archive.sqlite import SqliteArchive, article_id
from index.errors import ArchiveWriteError
from tests.contracts import add_lines, article_of
if os.geteuid() == 0:  # who may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
folder = Path(sys.argv[1])
with SqliteArchive.open(folder) as archive:
    print([article.path for article in archive.articles()])
    for act in (lambda: add_lines(archive, article_of("new")), lambda: archive.remove(article_id("text"))):
        try:
            act()
        except ArchiveWriteError as error:
            print(error)
with SqliteArchive.open(folder, encoder_name="demo-16", dimensions=16, create=True) as archive:
    print(archive.count_articles())
try:
    SqliteArchive.open(folder / "below", encoder_name="demo-16", dimensions=16, create=True)
except ArchiveWriteError as error:
    print(error)
"""


def test_a_read_only_archive_is_read_and_says_that_it_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with create(folder) as archive:
        add_lines(archive, article_of("text"))
    for above in (tmp_path, *list(tmp_path.parents)[:2]):
        above.chmod(0o755)
    (folder / FILE).chmod(0o444)
    folder.chmod(0o555)
    ran = subprocess.run([sys.executable, "-c", AS_NOBODY, folder], capture_output=True, encoding="utf-8", check=False)
    folder.chmod(0o755)
    assert ran.stderr == ""
    refused = (
        f"cannot write to the archive '{folder}': attempt to write a readonly database; make room or allow writing"
    )
    assert ran.stdout.splitlines() == [
        "['a.txt']",
        refused,
        refused,
        "1",
        f"cannot use '{folder / 'below'}' for an archive: Permission denied; choose another",
    ]
    assert os.listdir(folder) == [FILE]


def test_its_size_is_that_of_its_files(folder: Path) -> None:
    with create(folder) as archive:
        assert archive.statistics().size == sum(file.stat().st_size for file in folder.iterdir())


def test_a_passage_that_belongs_to_nothing_is_named(folder: Path) -> None:
    with create(folder) as archive:
        add_lines(archive, article_of("text"))
    change(folder, "INSERT INTO passages SELECT 9, 99, 0, 1, 1, vector FROM passages")
    with SqliteArchive.open(folder) as archive:
        assert archive.verify() == ["row 9 of passages belongs to nothing; run `isnad archive rebuild`"]


def test_a_text_that_is_no_text_is_damage(folder: Path) -> None:
    with create(folder) as archive:
        add_lines(archive, article_of("text"))
    change(folder, "UPDATE articles SET title = CAST(x'ff' AS TEXT)")
    with SqliteArchive.open(folder) as archive:
        refusal(ArchiveDamagedError, lambda: archive.article(article_id("text")))
