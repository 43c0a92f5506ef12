"""Bad input gets one clear line or a decline, leaves the archive as it was, and never a traceback."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive.file import FILE, VERSION
from tests.console import content, isnad, isnad_here, make_seed_archive

NOT_UTF_8 = "not UTF-8 at character 3; set the terminal to UTF-8"

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles, and files that cannot be read."""
    folder = make_seed_archive(tmp_path_factory.mktemp("seeds"))
    (folder / "russian.txt").write_bytes("Новости дня".encode("windows-1251"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "set.jsonl").write_text("{}\n", encoding="utf-8")
    (folder / "papers").mkdir()
    (folder / "papers" / "letter.docx").write_bytes(b"PK")
    return folder


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Path:
    """A folder with an archive that may be spoilt."""
    shutil.copytree(seeds / ".isnad", tmp_path / ".isnad")
    return tmp_path


def _complaint(*arguments: str | bytes, folder: Path) -> str:
    """The one line that a failing command writes, without the program's name."""
    return _line(isnad_here(*arguments, folder=folder))


def _line(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("isnad: ")
    return done.stderr.removeprefix("isnad: ").rstrip("\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", ""], "the question is empty; write one in Arabic or English"),
        (["ask", " \n\t "], "the question is empty; write one in Arabic or English"),
        (["ask", "why " * 2500], "the question has 9,999 characters; the most is 2,000"),
        (["ask", "?!؟ …"], "the question '?!؟ …' holds no word; write one in Arabic or English"),
        (["ask", "what \x07 now"], "the question holds the control character U+0007; remove it"),
        (["ask", "what \x1b[31m now"], "the question holds the control character U+001B; remove it"),
        (["ask", "what \u202e now"], "the question holds the control character U+202E; remove it"),
        (["ask", "why", "--after", " "], "the question is empty; write one in Arabic or English"),
        (
            ["ask", "why", "--after", "ok", "--after", "\u202e"],
            "the question holds the control character U+202E; remove it",
        ),
        (
            ["ask", "why", "--after", b"caf\xe9"],
            f"invalid value for '--after': {NOT_UTF_8} (see `isnad ask --help`)",
        ),
        (["search", ""], "the question is empty; write one in Arabic or English"),
        (["search", "\u202dTurkey"], "the question holds the control character U+202D; remove it"),
        (["check", "--quote", ""], "the quotation holds no word; give the words to look for"),
        (["check", "--quote", "«…»"], "the quotation holds no word; give the words to look for"),
        (["check", "--quote", "a" * 20_001], "the quotation has 20,001 characters; the most is 20,000"),
        (["check", "--quote", "كلمة " * 10_000], "the quotation has 49,999 characters; the most is 20,000"),
        (["check", "--quote", "\u064b\u064c\u0650\u0651"], "the quotation holds no word; give the words to look for"),
        (
            ["ask", b"caf\xe9"],
            f"invalid value for 'QUESTION': {NOT_UTF_8} (see `isnad ask --help`)",
        ),
        (
            ["check", "--quote", b"caf\xe9"],
            f"invalid value for '--quote': {NOT_UTF_8} (see `isnad check --help`)",
        ),
        (
            ["ask", "why", "--from", "2020-02-30"],
            "invalid value for '--from': '2020-02-30' is no day; write it as 2020-02-17 (see `isnad ask --help`)",
        ),
        (
            ["search", "why", "--to", "yesterday"],
            "invalid value for '--to': 'yesterday' is no day; write it as 2020-02-17 (see `isnad search --help`)",
        ),
        (
            ["ask", "why", "--from", "2020-02-02", "--to", "2020-01-01"],
            "--from 2020-02-02 is after --to 2020-01-01; exchange them (see `isnad ask --help`)",
        ),
        (
            ["ask", "why", "--speaker", "?"],
            "invalid value for '--speaker': '?' is no name; leave the option out for all (see `isnad ask --help`)",
        ),
        (
            ["ask", "why", "--lang", "fr"],
            "invalid value for '--lang': 'fr' is not one of 'ar', 'en' (see `isnad ask --help`)",
        ),
        (
            ["ask", "why", "--writer", "llm"],
            "no language model is set: name one with ISNAD_LLM, and its server with ISNAD_LLM_URL",
        ),
        (
            ["search", "why", "-k", "0"],
            "invalid value for '-k': 0 is not in the range 1<=x<=1000 (see `isnad search --help`)",
        ),
        (["ask"], "missing argument 'QUESTION' (see `isnad ask --help`)"),
        (["check"], "give either a FILE (- for standard input) or --quote TEXT (see `isnad check --help`)"),
        (["ask", "why", "--nonsense"], "no such option '--nonsense' (see `isnad ask --help`)"),
        (["nonsense"], "no such command 'nonsense' (see `isnad --help`)"),
        (["archive", "nonsense"], "no such command 'nonsense' (see `isnad archive --help`)"),
        (["archive", "show", "nonsense"], "no article 'nonsense' in '.isnad'; `isnad archive list` names them"),
        (["archive", "remove", "nonsense"], "no article 'nonsense' in '.isnad'; `isnad archive list` names them"),
        (["archive", "nons\x1b[31m\nense"], "no such command 'nons\\x1b[31m\\nense' (see `isnad archive --help`)"),
        (["eval", "missing.jsonl"], "cannot read question set 'missing.jsonl': No such file or directory"),
        (["chat", "--port", "70000"], "--port is 70000: input should be less than or equal to 65535; correct it there"),
    ],
    ids=lambda value: " ".join(map(repr, value))[:40] if isinstance(value, list) else "",
)
def test_a_command_that_cannot_be_worked_on_says_why(seeds: Path, arguments: list[str | bytes], complaint: str) -> None:
    assert _complaint(*arguments, folder=seeds) == complaint


@pytest.mark.parametrize(
    "arguments", [["ask", ""], ["ask", b"caf\xe9"], ["ask"], ["archive", "show", "nonsense"], ["ingest", "missing.txt"]]
)
def test_the_process_of_a_failing_command_ends_as_its_entry_point_does(
    seeds: Path, arguments: list[str | bytes]
) -> None:
    processed, called = isnad(*arguments, folder=seeds), isnad_here(*arguments, folder=seeds)
    assert (processed.returncode, processed.stdout, processed.stderr) == (2, called.stdout, called.stderr)
    assert called.returncode == 2


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Qu'a dit Lavrov sur la Turquie ?", "en"),
        ("Was hat Lawrow über die Türkei gesagt?", "en"),
        ("¿Qué dijo Lavrov sobre Turquía?", "en"),
        ("Что сказал Лавров о Турции?", "en"),
        ("拉夫罗夫对土耳其说了什么？", "en"),
        ("Lavrov Türkiye hakkında ne dedi?", "en"),
        ("لاوروف درباره ترکیه چه گفت؟", "ar"),
        ("لاوروف نے ترکی کے بارے میں کیا کہا؟", "ar"),
    ],
)
def test_a_question_in_a_third_language_is_declined_and_says_so(seeds: Path, question: str, language: str) -> None:
    done = isnad_here("ask", question, "--json", folder=seeds)
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (answer["declined"], answer["sentences"], answer["passages"]) == (True, [], [])
    assert (
        answer["reason"]
        == {
            "en": "The question is in neither Arabic nor English; please ask in one of them.",
            "ar": "السؤال ليس بالعربية ولا بالإنجليزية؛ يرجى طرحه بإحداهما.",
        }[language]
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("russian.txt", "not UTF-8 at byte 0; convert it to UTF-8, or name its encoding with --encoding"),
        ("empty.txt", "it is empty"),
        ("binary.txt", "it is binary, not text"),
        ("loop.txt", "too many levels of symbolic links"),
        ("picture.png", ".png is not a known format; convert it to .txt"),
        ("missing.txt", "there is no such file; check the path"),
        ("set.jsonl", "it has no text; name the field text or body or content or article"),
        ("papers", "Word is not supported yet; convert it to text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(seeds: Path, name: str, reason: str) -> None:
    before = content(seeds)
    done = isnad_here("ingest", name, "--json", folder=seeds)
    (rejected,) = json.loads(done.stdout)["rejected"]
    assert (done.returncode, done.stderr) == (2, f"isnad: {rejected['reason']}\n")
    assert rejected["reason"].startswith("cannot read ")
    assert rejected["reason"].endswith(reason)
    assert content(seeds) == before


def test_files_that_cannot_be_read_fail_the_command_only_where_there_are_no_others(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "good.txt").write_text("A good story.", encoding="utf-8")
    mixed = isnad_here("ingest", "empty.txt", "good.txt", "missing.txt", folder=folder)
    assert (mixed.returncode, mixed.stderr) == (0, "")
    assert mixed.stdout.splitlines()[0] == "1 added, 0 updated, 0 unchanged, 0 duplicates, 2 rejected"
    bad = isnad_here("ingest", "empty.txt", "missing.txt", folder=folder)
    assert (bad.returncode, bad.stderr) == (
        2,
        "isnad: cannot read 'empty.txt': it is empty; nor could 1 more be read\n",
    )


EVERY_COMMAND = [
    ["ask", "what did Lavrov say about Turkey"],
    ["search", "Turkey"],
    ["check", "--quote", "Turkey"],
    ["ingest", "good.txt"],
    ["archive", "stats"],
    ["archive", "list"],
    ["archive", "show", "5a650a7e38bb"],
    ["archive", "remove", "5a650a7e38bb"],
    ["archive", "rebuild"],
    ["archive", "verify"],
]
READING = [command for command in EVERY_COMMAND if command[0] != "ingest"]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_where_no_archive_is_every_command_but_ingest_says_how_to_make_one(command: list[str], tmp_path: Path) -> None:
    assert _complaint(*command, folder=tmp_path) == (
        "there is no archive in '.isnad'; make one with `isnad ingest PATH`, or name another with --archive"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [EVERY_COMMAND[0], EVERY_COMMAND[3]], ids=" ".join)
def test_a_folder_that_holds_other_files_is_no_archive(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A good story.", encoding="utf-8")
    assert _complaint(*command, "--archive", ".", folder=tmp_path) == (
        "'.' is not an archive and holds other files; name an empty or new folder with --archive"
    )
    assert _complaint(*command, "--archive", "good.txt", folder=tmp_path) == (
        "'good.txt' is a file; an archive is a folder: name another with --archive"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["good.txt"]


@pytest.mark.parametrize("command", [EVERY_COMMAND[0], EVERY_COMMAND[3]], ids=" ".join)
def test_an_archive_of_a_newer_version_is_left_alone(command: list[str], folder: Path) -> None:
    (folder / "good.txt").write_text("A good story.", encoding="utf-8")
    with sqlite3.connect(folder / ".isnad" / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    assert _complaint(*command, folder=folder) == (
        f"the archive '.isnad' has format {VERSION + 1}, this program knows up to {VERSION}; update Isnad"
    )
    with sqlite3.connect(folder / ".isnad" / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.close()
    assert len(json.loads(isnad_here("archive", "list", "--json", folder=folder).stdout)["articles"]) == 5


def test_an_archive_that_another_process_writes_to_is_read_but_not_changed(folder: Path) -> None:
    (folder / "good.txt").write_text("A good story.", encoding="utf-8")
    before = content(folder)
    locker = [sys.executable, "-c", LOCK, str(folder / ".isnad" / FILE)]
    with subprocess.Popen(locker, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        assert isnad_here("ask", "what did Lavrov say about Turkey", folder=folder).returncode == 0
        assert _complaint("ingest", "good.txt", folder=folder) == (
            "the archive '.isnad' is locked by another process; try again when it is done"
        )
        assert content(folder) == before
        process.stdin.close()
    assert process.returncode == 0
    assert content(folder) == before
    assert isnad_here("ingest", "good.txt", folder=folder).returncode == 0


@pytest.mark.parametrize("command", EVERY_COMMAND[:-1], ids=" ".join)
def test_a_file_that_is_no_database_is_not_taken_for_an_archive(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A good story.", encoding="utf-8")
    (tmp_path / ".isnad").mkdir()
    (tmp_path / ".isnad" / FILE).write_bytes(b"This was an archive once. " * 500)
    assert _complaint(*command, folder=tmp_path) == (
        f"'.isnad/{FILE}' is not an archive; choose another folder with --archive"
    )
    assert (tmp_path / ".isnad" / FILE).read_bytes() == b"This was an archive once. " * 500


def test_a_damaged_archive_is_named_as_such(folder: Path) -> None:
    """Every page but the first, which says whose file it is, is overwritten."""
    file = folder / ".isnad" / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    for command in (["archive", "list"], ["ask", "what did Lavrov say about Turkey"]):
        complaint = _complaint(*command, folder=folder)
        assert complaint.startswith("the archive '.isnad' is damaged (")
        assert complaint.endswith("); restore it from a copy")
    assert file.read_bytes() == whole[:4096] + b"\xff" * (len(whole) - 4096)


def test_a_port_that_is_taken_is_refused_and_never_replaced(seeds: Path) -> None:
    before = content(seeds)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert _complaint("chat", "--port", str(port), folder=seeds) == (
            f"cannot serve on 127.0.0.1 port {port}: another program listens there; stop it, or pass another --port"
        )
    assert content(seeds) == before


def test_a_wrong_setting_is_named_with_where_it_stands(folder: Path) -> None:
    many = _line(isnad("archive", "list", folder=folder, environment={"ISNAD_PORT": "many"}))
    assert many.startswith("ISNAD_PORT is 'many': ")
    (folder / "isnad.toml").write_text("archiv = 'x'\n", encoding="utf-8")
    unknown = _complaint("archive", "list", folder=folder)
    assert unknown.startswith("isnad.toml sets 'archiv', which is no setting; known are archive, folder, encoder, ")


@pytest.fixture(scope="module", autouse=True)
def _archive_is_unchanged(seeds: Path) -> Iterator[None]:
    """None of the failing commands above has changed the archive that they share."""
    before = content(seeds)
    yield
    assert content(seeds) == before
