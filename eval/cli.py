"""The command `isnad eval`; the command line below loads it by its entry point, since arrows point down only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from eval.baseline import compare
from eval.page import to_html
from eval.questions import Question, check_filters, load, locate
from eval.report import comparison_table, read_report, to_json, to_table
from eval.run import AssistantSystem, Report, run
from index.errors import QuestionSetError
from index.settings import Settings, load_settings

_FILE = click.Path(path_type=Path)


@click.command("eval")
@click.argument("sets", metavar="SET...", nargs=-1, required=True, type=_FILE)
@click.option("--archive", type=_FILE, metavar="DIR", help="The archive to ask.")
@click.option(
    "--articles",
    multiple=True,
    type=_FILE,
    metavar="PATH",
    help="Ask an archive made of these files, then thrown away.",
)
@click.option("--baseline", type=_FILE, metavar="REPORT", help="An earlier --json; exit with 1 on a regression.")
@click.option("--json", "json_file", type=_FILE, metavar="FILE", help="Write the report as JSON.")
@click.option("--html", "html_file", type=_FILE, metavar="FILE", help="Write the report as one HTML page.")
def evaluate(
    sets: tuple[Path, ...],
    archive: Path | None,
    articles: tuple[Path, ...],
    baseline: Path | None,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Run question sets: retrieval, evidence, citations, declines and latency, by language and kind."""
    if archive and articles:
        raise click.UsageError("--archive and --articles exclude each other")
    questions = _load_all(sets)
    before = read_report(baseline) if baseline else None
    settings = load_settings(archive=archive)
    with _folder(settings, articles) as folder:
        report = _run(questions, folder, settings)
    comparison = compare(report, before) if before else None
    click.echo(to_table(report), nl=False)
    if comparison:
        click.echo("\n" + comparison_table(comparison), nl=False)
    if json_file:
        _write(json_file, to_json(report))
    if html_file:
        _write(html_file, to_html(report, comparison))
    if comparison and comparison.regression:
        click.get_current_context().exit(1)


def _load_all(sets: Sequence[Path]) -> list[Question]:
    """Every set's questions; rows are told apart by the set's name, which must therefore differ.

    Drafts are left out, and it is said how many they are.
    """
    names: dict[str, Path] = {}
    for path in sets:
        if path.stem in names:
            raise QuestionSetError(f"'{names[path.stem]}' and '{path}' have the same name; rename one")
        names[path.stem] = path
    questions = [question for path in sets for question in load(path)]
    asked = [question for question in questions if not question.draft]
    if not asked:
        raise QuestionSetError(f'all {len(questions)} questions are drafts; check them, and take their "draft" out')
    if len(asked) < len(questions):
        click.echo(
            f"{len(questions) - len(asked)} of {len(questions)} questions are drafts and are not asked", err=True
        )
    return asked


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(f"cannot write report '{file}': {error.strerror}") from error


@contextmanager
def _folder(settings: Settings, articles: Sequence[Path]) -> Iterator[Path]:
    """The archive that is asked: one made of these articles for this run, else the user's own."""
    if not articles:
        yield settings.archive
        return
    from index.archive import SqliteArchive
    from index.encode import load_encoder
    from index.ingest import ingest

    with TemporaryDirectory(prefix="isnad-eval-") as made:
        folder = Path(made)
        encoder = load_encoder(settings.encoder, settings.backend)
        with SqliteArchive.open(
            folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True
        ) as opened:
            ingested = ingest(articles, opened, encoder)
        if ingested.rejected:
            path, reason = ingested.rejected[0]
            raise QuestionSetError(f"cannot ingest '{path}': {reason}")
        yield folder


def _run(questions: Sequence[Question], folder: Path, settings: Settings) -> Report:
    from tqdm import tqdm

    from assistant.ask import open_assistant

    assistant = open_assistant(folder, settings.encoder, settings.backend)
    with closing(assistant.archive):
        located = locate(questions, assistant.archive.articles())
        check_filters(questions, assistant.archive)
        return run(
            tqdm(located, desc="asking", unit="question", delay=1, leave=False, disable=None),
            AssistantSystem(assistant),
        )
