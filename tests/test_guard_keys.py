"""API keys: made once, kept as hashes, ended by a day or by hand, by several processes at once."""

from __future__ import annotations

import json
import logging
import re
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.serve.guard.keys import KeyFile
from index.errors import IsnadError, SettingsError

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive" / "keys.json"


def refusal(keys: KeyFile, name: str) -> str:
    with pytest.raises(SettingsError) as refused:
        keys.create(name)
    return str(refused.value)


def test_a_key_is_found_by_itself_alone_and_kept_only_as_its_hash(file: Path) -> None:
    keys = KeyFile(file, Clock())
    reader, writer = keys.create("reader"), keys.create("writer", may_write=True)
    assert re.fullmatch(r"isnad_[a-z2-7]{8}_[\w-]{43}", reader)
    found, other = keys.find(reader), keys.find(writer)
    assert found is not None
    assert other is not None
    assert (found.name, found.id, sorted(found.permissions)) == ("reader", reader[6:14], ["read"])
    assert (other.name, sorted(other.permissions)) == ("writer", ["read", "write"])
    for wrong in ("", "isnad_", reader[:-1], reader + "x", reader[:-1] + "\ud800", f"isnad_{other.id}_{reader[15:]}"):
        assert keys.find(wrong) is None
    kept = file.read_text(encoding="utf-8")
    assert reader[15:] not in kept
    assert sha256(reader.encode()).hexdigest() in kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_ends_after_its_last_day_and_by_being_revoked(file: Path) -> None:
    clock = Clock()
    keys = KeyFile(file, clock)
    short, long = keys.create("short", expires=date(2026, 5, 7)), keys.create("long")
    clock.now = datetime(2026, 5, 7, 23, 59, tzinfo=UTC)
    assert keys.find(short) is not None
    clock.now = datetime(2026, 5, 8, tzinfo=UTC)
    assert keys.find(short) is None
    assert keys.revoke("long").state(clock.now) == "revoked"
    assert keys.find(long) is None
    assert [key.state(clock.now) for key in keys.listed()] == ["expired", "revoked"]
    assert keys.is_used()
    with pytest.raises(SettingsError, match="no key in use has the name or id 'long'; `isnad keys list` prints"):
        keys.revoke("long")


def test_a_name_is_free_again_once_its_key_is_over(file: Path) -> None:
    keys = KeyFile(file)
    first = keys.create("laptop")
    assert refusal(keys, "laptop") == "there is a key named 'laptop' already; revoke it first, or take another name"
    keys.revoke(first[6:14])
    second = keys.create("laptop")
    assert (keys.find(first), keys.find(second) is not None) == (None, True)


@pytest.mark.parametrize("name", ["", " a", "a\n", "x" * 65])
def test_a_name_that_would_not_print_is_refused(file: Path, name: str) -> None:
    assert refusal(KeyFile(file), name) == f"a key cannot be named {name!r}; take 1 to 64 letters"


def test_a_day_that_has_passed_is_refused(file: Path) -> None:
    with pytest.raises(SettingsError, match="--expires 2026-05-05 has passed; give a day to come"):
        KeyFile(file, Clock()).create("late", expires=date(2026, 5, 5))


def test_what_another_process_makes_and_ends_counts_at_once(file: Path) -> None:
    serving, typing = KeyFile(file), KeyFile(file)
    assert not serving.is_used()
    key = typing.create("new")
    assert serving.find(key) is not None
    typing.revoke("new")
    assert serving.find(key) is None
    assert serving.is_used()


def test_a_file_that_is_damaged_lets_in_nobody(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    keys = KeyFile(file)
    key = keys.create("one")
    kept = file.read_bytes()
    for damaged in (
        kept[:-9],
        b"[]",
        b'{"version": 1, "keys": [{"id": "x"}]}',
        b"\xff",
        b'{"version": "1", "keys": []}',
    ):
        file.write_bytes(damaged)
        with pytest.raises(IsnadError, match=f"'{file}' holds no keys; delete it and make them anew"):
            keys.listed()
        assert keys.find(key) is None
        assert keys.is_used()
    assert {record.levelno for record in caplog.records} == {logging.ERROR}
    file.write_text(json.dumps({"version": 2, "keys": []}), encoding="utf-8")
    with pytest.raises(IsnadError, match="were made by a newer version; update Isnad"):
        keys.listed()
    file.write_bytes(kept)
    assert keys.find(key) is not None


MAKE = """
import sys
from pathlib import Path
from assistant.serve.guard.keys import KeyFile

for number in range(20):
    print(KeyFile(Path(sys.argv[1])).create(f"{sys.argv[2]}-{number}"))
"""


def test_processes_that_make_keys_at_once_lose_none(file: Path) -> None:
    makers = [
        subprocess.Popen([sys.executable, "-c", MAKE, file, name], stdout=subprocess.PIPE, encoding="utf-8")
        for name in ("one", "other")
    ]
    made = [line for maker in makers for line in maker.communicate(timeout=60)[0].splitlines()]
    keys = KeyFile(file)
    assert len(made) == 40
    assert sorted(key.name for key in map(keys.find, made) if key) == sorted(
        f"{name}-{number}" for name in ("one", "other") for number in range(20)
    )


def isnad(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, [*map(str, arguments)])
    return done.exit_code, str(done.exception) if isinstance(done.exception, IsnadError) else done.output


def test_keys_are_made_listed_and_ended_on_the_command_line(tmp_path: Path) -> None:
    archive = ("--archive", tmp_path / "archive")
    assert isnad("keys", "list", *archive) == (0, "no key was made; `isnad keys create NAME` makes one\n")
    code, made = isnad("keys", "create", "ci", "--write", "--expires", "2999-12-31", *archive)
    key = KeyFile(tmp_path / "archive" / "keys.json").find(made.strip())
    assert (code, key is not None) == (0, True)
    assert key is not None
    today = f"{key.created:%Y-%m-%d}"
    line = f"{key.id}  ci  (read, write; made {today}, until 2999-12-31): "
    assert isnad("keys", "list", *archive) == (0, f"{line}active\n")
    assert isnad("keys", "revoke", "ci", *archive) == (0, f"revoked: {key.id}  ci\n")
    listed = json.loads(isnad("keys", "list", "--json", *archive)[1])["keys"]
    assert [(one["id"], one["name"], one["write"], one["state"]) for one in listed] == [(key.id, "ci", True, "revoked")]
    assert "digest" not in listed[0]
    assert isnad("keys", "revoke", "ci", *archive)[0] == 1


def test_the_file_of_the_keys_can_be_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = isnad("keys", "create", "a", "--keys-file", tmp_path / "mine")[1].strip()
    monkeypatch.setenv("ISNAD_KEYS_FILE", str(tmp_path / "mine"))
    assert isnad("keys", "list")[1].startswith(made[6:14])
