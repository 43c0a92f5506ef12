"""The command `isnad mcp`: the tools for a program that starts it."""

from __future__ import annotations

import signal
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import click

from assistant.commands import options
from assistant.commands.options import archive_option
from index.errors import SettingsError


@click.command()
@archive_option
def mcp(archive: Path | None) -> None:
    """Serve tools to a language model over standard input and output.

    A program that speaks the Model Context Protocol (MCP) starts this command and ends it by closing its standard
    input. The tools are ask, search, check_quote and who_said.
    """
    if find_spec("mcp") is None:
        raise SettingsError("the library of the Model Context Protocol is missing; run `pip install 'isnad[serve]'`")
    from assistant.desk import Desk

    settings = options.settings_of(archive=archive)
    with closing(Desk(lambda: options.open_by(settings, writer="extractive"))) as desk:
        from assistant.serve.tools.stdio import serve  # nearly a second to import, in which the archive is opened

        # The thread that waits for a line would keep Ctrl-C from ending the program.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        serve(desk, settings.most_at_once)
