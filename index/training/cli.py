"""The commands of `python -m index.training`, one a stage, and one for all of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from index.errors import IsnadError
from index.training import stages
from index.training.licences import Choice
from index.training.prepare import Options
from index.training.recipe import HardNegatives, Recipe
from index.training.work import Precision, Work

NAME = "isnad-static-ar-en-v2"
CHECKPOINT_EVERY = 500  # steps

Command = TypeVar("Command", bound=Callable[..., Any])

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OUTPUT = click.Path(file_okay=False, path_type=Path)
_DEFAULT = Recipe()
_WHOLE = click.IntRange(min=1)
_PART = click.FloatRange(0, 1, min_open=True)
_ABOVE_0 = click.FloatRange(0, min_open=True)


class _Failure(click.ClickException):
    exit_code = 2


class Commands(click.Group):
    """A group whose commands fail with one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except IsnadError as error:
            raise _Failure(str(error)) from error


def _together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_work = click.option("--work", type=_OUTPUT, required=True, metavar="DIR", help="The folder that all stages share.")
_again = click.option("--again", is_flag=True, help="Run although nothing has changed.")
_seed = click.option("--seed", type=int, default=0, show_default=True, help="What every random draw follows from.")
_prepare_options = _together(
    click.option("--corpora", type=_FOLDER, required=True, metavar="DIR", help="The tables of pairs."),
    click.option("--archives", type=_FOLDER, required=True, metavar="DIR", help="The news archives."),
    click.option("--benchmarks", type=_FOLDER, metavar="DIR", help="Test sets, no text of which may be a row."),
    click.option(
        "--licences",
        type=click.Choice(["all", "permissive"]),
        default="all",
        show_default=True,
        help="permissive leaves out what is non-commercial, research-only, GPL or unstated.",
    ),
)


def _number(option: str, kind: click.ParamType[Any], text: str) -> Callable[[Command], Command]:
    """An option for one of the recipe's numbers, which is named alike."""
    default = getattr(_DEFAULT, option.removeprefix("--").replace("-", "_"))
    return click.option(option, type=kind, default=default, show_default=True, metavar="N", help=text)


_tokenizer_options = _together(
    _number("--vocabulary", _WHOLE, "Subwords to learn."),
    click.option(
        "--tokenizer",
        "given",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Take the vocabulary of this tokenizer.json, and learn none.",
    ),
)


def _several(option: str, target: str, text: str) -> Callable[[Command], Command]:
    return click.option(option, target, multiple=True, metavar="NAME=N", help=f"{text} Repeat for more sources.")


_train_options = _together(
    _number("--tables", _WHOLE, "Tables to learn one after the other, and merge into one."),
    _number("--steps", _WHOLE, "Batches that each table learns from."),
    _number("--batch", click.IntRange(min=2), "Pairs in a batch."),
    _number("--dimensions", _WHOLE, "Numbers in a vector."),
    click.option(
        "--matryoshka",
        type=_WHOLE,
        multiple=True,
        default=_DEFAULT.matryoshka,
        metavar="N",
        help="First dimensions that are to do alone, too. Repeat for more.",
    ),
    _number("--learning-rate", _ABOVE_0, "Adam's rate, at its highest."),
    _number("--part-rate", click.FloatRange(0), "Of that rate, for what subwords share: letters and sounds."),
    _number("--warm-up", _PART, "Part of the steps in which the rate rises."),
    _number("--temperature", _ABOVE_0, "What cosines are divided by in the loss."),
    _number("--margin", click.FloatRange(0, 1), "How far a pair's own cosine is to be ahead of the batch's others."),
    _number("--drop", click.FloatRange(0, 1), "At most this part of a text's tokens is left out."),
    click.option(
        "--hard-negatives",
        type=click.Choice(get_args(HardNegatives)),
        default=_DEFAULT.hard_negatives,
        show_default=True,
        help="Half of a batch of questions are negatives found by this; previous: by the vectors trained before.",
    ),
    _number("--whitening", click.FloatRange(0, 1), "How far the merged tables are whitened: 0 not, 1 fully."),
    _number("--last-whitening", click.FloatRange(0, 1), "The same, once more at the end."),
    _number("--late-steps", click.IntRange(min=0), "Batches more, with late interaction in the loss."),
    _number("--late-batch", click.IntRange(min=2), "Questions in a batch of late interaction."),
    _number("--late-learning-rate", _ABOVE_0, "Adam's rate in that part, at its highest."),
    _number("--late-temperature", _ABOVE_0, "What late interaction's scores are divided by."),
    _number("--late-weight", _ABOVE_0, "What its loss counts, beside that of pooled vectors."),
    _several("--share", "shares", "How often a source's turn comes, relative to the others; 0 leaves it out."),
    _several("--source-batch", "batches", "Pairs in a batch of this source."),
    _several("--source-temperature", "temperatures", "Temperature of this source's batches."),
    click.option(
        "--checkpoint-every", type=_WHOLE, default=CHECKPOINT_EVERY, show_default=True, metavar="N", help="In steps."
    ),
)
_export_options = _together(
    click.option("--out", type=_OUTPUT, required=True, metavar="DIR", help="The model's folder."),
    click.option("--name", default=NAME, show_default=True, help="What archives remember the model by."),
    click.option(
        "--precision",
        type=click.Choice(["int8", "float16"]),
        default="int8",
        show_default=True,
        help="How vectors are stored.",
    ),
)
_evaluate_options = click.option(
    "--quick", is_flag=True, help="Only what single vectors find, in seconds: no search and no speed."
)


@click.group(cls=Commands)
def cli() -> None:
    """Train the bundled Arabic-English embedding model.

    The stages run one after the other: prepare, tokenizer, train, export, evaluate. Each leaves its output in the work
    folder, with a record.json of how it was made and all that was counted; a stage whose options and input have not
    changed is not run again. docs/training.md says what the corpora must look like.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")


@cli.command()
@_prepare_options
@_work
@_seed
@_again
def prepare(work: Path, again: bool, **options: Any) -> None:  # noqa: ANN401  # as click hands them over
    """Write the rows to train on.

    They come from the corpora, and are made from them and from news with word translations that are learnt on the way.
    No row holds a name that the model is tested on, or is a text of the test sets.
    """
    stages.run_prepare(Work(work), Options(**options), again=again)


@cli.command()
@_tokenizer_options
@_work
@_again
def tokenizer(work: Path, again: bool, vocabulary: int, given: Path | None) -> None:
    """Learn the vocabulary from the prepared rows.

    It comes out slightly otherwise every time, whatever the seed: to repeat a training, give it the vocabulary.
    """
    stages.run_tokenizer(Work(work), Recipe(vocabulary=vocabulary), given, again=again)


@cli.command()
@_train_options
@_work
@_seed
@_again
def train(work: Path, again: bool, checkpoint_every: int, **numbers: Any) -> None:  # noqa: ANN401
    """Learn a vector for each subword.

    A training that was stopped goes on from its last checkpoint, and ends as it would have ended.
    """
    stages.run_train(Work(work), _recipe(**numbers), checkpoint_every, again=again)


@cli.command()
@_export_options
@click.option("--dimensions", type=_WHOLE, metavar="N", help="Keep the first N dimensions only; all unless set.")
@click.option(
    "--sif",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="A",
    help="Let a subword of share P in the rows count A / (A + P); as trained unless set.",
)
@_work
@_again
def export(
    work: Path,
    again: bool,
    out: Path,
    name: str,
    precision: Precision,
    dimensions: int | None,
    sif: float | None,
) -> None:
    """Write the model as a folder.

    Isnad, sentence-transformers from 6.2 and model2vec load it.
    """
    stages.run_export(Work(work), out, name, precision, dimensions, sif, again=again)


@cli.command()
@click.option("--benchmarks", type=_FOLDER, metavar="DIR", help="The test sets; `isnad bench` has a default.")
@click.option("--corpora", type=_FOLDER, metavar="DIR", help="The corpora, for their names; it has a default, too.")
@_evaluate_options
@_work
@_again
def evaluate(work: Path, again: bool, benchmarks: Path | None, corpora: Path | None, quick: bool) -> None:
    """Measure the exported model with `isnad bench model`."""
    stages.run_evaluate(Work(work), benchmarks, corpora, quick=quick, again=again)


@cli.command(name="all")
@_prepare_options
@_tokenizer_options
@_train_options
@_export_options
@_evaluate_options
@_work
@_seed
@_again
def run_all(
    work: Path,
    again: bool,
    seed: int,
    corpora: Path,
    archives: Path,
    benchmarks: Path | None,
    licences: Choice,
    given: Path | None,
    checkpoint_every: int,
    out: Path,
    name: str,
    precision: Precision,
    quick: bool,
    **numbers: Any,  # noqa: ANN401
) -> None:
    """Run all stages, save those whose output is there already.

    Run it once more after it was stopped: it goes on where it was.
    """
    recipe, folder = _recipe(seed=seed, **numbers), Work(work)
    stages.run_prepare(folder, Options(corpora, archives, benchmarks, licences, seed), again=again)
    stages.run_tokenizer(folder, recipe, given, again=again)
    stages.run_train(folder, recipe, checkpoint_every, again=again)
    stages.run_export(folder, out, name, precision, None, again=again)
    stages.run_evaluate(folder, benchmarks, corpora, quick=quick, again=again)


def _recipe(
    shares: tuple[str, ...],
    batches: tuple[str, ...],
    temperatures: tuple[str, ...],
    **numbers: Any,  # noqa: ANN401
) -> Recipe:
    return Recipe(**numbers).with_sources(shares, batches, temperatures)
