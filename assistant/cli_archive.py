"""The commands that look after an archive: `isnad archive ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.options import archive_option, catch_up, json_option, open_archive, print_json, settings_of

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
        click.echo(statistics_text(statistics))


@archive.command("list")
@json_option
@archive_option
def list_articles(as_json: bool, archive: Path | None) -> None:
    """List the articles, a line each."""
    from assistant.render import article_json, source_line

    with open_archive(archive) as opened:
        if as_json:
            print_json({"articles": [article_json(article, with_text=False) for article in opened.articles()]})
        else:
            for article in opened.articles():
                click.echo(f"{article.id}  {source_line(article)}")


@archive.command()
@click.argument("article_id", metavar="ID")
@json_option
@archive_option
def show(article_id: str, as_json: bool, archive: Path | None) -> None:
    """Print one article."""
    from assistant.render import article_json, article_text

    with open_archive(archive) as opened:
        article = opened.article(article_id)
    if as_json:
        print_json(article_json(article, with_text=True))
    else:
        click.echo(article_text(article))


@archive.command()
@click.argument("article_id", metavar="ID")
@archive_option
def remove(article_id: str, archive: Path | None) -> None:
    """Remove one article."""
    with open_archive(archive) as opened:
        path = opened.article(article_id).path
        opened.remove(article_id)
        catch_up(opened)
    click.echo(f"removed {article_id}  {path}")


@archive.command()
@archive_option
def verify(archive: Path | None) -> None:
    """Check the archive against itself; exits 1 where something is wrong."""
    with open_archive(archive) as opened:
        problems = opened.verify()
        articles = opened.count_articles()
    for problem in problems:
        click.echo(problem)
    if problems:
        click.get_current_context().exit(1)
    click.echo(f"{articles} articles, nothing wrong")


@archive.command()
@archive_option
def rebuild(archive: Path | None) -> None:
    """Make passages, vectors and indexes anew from the articles, with the encoder that is set."""
    from tqdm import tqdm

    from index.encode import load_encoder
    from index.ingest import rebuild as rebuild_archive

    encoder = load_encoder(settings_of().encoder)
    with open_archive(archive) as opened:
        total = opened.count_articles()
        with tqdm(desc="rebuilding", total=total, unit=" articles", delay=1, leave=False, disable=None) as bar:
            rebuild_archive(opened, encoder, progress=bar.update)
        catch_up(opened)
    click.echo(f"rebuilt {total} articles")
