"""The command `isnad bench`; the command line below loads it by its entry point, since arrows point down only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from index.errors import QuestionSetError

_PATH = click.Path(path_type=Path)


@click.group()
def bench() -> None:
    """Measure the parts of an answer on test sets."""


@bench.command()
@click.argument("models", metavar="[MODEL]...", nargs=-1)
@click.option(
    "--benchmarks",
    type=_PATH,
    metavar="DIR",
    default=Path("../shared/benchmarks"),
    show_default=True,
    help="The public test sets.",
)
@click.option(
    "--corpora",
    type=_PATH,
    metavar="DIR",
    default=Path("../shared/corpora"),
    show_default=True,
    help="The names that names are looked for among.",
)
@click.option("--bundled/--no-bundled", default=True, help="The bundled model's own row.")
@click.option("--vectors/--no-vectors", default=True, help="What single vectors find; seconds for a static model.")
@click.option("--retrieval/--no-retrieval", default=True, help="XQuAD through the whole search; about a minute.")
@click.option("--names/--no-names", default=True, help="Names of the news, looked for in the other script.")
@click.option("--speed/--no-speed", default=True, help="Sentences a second, beside a transformer of MiniLM's shape.")
@click.option("--json", "json_file", type=_PATH, metavar="FILE", help="Write all figures as JSON.")
@click.option("--plot", "plot_file", type=_PATH, metavar="FILE", help="Draw the figures as SVG.")
def model(
    models: tuple[str, ...],
    benchmarks: Path,
    corpora: Path,
    bundled: bool,
    vectors: bool,
    retrieval: bool,
    names: bool,
    speed: bool,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Compare the bundled model, others, and published figures.

    MODEL is a sentence-transformers model, by folder or hub name.
    """
    from eval.benchmarks.candidates import load_candidates
    from eval.benchmarks.compare import compare
    from eval.benchmarks.names import read_name_set
    from eval.benchmarks.plot import to_svg
    from eval.benchmarks.report import to_json, to_table
    from eval.benchmarks.rows import PUBLISHED
    from eval.benchmarks.sets import read_sets

    if not bundled and not models:
        raise click.UsageError("no model to measure: name one, or leave out --no-bundled")
    if plot_file and plot_file.suffix != ".svg":
        raise click.UsageError(f"--plot draws SVG, and '{plot_file}' does not end in .svg")
    for output in filter(None, (json_file, plot_file)):
        _check_writable(output)  # before minutes of measuring, which would be lost
    sets = read_sets(benchmarks)
    name_set = read_name_set(corpora) if names else None
    candidates = load_candidates(models, bundled=bundled)
    rows = compare(candidates, sets, name_set, vectors=vectors, retrieval=retrieval, speed=speed)
    rows += PUBLISHED
    click.echo(to_table(rows), nl=False)
    for file, write in ((json_file, to_json), (plot_file, to_svg)):
        if file:
            with _writing(file):
                file.write_text(write(rows), encoding="utf-8")


@bench.command()
@click.option(
    "--archives",
    type=_PATH,
    metavar="DIR",
    default=Path("../shared/archives"),
    show_default=True,
    help="The news archives that labelled articles are in.",
)
@click.option("--seeds", type=_PATH, metavar="DIR", default=Path("seeds"), show_default=True, help="The seed articles.")
def statements(archives: Path, seeds: Path) -> None:
    """Measure who said what on labelled articles.

    A statement is right when its words overlap the labelled ones by half and its speaker is the labelled one. Nothing
    was changed after looking at the test articles.
    """
    from eval.benchmarks.statements import Score, find_articles, read_labels, score, to_table

    labelled = read_labels()
    scores: dict[str, Score] = {}
    for label, article in zip(labelled, find_articles(labelled, archives, seeds), strict=True):
        one = score(article, label.statements)
        for row in (label.split, f"{label.split} {article.language}"):
            scores[row] = scores.get(row, Score()) + one
    click.echo(to_table(sorted(scores.items())), nl=False)


@bench.command()
@click.option("--nli", metavar="MODEL", help="A cross-encoder for entailment, by folder or hub name, to decide with.")
@click.option("--fit", "fit_file", type=_PATH, metavar="FILE", help="Fit the weights to the development half, as JSON.")
def support(nli: str | None, fit_file: Path | None) -> None:
    """Measure the verdict on support on labelled pairs.

    A pair is a sentence and its evidence, in four directions of the two languages; a third of the sentences were made
    wrong by a changed number, a negation, another name or another speaker. Nothing was fitted to the test half.
    """
    from assistant.verification.entailment import Entailment
    from assistant.verification.verify import Verifier
    from eval.benchmarks.support import fit, judge, read_pairs, rows, to_table
    from index.encode import StaticEncoder

    if fit_file:
        _check_writable(fit_file)
    pairs = read_pairs()
    verifier = Verifier(StaticEncoder(), Entailment(nli) if nli else None)
    if fit_file:
        with _writing(fit_file):
            fit_file.write_text(fit(pairs, verifier), encoding="utf-8")
        return
    click.echo(to_table(rows(judge(pairs, verifier))), nl=False)


@bench.command()
@click.option("--json", "json_file", type=_PATH, metavar="FILE", help="Write all figures as JSON.")
def followups(json_file: Path | None) -> None:
    """Measure follow-up questions made whole on labelled ones.

    A question that follows the conversation is right when it is rewritten with what it takes from there and without
    what it leaves; a question on a new topic, when it stays as it is. Of the test half nothing was seen but its totals.
    """
    from eval.benchmarks.followups import read_labels, score, to_json, to_table

    scores = score(read_labels())
    click.echo(to_table(scores), nl=False)
    if json_file:
        with _writing(json_file):
            json_file.write_text(json.dumps(to_json(scores), indent=2) + "\n", encoding="utf-8")


def _check_writable(file: Path) -> None:
    is_new = not file.exists()
    with _writing(file):
        file.open("a", encoding="utf-8").close()
    if is_new:
        file.unlink()


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise QuestionSetError(f"cannot write figures '{file}': {error.strerror}; give another file") from error
