"""Settings from variables and a file, and what is said about a wrong one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.archive.address import Server
from index.errors import SettingsError
from index.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.upper().startswith("ISNAD_"):
            monkeypatch.delenv(name)


def write(content: str | bytes) -> None:
    Path("isnad.toml").write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def refusal(**options: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(**options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def as_dict(settings: Settings) -> dict[str, object]:
    return settings.model_dump()


MODEL = {
    "llm": None,
    "llm_url": None,
    "llm_key": None,
    "llm_timeout": 120.0,
    "system_key": None,
    "unsupported": "show",
    "nli": None,
}
CHAT = {"host": "127.0.0.1", "port": 7860, "allow_edit": False, "auth_file": None}
SERVE = {
    "keys_file": None,
    "open": False,
    "rate": 600,
    "burst": 100,
    "most_at_once": 8,
    "most_waiting": 256,
    "longest_body": 2**23,
    "timeout": 150.0,
    "grace": 30.0,
    "log_questions": False,
}
INDEX = {"index": None, "index_token": None, "index_kind": None}
PLACE = {"folder": Path(".isnad-server")}
DEFAULTS = {
    "archive": Path(".isnad"),
    **PLACE,
    "encoder": None,
    "backend": "torch",
    **INDEX,
    **CHAT,
    **SERVE,
    **MODEL,
}


def test_where_nothing_is_set_the_defaults_hold() -> None:
    assert as_dict(load_settings()) == DEFAULTS


def test_an_option_goes_before_a_variable_and_a_variable_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write('archive = "from file"\nencoder = "from file"\nport = 1')
    monkeypatch.setenv("ISNAD_ARCHIVE", "from variable")
    monkeypatch.setenv("ISNAD_PORT", "2")
    assert as_dict(load_settings(port=3, host=None)) == {
        "archive": Path("from variable"),
        **PLACE,
        "encoder": "from file",
        "backend": "torch",
        **INDEX,
        **CHAT,
        "port": 3,
        **SERVE,
        **MODEL,
    }


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ISNAD_ARCHIVE", "ISNAD_PORT", "ISNAD_ENCODER"):
        monkeypatch.setenv(name, "")
    assert as_dict(load_settings()) == DEFAULTS


def test_the_archive_may_lie_in_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    monkeypatch.setenv("ISNAD_ARCHIVE", "~/news")
    assert load_settings().archive == Path("/home/reader/news")


def test_the_archive_may_be_a_database_and_what_goes_with_it_lies_below_a_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ISNAD_ARCHIVE", "postgresql://isnad:secret@db.example.org/news")
    archive = load_settings().archive
    assert isinstance(archive, Server)
    assert str(archive) == "postgresql://isnad@db.example.org/news"
    assert archive.folder == Path(".isnad-server/db.example.org-news")
    monkeypatch.setenv("ISNAD_FOLDER", "~/kept")
    monkeypatch.setenv("HOME", "/home/reader")
    archive = load_settings(archive=archive).archive
    assert isinstance(archive, Server)
    assert archive.folder == Path("/home/reader/kept/db.example.org-news")
    assert "secret" not in repr(load_settings())


def test_a_wrong_address_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_ARCHIVE", "mysql://isnad:secret@db/news")
    assert refusal() == (
        "ISNAD_ARCHIVE is 'mysql://isnad:…@db/news': value error, an archive is a folder, or "
        "postgresql://USER@HOST/DATABASE; correct it there"
    )


def test_other_variables_of_the_project_are_not_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_REQUIRE_BROWSER", "1")
    assert as_dict(load_settings()) == DEFAULTS


def test_a_wrong_value_is_named_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(port=70000) == "--port is 70000: input should be less than or equal to 65535; correct it there"
    write('port = "many"')
    problem = "input should be a valid integer, unable to parse string as an integer; correct it there"
    assert refusal() == f"port in isnad.toml is 'many': {problem}"
    monkeypatch.setenv("ISNAD_PORT", "some")
    assert refusal() == f"ISNAD_PORT is 'some': {problem}"
    monkeypatch.delenv("ISNAD_PORT")
    write("")
    monkeypatch.setenv("ISNAD_BACKEND", "cuda")
    assert refusal() == "ISNAD_BACKEND is 'cuda': input should be 'torch', 'onnx' or 'openvino'; correct it there"


def test_an_unknown_name_in_the_file_is_not_passed_over() -> None:
    write('archiv = "x"')
    assert refusal() == (
        "isnad.toml sets 'archiv', which is no setting; known are archive, folder, encoder, backend, index, "
        "index_token, index_kind, host, port, allow_edit, auth_file, keys_file, open, rate, burst, most_at_once, "
        "most_waiting, longest_body, timeout, grace, log_questions, llm, llm_url, llm_key, llm_timeout, system_key, "
        "unsupported, nli"
    )


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("LLM_URL", "localhost", "input should be a valid URL, relative URL without a base"),
        ("LLM_URL", "ftp://here/v1", "URL scheme should be 'http' or 'https'"),
        ("LLM_TIMEOUT", "0", "input should be greater than 0"),
        ("UNSUPPORTED", "hide", "input should be 'show' or 'drop'"),
    ],
)
def test_a_wrong_setting_of_the_language_model_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(f"ISNAD_{name}", value)
    assert refusal() == f"ISNAD_{name} is {value!r}: {problem[0].lower()}{problem[1:]}; correct it there"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_LLM_KEY", "sk-secret")
    assert "sk-secret" not in repr(load_settings())
    monkeypatch.setenv("ISNAD_LLM_KEY", "sk-sécret")
    problem = "is set: value error, a key consists of ASCII letters, digits and signs; correct it there"
    assert refusal() == f"ISNAD_LLM_KEY {problem}"
    monkeypatch.delenv("ISNAD_LLM_KEY")
    write("llm_key = 12345")
    assert refusal() == "llm_key in isnad.toml is set: input should be a valid string; correct it there"


@pytest.mark.parametrize("content", ["port = = 3", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_said_to_be_none(content: str | bytes) -> None:
    write(content)
    assert refusal().startswith("isnad.toml is not TOML (")


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1
