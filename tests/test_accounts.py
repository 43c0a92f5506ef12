"""Accounts: passwords by scrypt, the file that names them, sessions that are signed and end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.chat.access.accounts import (
    MOST_FAILURES,
    SESSION,
    WITHIN,
    Accounts,
    Failures,
    Password,
    read_accounts,
)
from assistant.cli import cli, main
from index.errors import SettingsError

AMAL = Password.of("سرّ الليل: 1")


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_password_matches_itself_alone_and_is_nowhere_in_what_is_written() -> None:
    assert AMAL.matches("سرّ الليل: 1")
    assert not AMAL.matches("سرّ الليل: 2")
    assert Password.read(str(AMAL)) == AMAL
    assert "1" not in str(AMAL).split("$")[4:]
    assert str(Password.of("x")) != str(Password.of("x"))


@pytest.mark.parametrize(
    "written", ["", "secret", "scrypt$3$8$1$AAAA$AAAA", "scrypt$32768$8$3$A$AAAA", "scrypt$99999999$99$9$AAAA$AAAA"]
)
def test_what_is_no_hash_of_a_password_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Password.read(written)


def test_the_file_and_the_pairs_name_who_may_come(tmp_path: Path) -> None:
    file = tmp_path / "people"
    file.write_text(f"# the desk\n\nأمل:{AMAL}\n", encoding="utf-8")
    accounts = read_accounts(["reader:a:b"], file)
    assert accounts is not None
    tried = [("reader", "a:b"), ("أمل", "سرّ الليل: 1"), ("أمل", "a:b"), ("nobody", "a:b"), ("reader", "")]
    assert [accounts.find(*each) for each in tried] == ["reader", "أمل", None, None, None]
    assert [accounts.find_again(*each) for each in tried * 2] == ["reader", "أمل", None, None, None] * 2
    assert read_accounts([], None) is None


@pytest.mark.parametrize(
    ("pairs", "line", "message"),
    [
        (["reader"], None, "--auth number 1 is no USER:PASS; write a name, a colon and a password"),
        (["reader:"], None, "--auth number 1 is no USER:PASS; write a name, a colon and a password"),
        ([":p"], None, "--auth has the name ''; take one of 1 to 64 letters, without a colon"),
        (["a\u202eb:p"], None, r"--auth has the name 'a\u202eb'; take one of 1 to 64 letters, without a colon"),
        ([], "amal:secret", "line 1 of '{}' is no USER:HASH; make one with `isnad password USER`"),
        ([], "# nobody", "'{}' names nobody; add a line made with `isnad password USER`"),
        ([], None, "cannot read '{}': No such file or directory; check --auth-file"),
    ],
)
def test_what_names_nobody_is_refused_in_one_line_without_the_password(
    tmp_path: Path, pairs: list[str], line: str | None, message: str
) -> None:
    file = tmp_path / "people"
    if line:
        file.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        read_accounts(pairs, None if pairs else file)
    assert str(refused.value) == message.format(file)
    assert "secret" not in str(refused.value)


def test_a_session_is_its_owners_until_it_ends() -> None:
    clock = Clock()
    accounts, others = Accounts({"أمل": AMAL}, clock), Accounts({"أمل": AMAL}, clock)
    token, kept = accounts.begin("أمل"), accounts.begin("أمل")
    assert (accounts.name_of(token), others.name_of(token)) == ("أمل", None)
    for forged in ("", "a.b.c", f"x{token}", token[:-1], f"{token}0", "١.٢.٣.٤"):
        assert accounts.name_of(forged) is None
    accounts.end(token)
    assert (accounts.name_of(token), accounts.name_of(kept)) == (None, "أمل")
    clock.now += SESSION + 1
    assert accounts.name_of(kept) is None


def test_an_address_that_has_failed_often_waits() -> None:
    clock = Clock()
    failures = Failures(clock)
    for _ in range(MOST_FAILURES):
        assert failures.wait("a") == 0
        failures.add("a")
    assert (failures.wait("a"), failures.wait("b")) == (WITHIN, 0)
    clock.now += WITHIN
    assert failures.wait("a") == 0


def test_the_command_prints_a_line_for_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = CliRunner().invoke(cli, ["password", "amal"], input="night\n")
    assert printed.exit_code == 0
    file = tmp_path / "people"
    file.write_text(printed.output, encoding="utf-8")
    accounts = read_accounts([], file)
    assert accounts is not None
    assert accounts.find("amal", "night") == "amal"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["password", "a:b"], "isnad: USER has the name 'a:b'; take one of 1 to 64 letters, without a colon"),
        (["chat", "--auth", "amal"], "isnad: --auth number 1 is no USER:PASS; write a name, a colon and a password"),
    ],
)
def test_a_name_that_cannot_be_is_one_line_and_exit_2(
    arguments: list[str],
    message: str,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["isnad", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (2, f"{message}\n")
    assert list(here.iterdir()) == []
