"""A file of the archive or of an index cut short or with a bit flipped: found, mended where the truth is whole.

What is guaranteed: every file of an index has a checksum that is compared at every opening, so any flipped bit of a
saved index leads to the same answers as before, made anew. The archive's own file has none: SQLite tells what it
cannot read, and `verify` any text that is not the one that was added; a flipped bit in a title is not noticed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.holdings.following import followers
from index.archive.file import FILE
from index.errors import IsnadError
from index.followers.index_folder import State
from index.followers.verify import mend, verify
from tests.faults import ROOT, Told, check, open_archive, story, take_in, texts, told, write_stories

INDEXES = ("dense", "lexical", "words", "copies", "statements")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of six stories with its indexes, which no test changes."""
    here = tmp_path_factory.mktemp("whole")
    take_in(here / "archive", write_stories(here / "news.jsonl", range(6)))
    return here / "archive"


def _index_files(folder: Path) -> list[Path]:
    files = (file for name in INDEXES for file in sorted((folder / name).iterdir()))
    return [file for file in files if file.stat().st_size and not file.name.startswith(".")]


def _damages(content: bytes, flips: int, chosen: random.Random) -> list[bytes]:
    """What is left of a file that is cut off at the start, in the midst and near the end; and flips of one bit."""
    cut = [content[:length] for length in (0, len(content) // 2, len(content) - 1)]
    bits = [chosen.randrange(8 * len(content)) for _ in range(flips)]
    return cut + [
        content[: bit // 8] + bytes([content[bit // 8] ^ 1 << bit % 8]) + content[bit // 8 + 1 :] for bit in bits
    ]


def damage_every_index(folder: Path, here: Path, flips: int) -> None:
    """Damage each file of each index in many ways, and ask the archive everything after each."""
    right, chosen = told(folder), random.Random(flips)
    for file in _index_files(folder):
        for content in _damages(file.read_bytes(), flips, chosen):
            copy = here / "copy"
            shutil.copytree(folder, copy)
            (copy / file.relative_to(folder)).write_bytes(content)
            part = file.parent.name
            verdict = check(copy)
            assert {problem.part for problem in verdict.problems} == {part}, (file, verdict)
            assert told(copy) == right, file
            shutil.rmtree(copy)


def _damage_in_another_process(whole: Path, here: Path, flips: int) -> None:
    """In another process, which a library that believes a damaged file could bring down."""
    call = f"damage_every_index(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), {flips})"
    code = f"import pathlib, sys; from tests.test_faults_damage import damage_every_index; {call}"
    ran = subprocess.run(
        [sys.executable, "-c", code, whole, here],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_an_index_file_cut_short_or_with_a_bit_flipped_is_named_and_made_anew(whole: Path, tmp_path: Path) -> None:
    _damage_in_another_process(whole, tmp_path, 1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_hundred_bits_of_each_index_file_flipped_are_named_and_made_anew(whole: Path, tmp_path: Path) -> None:
    _damage_in_another_process(whole, tmp_path, 100)


@pytest.mark.parametrize("part", INDEXES)
def test_mending_makes_the_damaged_index_anew_and_no_other(whole: Path, tmp_path: Path, part: str) -> None:
    folder = shutil.copytree(whole, tmp_path / "copy")
    damaged = max(_index_files(folder / part / ".."), key=lambda file: (file.parent.name == part, file.stat().st_size))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    others = {file: file.stat().st_mtime_ns for file in _index_files(folder) if file.parent.name != part}
    with open_archive(folder) as archive:
        indexes = followers(archive)
        verdict = mend(archive, indexes, verify(archive, indexes))
    assert [(problem.part, problem.mended) for problem in verdict.problems] == [(part, True)]
    assert (verdict.is_right, set(verdict.states.values())) == (True, {State.CURRENT})
    assert {file: file.stat().st_mtime_ns for file in others} == others
    assert told(folder) == told(whole)


def _with_log(here: Path) -> tuple[Path, Told]:
    """An archive of which a process that was killed left half in the log; and what it told without that half."""
    folder = here / "archive"
    take_in(folder, write_stories(here / "news.jsonl", range(3)))
    first = told(folder)
    with open_archive(folder):  # keeps the log from being moved into the file when the next closes
        take_in(folder, write_stories(here / "news.jsonl", range(6)))
        killed = shutil.copytree(folder, here / "killed")
    assert (killed / f"{FILE}-wal").stat().st_size > 0
    return killed, first


def test_a_log_that_a_killed_process_left_is_read_whatever_became_of_its_index(tmp_path: Path) -> None:
    killed, _ = _with_log(tmp_path)
    shared_memory = (killed / f"{FILE}-shm").read_bytes()
    for content in _damages(shared_memory, 8, random.Random(0)):
        copy = shutil.copytree(killed, tmp_path / "copy")
        (copy / f"{FILE}-shm").write_bytes(content)
        assert (check(copy).articles, check(copy).problems) == (6, ())
        shutil.rmtree(copy)


def test_a_damaged_log_loses_only_what_came_after_the_damage_and_the_indexes_tell_it(tmp_path: Path) -> None:
    killed, first = _with_log(tmp_path)
    log = killed / f"{FILE}-wal"
    log.write_bytes(log.read_bytes()[:100])
    verdict = check(killed)
    assert verdict.articles == 3
    saved = [name for name in INDEXES if name != "words"]  # the words of so few passages are not saved anew
    assert [problem.part for problem in verdict.problems] == saved
    assert {problem.what[: problem.what.index(" (")] for problem in verdict.problems} == {
        "it reflects a later state of the archive"
    }
    assert told(killed) == first


def damage_the_truth(folder: Path, here: Path, flips: int) -> None:
    """Damage the archive's file in many ways; nothing but an error of ours comes of it, and no wrong text passes."""
    right = {path: story(int(path.partition("#")[2])) for path in (f"news.jsonl#{number}" for number in range(6))}
    seen = 0
    for content in _damages((folder / FILE).read_bytes(), flips, random.Random(flips)):
        copy = here / "copy"
        shutil.copytree(folder, copy)
        (copy / FILE).write_bytes(content)
        try:
            verdict = check(copy)
            seen += bool(verdict.problems)
            with open_archive(copy) as archive:
                if not verdict.problems:
                    assert texts(archive) == right
                for row in archive.rows():
                    assert row.article is None or row.article.text in right.values()
        except IsnadError as error:
            assert "\n" not in str(error)
            seen += 1
        shutil.rmtree(copy)
    assert seen > 4


def test_no_damage_to_the_truth_lets_a_wrong_text_pass(whole: Path, tmp_path: Path) -> None:
    damage_the_truth(whole, tmp_path, 25)
