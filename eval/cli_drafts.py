"""The commands `isnad eval new` and `isnad eval from-feedback`: questions for a person to check and edit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from assistant.commands.options import address
from eval.drafts import draft
from eval.feedback import from_feedback
from eval.questions import Question, to_line
from index.archive.address import Address
from index.settings import load_settings

_FILE = click.Path(path_type=Path)


@click.command("new")
@click.option("--archive", type=address, metavar="DIR|URL", help="The archive to ask about.")
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="Drafts in each language.")
def new(archive: Address | None, count: int) -> None:
    """Draft a question set on an archive, as JSON lines for a person to edit.

    The drafts ask in both languages who said what, when, and how many, with the sentence that tells it as gold. Word
    each question, and take its "draft" out: drafts are neither asked nor counted.
    """
    from index.archive.opening import open_at

    with open_at(load_settings(archive=archive).archive) as opened:
        _print(draft(opened, count))


@click.command("from-feedback")
@click.argument("file", type=_FILE)
def feedback(file: Path) -> None:
    """Turn a file of feedback, as the chat writes it, into a question set.

    What readers found good has what was cited as gold; what they found bad becomes a draft without gold.
    """
    _print(from_feedback(file))


def _print(questions: Iterable[Question]) -> None:
    for question in questions:
        click.echo(to_line(question))


class SetsOrCommand(click.Command):
    """A command that takes sets, and hands its arguments on where the first one names another command."""

    others = {"new": new, "from-feedback": feedback}

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Parse the arguments as those of the command that they are for."""
        if args and (other := self.others.get(args[0])):
            return other.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command whose arguments were parsed."""
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)
