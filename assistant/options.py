"""What the commands share: options, settings, and opening an archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from assistant.ask import Assistant
    from index.archive import SqliteArchive
    from index.ingest import IngestReport
    from index.settings import Settings
    from index.types import Encoder, Filters

archive_option = click.option(
    "--archive", type=click.Path(path_type=Path), metavar="DIR", help="The archive's folder; ./.isnad unless set."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_day = click.DateTime(["%Y-%m-%d"])


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option("--source", metavar="S", help="Only articles of this outlet.")(command)
    command = click.option("--to", "published_to", type=_day, metavar="D", help="Only up to this day.")(command)
    return click.option("--from", "published_from", type=_day, metavar="D", help="Only from this day.")(command)


def filters_of(published_from: datetime | None, published_to: datetime | None, source: str | None) -> Filters:
    from index.types import Filters

    return Filters(published_from and published_from.date(), published_to and published_to.date(), source)


def settings_of(**options: object) -> Settings:
    from index.settings import load_settings

    return load_settings(**options)


def open_for_questions(archive: Path | None) -> Assistant:
    from assistant.ask import open_assistant

    settings = settings_of(archive=archive)
    return open_assistant(settings.archive, settings.encoder)


def open_archive(archive: Path | None) -> SqliteArchive:
    from index.archive import SqliteArchive

    return SqliteArchive.open(settings_of(archive=archive).archive)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def create_archive(settings: Settings, encoder: Encoder) -> SqliteArchive:
    from index.archive import SqliteArchive

    return SqliteArchive.open(settings.archive, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True)


def take_in(paths: Sequence[Path], archive: SqliteArchive, encoder: Encoder, source: str | None) -> IngestReport:
    """Ingest files and bring the indexes up to date, with a progress bar where it takes over a second."""
    from tqdm import tqdm

    from index.ingest import ingest

    with tqdm(desc="reading", unit=" articles", delay=1, leave=False, disable=None) as bar:
        report = ingest(paths, archive, encoder, source=source, progress=bar.update)
    catch_up(archive)
    return report


def catch_up(archive: SqliteArchive) -> None:
    """Bring the indexes up to date with their archive, so that the next question need not."""
    from index.dense import FaissIndex
    from index.lexical import TantivyIndex

    FaissIndex(archive.folder).catch_up(archive)
    TantivyIndex(archive.folder).catch_up(archive)
