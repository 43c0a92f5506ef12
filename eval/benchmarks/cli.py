"""The command `isnad bench`; the command line below loads it by its entry point, since arrows point down only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from eval.benchmarks.cli_chat import chat
from eval.benchmarks.cli_serving import serve
from eval.benchmarks.environments import CACHE, PEERS
from eval.benchmarks.sets import LANGUAGES
from index.errors import QuestionSetError
from index.types import Language

_PATH = click.Path(path_type=Path)


def _sizes(value: str) -> tuple[int, ...]:
    try:
        sizes = tuple(map(int, value.split(",")))
    except ValueError as error:
        raise click.BadParameter(f"{value!r} are no numbers; write them as 1000,10000") from error
    if min(sizes) < 1:
        raise click.BadParameter(f"{value!r} names an archive without articles; write sizes as 1000,10000")
    return tuple(sorted(set(sizes)))


def _peers(value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(value.split(",")))
    for name in names:
        if name not in PEERS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(PEERS)}")
    return names


_benchmarks_option = click.option(
    "--benchmarks",
    type=_PATH,
    metavar="DIR",
    default=Path("../shared/benchmarks"),
    show_default=True,
    help="The public test sets.",
)


_archives_option = click.option(
    "--archives",
    type=_PATH,
    metavar="DIR",
    default=Path("../shared/archives"),
    show_default=True,
    help="The news archives that what was labelled is from.",
)


@click.group()
def bench() -> None:
    """Measure the parts of an answer on test sets."""


bench.add_command(chat)
bench.add_command(serve)


@bench.command()
@click.argument("models", metavar="[MODEL]...", nargs=-1)
@_benchmarks_option
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
    _check_outputs(json_file, plot_file)
    sets = read_sets(benchmarks)
    name_set = read_name_set(corpora) if names else None
    candidates = load_candidates(models, bundled=bundled)
    rows = compare(candidates, sets, name_set, vectors=vectors, retrieval=retrieval, speed=speed)
    rows += PUBLISHED
    click.echo(to_table(rows), nl=False)
    for file, drawn in ((json_file, to_json), (plot_file, to_svg)):
        if file:
            _write(file, drawn(rows))


@bench.command("index")
@_benchmarks_option
def compare_index(benchmarks: Path) -> None:
    """Compare the search that ISNAD_INDEX names with the one beside an archive.

    XQuAD is asked of both, in four directions; what the index then holds of it is deleted again.
    """
    from eval.benchmarks.agreement import measure_agreement, to_table
    from eval.benchmarks.sets import read_xquad
    from index.settings import load_settings

    place = load_settings().index_place
    if place is None:
        raise click.UsageError("ISNAD_INDEX names no index to compare; set it, as to milvus:http://127.0.0.1:19530")
    xquad = {language: read_xquad(benchmarks, language) for language in LANGUAGES}
    click.echo(to_table(*measure_agreement(xquad, place)), nl=False)


@bench.command()
@_archives_option
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
@click.option("--cited", is_flag=True, help="Measure it on cited runs of the news archives.")
@click.option(
    "--fit",
    "fit_file",
    type=_PATH,
    metavar="FILE",
    help="Fit the weights to both development halves and to claims, as JSON.",
)
@_archives_option
def support(nli: str | None, cited: bool, fit_file: Path | None, archives: Path) -> None:
    """Measure the verdict on support on labelled pairs.

    A pair is a sentence and its evidence, in four directions of the two languages; a third of the sentences were made
    wrong by a changed number, a negation, another name or another speaker. Nothing was fitted to the test half.
    """
    from assistant.verification.entailment import Entailment
    from assistant.verification.verify import Verifier
    from eval.benchmarks.claims import judged_claims, read_cited, read_claims
    from eval.benchmarks.support import fit, judge, judge_cited, read_pairs, rows, to_table
    from index.encoders.static import StaticEncoder

    if fit_file:
        _check_writable(fit_file)
    verifier = Verifier(StaticEncoder(), Entailment(nli) if nli else None)
    if fit_file:
        held = [run for run in read_cited() if run.split == "development"]
        _write(fit_file, fit(read_pairs(), judged_claims([*held, *read_claims()], archives, verifier), verifier))
        return
    judged = judge_cited(read_cited(), archives, verifier) if cited else judge(read_pairs(), verifier)
    click.echo(to_table(rows(judged)), nl=False)


@bench.command()
@click.option(
    "--archive", type=_PATH, metavar="DIR", required=True, help="An archive of all articles of the news archives."
)
@click.option("--fit", "fit_file", type=_PATH, metavar="FILE", help="Fit the weights to the development half, as JSON.")
def answers(archive: Path, fit_file: Path | None) -> None:
    """Measure which sentence answers, on labelled questions.

    Each is asked of the archive, of a few of its articles, and of both without the article that answers. It takes some
    minutes. Nothing was fitted to the test half.
    """
    from assistant.ask import open_assistant
    from assistant.evidence.grading import Grader
    from assistant.speech.statements import StatementFinder
    from eval.benchmarks.answers import SETS, examples, fit, read, rows, to_table
    from index.followers.statement_index import StatementIndex

    if fit_file:
        _check_writable(fit_file)
    assistant = open_assistant(archive)
    held = assistant.archive
    statements = StatementIndex(held.folder, StatementFinder())
    grader = Grader(assistant.model, lambda article: statements.known(article, held))
    if fit_file:
        _write(fit_file, fit(list(examples(read(SETS["development"], held), assistant, grader))))
        return
    for half, file in SETS.items():
        click.echo(to_table(rows(half, examples(read(file, held), assistant, grader))), nl=False)


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
        _write(json_file, json.dumps(to_json(scores), indent=2) + "\n")


@bench.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--sizes",
    type=_sizes,
    metavar="N,...",
    help="How many of the articles an archive holds, a row each; more than there are is made up by perturbed copies.",
)
@click.option("--against", type=_peers, metavar="NAME,...", help=f"Libraries beside Isnad: {', '.join(PEERS)}.")
@click.option("--into", type=click.Choice(LANGUAGES), help="Ask archives with paragraphs of this language alone.")
@click.option(
    "--questions", type=click.IntRange(min=2), default=300, show_default=True, metavar="N", help="In each direction."
)
@_benchmarks_option
@click.option(
    "--environments",
    type=_PATH,
    metavar="DIR",
    default=CACHE,
    show_default=True,
    help="Where each library has a virtual environment of its own, made where it is missing.",
)
@click.option("--json", "json_file", type=_PATH, metavar="FILE", help="Write all figures as JSON.")
@click.option("--plot", "plot_file", type=_PATH, metavar="FILE", help="Draw the figures of several sizes as SVG.")
def archive(
    paths: tuple[Path, ...],
    sizes: tuple[int, ...] | None,
    against: tuple[str, ...] | None,
    into: Language | None,
    questions: int,
    benchmarks: Path,
    environments: Path,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Measure archives of some sizes, alone or beside other libraries.

    PATH is a file or folder of articles, as `isnad ingest` takes them. XQuAD's paragraphs are hidden among them, and
    their questions asked. Every step runs in a process of its own. The libraries search as their documentation shows
    hybrid search, with the bundled embedding model; the first run installs them, some 1.5 GB each.
    """
    from tqdm import tqdm

    from eval.benchmarks.archive import Row, compare, to_json, to_table
    from eval.benchmarks.archive_corpus import read_articles
    from eval.benchmarks.archive_plot import to_svg
    from eval.benchmarks.archive_runs import ISNAD, System
    from eval.benchmarks.environments import SCRIPTS, environment
    from eval.benchmarks.sets import read_xquad

    if plot_file and len(sizes or ()) < 2:
        raise click.UsageError("--plot draws a curve, and --sizes names fewer than two")
    _check_outputs(json_file, plot_file)
    xquad = {language: read_xquad(benchmarks, language) for language in LANGUAGES}
    articles = read_articles(paths)
    made = [
        System(name, SCRIPTS / PEERS[name].script, environment(name, environments, partial(click.echo, err=True)))
        for name in against or ()
    ]
    sizes = sizes or (len(articles),)
    rows: list[Row] = []
    compared = compare(articles, xquad, [ISNAD, *made], sizes, [into] if into else LANGUAGES, questions)
    total = len(sizes) * (len(made) + 3)
    for row in tqdm(compared, total=total, unit=" rows", delay=1, leave=False, disable=None):
        rows.append(row)
        if json_file:
            _write(json_file, to_json(rows))  # of hours of measuring, nothing is lost
    click.echo(to_table(rows), nl=False)
    if plot_file:
        _write(plot_file, to_svg(rows))


def _check_outputs(json_file: Path | None, plot_file: Path | None) -> None:
    if plot_file and plot_file.suffix != ".svg":
        raise click.UsageError(f"--plot draws SVG, and '{plot_file}' does not end in .svg")
    for output in filter(None, (json_file, plot_file)):
        _check_writable(output)  # before minutes of measuring, which would be lost


def _check_writable(file: Path) -> None:
    is_new = not file.exists()
    with _writing(file):
        file.open("a", encoding="utf-8").close()
    if is_new:
        file.unlink()


def _write(file: Path, content: str) -> None:
    with _writing(file):
        file.write_text(content, encoding="utf-8")


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise QuestionSetError(f"cannot write figures '{file}': {error.strerror}; give another file") from error
