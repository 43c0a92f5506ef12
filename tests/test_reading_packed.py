"""Packed files: whole, cut short, and larger than they seem."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from index.reading import Record, Rejection, read
from tests.reading import reason, write
from tests.test_reading import FULL, FULL_RECORD

pytestmark = pytest.mark.usefixtures("here")

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("ending", ["", *PACKERS, ".XZ"])
def test_json_lines_are_read_packed_or_not(ending: str) -> None:
    lines = f"{json.dumps(FULL)}\n\n  \n" + json.dumps({"text": "bare\u2028text"}, ensure_ascii=False)
    pack = PACKERS.get(ending.lower(), bytes)
    name = f"a.jsonl{ending}"
    assert list(read(write(name, pack(lines.encode())))) == [
        replace(FULL_RECORD, path=f"{name}#snn-1"),
        Record(path=f"{name}#4", text="bare\u2028text"),
    ]


@pytest.mark.parametrize("ending", PACKERS)
def test_every_format_may_be_packed_in_one_piece_or_several(ending: str) -> None:
    pack = PACKERS[ending]
    assert list(read(write(f"a.txt{ending}", pack(b"one ") + pack(b"story")))) == [
        Record(f"a.txt{ending}", "one story")
    ]
    assert list(read(write(f"a.json{ending}", pack(b'{"text": "one"}')))) == [Record(f"a.json{ending}", "one")]
    assert list(read(write(f"a.csv{ending}", pack(b"text\none\n")))) == [Record(f"a.csv{ending}#2", "one")]


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("part", [0.01, 0.5, 0.999])
def test_a_packed_file_cut_short_gives_what_it_has_and_says_so(ending: str, part: float) -> None:
    lines = [b'{"text": "%d"}\n' % (number**9) for number in range(20_000)]
    whole = PACKERS[ending](b"".join(lines))
    *records, last = read(write(f"a.jsonl{ending}", whole[: int(len(whole) * part)]))
    assert [record.text for record in records if isinstance(record, Record)] == [
        str(number**9) for number in range(len(records))
    ]
    assert part < 0.5 or len(records) > len(lines) * (part - 0.2)
    assert isinstance(last, Rejection)
    assert last.reason.startswith(f"cannot read 'a.jsonl{ending}': it is not whole (")


@pytest.mark.parametrize("ending", PACKERS)
def test_what_only_looks_packed_is_rejected_in_one_line(ending: str) -> None:
    for name in (f"a.jsonl{ending}", f"a.txt{ending}"):
        assert reason(write(name, b"not packed")).startswith(f"cannot read '{name}': it is not whole (")
    assert reason(write(f"b.txt{ending}", PACKERS[ending](b""))) == f"cannot read 'b.txt{ending}': it is empty"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.txt.xz", "it holds more than 256 MB; divide it, or make it JSON lines"),
        ("a.jsonl.gz", "a line holds more than 256 MB; divide it"),
        ("a.csv.zst", "a line holds more than 256 MB; divide it"),
    ],
)
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(name: str, why: str) -> None:
    packed = PACKERS[Path(name).suffix](b"a" * (257 * 2**20))
    assert reason(write(name, packed)) == f"cannot read '{name}': {why}"
