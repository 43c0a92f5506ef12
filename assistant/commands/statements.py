"""The command `isnad statements`: who said what, from the whole archive."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from assistant.commands import options
from assistant.commands.options import archive_option, filter_options, json_option, print_json, print_text

if TYPE_CHECKING:
    from datetime import date

    from index.archive.address import Address
    from index.types import Language


@click.command()
@click.option("--speaker", type=options.name, metavar="NAME", help="Only what this speaker said.")
@click.option("--about", type=options.text, metavar="TOPIC", help="Only what is said on this topic.")
@json_option
@filter_options
@archive_option
def statements(
    speaker: str | None,
    about: str | None,
    as_json: bool,
    published_from: date | None,
    published_to: date | None,
    sources: tuple[str, ...],
    language: Language | None,
    authors: tuple[str, ...],
    archive: Address | None,
) -> None:
    """Print who said what, and when.

    The statements come in the order of the days on which they were said or, where an article does not state that, of
    its own day. With --json `start` and `end` delimit the words said, without the speaker and the verb.
    """
    from assistant.questions.checking import check_question
    from assistant.questions.narrowing import check_names
    from assistant.speech.statement_search import StatementSearch
    from assistant.speech.statements import StatementFinder
    from assistant.speech.timeline import statements_json, statements_text
    from index.followers.statement_index import StatementIndex

    if about is not None:
        check_question(about)
    filters = options.filters_of(published_from, published_to, sources, language, authors)
    assistant = options.open_for_questions(archive)
    with closing(assistant.archive) as opened:
        check_names(filters, opened)
        index = StatementIndex(opened.folder, StatementFinder())
        if about is None:  # a topic's statements are those of the articles that a search finds
            with options.progress_bar("finding statements", opened.count_articles()) as advance:
                index.catch_up(opened, advance)
        told = StatementSearch(assistant, index).find(speaker, about, filters)
        if as_json:
            print_json(statements_json(told))
        else:
            print_text(statements_text(told))
