"""Virtual environments for the libraries that Isnad is measured against, made when they are first needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from index.errors import BenchmarkError

SCRIPTS = Path(__file__).parent / "peers"


class Peer(NamedTuple):
    """A script, and the library whose environment it runs in."""

    script: str
    library: str


PEERS = {
    "llama-index": Peer("llama_index.py", "llama-index"),
    "txtai": Peer("txtai.py", "txtai"),
    "txtai-whole": Peer("txtai_whole.py", "txtai"),
    "haystack": Peer("haystack.py", "haystack"),
}
"""What Isnad is measured against."""

CACHE = Path("~/.cache/isnad/peers")
_STAMP = "installed.txt"


def environment(peer: str, folder: Path, announce: Callable[[str], object]) -> Path:
    """Return the interpreter of a peer's own environment below a folder, made where it is missing or of other pins.

    Packages come from where pip takes them, which is announced, since it takes minutes. Raises BenchmarkError where it
    fails.
    """
    library = PEERS[peer].library
    home = folder.expanduser() / library
    requirements = SCRIPTS / f"requirements-{library}.txt"
    pins = requirements.read_text(encoding="utf-8")
    interpreter, stamp = home / "bin" / "python", home / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == pins:
        return interpreter
    announce(f"making an environment for {library} in '{home}'")
    shutil.rmtree(home, ignore_errors=True)
    _run(library, [sys.executable, "-m", "venv", str(home)])
    install = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement", str(requirements)]
    _run(library, [str(interpreter), "-m", "pip", *install])
    stamp.write_text(pins, encoding="utf-8")
    return interpreter


def _run(peer: str, command: list[str]) -> None:
    try:
        ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise BenchmarkError(f"cannot make an environment for {peer}: '{command[0]}': {error.strerror}") from error
    if ended.returncode:
        said = [line for line in (ended.stderr + ended.stdout).splitlines() if line.strip()]
        errors = [line for line in said if line.startswith("ERROR: ")] or said or [f"exit code {ended.returncode}"]
        reason = errors[-1].removeprefix("ERROR: ").strip()
        raise BenchmarkError(
            f"cannot make an environment for {peer}: {reason}; let pip reach a package index, or leave {peer} out"
        )
