"""The command that makes the model: `python -m index.training`."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict
from pathlib import Path

import click

from index.training.prepare import prepare, tokenizer_texts
from index.training.tokenizer import train_tokenizer

DEFAULT_NAME = "isnad-static-ar-en-v1"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--corpora", type=FOLDER, required=True, help="Folder of the parallel corpora.")
@click.option("--archives", type=FOLDER, required=True, help="Folder of the news archives.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the model.")
@click.option("--steps", type=click.IntRange(min=1), default=2600, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--name", default=DEFAULT_NAME, show_default=True, help="What archives remember the model by.")
def main(corpora: Path, archives: Path, out: Path, steps: int, seed: int, name: str) -> None:
    """Train the bundled Arabic-English model; its figures go to OUT.json beside it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logger = logging.getLogger("index.training")
    began = time.perf_counter()
    sources = prepare(corpora, archives, seed)
    logger.info("prepared; learning the vocabulary")
    tokenizer = train_tokenizer(tokenizer_texts(corpora, archives))
    prepared = time.perf_counter()
    logger.info("vocabulary of %d pieces; training", tokenizer.get_vocab_size())

    from index.training.export import (
        export,
        write_json,
    )  # torch takes seconds to import and a wrong option should not wait for it
    from index.training.train import Recipe, train

    recipe = Recipe(steps=steps, seed=seed)
    vectors, losses = train(tokenizer, sources, recipe)
    export(tokenizer, vectors, out, name)
    figures = {
        "name": name,
        "recipe": asdict(recipe),
        "pairs": {source.name: len(source.pairs) for source in sources},
        "shares": {source.name: source.share for source in sources},
        "vocabulary": tokenizer.get_vocab_size(),
        "seconds": {"prepare": prepared - began, "train": time.perf_counter() - prepared},
        "loss": losses,
    }
    write_json(out.with_suffix(".json"), figures)
    logger.info("wrote %s", out)


if __name__ == "__main__":
    main()
