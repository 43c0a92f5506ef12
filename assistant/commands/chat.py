"""The commands that serve the chat, and say who may use it: `isnad chat`, `isnad password`."""

from __future__ import annotations

import os
import sys
from contextlib import closing, contextmanager, suppress
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from assistant.commands import options
from assistant.commands.options import archive_option, print_text
from index.errors import NotAnArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from assistant.ask import Assistant
    from assistant.chat.access.accounts import Accounts
    from assistant.desk import Desk
    from index.settings import Settings

SEEDS = Path(__file__).parent.parent.parent / "seeds"
"""The seed articles, beside the packages in a checkout and in a wheel."""

READ_FOR_EXAMPLES = 50
"""Articles that the questions which the chat offers are made from."""


def serving_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of what is served, but for those of one command alone."""
    command = archive_option(command)
    command = click.option(
        "--auth-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Let in only those whom this file names, a line each, as `isnad password` prints it.",
    )(command)
    command = click.option(
        "--auth",
        type=options.text,
        multiple=True,
        metavar="USER:PASS",
        help="Let in only who signs in with this name and password; may be given several times. Others on this machine"
        " may see it among the running programs: --auth-file is safer.",
    )(command)
    command = click.option(
        "--allow-edit",
        is_flag=True,
        default=None,
        help="Let those who use the page add articles by upload, and remove them.",
    )(command)
    command = click.option(
        "--port", type=int, metavar="P", help="The port to serve at, 0 for any free one; 7860 unless set."
    )(command)
    return click.option("--host", metavar="H", help="The address to serve at; 127.0.0.1 unless set.")(command)


@click.command()
@serving_options
def chat(auth: tuple[str, ...], **given: object) -> None:
    """Serve the chat page.

    It is served on this machine, at the address that is printed, until Ctrl-C is pressed. An empty archive first
    takes in the seed articles.
    """
    settings, accounts = read_serving(auth, given)
    _ingest_seeds(settings)
    with open_desk(settings) as desk:
        from assistant.chat.app import serve  # imported while the archive is opened

        serve(desk, settings.host, settings.port, announcing(accounts), accounts)


def read_serving(auth: Sequence[str], given: Mapping[str, object]) -> tuple[Settings, Accounts | None]:
    """Return the settings to serve by, and who may come; before numpy is loaded, which takes its threads from here."""
    from assistant.chat.access.accounts import read_accounts

    # Many ask at once: a thread a question goes further than several threads that wait for one another.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    settings = options.settings_of(**given)
    return settings, read_accounts(auth, settings.auth_file)


@contextmanager
def open_desk(settings: Settings, *, for_programs: bool = False) -> Iterator[Desk]:
    """Begin to open the archive with all that is served from it; a program's key may let it change the archive."""
    from assistant.chat.conversations.store import Conversations
    from assistant.desk import Desk
    from assistant.holdings.intake import Intake
    from index.archive.address import folder_of

    edits = settings.allow_edit or for_programs
    intake = Intake(settings.archive, settings.encoder, settings.backend) if edits else None
    writer = "llm" if settings.llm else "extractive"
    kept = Conversations(folder_of(settings.archive))
    desk = Desk(
        lambda: options.open_by(settings, writer=writer),
        _examples,
        kept,
        intake,
        edits_on_pages=settings.allow_edit,
    )
    with closing(desk):
        yield desk


def announcing(accounts: Accounts | None) -> Callable[[str], None]:
    """Return what prints where the page is, and warns where everybody who can reach it may use it."""

    def announce(address: str) -> None:
        print_text(address)
        if accounts is None and not ip_address(str(urlsplit(address).hostname)).is_loopback:
            message = "isnad: all who can reach this address may use it without a password; pass --auth-file"
            click.echo(message, err=True)

    return announce


@click.command()
@click.argument("user", type=options.text)
def password(user: str) -> None:
    """Print a line for `isnad chat --auth-file`.

    USER is a name. The password is asked for twice, or read from standard input where that is no terminal; the line
    holds what it comes to by scrypt, from which it cannot be read.
    """
    from assistant.chat.access.accounts import Password, check_name

    name = check_name(user, "USER")
    stdin = sys.stdin
    given = (
        click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        if stdin.isatty()
        else stdin.readline().rstrip("\r\n")
    )
    if not given:
        raise click.UsageError("the password is empty; type one")
    print_text(f"{name}:{Password.of(given)}")


def _examples(assistant: Assistant) -> Sequence[str]:
    """Questions that what was added first can answer."""
    from assistant.questions.examples import example_questions

    articles = islice(assistant.archive.articles(), READ_FOR_EXAMPLES)
    return example_questions(articles, assistant.quoting().ask)


def _ingest_seeds(settings: Settings) -> None:
    from index.archive.opening import open_at

    # Looked at first without an encoder, whose loading the page would wait for.
    with suppress(NotAnArchiveError), open_at(settings.archive) as archive:
        if archive.count_articles():
            return
    from index.encoders.static import load_encoder

    encoder = load_encoder(settings.encoder, settings.backend)
    with options.create_archive(settings.archive, encoder) as archive:
        if archive.count_articles() == 0:
            options.take_in((SEEDS,), archive, encoder, None)
