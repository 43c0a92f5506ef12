"""The commands that look after an archive: `isnad archive ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.commands.options import (
    address,
    archive_option,
    create_archive,
    json_option,
    name,
    open_archive,
    print_json,
    print_text,
    progress_bar,
    settings_of,
    text,
)
from assistant.holdings.following import catch_up, followers, open_copies, vector_quality

if TYPE_CHECKING:
    from index.archive.address import Address


@click.group()
def archive() -> None:
    """Look after the archive."""


@archive.command()
@json_option
@archive_option
def stats(as_json: bool, archive: Address | None) -> None:
    """Count what the archive holds."""
    from assistant.rendering.archive import statistics_json, statistics_text

    with open_archive(archive) as opened:
        statistics = opened.statistics()
        stories = open_copies(opened).clusters()
        quality = vector_quality(opened)
    if as_json:
        print_json(statistics_json(statistics, stories, quality))
    else:
        print_text(statistics_text(statistics, stories, quality))


@archive.command("list")
@json_option
@archive_option
def list_articles(as_json: bool, archive: Address | None) -> None:
    """List the articles, a line each: ID, title, outlet, date, path."""
    from assistant.rendering.answers import articles_json, source_line

    with open_archive(archive) as opened:
        if as_json:
            print_json(articles_json(opened.articles(), opened.count_articles()))
        else:
            for article in opened.articles():
                print_text(f"{article.id}  {source_line(article)}")


@archive.command()
@click.argument("article_id", metavar="ID", type=text)
@json_option
@archive_option
def show(article_id: str, as_json: bool, archive: Address | None) -> None:
    """Print one article.

    With --json it comes with the exact text that the offsets of citations count into, in code points, with the runs of
    it that are marked as title, dateline, boilerplate and so on, and with the IDs of its near copies.
    """
    from assistant.rendering.answers import article_json, article_text

    with open_archive(archive) as opened:
        article = opened.article(article_id)
        copies = open_copies(opened).copies_of(article_id) if as_json else []
    if as_json:
        print_json(article_json(article, with_text=True) | {"copies": copies})
    else:
        print_text(article_text(article))


@archive.command()
@click.argument("article_ids", metavar="[ID]...", nargs=-1, type=text)
@click.option("--source", type=name, metavar="NAME", help="Remove all articles of this outlet.")
@archive_option
def remove(article_ids: tuple[str, ...], source: str | None, archive: Address | None) -> None:
    """Remove articles from the archive.

    Their files stay. All go, or none where there is no article of an ID or of the outlet.
    """
    if not article_ids and source is None:
        raise click.UsageError("name the ID of an article, or an outlet with --source")
    from index.errors import UnknownArticleError
    from index.types import Filters

    with open_archive(archive) as opened:
        of_source = opened.paths(Filters(source=source)).values() if source is not None else []
        if source is not None and not of_source:
            raise UnknownArticleError(f"no article is from {source!r}; `isnad archive stats` names the outlets")
        removed = opened.remove_all([*article_ids, *of_source])
        catch_up(opened)
    for article_id, path in removed.items():
        print_text(f"removed {article_id}  {path}")


@archive.command()
@click.option("--mend", "mends", is_flag=True, help="Make an index anew in which something is wrong.")
@json_option
@archive_option
def verify(mends: bool, as_json: bool, archive: Address | None) -> None:
    """Check the archive against itself, and its indexes against it.

    The file and the indexes' files must be whole, every text the one that was added, every offset within its text, and
    every index of the same passages and statements as the archive. Each problem is a line that says what to do. Exits
    with 1 where something is wrong and not mended.
    """
    from assistant.rendering.archive import verdict_json, verdict_text
    from index.followers.verify import mend
    from index.followers.verify import verify as verify_all

    with open_archive(archive) as opened:
        indexes = followers(opened)
        verdict = verify_all(opened, indexes)
        if mends:
            verdict = mend(opened, indexes, verdict)
    if as_json:
        print_json(verdict_json(verdict))
    else:
        print_text(verdict_text(verdict))
    if not verdict.is_right:
        click.get_current_context().exit(1)


@archive.command()
@click.argument("new", metavar="DIR", type=address)
@archive_option
def salvage(new: Address, archive: Address | None) -> None:
    """Save what can be read of a damaged archive.

    Every article that is still as it was added goes into a new archive in the folder DIR; the others are named. The
    damaged archive stays as it is.
    """
    from index.archive.opening import open_damaged
    from index.encoders.static import load_encoder
    from index.ingest import salvage as salvage_archive

    settings = settings_of(archive=archive)
    encoder = load_encoder(settings.encoder, settings.backend)
    with (
        open_damaged(settings.archive) as damaged,
        create_archive(settings_of(archive=new).archive, encoder) as opened,
    ):
        if opened.count_articles():
            raise click.UsageError(f"'{new}' holds articles; name a new or empty folder")
        with progress_bar("saving") as advance:
            lost = salvage_archive(damaged, opened, encoder, progress=advance)
        catch_up(opened)
        saved = opened.count_articles()
    for row in lost:
        print_text(f"lost {row.id}  {row.path}")
    print_text(f"saved {saved} articles, lost {len(lost)}")


@archive.command()
@archive_option
def rebuild(archive: Address | None) -> None:
    """Make passages and indexes anew.

    The articles stay as they are; their passages, vectors and both indexes are made again, with the encoder that is
    set.
    """
    from index.encoders.static import load_encoder
    from index.ingest import rebuild as rebuild_archive

    settings = settings_of(archive=archive)
    encoder = load_encoder(settings.encoder, settings.backend)
    with open_archive(archive) as opened:
        total = opened.count_articles()
        with progress_bar("rebuilding", total) as advance:
            rebuild_archive(opened, encoder, progress=advance)
        catch_up(opened)
    print_text(f"rebuilt {total} articles")


@archive.command()
@click.argument("new", metavar="TO", type=address)
@click.option(
    "--index",
    type=text,
    metavar="PLACE",
    help="Where the passages of the new archive are searched, as ISNAD_INDEX says it, or 'beside' for beside it.",
)
@json_option
@archive_option
def move(new: Address, index: str | None, as_json: bool, archive: Address | None) -> None:
    """Copy the archive to another place.

    TO is a folder, or postgresql://USER@HOST/DATABASE. What is there already is not copied again, so that a move that
    was stopped goes on where it was. Then every article of the one is held against the other, and both are asked some
    questions, whose citations have to be the same. The old archive stays as it is. Exits with 1 where something
    differs.
    """
    from contextlib import closing

    from assistant.ask import open_assistant
    from assistant.holdings.moved import answers_that_differ, sample_questions
    from assistant.speech.statements import StatementFinder
    from index.archive.moving import copy, differing
    from index.archive.opening import open_at
    from index.followers.statement_index import StatementIndex

    settings = settings_of(archive=archive)
    target = settings_of(archive=new, index=None if index == "beside" else index)
    place = None if index == "beside" else target.index_place
    with (
        open_at(settings.archive) as source,
        open_at(target.archive, encoder_name=source.encoder_name, dimensions=source.dimensions, create=True) as opened,
    ):
        if source.identity == opened.identity:
            raise click.UsageError(f"'{target.archive}' is the archive itself; name another place")
        total = source.count_articles()
        with progress_bar("copying", total) as advance:
            copied = copy(source, opened, advance)
        with progress_bar("holding against each other", total) as advance:
            different = differing(source, opened, advance)
        open_copies(opened)
        with progress_bar("finding statements", total) as advance:
            StatementIndex(opened.folder, StatementFinder()).catch_up(opened, advance)
    before = open_assistant(settings.archive, settings.encoder, settings.backend, index=settings.index_place)
    with closing(before.archive):
        after = open_assistant(target.archive, settings.encoder, settings.backend, index=place)
        with closing(after.archive):
            questions = sample_questions(before)
            unlike = answers_that_differ(before, after, questions)
    if as_json:
        found = {"copied": copied, "articles": total, "differing": different}
        print_json(found | {"questions": len(questions), "answered_otherwise": unlike})
    else:
        print_text(f"copied {copied} of {total} articles to {target.archive}; {len(different)} differ")
        print_text(f"asked {len(questions)} questions of both; {len(unlike)} are answered otherwise")
        for line in (*(f"differs: {name}" for name in different), *(f"answered otherwise: {one}" for one in unlike)):
            print_text(line)
    if different or unlike:
        click.get_current_context().exit(1)
