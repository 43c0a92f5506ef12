"""The work folder: what every stage of a training leaves for the next, and the record of how it was made."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, get_args

from index.errors import TrainingError

logger = logging.getLogger(__name__)

Stage = Literal["prepare", "tokenizer", "train", "export", "evaluate"]
STAGES: tuple[Stage, ...] = get_args(Stage)
LIBRARIES = ("numpy", "tokenizers", "torch", "sentence-transformers")
COMMAND = "python -m index.training"

Precision = Literal["int8", "float16"]
"""How a model's numbers are stored."""
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """A work folder. Every stage's entry in its `record.json` says by which options it was made, and after what.

    An entry's `made` names its options and all that came before: an output is out of date as soon as anything before it
    is made otherwise. Where options do not settle an output, its entry holds a `digest`, which counts, too.
    """

    folder: Path

    @property
    def rows(self) -> Path:
        """The prepared rows: a file `SOURCE.tsv` for each source."""
        return self.folder / "rows"

    @property
    def tokenizer(self) -> Path:
        """The vocabulary."""
        return self.folder / "tokenizer.json"

    @property
    def tokens(self) -> Path:
        """The rows as token numbers: a file `SOURCE.npz` for each source."""
        return self.folder / "tokens"

    @property
    def words(self) -> Path:
        """The rows of some sources as numbers of words: a file `SOURCE.npz` for each."""
        return self.folder / "words"

    @property
    def lexicon(self) -> Path:
        """Those words as token numbers."""
        return self.folder / "lexicon.npz"

    @property
    def checkpoint(self) -> Path:
        """A training that is under way."""
        return self.folder / "checkpoint.pt"

    @property
    def vectors(self) -> Path:
        """A row a subword, as trained."""
        return self.folder / "vectors.npy"

    @property
    def figures(self) -> Path:
        """What `isnad bench model` measured."""
        return self.folder / "figures.json"

    def record(self) -> dict[str, dict[str, Any]]:
        """Read the entries of the stages that were made. Raises TrainingError when the file is no record."""
        file = self.folder / "record.json"
        try:
            entries: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
            if any("made" not in entry or "options" not in entry for entry in entries.values()):
                raise ValueError("an entry lacks 'made' or 'options'")
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise TrainingError(f"'{file}' is no record of a training ({error}); give another --work") from error
        return entries

    def is_made(self, stage: Stage, options: Figures, output: Path) -> bool:
        """Whether a stage's output is there, made by these options from what is there now."""
        entry = self.record().get(stage)
        return entry is not None and entry["made"] == self._name(stage, options) and output.exists()

    def need(self, stage: Stage, output: Path) -> None:
        """Raise TrainingError, saying what makes it, unless a stage's output is there and up to date."""
        way_out = f"run `{COMMAND} {stage} --work {self.folder}`"
        if stage not in self.record() or not output.exists():
            raise TrainingError(f"'{output}' is missing; {way_out}")
        for earlier in STAGES[: STAGES.index(stage) + 1]:
            entry = self.record().get(earlier)
            if entry is None or entry["made"] != self._name(earlier, entry["options"]):
                raise TrainingError(f"'{output}' was made from something else than what is there now; {way_out}")

    def begin(self, stage: Stage) -> float:
        """Strike a stage out of the record, since its output is about to change; returns the time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        entries = self.record()
        if entries.pop(stage, None):
            self._write(entries)
        logger.info("%s", stage)
        return time.perf_counter()

    def finish(self, stage: Stage, options: Figures, began: float, figures: Figures) -> None:
        """Record how a stage was made, and everything that it counted."""
        entry = {
            "made": self._name(stage, options),
            "options": options,
            "seconds": round(time.perf_counter() - began, 1),
            "versions": {"python": platform.python_version()} | {library: version(library) for library in LIBRARIES},
        }
        entries: dict[str, Any] = {**self.record(), stage: entry | dict(figures)}
        self._write({name: entries[name] for name in STAGES if name in entries})
        logger.info("%s: done in %.0f s", stage, entry["seconds"])

    def _name(self, stage: Stage, options: Figures) -> str:
        """Name a stage's options together with what the stage before was made by."""
        place = STAGES.index(stage)
        before = self.record().get(STAGES[place - 1], {}) if place else {}
        content = json.dumps([stage, options, before.get("made"), before.get("digest")], sort_keys=True)
        return digest(content.encode())

    def _write(self, entries: Figures) -> None:
        replace_text(self.folder / "record.json", to_json(entries))


def digest(content: bytes) -> str:
    """Name a content by a hash."""
    return hashlib.sha256(content).hexdigest()[:16]


def to_json(value: object) -> str:
    """Write a value as indented JSON with a closing line end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def replace_text(file: Path, content: str) -> None:
    """Write a file so that it has, at any instant, its old content or all of its new."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(content, encoding="utf-8")
    os.replace(beside, file)
