"""The SQLite archive: what every archive must do, and what a file on a disk can go through."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index.archive.file import FILE
from index.archive.reader import Statistics
from index.archive.sqlite import SqliteArchive, article_id
from index.errors import (
    ArchiveDamagedError,
    ArchiveLockedError,
    ArchiveVersionError,
    ArchiveWriteError,
    EncoderMismatchError,
    IsnadError,
    NotAnArchiveError,
)
from tests.contracts import ENCODER, ArchiveContract, add_lines, article_of


def create(folder: Path, *, wait_seconds: float = 5.0) -> SqliteArchive:
    return SqliteArchive.open(
        folder,
        encoder_name=ENCODER.name,
        dimensions=ENCODER.dimensions,
        create=True,
        wait_seconds=wait_seconds,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


class TestSqliteArchive(ArchiveContract):
    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[SqliteArchive]:
        with create(tmp_path / "deep" / "archive") as archive:
            yield archive


def change(folder: Path, *statements: str) -> None:
    """Do to the file what no program of ours does."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refusal(kind: type[IsnadError], act: Callable[[], object]) -> str:
    """The one line with which an act is refused."""
    with pytest.raises(kind) as caught:
        act()
    assert type(caught.value) is kind
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_what_was_added_is_there_after_closing(folder: Path) -> None:
    article = article_of("text")
    with create(folder) as archive:
        add_lines(archive, article)
        was = (archive.identity, archive.generation)
    with SqliteArchive.open(folder, encoder_name=ENCODER.name) as archive:
        assert list(archive.articles()) == [article]
        assert (archive.identity, archive.generation) == was
        assert (archive.encoder_name, archive.dimensions) == ("demo-16", 16)
    with create(folder) as archive:
        assert archive.count_articles() == 1


def test_two_archives_have_two_identities(tmp_path: Path) -> None:
    with create(tmp_path / "a") as one, create(tmp_path / "b") as other:
        assert one.identity != other.identity


def test_an_id_is_twelve_digits_of_the_texts_sha256() -> None:
    assert article_id("abc") == "ba7816bf8f01"


def test_statistics_count_what_is_held(folder: Path) -> None:
    with create(folder) as archive:
        empty = archive.statistics()
        assert (empty.articles, empty.published_from, empty.languages) == (0, None, {})
        add_lines(archive, article_of("a\nb", path="1", source="X", published=date(2020, 1, 2)))
        add_lines(archive, article_of("c", path="2", language="ar", published=date(2021, 1, 2)))
        add_lines(archive, article_of("d", path="3"))
        assert archive.statistics() == Statistics(
            articles=3,
            passages=4,
            languages={"en": 2, "ar": 1},
            sources={None: 2, "X": 1},
            published_from=date(2020, 1, 2),
            published_to=date(2021, 1, 2),
            encoder_name="demo-16",
            dimensions=16,
            generation=archive.generation,
            size=sum(file.stat().st_size for file in folder.iterdir()),
        )


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


def test_vectors_of_another_encoder_are_not_mixed_in(folder: Path) -> None:
    create(folder).close()
    assert refusal(EncoderMismatchError, lambda: SqliteArchive.open(folder, encoder_name="other")) == (
        f"the archive '{folder}' was made with the encoder 'demo-16', not 'other'; "
        "run `isnad archive rebuild` to encode its articles anew, or set ISNAD_ENCODER to the one that made it"
    )


def test_a_second_writer_waits_and_then_gives_up_with_the_archive_unchanged(folder: Path) -> None:
    writing, leave = threading.Event(), threading.Event()
    with create(folder) as first, create(folder, wait_seconds=0.2) as second:

        def write() -> None:
            with first.transaction():
                add_lines(first, article_of("first", path="1"))
                writing.set()
                leave.wait()

        thread = threading.Thread(target=write)
        thread.start()
        writing.wait()
        assert list(second.articles()) == []  # a reader is not kept waiting
        assert refusal(ArchiveLockedError, lambda: add_lines(second, article_of("second", path="2"))) == (
            f"the archive '{folder}' is locked by another process; try again when it is done"
        )
        leave.set()
        thread.join()
        add_lines(second, article_of("second", path="2"))
        assert [article.path for article in first.articles()] == ["1", "2"]


def test_a_second_writer_that_waits_long_enough_gets_its_turn(folder: Path) -> None:
    writing = threading.Event()
    with create(folder) as first, create(folder, wait_seconds=30) as second:

        def write() -> None:
            with first.transaction():
                add_lines(first, article_of("first", path="1"))
                writing.set()
                threading.Event().wait(0.3)

        thread = threading.Thread(target=write)
        thread.start()
        writing.wait()
        add_lines(second, article_of("second", path="2"))
        thread.join()
        assert [article.path for article in second.articles()] == ["1", "2"]


def test_many_threads_read_and_write_one_archive(folder: Path) -> None:
    with create(folder) as archive:
        failures: list[BaseException] = []

        def work(part: int) -> None:
            try:
                for turn in range(20):
                    add_lines(archive, article_of(f"{part}\n{turn}", path=f"{part}/{turn}"))
                    for passage in archive.passages([stored.number for stored in archive.added_since(0)]):
                        assert passage.text.strip()
            except BaseException as failure:  # noqa: BLE001  (a thread's failure is told below)
                failures.append(failure)

        threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert archive.count_articles() == 80
        assert archive.verify() == []


def test_reading_every_article_while_they_are_replaced_ends(folder: Path) -> None:
    with create(folder) as archive:
        for path in "abc":
            add_lines(archive, article_of(path, path=path))
        seen = []
        for article in archive.articles():
            seen.append(article.text)
            if len(seen) < 10:
                archive.remove(article.id)
        assert seen == ["a", "b", "c"]


def test_a_whole_archive_verifies(folder: Path) -> None:
    with create(folder) as archive:
        add_lines(archive, article_of("عنوان\nنص 🙂 طويل", path="1"))
        add_lines(archive, article_of("gone", path="2"))
        archive.remove(article_id("gone"))
        assert archive.verify() == []


def test_verify_names_each_thing_that_is_wrong(folder: Path) -> None:
    with create(folder) as archive:
        for path in ("text", "span", "passage", "vector"):
            add_lines(archive, article_of(path, path=path))
    change(
        folder,
        "UPDATE articles SET text = 'test' WHERE path = 'text'",
        """UPDATE articles SET spans = '[[2,5,"title"]]' WHERE path = 'span'""",
        "UPDATE passages SET end = 8 WHERE number = 3",
        "UPDATE passages SET vector = x'0000' WHERE number = 4",
        "INSERT INTO passages SELECT 9, 99, 0, 1, 1, vector FROM passages WHERE number = 1",
    )
    with SqliteArchive.open(folder) as archive:
        assert archive.verify() == [
            "row 9 of passages belongs to nothing; run `isnad archive rebuild`",
            f"article {article_id('text')} ('text'): it is not the one that was added, or cannot be read; "
            f"run `isnad archive remove {article_id('text')}` and ingest its file again",
            f"article {article_id('span')} ('span'): a marked span lies outside the text; run `isnad archive rebuild`",
            f"passage 3 of article {article_id('passage')}: lies outside the text; run `isnad archive rebuild`",
            "passage 4: its vector has 2 bytes, not 32; run `isnad archive rebuild`",
        ]


def test_an_unreadable_row_is_damage_and_not_a_traceback(folder: Path) -> None:
    with create(folder) as archive:
        add_lines(archive, article_of("text"))
    change(folder, "UPDATE articles SET spans = 'nonsense'")
    with SqliteArchive.open(folder) as archive:
        message = refusal(ArchiveDamagedError, lambda: archive.article(article_id("text")))
        assert message.startswith(f"the archive '{folder}' is damaged at article {article_id('text')}: ")
        assert archive.verify() == [
            f"article {article_id('text')} ('a.txt'): it is not the one that was added, or cannot be read; "
            f"run `isnad archive remove {article_id('text')}` and ingest its file again"
        ]
    change(folder, "UPDATE articles SET spans = '[]', title = CAST(x'ff' AS TEXT)")
    with SqliteArchive.open(folder) as archive:
        refusal(ArchiveDamagedError, lambda: archive.article(article_id("text")))


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
