"""The texts of public test sets, which no prepared row may repeat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from index.errors import TrainingError
from index.training.corpora import shorten
from index.training.held_out import split_folded

SQUAD_TEXTS = frozenset({"context", "question"})  # an answer is a word or two that anyone says


WORDS_OF_START = 3


class BenchmarkTexts:
    """Tells the texts that are some test set's, once both are folded and rid of punctuation, however short they are."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._keys = {_key(text) for text in texts} - {""}
        self._starts = {_start(key) for key in self._keys}

    @classmethod
    def from_folder(cls, folder: Path) -> BenchmarkTexts:
        """Read the test sets of a folder and its folders.

        A text is a line of `*.txt`, a cell of `*.tsv`, a question or context of `*.json`.

        Raises TrainingError where there is none, or where one cannot be read.
        """
        return cls([text for file in benchmark_files(folder) for text in _texts(file)])

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, text: str) -> bool:
        # Nearly every text is done with its start; punctuation that stands alone makes that one too short to tell.
        start = _start(text)
        return (len(start) < WORDS_OF_START or start in self._starts) and _key(text) in self._keys


def benchmark_files(folder: Path) -> list[Path]:
    """Return the files of a folder of test sets. Raises TrainingError where there is none."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".txt", ".tsv", ".json"})
    if not files:
        raise TrainingError(f"'{folder}' holds no test sets, neither *.txt, *.tsv nor *.json; give other --benchmarks")
    return files


def _start(text: str) -> tuple[str, ...]:
    return split_folded(" ".join(text.split(None, WORDS_OF_START)[:WORDS_OF_START]))[:WORDS_OF_START]


def _key(text: str) -> str:
    return " ".join(split_folded(shorten(text)))


def _texts(file: Path) -> Iterator[str]:
    try:
        content = file.read_text(encoding="utf-8")
        if file.suffix == ".json":
            yield from _strings(json.loads(content))
        else:
            for line in content.splitlines():
                yield from line.split("\t") if file.suffix == ".tsv" else [line]
    except (OSError, ValueError) as error:
        raise TrainingError(f"cannot read the test set '{file}': {error}; fetch it again") from error


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in SQUAD_TEXTS:
                yield item
            else:
                yield from _strings(item)
