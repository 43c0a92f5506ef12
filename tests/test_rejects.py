"""What an ingest rejects is kept as JSON lines, whole or not at all, and never in the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from assistant.cli import ingest
from index.errors import SettingsError
from index.reading import FORMATS, Rejection
from index.rejects import RejectsFile
from tests.console import isnad_here


def lines(file: Path) -> list[object]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_every_rejection_is_a_line_with_its_place_its_reason_and_the_record(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    endless: object = "end"
    for _ in range(100_000):
        endless = [endless]
    with RejectsFile(file, is_asked_for=True) as rejects:
        rejects.add(Rejection("a.txt", "why"))
        rejects.add(Rejection("a.jsonl#2", "why", "line", 2, {"text": "ن" * 3000, "n": 1}))
        rejects.add(Rejection("a.jsonl#3", "why", "line", 3, "caf\udce9"))
        rejects.add(Rejection("a.json#4", "why", "item", 4, endless))
        rejects.add(Rejection("a.json#5", "why", "item", 5, {"n": float("nan")}))
        assert not file.exists()
    assert rejects.path == file
    assert lines(file) == [
        {"path": "a.txt", "reason": "why", "record": None},
        {"path": "a.jsonl#2", "line": 2, "reason": "why", "record": {"text": "ن" * 2000 + " …", "n": 1}},
        {"path": "a.jsonl#3", "line": 3, "reason": "why", "record": "caf\udce9"},
        {"path": "a.json#4", "item": 4, "reason": "why", "record": None},
        {"path": "a.json#5", "item": 5, "reason": "why", "record": None},
    ]


def test_a_file_that_was_asked_for_is_there_also_where_nothing_was_rejected(tmp_path: Path) -> None:
    with RejectsFile(tmp_path / "asked.jsonl", is_asked_for=True):
        pass
    with RejectsFile(tmp_path / "own.jsonl", is_asked_for=False) as own:
        pass
    assert own.path is None
    assert [(file.name, file.stat().st_size) for file in tmp_path.iterdir()] == [("asked.jsonl", 0)]


def test_an_ingest_that_fails_leaves_the_file_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), RejectsFile(file, is_asked_for=True) as rejects:
        rejects.add(Rejection("a.txt", "why"))
        raise KeyboardInterrupt
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("r.jsonl", "before")]


def test_a_file_that_cannot_be_written_is_refused_before_the_ingest_where_it_was_asked_for(tmp_path: Path) -> None:
    for name, why in {".": "it is not a file", "no/r.jsonl": "no such file or directory"}.items():
        with (
            pytest.raises(SettingsError, match=f"--rejects is '.*', which cannot be written: {why}; name another file"),
            RejectsFile(tmp_path / name, is_asked_for=True),
        ):
            raise AssertionError
    with RejectsFile(tmp_path / "no" / "r.jsonl", is_asked_for=False) as own:
        own.add(Rejection("a.txt", "why"))
    assert own.path is None


def test_ingest_names_the_file_and_the_next_takes_it_away(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A good story."}\nno json\n', encoding="utf-8")
    report = json.loads(isnad_here("ingest", "a.jsonl", "--json", folder=tmp_path).stdout)
    assert (report["added"], report["rejects"]) == (1, ".isnad/rejects.jsonl")
    reason = "cannot read 'a.jsonl' line 2: it is not JSON (Expecting value at character 0); correct it there"
    written = {"path": "a.jsonl#2", "line": 2, "reason": reason, "record": "no json\n"}
    assert lines(tmp_path / report["rejects"]) == [written]
    read = isnad_here("ingest", "a.jsonl", "--rejects", "mine.jsonl", folder=tmp_path)
    assert read.stdout.splitlines()[1:] == [f"  rejected: {reason}", "  what was rejected is in mine.jsonl"]
    assert lines(tmp_path / "mine.jsonl") == [written]
    (tmp_path / "b.txt").write_text("Another story.", encoding="utf-8")
    assert json.loads(isnad_here("ingest", "b.txt", "--json", folder=tmp_path).stdout)["rejects"] is None
    assert not (tmp_path / ".isnad" / "rejects.jsonl").exists()
    assert isnad_here("archive", "verify", folder=tmp_path).returncode == 0
    bad = isnad_here("ingest", "a.jsonl", "--rejects", ".", folder=tmp_path)
    assert (bad.returncode, bad.stderr) == (
        2,
        "isnad: --rejects is '.', which cannot be written: it is not a file; name another file\n",
    )


def test_ingest_says_which_encodings_it_found_and_which_fields_it_did_not(tmp_path: Path) -> None:
    text = "قال وزير الخارجية الروسي إن بلاده لا ترى بديلا عن التعاون مع تركيا"
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_bytes(f"{text} {number}".encode("windows-1256"))
    (tmp_path / "3.json").write_text('{"story": "A good story."}', encoding="utf-8")
    named = ["--field", "text=story", "--field", "published=day"]
    first = isnad_here("ingest", "1.txt", "2.txt", "3.json", *named, folder=tmp_path)
    assert (first.returncode, first.stdout.splitlines()) == (
        0,
        [
            "3 added, 0 updated, 0 unchanged, 0 duplicates, 0 rejected",
            "  2 files (first: 1.txt) read as Windows-1256",
            "  no record has the field 'day' in 3.json",
        ],
    )
    again = json.loads(isnad_here("ingest", "[12].txt", "3.json", *named, "--json", folder=tmp_path).stdout)
    assert (again["unchanged"], again["encodings"], again["unmatched"]) == (
        3,
        [{"path": "1.txt", "encoding": "Windows-1256"}, {"path": "2.txt", "encoding": "Windows-1256"}],
        [{"path": "3.json", "field": "day"}],
    )


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        (
            ["--field", "body=x"],
            "'body=x' is no fact; facts are id, text, title, source, url, author, published, as in",
        ),
        (
            ["--field", "text"],
            "'text' is no FACT=NAME; facts are id, text, title, source, url, author, published, as in",
        ),
        (["--encoding", "klingon"], "'klingon' is no encoding; write it as windows-1256"),
        (["--encoding", "base64"], "'base64' is no encoding; write it as windows-1256"),
        (["--format", "docx"], "'docx' is not one of 'txt', 'md', 'html', 'json', 'jsonl', 'csv', 'pdf'"),
    ],
)
def test_an_option_that_cannot_be_used_says_why(option: list[str], complaint: str, tmp_path: Path) -> None:
    done = isnad_here("ingest", "a.txt", *option, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"isnad: invalid value for '{option[0]}': {complaint}")


def test_every_format_can_be_stated() -> None:
    (choices,) = (parameter.type for parameter in ingest.params if parameter.name == "format_")
    assert isinstance(choices, click.Choice)
    assert tuple(choices.choices) == FORMATS


def test_ingesting_text_and_asking_import_neither_trafilatura_nor_pdfium() -> None:
    code = (
        "import sys, index.ingest, assistant.ask, assistant.cli;"
        "from pathlib import Path; from index.reading import read;"
        "list(read(Path('pyproject.toml'))); list(read(Path('seeds')));"
        "print(sorted({'trafilatura', 'lxml', 'pypdfium2', 'zstandard'} & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parent.parent,
        check=True,
    )
    assert ran.stdout == "[]\n"
