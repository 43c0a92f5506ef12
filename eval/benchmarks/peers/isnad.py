"""Isnad: what `isnad ingest` and `isnad search` do, the statements apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.ask import open_assistant
from assistant.holdings.following import followers
from index.archive.sqlite import SqliteArchive
from index.encoders.static import StaticEncoder
from index.followers import dense as dense  # the program imports them when it needs them, the others at their top
from index.followers import lexical as lexical
from index.ingest import ingest as take_in

PACKAGE = "isnad"
STATEMENTS = "statements"
LIKE_OTHERS = ("dense", "lexical")


def ingest(articles: Path, model: str, folder: Path) -> Callable[[], None]:
    """Make an archive with vectors and full text; the function adds the words of every passage, and near copies."""
    encoder = StaticEncoder(Path(model))
    with SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        take_in((articles,), archive, encoder)
        for name in LIKE_OTHERS:
            followers(archive, encoder)[name].catch_up(archive)  # each takes its memory with it

    def complete() -> None:
        with SqliteArchive.open(folder) as archive:
            for name in followers(archive, encoder):
                if name not in (*LIKE_OTHERS, STATEMENTS):
                    followers(archive, encoder)[name].catch_up(archive)

    return complete


def find_statements(folder: Path) -> None:
    """Find who said what, which `isnad ingest` does at its end."""
    with SqliteArchive.open(folder) as archive:
        followers(archive)[STATEMENTS].catch_up(archive)


def open_search(model: str, folder: Path) -> Callable[[str, int], list[str]]:
    """Open the archive as a question does; the bundled model is the only one that it knows to open."""
    retriever = open_assistant(folder).retriever

    def search(question: str, top_k: int) -> list[str]:
        return [hit.passage.article.path.rpartition("#")[2] for hit in retriever.search(question, top_k=top_k)]

    return search
