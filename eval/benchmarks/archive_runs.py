"""One system over one corpus, each step in a process of its own: how long, how much, and what it finds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.benchmarks.archive_corpus import Question
from eval.benchmarks.environments import SCRIPTS
from index.encoders.static import BUNDLED_FOLDER
from index.errors import BenchmarkError

ROOT = Path(__file__).parent.parent.parent
CHILD = SCRIPTS / "child.py"
TOP_K = 5

# The model is a folder: nothing has to be fetched, and nothing should be reported.
_ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}


@dataclass(frozen=True, slots=True)
class System:
    """Something that keeps articles and finds passages: its script, as `child.py` tells, and who runs that."""

    name: str
    script: Path
    interpreter: Path


ISNAD = System("isnad", SCRIPTS / "isnad.py", Path(sys.executable))


@dataclass(frozen=True, slots=True)
class Ingest:
    """What taking in the articles took: seconds without imports, bytes on disk, and bytes of memory at most."""

    seconds: float
    disk_bytes: int
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Asking:
    """What a new process took that opened the archive and asked.

    `first_seconds` run from its start to the first passages found, `seconds` are those of each question after that.
    `recall` is the share of questions with a passage of their paragraph among the first five, by direction.
    """

    first_seconds: float
    seconds: tuple[float, ...]
    peak_bytes: int
    recall: dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """A system's figures on a corpus; `asking` is None where nothing was asked."""

    system: str
    version: str
    ingest: Ingest
    asking: Asking | None = None


def measure(
    system: System, articles: Path, questions: Sequence[Question], folder: Path, *, statements: bool = False
) -> list[Run]:
    """Take in a file of articles in a folder, and ask; the folder is gone afterwards.

    Where a system adds more than vectors and full text, these alone are a second run, whose figures are those of the
    same ingest up to there.
    With `statements` there is another run, which goes on with the first one's archive and finds its statements.
    Raises BenchmarkError where a step fails.
    """
    spec = {"articles": str(articles), "model": str(BUNDLED_FOLDER), "folder": str(folder / "archive"), "top_k": TOP_K}
    folder.mkdir()
    try:
        done = _step(system, "ingest", spec, folder)
        ingest = _ingest(done)
        asked = _step(system, "ask", spec | {"questions": [question.text for question in questions]}, folder)
        asking = Asking(
            asked["first_seconds"], tuple(asked["seconds"]), asked["peak_bytes"], recall(asked["found"], questions)
        )
        runs = [Run(system.name, done["version"], ingest, asking)]
        if "alone" in done:
            runs.append(Run(f"{system.name}, vectors and BM25", "", _ingest(done["alone"])))
        if statements:
            more = _step(system, "statements", spec, folder)
            seconds = done["seconds"] + more["seconds"]
            peak = max(done["peak_bytes"], more["peak_bytes"])
            runs.append(Run(f"{system.name} with statements", "", Ingest(seconds, more["disk_bytes"], peak)))
        return runs
    finally:
        shutil.rmtree(folder)


def _ingest(outcome: Mapping[str, Any]) -> Ingest:
    return Ingest(outcome["seconds"], outcome["disk_bytes"], outcome["peak_bytes"])


def recall(found: Sequence[Sequence[str]], questions: Sequence[Question]) -> dict[str, float]:
    """Return the share of questions whose article is among those found, by direction, as "ar→en". Pure."""
    hits: dict[str, list[bool]] = {}
    for ids, question in zip(found, questions, strict=True):
        hits.setdefault(question.direction, []).append(question.gold in ids[:TOP_K])
    return {direction: float(np.mean(of)) for direction, of in hits.items()}


def _step(system: System, step: str, spec: Mapping[str, object], folder: Path) -> dict[str, Any]:
    outcome, spec_file = folder / "outcome.json", folder / "spec.json"
    content = {**spec, "system": str(system.script), "step": step, "outcome": str(outcome)}
    spec_file.write_text(json.dumps(content), encoding="utf-8")
    environment = os.environ | _ENVIRONMENT
    # Ours is found wherever this module was; into the others' environments nothing of this one may come.
    environment["PYTHONPATH"] = (
        os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]) if system is ISNAD else ""
    )
    command = [str(system.interpreter), "-P", str(CHILD), str(spec_file), str(time.time())]
    with (folder / "stderr").open("w+", encoding="utf-8", errors="replace") as stderr:
        try:
            ended = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr, env=environment, check=False
            )
        except OSError as error:
            raise BenchmarkError(f"cannot run {system.name}: '{system.interpreter}': {error.strerror}") from error
        if ended.returncode:
            stderr.seek(0)
            said = [line.strip() for line in stderr if line.strip()] or [f"exit code {ended.returncode}"]
            reason = said[-1] if ended.returncode > 0 else f"killed by signal {-ended.returncode}"  # 9: out of memory
            raise BenchmarkError(f"{system.name} failed at '{step}': {reason}")
    result: dict[str, Any] = json.loads(outcome.read_text(encoding="utf-8"))
    return result
