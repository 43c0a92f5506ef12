"""Evaluation: `isnad bench model` on the exported folder."""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from index.errors import TrainingError
from index.training.work import Work

COMMANDS = "isnad.commands"
"""The entry points that the packages above this one add their commands by; nothing here may import them."""


def evaluate(
    work: Work, folder: Path, benchmarks: Path | None, corpora: Path | None, options: list[str]
) -> dict[str, Any]:
    """Measure a model's folder; returns its figures, which stay in `figures.json`, too.

    `options` go to the command as they are. Raises TrainingError where the command is not installed.
    """
    entry = next(iter(entry_points(group=COMMANDS, name="bench")), None)
    if entry is None:
        raise TrainingError("`isnad bench` is not installed, which measures models; run `make install`")
    words = ["model", str(folder), "--no-bundled", "--json", str(work.figures), *options]
    for option, value in (("--benchmarks", benchmarks), ("--corpora", corpora)):
        words += [option, str(value)] if value else []
    entry.load().main(words, prog_name="isnad bench", standalone_mode=False)
    rows: list[dict[str, Any]] = json.loads(work.figures.read_text(encoding="utf-8"))["rows"]
    return {"figures": rows[0]}
