"""What `isnad bench model` measures of each model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from eval.benchmarks.candidates import Candidate
from eval.benchmarks.model import Figures, measure_model
from eval.benchmarks.names import NameSet, measure_names
from eval.benchmarks.rows import Row
from eval.benchmarks.sets import TestSets
from eval.benchmarks.speed import SENTENCES, WIDTH, make_minilm_shape, measure_speed
from eval.benchmarks.xquad import measure_retrieval


def compare(
    candidates: Sequence[Candidate],
    sets: TestSets,
    names: NameSet | None,
    *,
    vectors: bool,
    retrieval: bool,
    speed: bool,
) -> list[Row]:
    """Measure models: a row each, and for speed one more, the transformer that theirs is held against."""
    rows = []
    for candidate in tqdm(candidates, desc="models", unit="model", delay=1, leave=False, disable=None):
        figures = measure_model(candidate.encoder, sets) if vectors else {}
        if retrieval:
            figures |= measure_retrieval(candidate.encoder, candidate.words, sets.xquad)
        if names:
            figures |= measure_names(candidate.encoder, candidate.words, names)
        size = {"dimensions": float(candidate.encoder.dimensions)}
        if candidate.megabytes is not None:
            size["MB"] = candidate.megabytes
        rows.append(Row(candidate.name, figures | {"size": size}, candidate.encoder.name))
    if not speed:
        return rows
    *speeds, reference = _speeds(candidates, sets)
    return [
        *(
            replace(row, figures=row.figures | _speed(found, reference))
            for row, found in zip(rows, speeds, strict=True)
        ),
        Row("MiniLM's shape, random weights", {"size": {"dimensions": float(WIDTH)}} | _speed(reference, reference)),
    ]


def _speeds(candidates: Sequence[Candidate], sets: TestSets) -> list[float]:
    pairs = zip(*sets.bitexts["NTREX"].values(), strict=True)
    sentences = [sentence for pair in pairs for sentence in pair][:SENTENCES]
    with TemporaryDirectory(prefix="isnad-bench-") as folder:
        reference = make_minilm_shape(Path(folder))
        return measure_speed([*(candidate.encoder for candidate in candidates), reference], sentences)


def _speed(found: float, reference: float) -> Figures:
    return {"speed": {"sentences/s": found, "× MiniLM": found / reference}}
