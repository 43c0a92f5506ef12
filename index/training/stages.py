"""The stages of a training: each is run where its output is not there yet, or is out of date, and goes on record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.training.work import STAGES, Precision, Stage, Work, digest

if TYPE_CHECKING:
    from index.training.prepare import Options
    from index.training.recipe import Recipe

logger = logging.getLogger(__name__)

# Every stage imports its own libraries: torch takes seconds, and a wrong option should not wait for it.


def run_prepare(work: Work, options: Options, *, again: bool) -> None:
    """Write the rows to train on."""
    from index.training.prepare import prepare

    _run(work, "prepare", options.to_json(), lambda: prepare(work, options), again)


def run_tokenizer(work: Work, recipe: Recipe, given: Path | None, *, again: bool) -> None:
    """Learn the vocabulary, or take the one that is given, and write the rows as its token numbers."""
    from index.training.vocabulary import learn_vocabulary

    options = recipe.tokenizer_options() | {"given": digest(given.read_bytes()) if given else None}
    _run(work, "tokenizer", options, lambda: learn_vocabulary(work, recipe, given), again)


def run_train(work: Work, recipe: Recipe, checkpoint_every: int, *, again: bool) -> None:
    """Learn the vectors, going on from a checkpoint where there is one, unless `again`."""
    from index.training.train import train

    if again:
        work.checkpoint.unlink(missing_ok=True)
    _run(work, "train", recipe.train_options(), lambda: train(work, recipe, checkpoint_every), again)


def run_export(
    work: Work,
    folder: Path,
    name: str,
    precision: Precision,
    dimensions: int | None,
    sif: float | None = None,
    *,
    again: bool,
) -> None:
    """Write the model's folder."""
    from index.training.export import export

    options: dict[str, Any] = {"folder": str(folder.resolve()), "name": name, "precision": precision}
    options |= {"dimensions": dimensions} | ({"sif": sif} if sif else {})
    _run(work, "export", options, lambda: export(work, folder, name, dimensions, precision, sif), again, folder)


def run_evaluate(work: Work, benchmarks: Path | None, corpora: Path | None, *, quick: bool, again: bool) -> None:
    """Measure the folder that was exported last."""
    from index.training.evaluate import evaluate

    sets = {"benchmarks": benchmarks, "corpora": corpora}
    options = {name: str(path.resolve()) if path else None for name, path in sets.items()} | {"quick": quick}
    switches = ["--no-retrieval", "--no-speed"] if quick else []
    _run(work, "evaluate", options, lambda: evaluate(work, _exported(work), benchmarks, corpora, switches), again)


def _run(
    work: Work,
    stage: Stage,
    options: Mapping[str, Any],
    make: Callable[[], Mapping[str, Any]],
    again: bool,
    folder: Path | None = None,
) -> None:
    outputs = {"prepare": work.rows, "tokenizer": work.tokens, "train": work.vectors, "evaluate": work.figures}
    if place := STAGES.index(stage):
        before = STAGES[place - 1]
        work.need(before, outputs.get(before) or _exported(work))
    if not again and work.is_made(stage, options, folder or outputs[stage]):
        logger.info("%s: nothing has changed; --again runs it all the same", stage)
        return
    began = work.begin(stage)
    work.finish(stage, options, began, make())


def _exported(work: Work) -> Path:
    return Path(work.record().get("export", {}).get("options", {}).get("folder", "the model's folder"))
