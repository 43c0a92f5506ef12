"""The command `isnad eval`; the command line below loads it by its entry point, since arrows point down only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from assistant.commands.options import address
from eval.baseline import Comparison, compare, scores_of
from eval.cli_drafts import SetsOrCommand
from eval.labelled import read_labelled_set
from eval.page.page import to_html
from eval.provenance import digest_of, program_commit
from eval.public.recognise import is_public, read_public
from eval.questions import Question, load, without_drafts
from eval.report import comparison_table, to_table
from eval.report_file import read_baseline, to_json, to_scores
from eval.run import Report
from eval.runner import Runner
from eval.systems import PASSAGES, TIMEOUT, Chosen
from index.archive.address import Address
from index.errors import QuestionSetError
from index.settings import load_settings

_FILE = click.Path(path_type=Path)


@click.command(
    "eval",
    cls=SetsOrCommand,
    epilog="isnad eval new drafts a set on an archive, isnad eval from-feedback makes one of what readers said.",
)
@click.argument("sets", metavar="SET...", nargs=-1, required=True, type=_FILE)
@click.option("--archive", type=address, metavar="DIR|URL", help="The archive to ask.")
@click.option(
    "--articles",
    multiple=True,
    type=_FILE,
    metavar="PATH",
    help="Ask an archive made of these files, then thrown away.",
)
@click.option(
    "--passages",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="Ask public sets of what this file holds: paragraphs in SQuAD's format, sentences, or documents.",
)
@click.option("--qrels", type=_FILE, metavar="FILE", help="The set is TREC's topics; these are the judgements.")
@click.option("--retrieval-only", is_flag=True, help="Measure what is retrieved, and ask for no answer.")
@click.option("--system", metavar="URL|MODULE:FUNCTION", help="Ask a chat server, or a Python function, instead.")
@click.option("--model", metavar="NAME", default="default", show_default=True, help="The model to ask of that server.")
@click.option(
    "--send",
    type=click.IntRange(0, 100),
    metavar="N",
    default=PASSAGES,
    show_default=True,
    help="Passages of our search that the server is sent with a question; 0 where it searches by itself.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    metavar="SECONDS",
    default=TIMEOUT,
    show_default=True,
    help="How long the system may take for an answer.",
)
@click.option("--baseline", type=_FILE, metavar="REPORT", help="Earlier scores; exit with 1 on a drop beyond chance.")
@click.option("--floor", type=_FILE, metavar="REPORT", help="Earlier scores; exit with 1 on a drop by two questions.")
@click.option("--json", "json_file", metavar="FILE|DIR/", help="Write the report as JSON; in DIR, by sets and commit.")
@click.option("--html", "html_file", type=_FILE, metavar="FILE", help="Write the report as one HTML page.")
@click.option("--scores", "scores_file", type=_FILE, metavar="FILE", help="Write the scores alone, as a floor to keep.")
def evaluate(
    sets: tuple[Path, ...],
    archive: Address | None,
    articles: tuple[Path, ...],
    passages: tuple[Path, ...],
    qrels: Path | None,
    retrieval_only: bool,
    system: str | None,
    model: str,
    send: int,
    timeout: float,
    baseline: Path | None,
    floor: Path | None,
    json_file: str | None,
    html_file: Path | None,
    scores_file: Path | None,
) -> None:
    """Run question sets: retrieval, evidence, citations, declines and latency, by language and kind.

    A SET is JSON lines: of questions on the archive, or of what labels a part of an answer, as statements, pairs for
    the verdict on support, or follow-up questions. Public sets come with what they are asked of: a file in SQuAD's
    format, a folder of BEIR, TREC's topics, or two files of which each line is the other's translation.
    """
    if archive and articles:
        raise click.UsageError("--archive and --articles exclude each other")
    if baseline and floor:
        raise click.UsageError("--baseline and --floor exclude each other")
    public = [path for path in sets if qrels or is_public(path)]
    if (passages or qrels) and not public:
        raise click.UsageError("--passages and --qrels are for public sets; question sets are asked of the archive")
    own = [path for path in sets if path not in public]
    labelled = {path: measure for path in own if (measure := read_labelled_set(path))}
    questions = _load_all(own, [path for path in own if path not in labelled])
    collections = list(read_public(public, passages, qrels))
    if left_out := sum(collection.left_out for collection in collections):
        click.echo(f"{left_out} questions in neither Arabic nor English are not asked", err=True)
    before = read_baseline(earlier) if (earlier := baseline or floor) else None
    digests = {path.stem: digest_of(path) for path in sets}

    runner = Runner(load_settings(archive=archive), Chosen(system, model, send, timeout), retrieval_only)
    scored = [one for measure in labelled.values() for one in measure(articles)]
    rows = [*(runner.run(questions, articles) if questions else ())]
    rows += [row for collection in collections for row in runner.run_public(collection)]
    report = Report(tuple(rows), tuple(scored), system or "isnad", program_commit(), digests)
    comparison = compare(scores_of(report), before) if before is not None else None

    click.echo(to_table(report) + (f"\n{comparison_table(comparison)}" if comparison else ""), nl=False)
    if json_file:
        _write(_json_path(json_file, report), to_json(report))
    if html_file:
        _write(html_file, to_html(report, comparison))
    if scores_file:
        _write(scores_file, to_scores(scores_of(report)))
    if comparison and _fails(comparison, strict=floor is not None):
        click.get_current_context().exit(1)


def _fails(comparison: Comparison, *, strict: bool) -> bool:
    """Whether the run is to fail: on a regression beyond chance, or `strict`, on a measure below the floor."""
    if not strict:
        return comparison.regression
    for change in comparison.below_floor:
        click.echo(f"below the floor: {change.set} {change.metric}, {change.before:.3f} → {change.after:.3f}")
    return bool(comparison.below_floor)


def _load_all(own: Sequence[Path], asked_of: Sequence[Path]) -> list[Question]:
    """The questions of sets; rows are told apart by the set's name, which must therefore differ.

    Drafts are left out, and it is said how many they are.
    """
    names: dict[str, Path] = {}
    for path in own:
        if path.stem in names:
            raise QuestionSetError(f"'{names[path.stem]}' and '{path}' have the same name; rename one")
        names[path.stem] = path
    questions = [question for path in asked_of for question in load(path)]
    asked = without_drafts(questions)
    if len(asked) < len(questions):
        click.echo(
            f"{len(questions) - len(asked)} of {len(questions)} questions are drafts and are not asked", err=True
        )
    return asked


def _json_path(given: str, report: Report) -> Path:
    """The file itself, or in a folder one that is named by the sets and the commit."""
    folder = Path(given)
    if not given.endswith("/") and not folder.is_dir():
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QuestionSetError(f"cannot make folder '{given}' for reports: {error.strerror}") from error
    return folder / f"{'+'.join(report.sets)}-{report.commit}.json"


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(f"cannot write report '{file}': {error.strerror}") from error
