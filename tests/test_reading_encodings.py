"""Encodings: found by a mark, by UTF-8's own form or by the letters, said of every file, and never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import ReadError
from index.reading import Decoded, ReadOptions, Record, Rejection, read
from index.reading.encodings import decode, find_code_page
from tests.librarian import seed
from tests.reading import read_as, reason, write

pytestmark = pytest.mark.usefixtures("here")

ARABIC = "قال وزير الخارجية الروسي سيرغي لافروف، إن بلاده لا ترى بديلا عن التعاون مع تركيا."
ENGLISH = "“It’s a café – not a résumé”, said the minister of the Côte d’Ivoire on Monday."
NAMES = {"windows-1256": "Windows-1256", "iso-8859-6": "ISO-8859-6", "windows-1252": "Windows-1252"}
CONVERT = "convert it to UTF-8, or name its encoding with --encoding"


@pytest.mark.parametrize(
    ("text", "encoding"), [(ARABIC, "windows-1256"), (ARABIC, "iso-8859-6"), (ENGLISH, "windows-1252")]
)
def test_the_code_page_of_a_text_is_found_and_said(text: str, encoding: str) -> None:
    said = NAMES[encoding]
    assert list(read(write("a.txt", text.encode(encoding)))) == [Decoded("a.txt", said), Record("a.txt", text)]
    in_json = json.dumps({"text": text}, ensure_ascii=False).encode(encoding)
    assert list(read(write("a.json", in_json))) == [Decoded("a.json", said), Record("a.json", text)]
    lines = in_json + b"\n" + b'{"text": "plain"}\n' + in_json.replace(b"{", b'{"id": "b", ')
    assert list(read(write("a.jsonl", lines))) == [
        Decoded("a.jsonl", said),
        Record("a.jsonl#1", text),
        Record("a.jsonl#2", "plain"),
        Record("a.jsonl#b", text),
    ]


def test_a_table_of_a_windows_program_is_read() -> None:
    table = f'العنوان;text\r\nلافروف;"{ARABIC}"\r\n'
    assert read_as(write("a.csv", table.encode("windows-1256"))) == [
        Decoded("a.csv", "Windows-1256"),
        Record("a.csv#2", ARABIC),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_mark_tells_the_encoding(encoding: str) -> None:
    said = encoding.upper()
    line = json.dumps({"text": ARABIC}, ensure_ascii=False)
    assert read_as(write("a.txt", ARABIC.encode(encoding))) == [Decoded("a.txt", said), Record("a.txt", ARABIC)]
    assert read_as(write("a.jsonl", f"{line}\n{line}\n".encode(encoding))) == [
        Decoded("a.jsonl", said),
        Record("a.jsonl#1", ARABIC),
        Record("a.jsonl#2", ARABIC),
    ]
    assert read_as(write("a.csv", f"text\n{ARABIC}\n".encode(encoding))) == [
        Decoded("a.csv", said),
        Record("a.csv#2", ARABIC),
    ]


def test_the_encoding_that_is_named_counts() -> None:
    file = write("a.txt", "Zażółć gęślą jaźń".encode("iso-8859-2"))
    assert read_as(file, encoding="latin2") == [Decoded("a.txt", "ISO8859-2"), Record("a.txt", "Zażółć gęślą jaźń")]
    assert read_as(file, encoding="utf-16") == [
        Rejection("a.txt", f"cannot read 'a.txt': not UTF-16 at byte 16; {CONVERT}")
    ]
    lines = write("a.jsonl", b'{"text": "caf\x82"}')
    assert read_as(lines, encoding="cp437") == [Decoded("a.jsonl", "CP437"), Record("a.jsonl#1", "café")]


def test_one_line_of_another_encoding_does_not_make_a_file_one_of_it() -> None:
    good, bad = ({"text": ARABIC + mark} for mark in "12")
    lines = [json.dumps(good, ensure_ascii=False).encode(), json.dumps(bad, ensure_ascii=False).encode("cp1256")]
    first, rejected = read(write("a.jsonl", b"\xef\xbb\xbf" + b"\n".join(lines)))
    assert first == Record("a.jsonl#1", ARABIC + "1")
    assert isinstance(rejected, Rejection)
    assert (rejected.path, rejected.unit, rejected.number) == ("a.jsonl#2", "line", 2)
    assert rejected.reason == f"cannot read 'a.jsonl' line 2: not UTF-8 at byte 10; {CONVERT}"


@pytest.mark.parametrize(
    "content",
    [
        "Президент России заявил, что страна будет продолжать сотрудничество".encode("windows-1251"),
        "Президент России заявил, что страна будет продолжать сотрудничество".encode("koi8-r"),
        "Ο πρωθυπουργός της Ελλάδας δήλωσε ότι η οικονομία".encode("windows-1253"),
        "ראש הממשלה אמר היום כי המצב בדרום".encode("windows-1255"),
        "Cumhurbaşkanı Erdoğan şöyle dedi: güçlü bir ülkeyiz".encode("windows-1254"),
        "俄罗斯总统周三表示，俄罗斯将继续与土耳其合作".encode("gb18030"),
        bytes(range(0x80, 0x100)),
        "نص قصير".encode("windows-1256"),
    ],
)
def test_what_is_in_no_known_encoding_or_says_too_little_is_rejected(content: bytes) -> None:
    assert reason(write("a.txt", content)).endswith(CONVERT)
    with pytest.raises(ReadError):
        decode(content)


@pytest.mark.parametrize("page", ["cp1256", "iso8859-6"])
def test_forty_bytes_of_any_article_tell_the_arabic_code_pages_apart(page: str) -> None:
    articles = [seed(number).text.encode(page, errors="ignore") for number in range(5)]
    pieces = [article[start : start + 40] for article in articles for start in range(0, len(article) - 40, 20)]
    arabic = [piece for piece in pieces if sum(byte > 0xC0 for byte in piece) > 20]
    assert len(arabic) > 500
    assert {find_code_page(piece) for piece in arabic} == {page}


def test_a_line_by_which_the_encoding_is_told_may_be_cut_anywhere() -> None:
    lines = (json.dumps({"text": ARABIC * 100 + str(number)}, ensure_ascii=False) for number in range(40))
    assert {type(found) for found in read(write("a.jsonl", "\n".join(lines)))} == {Record}
    one = json.dumps({"text": ARABIC * 3000}, ensure_ascii=False)
    assert list(read(write("a.jsonl", one), ReadOptions())) == [Record("a.jsonl#1", ARABIC * 3000)]
    assert Path("a.jsonl").stat().st_size > 2**18
