"""What is said where a Milvus index cannot be reached, and how the settings name one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.archive.sqlite import SqliteArchive
from index.errors import ArchiveWriteError, IndexServerError, SettingsError
from index.followers import milvus_collection
from index.followers.milvus_dense import MilvusDenseIndex
from index.followers.milvus_lexical import MilvusLexicalIndex
from index.followers.milvus_server import MilvusServer, close_servers
from index.settings import IndexPlace, load_settings
from tests.archives import fill
from tests.console import isnad

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ISNAD_INDEX", "ISNAD_INDEX_TOKEN", "ISNAD_INDEX_KIND"):
        monkeypatch.delenv(name, raising=False)


def test_a_place_is_a_file_or_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().index_place is None
    monkeypatch.setenv("ISNAD_INDEX", "milvus:./a.db")
    place = load_settings().index_place
    assert (place, place is not None and place.is_file) == (IndexPlace("a.db"), True)
    monkeypatch.setenv("ISNAD_INDEX", "milvus:https://me:word@host:19530/news")
    monkeypatch.setenv("ISNAD_INDEX_TOKEN", "me:other")
    monkeypatch.setenv("ISNAD_INDEX_KIND", "hnsw")
    place = load_settings().index_place
    assert place == IndexPlace("https://me:word@host:19530/news", "me:other", "hnsw")
    assert (place.is_file, str(place)) == (False, "https://host:19530/news")


@pytest.mark.parametrize("value", ["milvus", "milvus:a.txt", "faiss:a.db", "http://host:19530", "milvus:ftp://host"])
def test_a_wrong_place_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ISNAD_INDEX", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == (
        f"ISNAD_INDEX is {value!r}: value error, it is milvus:FILE.db or milvus:http://HOST:PORT; leave it out for "
        "indexes beside the archive; correct it there"
    )


def test_no_password_of_a_place_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_INDEX", "milvus:http://me:word@host:19530/a/b")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "word" not in str(caught.value)
    with pytest.raises(IndexServerError) as unreached:
        MilvusServer.open(IndexPlace(f"http://me:word@127.0.0.1:{_free_port()}"), 1.0)
    assert "word" not in str(unreached.value)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_server_that_nobody_runs_is_named_in_one_line_and_ends_with_2(tmp_path: Path) -> None:
    fill(tmp_path / ".isnad", SEEDS)
    uri = f"http://127.0.0.1:{_free_port()}"
    ran = isnad("search", "Lavrov", folder=tmp_path, environment={"ISNAD_INDEX": f"milvus:{uri}"})
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"isnad: cannot reach the index at '{uri}': Fail connecting to server on {uri.removeprefix('http://')}, "
        "illegal connection params or server unavailable; correct ISNAD_INDEX or start it\n"
    )


def test_something_that_is_no_milvus_server_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        uri = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(IndexServerError, match=f"^cannot reach the index at '{uri}': .*; correct ISNAD_INDEX"):
            MilvusServer.open(IndexPlace(uri), 1.0)


def test_a_file_in_no_folder_and_one_that_is_something_else_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no index", encoding="utf-8")
    for name, reason in (("nowhere/a.db", "No such file or directory"), ("a.db", "File exists")):
        with pytest.raises(ArchiveWriteError) as caught:
            MilvusServer.open(IndexPlace(f"{tmp_path}/{name}"), 1.0)
        assert str(caught.value) == f"cannot open the index '{tmp_path}/{name}': {reason}; allow writing there"


SERVES = """
import sys
from milvus_lite.adapter.grpc.server import run_server
run_server(sys.argv[1], "127.0.0.1", int(sys.argv[2]))
"""


@contextmanager
def served(folder: Path, port: int) -> Iterator[None]:
    """Milvus Lite as a server of its own, which is killed in the end."""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", SERVES, folder, str(port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout
            assert b"listening" in server.stdout.readline()
            yield
        finally:
            server.kill()


def test_a_server_that_dies_is_named_and_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus_collection, "SOON", 2.0)
    port = _free_port()
    place = IndexPlace(f"http://127.0.0.1:{port}")
    fill(tmp_path / ".isnad", SEEDS)
    with SqliteArchive.open(tmp_path / ".isnad") as archive:
        index = MilvusLexicalIndex(archive.folder, place)
        with served(tmp_path / "server", port):
            MilvusDenseIndex(archive.folder, place).catch_up(archive)
            index.catch_up(archive)
            found = index.search("موسكو", 5).numbers.tolist()
            assert len(found) == 4
        with pytest.raises(IndexServerError) as caught:
            index.search("موسكو", 5)
        assert "\n" not in str(caught.value)
        assert str(caught.value).startswith(f"the index at '{place}' ")
        with served(tmp_path / "server", port):
            index.catch_up(archive)
            assert index.search("موسكو", 5).numbers.tolist() == found
    close_servers()


WITHOUT = """
import sys
sys.modules["pymilvus"] = None
from assistant.cli import main
main()
"""


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    fill(tmp_path / ".isnad", SEEDS)
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT, "search", "Lavrov"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SEEDS.parent), "ISNAD_INDEX": "milvus:a.db"},
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "isnad: ISNAD_INDEX is 'a.db': import of pymilvus halted; None in sys.modules; run `pip install "
        "'isnad[milvus]'`\n"
    )


def test_the_program_ingests_asks_verifies_and_removes_in_a_file(tmp_path: Path) -> None:
    environment = {"ISNAD_INDEX": "milvus:index.db", "PYTHONWARNINGS": "error"}

    def run(*arguments: str | Path) -> str:
        ran = isnad(*arguments, folder=tmp_path, environment=environment)
        assert ran.stderr == ""
        return ran.stdout

    assert run("ingest", SEEDS).startswith("5 added")
    assert not (tmp_path / ".isnad" / "dense").exists()
    assert not (tmp_path / ".isnad" / "lexical").exists()
    assert "لافروف" in run("ask", "What did Lavrov say about Turkey?")
    assert run("archive", "verify") == "5 articles, nothing wrong\n"
    gone = run("archive", "list").split()[0]
    run("archive", "remove", gone)
    left = "words: behind the archive; the next question brings it up to date\n4 articles, nothing wrong\n"
    assert run("archive", "verify") == left  # the words of so few passages wait for the next question
    run("archive", "rebuild")
    assert run("archive", "verify") == left
