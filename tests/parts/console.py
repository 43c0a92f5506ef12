"""The program as its user runs it: the console script in a process of its own, or its entry point in this one."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from assistant.cli import main
from tests.parts.places import ROOT, SEEDS

ISNAD = Path(sys.executable).with_name("isnad")


def isnad(
    *arguments: str | bytes | Path, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, whose archive is the one in `.isnad`, and wait for its end."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    return subprocess.run(
        [ISNAD, *arguments],
        cwd=folder,
        env=inherited | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def isnad_here(*arguments: str | bytes | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the entry point of the console script within this process, which spares a second's start."""
    command = ["isnad", *map(os.fsdecode, arguments)]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        chdir(folder),
        patch.object(sys, "argv", command),
        patch.dict(os.environ, settings, clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(command, code, *(_written(stream) for stream in (out, err)))


def printed_here(*arguments: str | bytes | Path, folder: Path) -> str:
    """What a command prints that ends well and warns of nothing, run within this process."""
    done = isnad_here(*arguments, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def json_of(archive: Path, *arguments: str) -> str:
    """What a command prints with ``--json`` of the archive in a folder."""
    return isnad_here(*arguments, "--json", "--archive", archive, folder=archive.parent).stdout


def untimed(text: str) -> list[str]:
    """The lines of an answer as JSON but for its seconds."""
    return [line for line in text.split("\n") if '"seconds"' not in line]


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def make_seed_archive(folder: Path) -> Path:
    """Make the archive of the seed articles in a folder; returns the folder."""
    printed_here("ingest", SEEDS, folder=folder)
    return folder


def content(folder: Path) -> str:
    """A hash of all that the archive in a folder tells about its articles."""
    listed = printed_here("archive", "list", "--json", folder=folder)
    return hashlib.sha256(listed.encode("utf-8")).hexdigest()


def example(name: str, *arguments: str) -> str:
    """What a program in ``examples/`` prints; it must end well, and warn of nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", f"examples/{name}", *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout
