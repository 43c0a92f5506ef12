"""The commands for the API keys of programs: `isnad keys`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands import options
from assistant.commands.options import archive_option, json_option, print_json, print_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.serve.guard.keys import Key, KeyFile


@click.group()
def keys() -> None:
    """Make, list and revoke the API keys of programs.

    A running server takes up every change at once.
    """


def _file_options(command: Callable[..., None]) -> Callable[..., None]:
    keys_file = click.option(
        "--keys-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The file of the keys; keys.json in the archive's folder unless this or ISNAD_KEYS_FILE is set.",
    )
    return keys_file(archive_option(command))


@keys.command()
@click.argument("name", type=options.text)
@click.option("--write", "may_write", is_flag=True, help="Let it add and remove articles, too.")
@click.option("--expires", type=options.day, metavar="D", help="The last day on which it is taken, as 2027-01-31, UTC.")
@_file_options
def create(name: str, may_write: bool, expires: date | None, keys_file: Path | None, archive: Path | None) -> None:
    """Make a key and print it.

    NAME says whose it is. Only what the key comes to by SHA-256 is kept: it cannot be printed again.
    """
    print_text(_keys(keys_file, archive).create(name, may_write=may_write, expires=expires))


@keys.command(name="list")
@json_option
@_file_options
def list_(as_json: bool, keys_file: Path | None, archive: Path | None) -> None:
    """Print the keys that were made, the oldest first."""
    now = datetime.now(UTC)
    found = _keys(keys_file, archive).listed()
    if as_json:
        print_json({"keys": [_shown(key, now) for key in found]})
        return
    for key in found:
        permissions = "read, write" if key.may_write else "read"
        until = f", until {key.expires}" if key.expires else ""
        print_text(f"{key.id}  {key.name}  ({permissions}; made {key.created:%Y-%m-%d}{until}): {key.state(now)}")
    if not found:
        print_text("no key was made; `isnad keys create NAME` makes one")


@keys.command()
@click.argument("name", metavar="NAME|ID", type=options.text)
@_file_options
def revoke(name: str, keys_file: Path | None, archive: Path | None) -> None:
    """End a key, by its name or its id."""
    key = _keys(keys_file, archive).revoke(name)
    print_text(f"revoked: {key.id}  {key.name}")


def _shown(key: Key, now: datetime) -> dict[str, object]:
    shown = key.as_json()
    del shown["digest"]
    return shown | {"state": key.state(now)}


def _keys(keys_file: Path | None, archive: Path | None) -> KeyFile:
    from assistant.serve.guard.keys import KeyFile, keys_path

    return KeyFile(keys_path(options.settings_of(keys_file=keys_file, archive=archive)))
