"""Where files are: folders, patterns, standard input, and what is not to be read."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.reading import Found, ReadOptions, Record, Rejection, read
from tests.reading import reason, write

pytestmark = pytest.mark.usefixtures("here")


def test_what_is_no_file_is_rejected_in_one_line(here: Path) -> None:
    assert reason(Path("no.txt")) == "cannot read 'no.txt': there is no such file; check the path"
    (here / "gone.txt").symlink_to("nowhere")
    assert reason(Path("gone.txt")) == "cannot read 'gone.txt': there is no such file; check the path"
    (here / "round.txt").symlink_to("round.txt")
    assert reason(Path("round.txt")) == "cannot read 'round.txt': too many levels of symbolic links"
    os.mkfifo("pipe.txt")
    assert reason(Path("pipe.txt")) == "cannot read 'pipe.txt': it is not a file; pass a file or a folder"
    (here / "empty").mkdir()
    assert reason(Path("empty")) == "cannot read 'empty': the folder holds no article"


AS_NOBODY = """
import os, sys
from pathlib import Path
from index.reading import read
if os.geteuid() == 0:  # who may read anything
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for found in read(Path(sys.argv[1])):
    print(getattr(found, "reason", found.path))
"""


def test_what_may_not_be_read_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    for name in ("a.txt", "b.txt", "closed/c.txt"):
        write(str(folder / name), "text")
    for above in (tmp_path, *list(tmp_path.parents)[:2]):
        above.chmod(0o755)
    (folder / "a.txt").chmod(0)
    (folder / "closed").chmod(0)
    ran = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, folder],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    (folder / "closed").chmod(0o755)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        f"cannot read '{folder}/a.txt': permission denied; allow reading it",
        f"{folder}/b.txt",
        f"cannot read '{folder}/closed': permission denied; allow reading it",
    ]


def test_a_folder_is_read_by_name_without_what_is_hidden_auxiliary_or_an_archive() -> None:
    for name in ("b.txt", "a/z.md", "a/y.txt", ".hidden.txt", ".isnad/x.txt", "SOURCES.md", "a/README.md", "LICENSE"):
        write(f"news/{name}", name)
    write("news/picture.jpg", "not read")
    write("news/archive/archive.sqlite3", "x")
    write("news/archive/lexical/state.json", "{}")
    assert list(read(Path("news"))) == [
        Record("news/b.txt", "b.txt"),
        Rejection("news/picture.jpg", "cannot read 'news/picture.jpg': .jpg is not a known format; convert it to .txt"),
        Record("news/a/y.txt", "a/y.txt"),
        Record("news/a/z.md", "a/z.md"),
    ]


def test_a_path_is_relative_below_the_current_folder_and_absolute_elsewhere(here: Path) -> None:
    write("news/a.txt", "text")
    elsewhere = write(str(here.parent / "b.txt"), "text")
    for path in (Path("news/a.txt"), Path("./news/../news/a.txt"), here / "news/a.txt", Path("../here/news/a.txt")):
        assert list(read(path)) == [Record("news/a.txt", "text")]
    assert list(read(Path("../b.txt"))) == [Record(str(elsewhere), "text")]


def test_a_file_name_that_is_not_utf8_is_shown_in_escapes(here: Path) -> None:
    Path(os.fsdecode(b"a\xff.txt")).write_bytes(b"text")
    assert list(read(here)) == [Record("a\\xff.txt", "text")]


def test_a_pattern_is_every_file_of_such_a_name_in_order() -> None:
    for name in ("news/b.txt", "news/a.txt", "news/deep/c.txt", "news/deep/d.md"):
        write(name, name)
    for pattern, names in {
        "news/*.txt": ["news/a.txt", "news/b.txt"],
        "news/**/*.txt": ["news/a.txt", "news/b.txt", "news/deep/c.txt"],
        "news/**": ["news/a.txt", "news/b.txt", "news/deep/c.txt", "news/deep/d.md"],
        "n?ws/[ab].txt": ["news/a.txt", "news/b.txt"],
        "ne*": ["news/a.txt", "news/b.txt", "news/deep/c.txt", "news/deep/d.md"],
    }.items():
        assert list(read(Path(pattern))) == [Record(name, name) for name in names]
    assert reason(Path("news/*.pdf")) == "cannot read 'news/*.pdf': no file is named like that; check the pattern"


def test_a_file_whose_own_name_is_a_pattern_is_read() -> None:
    write("ab.txt", "another")
    assert list(read(write("a[b].txt", "one"))) == [Record("a[b].txt", "one")]


def from_stdin(content: bytes, monkeypatch: pytest.MonkeyPatch, format_: str | None = None) -> list[Found]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    return list(read(Path("-"), ReadOptions(format=format_)))


LINES = b'{"id": "a", "text": "one"}\n{"text": "two"}\n'


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_standard_input_is_told_by_how_it_begins(pack: type[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A record without an id is named by its text: the next that comes this way does not take its place."""
    two = [Record("stdin#a", "one"), Record("stdin#3fc4ccfe7458", "two")]
    assert from_stdin(pack(LINES), monkeypatch) == two
    assert from_stdin(pack(b"\n" + LINES.strip()), monkeypatch) == two
    assert from_stdin(pack(json.dumps([json.loads(line) for line in LINES.splitlines()]).encode()), monkeypatch) == two
    assert from_stdin(pack(json.dumps({"text": "two"}, indent=1).encode()), monkeypatch) == two[1:]
    assert from_stdin(pack(b"two"), monkeypatch) == two[1:]
    assert from_stdin(pack(b"text\ntwo\n"), monkeypatch, "csv") == two[1:]
    assert from_stdin(pack(LINES), monkeypatch, "txt") == [Record("stdin#121150dcd997", LINES.decode())]


def test_standard_input_that_is_no_article_is_rejected_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for content, format_, why in [
        (b"", None, "it is empty"),
        (b"\xff\xfe\xff", None, "not UTF-16 at byte 2; convert it to UTF-8, or name its encoding with --encoding"),
        (
            b"{",
            None,
            "it is not JSON (Expecting property name enclosed in double quotes at character 1); correct it there",
        ),
        (b"%PDF-1.7 but no more", None, "it is no PDF, or damaged; copy it again"),
        (b"<html><p>Home", None, "the page holds no article, only headings or links; pass the page of one article"),
    ]:
        assert from_stdin(content, monkeypatch, format_) == [Rejection("stdin", f"cannot read 'stdin': {why}")]
