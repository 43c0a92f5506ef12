"""The command `isnad bench chat`: how long people wait for the chat."""

from __future__ import annotations

import json
from pathlib import Path

import click

from eval.benchmarks.cli_serving import questions_option

MOST = 40
"""Questions that are asked, taken evenly from a set."""


@click.command()
@click.option(
    "--archive", type=click.Path(path_type=Path), metavar="DIR", required=True, help="The archive that is served."
)
@questions_option
@click.option("--starts", type=click.IntRange(min=1), default=5, show_default=True, metavar="N", help="How many.")
@click.option(
    "--people", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="How many ask at once."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def chat(archive: Path, questions: Path, starts: int, people: int, as_json: bool) -> None:
    """Measure how long people wait for the chat.

    In Chromium: from the start of `isnad chat` until a question can be typed and until it is answered, beside the time
    that `import gradio` takes alone; from Enter to the first words of an answer; and when many ask at once.
    """
    from eval.benchmarks.chat import measure
    from eval.questions import load, without_drafts

    texts = [question.text for question in without_drafts(load(questions))]
    step = max(1, len(texts) // MOST)
    waits = measure(archive, texts[::step][:MOST], starts, people)
    click.echo(json.dumps(waits.to_json(), indent=2) if as_json else waits.to_text(), nl=as_json)
