"""The command that serves programs and people: `isnad serve`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands import options
from assistant.commands.chat import open_desk, read_serving, serving_options
from assistant.commands.options import print_text


@click.command()
@serving_options
@click.option(
    "--keys-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file of the API keys; keys.json in the archive's folder unless this or ISNAD_KEYS_FILE is set.",
)
@click.option("--open", is_flag=True, default=None, help="Let in everybody who can reach it, without key or password.")
@click.option(
    "--rate", type=int, metavar="N", help="Requests a minute of each key or address; 600 unless set, 0 for any number."
)
@click.option("--log-questions", is_flag=True, default=None, help="Write the questions into the log.")
def serve(auth: tuple[str, ...], **given: object) -> None:
    """Serve the chat page and, for programs, the REST API, chat completions and MCP.

    All are served on this machine, at the address that is printed, until Ctrl-C is pressed: the pages at /, the API
    under /api, which /api/docs describes, an OpenAI-compatible model under /v1, and tools for models at /mcp. Programs
    send a key made by `isnad keys create`; other machines are let in only with one, or with a password. With
    --allow-edit, an archive that does not exist is made, and is empty.
    """
    settings, accounts = read_serving(auth, given)
    if settings.allow_edit:
        from index.encoders.static import load_encoder

        options.create_archive(settings.archive, load_encoder(settings.encoder, settings.backend)).close()
    else:
        options.open_archive(settings.archive).close()  # one that is not there is told of before an address is
    with open_desk(settings, for_programs=True) as desk:
        from assistant.serve.app import serve_all  # imported while the archive is opened

        serve_all(desk, settings, accounts, print_text)
