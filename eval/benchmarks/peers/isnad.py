"""Isnad: what `isnad ingest` and `isnad search` do, the statements apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.ask import open_assistant
from assistant.commands.options import create_archive
from assistant.holdings.following import NAMES, CatchUp
from assistant.holdings.sharing import load, share
from assistant.speech.statements import StatementFinder
from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive
from index.encoders.static import load_static
from index.followers.statement_index import StatementIndex
from index.ingest import ingest as take_in
from index.workers import HERE

PACKAGE = "isnad"
load()  # the program imports much when it needs it, the others at their top
LIKE_OTHERS = ("lexical", "dense")


def ingest(articles: Path, model: str, folder: Path) -> Callable[[], None]:
    """Make an archive with vectors and full text; the function adds the words of every passage, and near copies."""
    encoder = load_static(Path(model))
    # Its processes end with this one, so that their memory is counted.
    workers = ExitStack().enter_context(share(None, None, encoder, [articles])) or HERE

    def bring_up(names: Sequence[str]) -> None:
        for _ in workers.map(CatchUp(folder), [[name] for name in names]):  # each takes its memory with it
            pass

    with create_archive(folder, encoder) as archive:
        take_in((articles,), archive, encoder, workers=workers)
    bring_up(LIKE_OTHERS)
    return lambda: bring_up([name for name in NAMES if name not in LIKE_OTHERS])


def find_statements(folder: Path) -> None:
    """Find who said what, which `isnad ingest` does at its end."""
    with share(None, None, load_static(), [folder / FILE]) as workers, SqliteArchive.open(folder) as archive:
        StatementIndex(folder, StatementFinder()).catch_up(archive, workers=workers or HERE)


def open_search(model: str, folder: Path) -> Callable[[str, int], list[str]]:
    """Open the archive as a question does; the bundled model is the only one that it knows to open."""
    retriever = open_assistant(folder).retriever

    def search(question: str, top_k: int) -> list[str]:
        return [hit.passage.article.path.rpartition("#")[2] for hit in retriever.search(question, top_k=top_k)]

    return search
