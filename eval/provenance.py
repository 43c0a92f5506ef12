"""Where a report comes from: the commit of the program, and the hash of each set."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from index.errors import QuestionSetError

_ROOT = Path(__file__).parent.parent


def program_commit() -> str:
    """Return the commit of the checkout that runs, with "-changed" where files differ from it; else the version."""
    if not (_ROOT / ".git").exists():
        return version("isnad")
    try:
        commit = _git("rev-parse", "--short=12", "HEAD").strip()
        return f"{commit}-changed" if _git("status", "--porcelain", "--untracked-files=no").strip() else commit
    except (OSError, subprocess.CalledProcessError):  # no git, or none that may read here
        return version("isnad")


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a set: of its bytes, or of the names and bytes of all files of a folder.

    Raises QuestionSetError where it cannot be read.
    """
    digest = sha256()
    try:
        for file in sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]:
            if path.is_dir():
                digest.update(file.relative_to(path).as_posix().encode("utf-8") + b"\0")
            digest.update(file.read_bytes())
    except OSError as error:
        raise QuestionSetError(f"cannot read question set '{path}': {error.strerror}") from error
    return digest.hexdigest()
