"""The commands that look after an archive: `isnad archive ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.options import (
    archive_option,
    catch_up,
    json_option,
    open_archive,
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
    if as_json:
        print_json(statistics_json(statistics))
    else:
        print_text(statistics_text(statistics))


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

    With --json it comes with the exact text that the offsets of citations count into, in code points, and with the
    runs of it that are marked as title, dateline, boilerplate and so on.
    """
    from assistant.render import article_json, article_text

    with open_archive(archive) as opened:
        article = opened.article(article_id)
    if as_json:
        print_json(article_json(article, with_text=True))
    else:
        print_text(article_text(article))


@archive.command()
@click.argument("article_id", metavar="ID", type=text)
@archive_option
def remove(article_id: str, archive: Path | None) -> None:
    """Remove one article from the archive; its file stays."""
    with open_archive(archive) as opened:
        path = opened.article(article_id).path
        opened.remove(article_id)
        catch_up(opened)
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
