"""The command `isnad bench serve`: a server under the load of many clients."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import click

QUESTIONS = Path(__file__).parent.parent / "sets" / "seeds.jsonl"

questions_option = click.option(
    "--questions",
    type=click.Path(path_type=Path),
    metavar="SET",
    default=QUESTIONS,
    help="What is asked: the questions of a set; those on the seed articles unless set.",
)


@click.command()
@click.argument("url", required=False)
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Serve this archive for it, in a process of its own, instead of asking a URL.",
)
@click.option(
    "--clients", type=click.IntRange(1, 10_000), default=200, show_default=True, metavar="N", help="How many ask."
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    metavar="S",
    help="For how long.",
)
@questions_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def serve(
    url: str | None, archive: Path | None, clients: int, seconds: float, questions: Path, as_json: bool
) -> int | None:
    """Ask a server by many clients at once.

    URL is where `isnad serve` serves. Each client asks one question after another; the key, if the server asks for
    one, is ISNAD_SYSTEM_KEY. Fails with 1 where any request was neither answered nor refused by 429 or 503.
    """
    from eval.benchmarks.serving import ask_all, serving
    from eval.questions import load, without_drafts
    from index.settings import load_settings

    if (url is None) == (archive is None):
        raise click.UsageError("give either a URL or --archive")
    texts = [question.text for question in without_drafts(load(questions))]
    secret = load_settings().system_key
    with nullcontext(url or "") if archive is None else serving(archive) as address:
        done = ask_all(address, texts, clients, seconds, secret.get_secret_value() if secret else None)
    click.echo(json.dumps(done.to_json(), indent=2) if as_json else done.to_text(), nl=as_json)
    return 1 if done.errors else None
