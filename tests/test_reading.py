"""Files to records, and every way in which a file can be no article."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.reading import Record, Rejection, read


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, an empty one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def reason(path: Path) -> str:
    """The one line with which a file is rejected."""
    (rejection,) = read(path)
    assert isinstance(rejection, Rejection)
    assert "\n" not in rejection.reason
    return rejection.reason


CONVERT = "convert it to UTF-8, or name its encoding with --encoding"
DIRT = "\n\r\n عنوان\u00a0«نص» \u202bx\u202c\u2028 🙂\r\rTAG:\t\x0b\x85 end \n\n"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_a_plain_file_is_its_content_with_every_line_end_as_it_was(name: str) -> None:
    assert list(read(write(name, DIRT))) == [Record(path=name, text=DIRT)]


def test_the_seed_articles_are_read_character_for_character() -> None:
    seeds = Path(__file__).parent.parent / "seeds"
    read_back = {Path(record.path).name: record.text for record in read(seeds) if isinstance(record, Record)}
    assert read_back == {file.name: file.read_bytes().decode("utf-8") for file in seeds.glob("*.txt")}
    assert len(read_back) == 5


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert list(read(write("a.txt", b"\xef\xbb\xbftext"))) == [Record(path="a.txt", text="text")]
    lines = b'\xef\xbb\xbf{"text": "one"}\n{"text": "two"}\n'
    assert list(read(write("a.jsonl", lines))) == [Record("a.jsonl#1", "one"), Record("a.jsonl#2", "two")]
    assert list(read(write("a.csv", b"\xef\xbb\xbftext\none\n"))) == [Record("a.csv#2", "one")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip))
def test_any_text_comes_through_every_format_unchanged(text: str) -> None:
    rows = io.StringIO(newline="")
    csv.writer(rows).writerows([["text"], [text]])
    as_json = json.dumps({"text": text})
    for name, content in {
        "a.json": as_json,
        "a.jsonl": json.dumps({"text": text}, ensure_ascii=False),
        "a.csv": rows.getvalue(),
    }.items():
        (record,) = read(write(name, content))
        assert isinstance(record, Record)
        assert record.text == text
    if not text.startswith("\ufeff"):
        assert list(read(write("a.txt", text))) == [Record("a.txt", text)]


FULL = {
    "id": "snn-1",
    "source": "aawsat",
    "url": "http://aawsat.com/1",
    "date": "2015-07-21 02:51:32",
    "title": "  عنوان\n طويل ",
    "author": "رنيم حنوش",
    "text": "نص\r\n",
    "category": "ignored",
}
FULL_RECORD = Record(
    path="a",
    text="نص\r\n",
    title="عنوان طويل",
    source="aawsat",
    url="http://aawsat.com/1",
    author="رنيم حنوش",
    published=date(2015, 7, 21),
)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress), ("a.jsonl.xz", lzma.compress), ("a.JSONL.XZ", lzma.compress)],
)
def test_json_lines_are_read_packed_or_not(name: str, pack: type[bytes]) -> None:
    lines = f"{json.dumps(FULL)}\n\n  \n" + json.dumps({"text": "bare\u2028text"}, ensure_ascii=False)
    assert list(read(write(name, pack(lines.encode())))) == [
        replace(FULL_RECORD, path=f"{name}#snn-1"),
        Record(path=f"{name}#4", text="bare\u2028text"),
    ]


def test_a_json_file_holds_one_article_or_a_list_of_them() -> None:
    assert list(read(write("a.json", json.dumps(FULL)))) == [replace(FULL_RECORD, path="a.json")]
    assert list(read(write("a.json", json.dumps([FULL, {"body": "bare"}])))) == [
        replace(FULL_RECORD, path="a.json#snn-1"),
        Record("a.json#2", "bare"),
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_takes_the_mark_that_its_header_uses_and_lines_within_a_field(mark: str) -> None:
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, delimiter=mark)
    writer.writerows([["Headline", "Body"], ["one", "a\r\nb, c; d\te"], ["", "x" * 200_000]])
    assert list(read(write("a.csv", rows.getvalue()))) == [
        Record("a.csv#2", "a\r\nb, c; d\te", title="one"),
        Record("a.csv#4", "x" * 200_000),
    ]


def test_fields_go_by_the_names_that_others_give_them() -> None:
    other = {
        "_id": 7,
        "Headline": "title",
        "body": "",
        "content": "text",
        "link": "https://example.org",
        "authors": ["A", "B"],
        "publisher": "X",
        "publishedAt": "2020-02-17T23:59:59+03:00",
    }
    assert list(read(write("a.jsonl", json.dumps(other)))) == [
        Record("a.jsonl#7", "text", "title", "X", "https://example.org", "A, B", date(2020, 2, 17))
    ]


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2017-01-20T21:43:00+01:00", date(2017, 1, 20)),
        ("2017-01-20", date(2017, 1, 20)),
        ("26-FEB-1987 15:01:01.79", date(1987, 2, 26)),
        (" 1-MAR-1987 09:00", date(1987, 3, 1)),
        ("Mon, 20 Jan 2017 21:43:00 GMT", date(2017, 1, 20)),
        ("January 20, 2017", date(2017, 1, 20)),
        ("20 كانون الثاني 2017", date(2017, 1, 20)),
        ("12.04.2017 | 14:59", date(2017, 4, 12)),
        ("20/01/2017", date(2017, 1, 20)),
        ("02/01/2017", None),
        ("2017-02-30", None),
        ("soon", None),
        ("", None),
        (1487000000, None),
        (None, None),
        (True, None),
        ({"year": 2017}, None),
    ],
)
def test_a_date_is_what_the_field_states_and_never_a_guess(stated: object, day: date | None) -> None:
    assert list(read(write("a.json", json.dumps({"text": "x", "date": stated})))) == [
        Record("a.json", "x", published=day)
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"abc\xff", "not UTF-8 at byte 3; " + CONVERT),
        ("a.txt", b"\xef\xbb\xbfabc\xff", "not UTF-8 at byte 6; " + CONVERT),
        ("a.txt", "نص".encode("windows-1256"), "not UTF-8 at byte 0; " + CONVERT),
        ("a.txt", b"", "it is empty"),
        ("a.txt", b"\xef\xbb\xbf", "it is empty"),
        ("a.txt", " \n\u00a0\t", "it is only white space"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is binary, not text"),
        ("a.txt", b"text\0text", "it is binary, not text"),
        ("x.docx", b"PK", "Word is not supported yet; convert it to text"),
        ("x.log", b"text", ".log is not a known format; convert it to .txt"),
        ("x.gz", b"text", "a file without an extension is not a known format; convert it to .txt"),
        ("x", b"text", "a file without an extension is not a known format; convert it to .txt"),
        ("a.json", b"{", "it is not JSON (Expecting property name enclosed in double quotes at character 1); "
         "correct it there"),
        ("a.json", b"3", "it is not a JSON object with a text"),
        ("a.json", b'{"title": "x"}', "it has no text; name the field text or body or content or article"),
        ("a.json", b'{"text": 3}', "it has no text; name the field text or body or content or article"),
        ("a.json", b'{"text": ""}', "it is empty"),
        ("a.json", b'{"text": "a\\u0000b"}', "it holds a NUL character; it is binary, not text"),
        ("a.json", b'{"text": "ab\\ud83d"}', "half of a surrogate pair at character 2; correct it there"),
        ("a.json", b'{"text": "a", "title": "\\ud83d"}', "half of a surrogate pair at character 0; correct it there"),
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"\n", "its first line is empty; name the columns there"),
        ("a.csv", b"text\n", "it holds no article"),
        ("a.json", b"", "it is empty"),
        ("a.json", b"[]", "it holds no article"),
        ("a.jsonl", b"", "it holds no article"),
        ("a.jsonl", b"\n\n", "it holds no article"),
        ("a.csv", b"title,date\nx,y\n", "no column is named text or body or content or article"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_rejected_in_one_line(name: str, content: str | bytes, why: str) -> None:
    assert reason(write(name, content)) == f"cannot read '{name}': {why}"


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"text": ' + b"9" * 10_000 + b"}"])
def test_json_that_python_will_not_read_is_rejected_in_one_line(content: bytes) -> None:
    assert reason(write("a.json", content)).startswith("cannot read 'a.json': it is not JSON that can be read (")


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


def test_a_bad_record_is_named_by_its_line_and_the_rest_is_read() -> None:
    lines = [
        b'{"id": "a", "text": "one"}',
        b'{"id": "b", "text": ',
        b"\xff\xfe",
        b"[1]",
        b'{"id": "c", "text": " "}',
        b'{"id": "a", "text": "again"}',
        b'{"id": "d", "text": "last"}',
    ]
    assert list(read(write("a.jsonl", b"\n".join(lines)))) == [
        Record("a.jsonl#a", "one"),
        bad_line(2, "it is not JSON (Expecting value at character 21); correct it there", '{"id": "b", "text": \n'),
        bad_line(3, "not UTF-8 at byte 0; convert it to UTF-8, or name its encoding with --encoding", "\udcff\udcfe\n"),
        bad_line(4, "it is not a JSON object with a text", [1]),
        bad_line(5, "it is only white space", {"id": "c", "text": " "}),
        bad_line(6, "its id 'a' is that of line 1; give it another", {"id": "a", "text": "again"}),
        Record("a.jsonl#d", "last"),
    ]


def bad_line(number: int, why: str, original: object, name: str = "a.jsonl") -> Rejection:
    reason = f"cannot read '{name}' line {number}: {why}"
    return Rejection(f"{name}#{number}", reason, "line", number, original)


def test_a_bad_item_of_a_json_list_is_named_by_its_place() -> None:
    assert list(read(write("a.json", b'[{"text": "one"}, 3]'))) == [
        Record("a.json#1", "one"),
        Rejection("a.json#2", "cannot read 'a.json' item 2: it is not a JSON object with a text", "item", 2, 3),
    ]


@pytest.mark.parametrize(("name", "pack"), [("a.jsonl.gz", gzip.compress), ("a.jsonl.xz", lzma.compress)])
def test_a_packed_file_cut_short_gives_what_it_has_and_says_so(name: str, pack: type[bytes]) -> None:
    whole = pack(b"".join(b'{"text": "%d"}\n' % (number**9) for number in range(20_000)))
    *records, last = read(write(name, whole[: len(whole) // 2]))
    assert len(records) > 0
    assert all(isinstance(record, Record) for record in records)
    assert isinstance(last, Rejection)
    assert last.reason.startswith(f"cannot read '{name}': it is not whole (")
    assert reason(write(name, b"not packed")).startswith(f"cannot read '{name}': it is not whole (")


def test_a_bad_row_of_a_csv_is_named_by_its_line_and_the_rest_is_read() -> None:
    assert list(read(write("a.csv", b'text,title\none\n"two"x\n,three\nfo\xffur\n"five\nsix'))) == [
        Record("a.csv#2", "one"),
        bad_line(3, "it breaks off (',' expected after '\"'); correct it there", None, "a.csv"),
        bad_line(4, "it is empty", {"text": "", "title": "three"}, "a.csv"),
        bad_line(
            5,
            "its text is not UTF-8 at byte 2; convert it to UTF-8, or name its encoding with --encoding",
            {"text": "fo\udcffur", "title": None},
            "a.csv",
        ),
        bad_line(6, "it breaks off (unexpected end of data); correct it there", None, "a.csv"),
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
