"""Uploaded files: kept under safe names, ingested by a process of their own, and deleted whatever happens."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import open_assistant
from assistant.holdings.intake import FOLDER, LONGEST_NAME, Intake, Taking, safe_name
from index.archive.sqlite import SqliteArchive
from index.errors import ArchiveLockedError, UnknownArticleError
from index.followers.index_folder import writing_turn
from index.reading import ReadOptions, lies_under, read
from tests.archives import fill
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"
FIRST = next(SEEDS.glob("000_*.txt")).read_bytes()
VISIT = b"Minister visits Prague\n\nThe minister Jan Novak arrived in Prague on Monday, the agency said.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    fill(tmp_path / "archive", SEEDS)
    return tmp_path / "archive"


def taken(intake: Intake, files: dict[str, bytes], source: str | None = None) -> Taking:
    intake.take([(name, io.BytesIO(content)) for name, content in files.items()], source)
    intake.wait()
    assert intake.taking is not None
    return intake.taking


def many(count: int) -> bytes:
    rows = ({"title": f"Story {n}", "text": f"Story {n} tells of the town number {n}. " * 20} for n in range(count))
    return "\n".join(map(json.dumps, rows)).encode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("news.txt", "news.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\amal\\تقرير نهائي.PDF", "تقرير نهائي.PDF"),
        ("a\u202egpj.txt\x00\x1b[31m", "agpj.txt[31m"),
        ('<img src=x onerror="x">.html', "_img src=x onerror=_x__.html"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("rows#1.jsonl.gz", "rows_1.jsonl.gz"),
        ("م" * 300 + ".jsonl.zst", "م" * 95 + ".jsonl.zst"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@given(st.text())
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    kept = safe_name(name)
    assert Path("/folder", kept).parent == Path("/folder")
    assert 0 < len(kept.encode()) <= LONGEST_NAME
    assert kept not in (".", "..")


def test_files_are_taken_in_and_a_running_assistant_finds_them_at_once(archive: Path) -> None:
    assistant = open_assistant(archive)
    intake = Intake(archive)
    assert assistant.ask("Who arrived in Prague?").declined
    files = {"visit.txt": VISIT, "copy.txt": FIRST, "a.docx": b"PK", "../visit.txt": b"Another\n\nIt rained in Brno.\n"}
    report = taken(intake, files, "Agency").report
    assert report is not None
    copied = next(SEEDS.glob("000_*.txt"))
    assert (report["added"], report["updated"], report["unchanged"]) == (2, 0, 0)
    assert [copy["path"] for copy in report["duplicates"]] == ["upload:/copy.txt"]
    assert report["duplicates"][0]["of"].endswith(copied.name)
    assert (
        report["rejected"]
        == [
            {
                "path": "upload:/a.docx",
                "reason": "cannot read 'upload:/a.docx': .docx is not a known format; convert it to .txt",
            }
        ]
        or "Word is not supported yet" in report["rejected"][0]["reason"]
    )
    (citation,) = assistant.ask("Who arrived in Prague?").citations
    assert (citation.article.path, citation.article.source) == ("upload:/visit.txt", "Agency")
    assert list((archive / FOLDER).iterdir()) == []


def test_a_file_takes_the_place_of_the_one_that_was_uploaded_under_its_name(archive: Path) -> None:
    intake = Intake(archive)
    taken(intake, {"visit.txt": VISIT})
    again = taken(intake, {"visit.txt": VISIT.replace(b"Monday", b"Friday")}).report
    assert again is not None
    assert (again["added"], again["updated"]) == (0, 1)
    third = taken(intake, {"visit.txt": VISIT.replace(b"Monday", b"Friday")}).report
    assert third == {
        **again,
        "updated": 0,
        "unchanged": 1,
    }


def test_articles_are_removed_all_or_none(archive: Path) -> None:
    intake = Intake(archive)
    with SqliteArchive.open(archive) as opened:
        paths = opened.paths()
        names = list(paths.values())
        with pytest.raises(UnknownArticleError):
            intake.remove([names[0], "nobody"])
        assert opened.count_articles() == 5
        assert intake.remove(names[:2]) == {name: path for path, name in list(paths.items())[:2]}
        assert opened.count_articles() == 3


def test_one_thing_is_done_at_a_time_and_what_is_stopped_leaves_whole_articles(archive: Path) -> None:
    intake = Intake(archive)
    intake.take([("many.jsonl", io.BytesIO(many(3000)))])
    while intake.is_working and intake.taking and intake.taking.done < 600:  # a batch of them at least is added
        time.sleep(0.05)
    with pytest.raises(ArchiveLockedError):
        intake.take([("visit.txt", io.BytesIO(VISIT))])
    with pytest.raises(ArchiveLockedError):
        intake.remove(["x"])
    intake.close()
    assert intake.taking is not None
    assert intake.taking.state == "stopped"
    with SqliteArchive.open(archive) as opened:
        assert opened.verify() == []
        assert 5 < opened.count_articles() < 3005
    assert list((archive / FOLDER).iterdir()) == []


def test_a_process_that_dies_is_told_of_and_leaves_nothing_lying(archive: Path) -> None:
    intake = Intake(archive)
    intake.take([("many.jsonl", io.BytesIO(many(3000)))])
    assert intake._process is not None
    assert intake._process.pid is not None
    os.kill(intake._process.pid, signal.SIGKILL)
    intake.wait()
    assert intake.taking is not None
    assert intake.taking.state == "failed"
    assert intake.taking.reason is not None
    assert "met a fault" in intake.taking.reason
    assert list((archive / FOLDER).iterdir()) == []
    assert taken(intake, {"visit.txt": VISIT}).state == "finished"


def test_what_a_killed_program_left_is_deleted_but_not_what_another_one_is_reading(archive: Path) -> None:
    left, others = archive / FOLDER / "left", archive / FOLDER / "others"
    for folder in (left, others):
        (folder / "files").mkdir(parents=True)
        (folder / "files" / "a.txt").write_text("x", encoding="utf-8")
    with writing_turn(others, 0):
        Intake(archive)
        assert sorted(path.name for path in (archive / FOLDER).iterdir()) == ["others"]
    Intake(archive)
    assert list((archive / FOLDER).iterdir()) == []


def test_an_archive_of_another_encoder_is_told_of_in_one_line(tmp_path: Path) -> None:
    with SqliteArchive.open(tmp_path / "other", encoder_name="other", dimensions=3, create=True):
        pass
    failed = taken(Intake(tmp_path / "other"), {"visit.txt": VISIT})
    assert failed.state == "failed"
    assert failed.reason is not None
    assert failed.reason.startswith(f"the archive '{tmp_path / 'other'}' was made with the encoder 'other'")


def test_asking_goes_on_while_files_are_taken_in(archive: Path) -> None:
    assistant = open_assistant(archive)
    intake = Intake(archive)
    assistant.ask("What did Lavrov say about Turkey?")
    intake.take([("many.jsonl", io.BytesIO(many(2000)))])
    asked, slowest = 0, 0.0
    while intake.is_working:
        begun = time.monotonic()
        assert not assistant.ask("What did Lavrov say about Turkey?").declined
        asked, slowest = asked + 1, max(slowest, time.monotonic() - begun)
    assert intake.taking is not None
    assert intake.taking.state == "finished"
    assert asked >= 3
    assert slowest < 5


def test_an_uploaded_file_is_no_part_of_the_current_folder() -> None:
    assert not lies_under("upload:/visit.txt", {"."})
    assert lies_under("news/visit.txt", {"."})


def test_an_uploaded_file_may_not_unpack_to_more_than_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gzip

    from index.reading import files

    monkeypatch.setattr(files, "MOST_UPLOADED", 2**20)
    bomb = tmp_path / "bomb.jsonl.gz"
    bomb.write_bytes(gzip.compress(many(20) + b"\n" + b" " * 2**22))
    found = list(read(bomb, ReadOptions(uploaded=True)))
    assert [one.path for one in found][-1] == "upload:/bomb.jsonl.gz"
    assert getattr(found[-1], "reason", "") == (
        "cannot read 'upload:/bomb.jsonl.gz': it unpacks to more than 1 MB; divide it"
    )


def test_threads_that_send_files_at_once_get_one_turn(archive: Path) -> None:
    intake = Intake(archive)
    refused: list[str] = []

    def send() -> None:
        try:
            intake.take([("visit.txt", io.BytesIO(VISIT))])
        except ArchiveLockedError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    intake.wait()
    assert refused == ["other files are being taken in; try again when they are done"] * 3
