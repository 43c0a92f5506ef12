"""What the benchmark commands share: their options, and how their figures are shown and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

benchmarks_option = click.option(
    "--benchmarks",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("../shared/benchmarks"),
    show_default=True,
)
json_option = click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here."
)


def publish(model: str, figures: Mapping[str, object], table: str, json_file: Path | None) -> None:
    """Print a model's name and its figures as a table, and write them as JSON where a file is given."""
    click.echo(model)
    click.echo(table)
    if json_file is not None:
        report = {"model": model, "figures": figures}
        json_file.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
