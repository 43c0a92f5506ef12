"""The commands that serve the chat, and say who may use it: `isnad chat`, `isnad password`."""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from assistant import options
from assistant.options import archive_option, print_text
from index.errors import NotAnArchiveError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.ask import Assistant
    from index.archive.address import Address
    from index.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
"""The seed articles, beside the packages in a checkout and in a wheel."""

READ_FOR_EXAMPLES = 50
"""Articles that the questions which the chat offers are made from."""


@click.command()
@click.option("--host", metavar="H", help="The address to serve at; 127.0.0.1 unless set.")
@click.option("--port", type=int, metavar="P", help="The port to serve at, 0 for any free one; 7860 unless set.")
@click.option(
    "--allow-edit",
    is_flag=True,
    default=None,
    help="Let those who use the page add articles by upload, and remove them.",
)
@click.option(
    "--auth",
    type=options.text,
    multiple=True,
    metavar="USER:PASS",
    help="Let in only who signs in with this name and password; may be given several times. Others on this machine may"
    " see it among the running programs: --auth-file is safer.",
)
@click.option(
    "--auth-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Let in only those whom this file names, a line each, as `isnad password` prints it.",
)
@archive_option
def chat(
    host: str | None,
    port: int | None,
    allow_edit: bool | None,
    auth: tuple[str, ...],
    auth_file: Path | None,
    archive: Address | None,
) -> None:
    """Serve the chat page.

    It is served on this machine, at the address that is printed, until Ctrl-C is pressed. An empty archive first
    takes in the seed articles.
    """
    from assistant.chat.access.accounts import read_accounts

    # Many ask at once: a thread a question goes further than several threads that wait for one another.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    settings = options.settings_of(host=host, port=port, allow_edit=allow_edit, auth_file=auth_file, archive=archive)
    accounts = read_accounts(auth, settings.auth_file)
    _ingest_seeds(settings)

    from assistant.chat.conversations.store import Conversations
    from assistant.desk import Desk
    from assistant.intake import Intake
    from index.archive.address import folder_of

    intake = Intake(settings.archive, settings.encoder, settings.backend) if settings.allow_edit else None
    writer = "llm" if settings.llm else "extractive"
    kept = Conversations(folder_of(settings.archive))
    with closing(Desk(lambda: options.open_by(settings, writer=writer), _examples, kept, intake)) as desk:
        from assistant.chat.app import serve  # gradio takes seconds to import, in which the archive is opened

        serve(desk, settings.host, settings.port, lambda address: _announce(address, guarded=bool(accounts)), accounts)


def _announce(address: str, *, guarded: bool) -> None:
    """Print where the page is, and warn where everybody who can reach it may use it."""
    print_text(address)
    if not guarded and not ip_address(str(urlsplit(address).hostname)).is_loopback:
        click.echo("isnad: all who can reach this address may use it without a password; pass --auth-file", err=True)


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
    from assistant.examples import example_questions

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
