"""A disk that is full, and a folder that cannot be written: one clear line, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import ROOT, Warm, check, open_archive, story, take_in, texts, told, warm_process, write_stories

ALL = range(25)


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with warm_process() as process:
        yield process


@pytest.mark.parametrize("stage", ["archive", "indexes"])
@pytest.mark.parametrize("earlier", [0, 10])
def test_a_disk_that_is_full_at_any_size_loses_nothing_and_with_room_the_ingest_ends_as_ever(
    tmp_path: Path, warm: Warm, earlier: int, stage: str
) -> None:
    file, before, after = tmp_path / "news.jsonl", tmp_path / "before", tmp_path / "after"
    if earlier:
        take_in(before, write_stories(file, range(earlier)))
    take_in(after, write_stories(file, ALL))
    right, errors = told(after), set()
    files = after.glob("archive*") if stage == "archive" else after.glob("*/*")
    largest = max(path.stat().st_size for path in files)
    for percent in (0, 2, 10, 30, 70):
        folder = tmp_path / str(percent)
        if earlier:
            shutil.copytree(before, folder)
        end = warm.ingest(folder, file, room=(stage, largest * percent // 100))
        assert not end.killed
        errors.add(end.error.replace(str(folder), "DIR"))
        if earlier or end.reported:
            verdict = check(folder)
            assert verdict.problems == ()
            with open_archive(folder) as archive:
                stand = texts(archive)
            assert stand == {f"news.jsonl#{number}": story(number) for number in range(len(stand))}
            assert len(stand) >= (len(ALL) if end.reported else earlier)
        take_in(folder, file)
        assert told(folder) == right
    refused = "cannot write to the archive 'DIR': disk I/O error; make room or allow writing"
    assert {error.partition(":")[0] for error in errors} - {"", "cannot keep the statements in 'DIR/statements'"} == (
        {refused.partition(":")[0]}
        if stage == "archive"
        else {"cannot write the index in 'DIR/lexical'", "cannot keep the near copies in 'DIR/copies'"}
    )


AS_NOBODY = """
import os, sys
from pathlib import Path
import scipy.sparse  # what is imported late may be closed to nobody, as is a codec
"".encode("utf-32-le")
import index.settings, index.workers.processes
from index.errors import ArchiveWriteError
from tests.faults import check, take_in, told
folder, file = map(Path, sys.argv[1:])
if os.geteuid() == 0:  # who may write anywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
verdict = check(folder)
print(verdict.articles, *verdict.states.values(), *verdict.problems)
before = told(folder)
print(len(before.articles), len(before.said), len(before.near) == len(before.passages) > 0)
try:
    take_in(folder, file)
except ArchiveWriteError as error:
    print(error)
"""


@pytest.mark.parametrize("state", ["current", "missing", "damaged"])
def test_a_folder_that_cannot_be_written_is_checked_and_read_and_an_ingest_says_so(tmp_path: Path, state: str) -> None:
    folder, file = tmp_path / "archive", tmp_path / "news.jsonl"
    take_in(folder, write_stories(file, range(6)))
    write_stories(file, range(7))
    indexes = (
        "dense/index.faiss",
        "lexical/state.json",
        "words/words.arrays",
        "statements/seal.json",
        "copies/seal.json",
    )
    for path in (folder / index for index in indexes):
        match state:
            case "missing":
                shutil.rmtree(path.parent)
            case "damaged":
                path.write_bytes(path.read_bytes()[:-1])
    below = sorted(folder.rglob("*"))
    for above in (tmp_path, *list(tmp_path.parents)[:2]):
        above.chmod(0o755)
    for path in (*below, folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    ran = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, folder, file],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    for path in (folder, *below):
        path.chmod(0o755)
    assert ran.stderr == ""
    checked, read, refused = ran.stdout.splitlines()
    problems = {
        "dense": "the file 'index.faiss' is not as it was written",
        "lexical": "the file 'state.json' is not as it was written",
        "words": "the file 'words.arrays' is not as it was written",
        "copies": "the file 'copies.sqlite3' is not as it was written",
        "statements": "the file 'statements.sqlite3' is not as it was written",
    }
    named = [f"Problem(part={part!r}, what={what!r}, mended=False)" for part, what in problems.items()]
    assert checked == " ".join(["6", *[state] * 5, *(named if state == "damaged" else [])])
    assert read == "6 12 True"
    assert refused == (
        f"cannot write to the archive '{folder}': attempt to write a readonly database; make room or allow writing"
    )
    assert sorted(folder.rglob("*")) == below
