"""Files to records, and every way in which a file can be no article."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.reading import ReadOptions, Record, Rejection, Unmatched, read
from tests.reading import reason, write

pytestmark = pytest.mark.usefixtures("here")


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


def test_a_fact_is_read_from_the_field_that_is_said_to_state_it() -> None:
    record = {"id": 1, "text": "not this", "Lead": {"Story": "text"}, "title": "title", "when": "2020-02-17"}
    file = write("a.jsonl", json.dumps(record) + "\n" + json.dumps({"text": "left out"}))
    chosen = (("text", "lead.story"), ("published", "day"), ("published", "When"), ("author", "by"))
    assert list(read(file, ReadOptions(fields=chosen))) == [
        Record("a.jsonl#1", "text", title="title", published=date(2020, 2, 17)),
        bad_line(2, "it has no text; name the field lead.story", {"text": "left out"}),
        Unmatched("a.jsonl", "by"),
        Unmatched("a.jsonl", "day"),
    ]
    table = write("a.csv", "meta.date,story\n2020-02-17,text\n")
    assert list(read(table, ReadOptions(fields=(("published", "meta.date"), ("text", "story"))))) == [
        Record("a.csv#2", "text", published=date(2020, 2, 17))
    ]
    one = write("a.json", '{"text": "text"}')
    assert list(read(one, ReadOptions(fields=(("url", "href"),)))) == [
        Record("a.json", "text"),
        Unmatched("a.json", "href"),
    ]
    assert list(read(table)) == [
        Rejection("a.csv", "cannot read 'a.csv': no column is named text or body or content or article")
    ]


def test_a_format_that_is_stated_counts_more_than_the_name() -> None:
    assert list(read(write("a.log", "text\n"), ReadOptions(format="txt"))) == [Record("a.log", "text\n")]
    assert list(read(write("a", '{"text": "one"}'), ReadOptions(format="jsonl"))) == [Record("a#1", "one")]
