"""The command `isnad eval`; the command line below loads it by its entry point, since arrows point down only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from eval.baseline import compare
from eval.cli_drafts import SetsOrCommand
from eval.judges import confidence_by_verifier, judge_by_entailment, judge_by_verifier
from eval.page import to_html
from eval.public.recognise import is_public, read_public
from eval.questions import Located, Question, check_filters, load, locate
from eval.report import comparison_table, read_report, to_json, to_table
from eval.run import AssistantSystem, Report, Row, run
from index.errors import QuestionSetError
from index.settings import Settings, load_settings

if TYPE_CHECKING:
    from eval.public.collection import Collection
    from index.archive import SqliteArchive

_FILE = click.Path(path_type=Path)


@click.command(
    "eval",
    cls=SetsOrCommand,
    epilog="isnad eval new drafts a set on an archive, isnad eval from-feedback makes one of what readers said.",
)
@click.argument("sets", metavar="SET...", nargs=-1, required=True, type=_FILE)
@click.option("--archive", type=_FILE, metavar="DIR", help="The archive to ask.")
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
@click.option("--baseline", type=_FILE, metavar="REPORT", help="An earlier --json; exit with 1 on a regression.")
@click.option("--json", "json_file", type=_FILE, metavar="FILE", help="Write the report as JSON.")
@click.option("--html", "html_file", type=_FILE, metavar="FILE", help="Write the report as one HTML page.")
def evaluate(
    sets: tuple[Path, ...],
    archive: Path | None,
    articles: tuple[Path, ...],
    passages: tuple[Path, ...],
    qrels: Path | None,
    retrieval_only: bool,
    baseline: Path | None,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Run question sets: retrieval, evidence, citations, declines and latency, by language and kind.

    A SET is JSON lines of questions on the archive. Public sets come with what they are asked of: a file in SQuAD's
    format, a folder of BEIR, TREC's topics, or two files of which each line is the other's translation.
    """
    if archive and articles:
        raise click.UsageError("--archive and --articles exclude each other")
    public = [path for path in sets if qrels or is_public(path)]
    if (passages or qrels) and not public:
        raise click.UsageError("--passages and --qrels are for public sets; question sets are asked of the archive")
    own = [path for path in sets if path not in public]
    questions = _load_all(own) if own else []
    collections = list(read_public(public, passages, qrels))
    if left_out := sum(collection.left_out for collection in collections):
        click.echo(f"{left_out} questions in neither Arabic nor English are not asked", err=True)
    before = read_report(baseline) if baseline else None
    settings = load_settings(archive=archive)
    runner = _Runner(settings, retrieval_only)
    rows: list[Row] = []
    if own:
        with _folder(settings, articles) as folder:
            rows += runner.run(questions, folder)
    for collection in collections:
        rows += runner.run_public(collection)
    report = Report(tuple(rows))
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


@dataclass(frozen=True, slots=True)
class _Runner:
    """Asks questions of archives, all of them in one way."""

    settings: Settings
    retrieval_only: bool

    def run(self, questions: Sequence[Question], folder: Path) -> tuple[Row, ...]:
        """Ask questions of the archive of a folder."""

        def locate_in(archive: SqliteArchive) -> Sequence[Located]:
            check_filters(questions, archive)
            return locate(questions, archive.articles())

        return self._run(folder, locate_in)

    def run_public(self, collection: Collection) -> tuple[Row, ...]:
        """Ask the questions of a collection of an archive made of its articles, then thrown away."""
        from eval.public.collection import fill
        from index.encode import load_encoder

        with TemporaryDirectory(prefix="isnad-eval-") as made:
            fill(Path(made), collection.articles, load_encoder(self.settings.encoder, self.settings.backend)).close()
            return self._run(Path(made), lambda archive: collection.questions)

    def _run(self, folder: Path, locate_in: Callable[[SqliteArchive], Sequence[Located]]) -> tuple[Row, ...]:
        from tqdm import tqdm

        from assistant.ask import open_assistant
        from assistant.verification.entailment import Entailment
        from assistant.verification.verify import Verifier
        from index.encode import StaticEncoder

        assistant = open_assistant(folder, self.settings.encoder, self.settings.backend)
        with closing(assistant.archive):
            located = locate_in(assistant.archive)
            if self.retrieval_only:
                located = [replace(one, asked=False) for one in located]
            shown = tqdm(located, desc="asking", unit="question", delay=1, leave=False, disable=None)
            verifier = Verifier(StaticEncoder())  # by itself, also where an entailment model has the assistant's ear
            judges = {"verifier": judge_by_verifier(verifier)}
            if self.settings.nli:
                judges["nli"] = judge_by_entailment(Entailment(self.settings.nli))
            return run(shown, AssistantSystem(assistant), judges, confidence_by_verifier(verifier)).rows
