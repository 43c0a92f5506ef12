"""`isnad mcp` as a process: what it writes, how it starts, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from tests.console import ISNAD, isnad, make_seed_archive
from tests.tool_client import environment, message

INITIALIZE = message(
    0, "initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "test", "version": "1"}
)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles."""
    return make_seed_archive(tmp_path_factory.mktemp("seeds"))


def _started(folder: Path) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([ISNAD, "mcp"], cwd=folder, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe)


def test_a_line_that_is_no_message_is_answered_and_the_next_one_too(seeds: Path) -> None:
    broken = [b"{bad\n", b"[]\n", b'{"jsonrpc": "1.0"}\n', b"\xff\xfe\n", b"[" * 100_000 + b"\n"]
    with _started(seeds) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"".join([INITIALIZE, *broken, message(1, "ping")]))
        program.stdin.flush()
        _, *answers = [json.loads(program.stdout.readline()) for _ in range(2 + len(broken))]
        rest, complaints = program.communicate(timeout=60)
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32700, "message": "this line is no JSON-RPC message"}}
    assert answers == [*[error] * len(broken), {"jsonrpc": "2.0", "id": 1, "result": {}}]
    assert (program.returncode, rest, complaints) == (0, b"", b"")


@pytest.mark.parametrize("calls", [0, 8])
def test_it_ends_when_its_input_does_also_in_the_middle_of_a_call(seeds: Path, calls: int) -> None:
    asked = [message(n, "tools/call", name="ask", arguments={"question": "who?"}) for n in range(1, calls + 1)]
    with _started(seeds) as program:
        written, complaints = program.communicate(b"".join([INITIALIZE, *asked]), timeout=60)
    assert (program.returncode, complaints) == (0, b"")
    assert [json.loads(line)["id"] for line in written.splitlines()][0] == 0


def test_it_ends_without_a_word_when_its_client_is_gone(seeds: Path) -> None:
    with _started(seeds) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdin.write(INITIALIZE)
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["id"] == 0
        program.stdout.close()
        program.stdin.write(message(1, "tools/list") + message(2, "ping"))
        program.stdin.close()
        assert (program.wait(60), program.stderr.read()) == (0, b"")


def test_without_an_archive_it_says_so_and_does_not_start(tmp_path: Path) -> None:
    done = isnad("mcp", folder=tmp_path)
    line = "there is no archive in '.isnad'; make one with `isnad ingest PATH`, or name another with --archive"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"isnad: {line}\n")


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = CliRunner().invoke(cli, ["mcp"])
    assert str(done.exception) == (
        "the library of the Model Context Protocol is missing; run `pip install 'isnad[serve]'`"
    )


def test_it_starts_without_gradio_and_torch(seeds: Path) -> None:
    script = """
import sys
from assistant.cli import main
try:
    main()
except SystemExit as end:
    heavy = {"gradio", "torch", "llama_index", "transformers", "pandas"}
    print(end.code, sorted(heavy & sys.modules.keys()), file=sys.stderr)
"""
    asked = message(1, "tools/call", name="who_said", arguments={})
    done = subprocess.run(
        [sys.executable, "-c", script, "mcp"],
        cwd=seeds,
        env=environment(),
        input=INITIALIZE + asked,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == b"0 []\n"
