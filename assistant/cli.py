"""The command line: thin commands over the assistant and the index."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli_archive import archive as archive_commands
from assistant.options import (
    archive_option,
    create_archive,
    filter_options,
    filters_of,
    json_option,
    open_archive,
    open_for_questions,
    print_json,
    settings_of,
    take_in,
)
from index.errors import IsnadError, SettingsError

if TYPE_CHECKING:
    from datetime import datetime

    from index.settings import Settings
    from index.types import Language

COMMANDS = "isnad.commands"
"""The entry points that the packages above this one add their commands by."""


class Commands(click.Group):
    """A group whose other commands are loaded only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *(entry.name for entry in entry_points(group=COMMANDS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded where it comes from a package above."""
        command = super().get_command(ctx, cmd_name)
        if command is None:
            command = next((entry.load() for entry in entry_points(group=COMMANDS, name=cmd_name)), None)
        return command


@click.group(cls=Commands)
@click.version_option(package_name="isnad")
def cli() -> None:
    """Answer questions from an archive of Arabic and English news, every sentence cited."""


cli.add_command(archive_commands)


def main() -> None:
    """Run the command line: an error is one line on stderr, and exit 2."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        _fail(error.format_message())
    except IsnadError as error:
        _fail(str(error))
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone: nothing is left to say, and Python's own last flush would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> None:
    click.echo("isnad: " + " ".join(message.split()), err=True)
    sys.exit(2)


@cli.command()
@click.option("--host", metavar="H", help="The address to serve at; 127.0.0.1 unless set.")
@click.option("--port", type=int, metavar="P", help="The port to serve at; 7860 unless set.")
@archive_option
def chat(host: str | None, port: int | None, archive: Path | None) -> None:
    """Open the chat in a browser; an empty archive first takes in the seed articles."""
    from assistant.ask import open_assistant
    from assistant.chat.app import serve
    from assistant.examples import example_questions

    settings = settings_of(host=host, port=port, archive=archive)
    _ingest_seeds(settings)
    assistant = open_assistant(settings.archive, settings.encoder)
    with closing(assistant.archive):
        examples = example_questions(
            article for article, _ in zip(assistant.archive.articles(), range(50), strict=False)
        )
        serve(assistant, settings.host, settings.port, examples, announce=click.echo)


def _ingest_seeds(settings: Settings) -> None:
    from importlib.resources import as_file, files

    from index.encode import load_encoder

    encoder = load_encoder(settings.encoder)
    with create_archive(settings, encoder) as archive:
        if archive.count_articles() == 0:
            with as_file(files("seeds")) as folder:
                take_in((folder,), archive, encoder, None)


@cli.command()
@click.argument("question")
@json_option
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the wording; the question's unless set.")
@filter_options
@click.option("--speaker", metavar="NAME", help="Only statements of this speaker.")
@click.option("--writer", type=click.Choice(["extractive", "llm"]), default="extractive", help="Who writes the answer.")
@archive_option
def ask(
    question: str,
    as_json: bool,
    lang: Language | None,
    published_from: datetime | None,
    published_to: datetime | None,
    source: str | None,
    speaker: str | None,
    writer: str,
    archive: Path | None,
) -> None:
    """Answer one question, every sentence cited."""
    from assistant.question import check_question
    from assistant.render import answer_json, answer_text

    if writer == "llm":
        raise SettingsError("--writer llm: no language model can be set up in this version; use --writer extractive")
    check_question(question)
    assistant = open_for_questions(archive)
    with closing(assistant.archive):
        filters = filters_of(published_from, published_to, source)
        answer = assistant.ask(question, language=lang, filters=filters, speaker=speaker)
        if as_json:
            print_json(answer_json(answer))
        else:
            click.echo(answer_text(answer))


@cli.command()
@click.argument("query")
@json_option
@click.option("-k", "top_k", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="Passages.")
@filter_options
@archive_option
def search(
    query: str,
    as_json: bool,
    top_k: int,
    published_from: datetime | None,
    published_to: datetime | None,
    source: str | None,
    archive: Path | None,
) -> None:
    """Print the passages that suit a query, ranked."""
    from assistant.question import check_question
    from assistant.render import hits_json, hits_text

    query = check_question(query)
    assistant = open_for_questions(archive)
    with closing(assistant.archive):
        hits = assistant.retriever.search(query, filters_of(published_from, published_to, source), top_k)
        if as_json:
            print_json(hits_json(query, hits))
        else:
            click.echo(hits_text(hits))


@cli.command()
@click.option("--quote", required=True, metavar="TEXT", help="The quotation to look for.")
@json_option
@archive_option
def check(quote: str, as_json: bool, archive: Path | None) -> None:
    """Tell whether a quotation stands in the archive, and where; exits 1 where it does not."""
    from assistant.render import places_json, places_text
    from assistant.verify import find_quotation

    with open_archive(archive) as opened:
        places = find_quotation(quote, opened.articles())
    if as_json:
        print_json(places_json(quote, places))
    else:
        click.echo(places_text(places))
    if not places:
        click.get_current_context().exit(1)


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="The outlet that the articles come from.")
@json_option
@archive_option
def ingest(paths: tuple[Path, ...], source: str | None, as_json: bool, archive: Path | None) -> None:
    """Add articles to the archive, or update them: files, or folders of files."""
    from assistant.render import ingest_json, ingest_text
    from index.encode import load_encoder

    settings = settings_of(archive=archive)
    encoder = load_encoder(settings.encoder)
    with create_archive(settings, encoder) as opened:
        report = take_in(paths, opened, encoder, source)
    if as_json:
        print_json(ingest_json(report))
    else:
        click.echo(ingest_text(report))
    if report.rejected and not (report.added or report.updated or report.unchanged or report.duplicates):
        click.get_current_context().exit(2)
