"""The program as its user runs it: the console script in a process of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.librarian import SEEDS

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


def make_seed_archive(folder: Path) -> Path:
    """Make the archive of the seed articles in a folder; returns the folder."""
    made = isnad("ingest", SEEDS, folder=folder)
    assert (made.returncode, made.stderr) == (0, "")
    return folder


def content(folder: Path) -> str:
    """A hash of all that the archive in a folder tells about its articles."""
    listed = isnad("archive", "list", "--json", folder=folder)
    assert (listed.returncode, listed.stderr) == (0, "")
    return hashlib.sha256(listed.stdout.encode("utf-8")).hexdigest()
