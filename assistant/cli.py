"""The command line: thin commands over the assistant and the index."""

from __future__ import annotations

import io
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands import options
from assistant.commands.archive import archive as archive_commands
from assistant.commands.chat import chat, password
from assistant.commands.check import check
from assistant.commands.keys import keys
from assistant.commands.mcp import mcp
from assistant.commands.options import archive_option, filter_options, json_option, print_json, print_text
from assistant.commands.serve import serve
from assistant.commands.statements import statements
from index.errors import IsnadError, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from importlib.metadata import EntryPoint

    from index.archive.address import Address
    from index.types import Language

COMMANDS = "isnad.commands"
"""The entry points that the packages above this one add their commands by."""


class Commands(click.Group):
    """A group whose other commands are loaded only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *(entry.name for entry in _added())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded where it comes from a package above."""
        own = super().get_command(ctx, cmd_name)
        return own or next((entry.load() for entry in _added() if entry.name == cmd_name), None)


def _added() -> Iterator[EntryPoint]:
    from importlib.metadata import entry_points  # a twentieth of a second, which a question need not wait for

    yield from entry_points(group=COMMANDS)


@click.group(cls=Commands)
@click.version_option(package_name="isnad")
def cli() -> None:
    """Answer questions from an archive of Arabic and English news, every sentence cited."""


cli.add_command(archive_commands)
cli.add_command(chat)
cli.add_command(password)
cli.add_command(check)
cli.add_command(mcp)
cli.add_command(serve)
cli.add_command(keys)
cli.add_command(statements)


def main() -> None:
    """Run the command line: an error is one line on stderr, and exit 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(prog_name="isnad", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.UsageError as error:
        message = error.format_message().rstrip(".")
        place = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        _fail(message[0].lower() + message[1:] + place)
    except (click.ClickException, IsnadError) as error:
        _fail(str(error))
    except click.Abort:
        sys.exit(130)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> None:
    click.echo("isnad: " + options.visible(" ".join(message.split())), err=True)
    sys.exit(2)


@cli.command()
@click.argument("question", type=options.text)
@click.option(
    "--after",
    type=options.text,
    multiple=True,
    metavar="QUESTION",
    help="A question asked before, which this one may follow up; may be given several times, the oldest first.",
)
@json_option
@click.option(
    "--lang",
    type=click.Choice(["ar", "en"]),
    help="The language of the words around quotations; the question's own unless set.",
)
@filter_options
@click.option("--speaker", type=options.name, metavar="NAME", help="Quote only what this speaker said.")
@click.option(
    "--writer",
    type=click.Choice(["extractive", "llm"]),
    default="extractive",
    show_default=True,
    help="Who writes the answer: the extractive writer quotes whole sentences; llm is the model that ISNAD_LLM names.",
)
@click.option("--audit", is_flag=True, help="Print the verdicts on the answer's own sentences and citations after it.")
@archive_option
def ask(
    question: str,
    after: tuple[str, ...],
    as_json: bool,
    lang: Language | None,
    published_from: date | None,
    published_to: date | None,
    sources: tuple[str, ...],
    language: Language | None,
    authors: tuple[str, ...],
    speaker: str | None,
    writer: str,
    audit: bool,
    archive: Address | None,
) -> None:
    """Answer one question.

    QUESTION is in Arabic or English. Every sentence of the answer has numbered citations, each the exact place in an
    article that it rests on. A question that the archive cannot answer is declined, with the reason and the nearest
    passages.
    """
    from assistant.questions.checking import check_question
    from assistant.questions.languages import question_language
    from assistant.questions.narrowing import check_names
    from assistant.rendering.answers import answer_json, answer_text
    from assistant.rendering.check import audit_json, audit_text
    from assistant.verification.audit import audit_answer

    for each in (*after, question):
        check_question(each)
    filters = options.filters_of(published_from, published_to, sources, language, authors)
    assistant = options.open_by(options.settings_of(archive=archive), writer)
    with closing(assistant.archive):
        check_names(filters, assistant.archive)
        pieces = assistant.stream(question, history=after, language=lang, filters=filters, speaker=speaker)
        answer = options.asked(pieces, lang or question_language(question), shown=sys.stdout.isatty() and not as_json)
        if as_json:
            print_json(answer_json(answer) | ({"audit": audit_json(audit_answer(answer))} if audit else {}))
        else:
            print_text(answer_text(answer))
            if audit and not answer.declined:
                print_text("\n" + audit_text(audit_answer(answer)))


@cli.command()
@click.argument("query", type=options.text)
@json_option
@click.option(
    "-k",
    "top_k",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    metavar="N",
    help="Print at most this many passages.",
)
@filter_options
@click.option(
    "--speaker", type=options.name, metavar="NAME", help="Look only into articles that quote or report this speaker."
)
@archive_option
def search(
    query: str,
    as_json: bool,
    top_k: int,
    published_from: date | None,
    published_to: date | None,
    sources: tuple[str, ...],
    language: Language | None,
    authors: tuple[str, ...],
    speaker: str | None,
    archive: Address | None,
) -> None:
    """Print the passages nearest to a query.

    QUERY is a question or some words, in Arabic or English; passages in both languages are found, the best first.
    """
    from assistant.questions.checking import check_question
    from assistant.questions.narrowing import check_names
    from assistant.rendering.answers import hits_json, hits_text

    query = check_question(query)
    filters = options.filters_of(published_from, published_to, sources, language, authors)
    assistant = options.open_for_questions(archive)
    with closing(assistant.archive):
        check_names(filters, assistant.archive)
        hits = assistant.search(query, filters, top_k, speaker=speaker)
        if as_json:
            print_json(hits_json(query, hits))
        else:
            print_text(hits_text(hits))


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--source", type=options.name, metavar="NAME", help="The outlet that the articles come from.")
@click.option("--prune", is_flag=True, help="Remove the articles that stand under PATH and are no longer there.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["txt", "md", "html", "json", "jsonl", "csv", "pdf"]),
    help="What every PATH is, whatever its name.",
)
@click.option(
    "--encoding",
    type=options.encoding,
    metavar="NAME",
    help="The encoding of the texts, as windows-1256; each file's own is found unless set.",
)
@click.option(
    "--field",
    "fields",
    type=options.field,
    multiple=True,
    metavar="FACT=NAME",
    help="The field that states a fact in JSON and CSV, as text=body or published=meta.date; may be given "
    "several times. Facts are id, text, title, source, url, author and published.",
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what is rejected to this file as JSON lines; to rejects.jsonl in the archive's folder unless set.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, 1024),
    metavar="N",
    help="Read pages, prepare articles and find statements in so many processes beside this one; one a core unless "
    "set, with the bundled model.",
)
@click.option(
    "--ray",
    "address",
    type=options.text,
    metavar="ADDRESS",
    help="Do this on the machines of a Ray cluster: auto, HOST:PORT or ray://HOST:PORT.",
)
@json_option
@archive_option
def ingest(
    paths: tuple[Path, ...],
    source: str | None,
    prune: bool,
    format_: str | None,
    encoding: str | None,
    fields: tuple[tuple[str, str], ...],
    rejects: Path | None,
    workers: int | None,
    address: str | None,
    as_json: bool,
    archive: Address | None,
) -> None:
    """Add or update articles.

    PATH is a file, a folder of files, a pattern such as 'news/**/*.html', or - for standard input. Files are text,
    Markdown, HTML, JSON, JSON lines, CSV or PDF, as their names end, any of them also packed as .gz, .xz or .zst.
    Standard input is told by how it begins unless --format says what it is.

    What cannot be read is named, with the reason, and stops nothing else; the command fails only where nothing could
    be read. Of a file that cannot be read whole, --prune removes nothing.
    """
    if prune and Path("-") in paths:
        raise click.UsageError(
            "--prune removes what is no longer in a place, and standard input is none; leave one out"
        )
    if workers is not None and address is not None:
        raise click.UsageError("--workers are of this machine and --ray is for others; leave one out")
    from assistant.holdings.sharing import share
    from assistant.rendering.archive import ingest_json, ingest_text
    from index.archive.file import REJECTS
    from index.encoders.static import load_encoder
    from index.reading import ReadOptions
    from index.rejects import RejectsFile

    settings = options.settings_of(archive=archive)
    encoder = load_encoder(settings.encoder, settings.backend)
    with (
        share(workers, address, encoder, paths) as shared,
        options.create_archive(settings.archive, encoder) as opened,
        RejectsFile(rejects or opened.folder / REJECTS, is_asked_for=rejects is not None) as rejected,
    ):
        report, copies = options.take_in(
            paths,
            opened,
            encoder,
            source,
            ReadOptions(format_, encoding, fields),
            rejected,
            prune=prune,
            workers=shared,
        )
        known = opened.held([name for copy in copies for name in copy])
    near = [(known[one].path, known[first].path) for one, first in copies if one in known and first in known]
    if as_json:
        print_json(ingest_json(report, rejected.path, near))
    else:
        print_text(ingest_text(report, rejected.path, near))
    if report.added or report.updated or report.unchanged or report.duplicates:
        return
    if report.rejected:
        (_, reason), *others = report.rejected
        raise ReadError(f"{reason}; nor could {len(others)} more be read" if others else reason)
    if prune:
        raise ReadError("no article was read, so --prune removes none; check the paths")
