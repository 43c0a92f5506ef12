"""What the commands share: options, settings, opening an archive, and printing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.speech.background import BackgroundStatements, SpreadStatements
    from assistant.types import Answer
    from index.archive.address import Address
    from index.followers.copy_clusters import Copy
    from index.ingest import IngestReport
    from index.reading import ReadOptions
    from index.rejects import RejectsFile
    from index.settings import Settings
    from index.types import Archive, Encoder, Filters, Language
    from index.workers import Workers


def text(value: str) -> str:
    """Take text that can be stored and printed; a terminal of another encoding than UTF-8 may send what cannot."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise click.BadParameter(f"not UTF-8 at character {error.start}; set the terminal to UTF-8") from error
    return value


def name(value: str) -> str:
    """Take the name of a person or an outlet."""
    if not any(character.isalnum() for character in text(value)):
        raise click.BadParameter(f"{value!r} is no name; leave the option out for all")
    return value.strip()


def day(value: str) -> date:
    """Take a day, as 2020-02-17."""
    from index.dates import read_day

    found = read_day(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no day; write it as 2020-02-17")
    return found


def encoding(value: str) -> str:
    """Take the name of an encoding of texts."""
    try:
        "a".encode(value)
    except (LookupError, ValueError) as error:
        raise click.BadParameter(f"{value!r} is no encoding; write it as windows-1256") from error
    return value


def field(value: str) -> tuple[str, str]:
    """Take a field that states a fact, as text=body."""
    from index.reading import FACTS

    fact, mark, name = text(value).partition("=")
    if fact not in FACTS or not name.strip():
        problem = "no fact" if mark and name.strip() else "no FACT=NAME"
        raise click.BadParameter(f"{value!r} is {problem}; facts are {', '.join(FACTS)}, as in text=body")
    return fact, name


def address(value: str) -> Address:
    """Take where an archive is."""
    from index.archive.address import read_address, without_password

    try:
        return read_address(value)
    except ValueError as error:
        raise click.BadParameter(f"{without_password(value)!r}: {error}") from error


archive_option = click.option(
    "--archive",
    type=address,
    metavar="DIR|URL",
    help="The folder of the archive, or postgresql://USER@HOST/DATABASE; ./.isnad unless this or ISNAD_ARCHIVE is set.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `filters_of` takes."""
    command = click.option(
        "--author",
        "authors",
        type=name,
        multiple=True,
        metavar="A",
        help="Look only into articles of this author, or of one of several.",
    )(command)
    command = click.option(
        "--in", "language", type=click.Choice(["ar", "en"]), help="Look only into articles in this language."
    )(command)
    command = click.option(
        "--source",
        "sources",
        type=name,
        multiple=True,
        metavar="S",
        help="Look only into articles of this outlet, or of one of several.",
    )(command)
    command = click.option(
        "--to", "published_to", type=day, metavar="D", help="Look only into articles up to this day, as 2020-02-17."
    )(command)
    return click.option(
        "--from", "published_from", type=day, metavar="D", help="Look only into articles from this day on."
    )(command)


def filters_of(
    published_from: date | None,
    published_to: date | None,
    sources: Sequence[str],
    language: Language | None,
    authors: Sequence[str],
) -> Filters:
    """Return what an article must be to be searched; a wrong pair of days is a usage error."""
    from index.types import Filters

    if published_from and published_to and published_from > published_to:
        raise click.UsageError(f"--from {published_from} is after --to {published_to}; exchange them")
    return Filters(published_from, published_to, frozenset(sources) or None, language, frozenset(authors) or None)


def settings_of(**options: object) -> Settings:
    """Return the settings, those of the command line first."""
    from index.settings import load_settings

    return load_settings(**options)


def open_for_questions(archive: Address | None) -> Assistant:
    """Open the archive with all that answering needs."""
    return open_by(settings_of(archive=archive), writer="extractive")


def open_by(settings: Settings, writer: str) -> Assistant:
    """Open the archive with all that answering needs: with `writer` "llm", the language model that is set, too."""
    from assistant.ask import open_assistant

    model = None
    if writer == "llm":
        from assistant.writers.llm_client import open_model

        model = open_model(settings)
    entailment = None
    if settings.nli:
        from assistant.verification.entailment import Entailment

        entailment = Entailment(settings.nli)
    return open_assistant(
        settings.archive,
        settings.encoder,
        settings.backend,
        model,
        entailment=entailment,
        show_unsupported=settings.unsupported == "show",
        index=settings.index_place,
    )


def asked(pieces: Iterator[str | Answer], language: Language, *, shown: bool) -> Answer:
    """Return the answer at the end of what an assistant streams, what is written before it shown on a terminal."""
    from assistant.rendering.wording import DRAFT
    from assistant.types import Answer

    begun = False
    for piece in pieces:
        if isinstance(piece, Answer):
            if begun:
                click.echo("\n")
            return piece
        if shown:
            if not begun:
                click.echo(DRAFT[language])
            click.echo(click.style(visible(piece), dim=True), nl=False)
            begun = True
    raise AssertionError("an assistant's stream ends with its answer")


def open_archive(archive: Address | None) -> Archive:
    """Open the archive alone."""
    from index.archive.opening import open_at

    return open_at(settings_of(archive=archive).archive)


def create_archive(address: Address, encoder: Encoder) -> Archive:
    """Open the archive to add to it; make it where none is."""
    from index.archive.opening import open_at

    return open_at(address, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True)


def take_in(
    paths: Sequence[Path],
    archive: Archive,
    encoder: Encoder,
    source: str | None,
    options: ReadOptions | None = None,
    rejects: RejectsFile | None = None,
    *,
    prune: bool = False,
    progress: Callable[[int], object] | None = None,
    workers: Workers | None = None,
) -> tuple[IngestReport, list[Copy]]:
    """Ingest files and bring the indexes up to date; return what came of it, and what came as a near copy.

    `workers` prepare the articles and find their statements, and those of this machine bring the other indexes up to
    date; without workers, a single process finds statements meanwhile.
    """
    from assistant.holdings.following import catch_up, catch_up_by, open_copies
    from assistant.speech.background import BackgroundStatements, SpreadStatements
    from index.encoders.static import StaticEncoder, load_static
    from index.ingest import ingest
    from index.workers import HERE
    from index.workers.processes import Processes

    open_copies(archive)  # what was there before is no news
    on_rejection = rejects.add if rejects else None
    with ExitStack() as stack:
        statements: BackgroundStatements | SpreadStatements | None = None
        if workers is None:
            statements = stack.enter_context(BackgroundStatements(archive.address))
        with progress_bar("reading") as advance:

            def count(articles: int) -> None:
                advance(articles)
                if isinstance(statements, BackgroundStatements):
                    statements.count(articles)
                if progress:
                    progress(articles)

            report = ingest(
                paths,
                archive,
                encoder,
                source=source,
                prune=prune,
                options=options,
                on_rejection=on_rejection,
                progress=count,
                workers=workers or HERE,
            )
        if workers is not None:
            statements = stack.enter_context(SpreadStatements(archive, archive.folder, workers))
        came = catch_up_by(workers, archive.address) if isinstance(workers, Processes) and workers.are_at_work else []
        model = encoder if isinstance(encoder, StaticEncoder) else load_static()
        return report, came + catch_up(archive, model, statements)


@contextmanager
def progress_bar(doing: str, total: int | None = None) -> Iterator[Callable[[int], object]]:
    """Show how many articles are done, on a terminal only and after a second; gives what to call with each number."""
    from tqdm import tqdm

    with tqdm(desc=doing, total=total, unit=" articles", delay=1, leave=False, disable=None) as bar:
        yield bar.update


def print_json(value: object) -> None:
    """Print an object as JSON, in the letters that it is written in."""
    from assistant.rendering.answers import json_text

    click.echo(json_text(value))


_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS |= {0x7F: "\u2421"} | dict.fromkeys(range(0x80, 0xA0), "\ufffd")


def visible(text: str) -> str:
    """Return text for a terminal: a control character becomes a picture of itself and commands nothing."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def print_text(text: str) -> None:
    """Print text for reading."""
    click.echo(visible(text))
