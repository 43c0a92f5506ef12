"""The commands that look after an archive: `isnad archive ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.options import (
    archive_option,
    catch_up,
    json_option,
    name,
    open_archive,
    open_copies,
    print_json,
    print_text,
    progress_bar,
    settings_of,
    text,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def archive() -> None:
    """Look after the archive."""


@archive.command()
@json_option
@archive_option
def stats(as_json: bool, archive: Path | None) -> None:
    """Count what the archive holds."""
    from assistant.render import statistics_json, statistics_text

    with open_archive(archive) as opened:
        statistics = opened.statistics()
        stories = open_copies(opened).clusters()
    if as_json:
        print_json(statistics_json(statistics, stories))
    else:
        print_text(statistics_text(statistics, stories))


@archive.command("list")
@json_option
@archive_option
def list_articles(as_json: bool, archive: Path | None) -> None:
    """List the articles, a line each: ID, title, outlet, date, path."""
    from assistant.render import article_json, source_line

    with open_archive(archive) as opened:
        if as_json:
            print_json({"articles": [article_json(article, with_text=False) for article in opened.articles()]})
        else:
            for article in opened.articles():
                print_text(f"{article.id}  {source_line(article)}")


@archive.command()
@click.argument("article_id", metavar="ID", type=text)
@json_option
@archive_option
def show(article_id: str, as_json: bool, archive: Path | None) -> None:
    """Print one article.

    With --json it comes with the exact text that the offsets of citations count into, in code points, with the runs of
    it that are marked as title, dateline, boilerplate and so on, and with the IDs of its near copies.
    """
    from assistant.render import article_json, article_text

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
def remove(article_ids: tuple[str, ...], source: str | None, archive: Path | None) -> None:
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
@archive_option
def verify(archive: Path | None) -> None:
    """Check the archive against itself.

    Every text is compared with its ID, and every offset with its text. Exits with 1 where something is wrong.
    """
    with open_archive(archive) as opened:
        problems = opened.verify()
        articles = 0 if problems else opened.count_articles()
    for problem in problems:
        print_text(problem)
    if problems:
        click.get_current_context().exit(1)
    print_text(f"{articles} articles, nothing wrong")


@archive.command()
@archive_option
def rebuild(archive: Path | None) -> None:
    """Make passages and indexes anew.

    The articles stay as they are; their passages, vectors and both indexes are made again, with the encoder that is
    set.
    """
    from index.encode import load_encoder
    from index.ingest import rebuild as rebuild_archive

    settings = settings_of(archive=archive)
    encoder = load_encoder(settings.encoder, settings.backend)
    with open_archive(archive) as opened:
        total = opened.count_articles()
        with progress_bar("rebuilding", total) as advance:
            rebuild_archive(opened, encoder, progress=advance)
        catch_up(opened)
    print_text(f"rebuilt {total} articles")
