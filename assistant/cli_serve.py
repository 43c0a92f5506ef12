"""The command that serves programs and people: `isnad serve`."""

from __future__ import annotations

import click

from assistant import options
from assistant.cli_chat import announcing, open_desk, read_serving, serving_options


@click.command()
@serving_options
def serve(auth: tuple[str, ...], **given: object) -> None:
    """Serve the chat page and, for programs, the REST API.

    Both are served on this machine, at the address that is printed, until Ctrl-C is pressed; the API is under /api,
    and /api/docs describes it. With --allow-edit, an archive that does not exist is made, and is empty.
    """
    settings, accounts = read_serving(auth, given)
    if settings.allow_edit:
        from index.encoders.static import load_encoder

        options.create_archive(settings.archive, load_encoder(settings.encoder, settings.backend)).close()
    else:
        options.open_archive(settings.archive).close()  # one that is not there is told of before an address is
    with open_desk(settings) as desk:
        from assistant.serve.app import serve_all  # gradio takes seconds to import, in which the archive is opened

        serve_all(desk, settings.host, settings.port, announcing(accounts), accounts)
