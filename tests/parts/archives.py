"""Real archives for the tests that ask: articles in files, ingested with the bundled model."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from assistant.ask import open_assistant
from assistant.types import Answer, Citation, Support
from index.archive.sqlite import SqliteArchive
from index.encoders.static import StaticEncoder
from index.ingest import ingest


@cache
def bundled() -> StaticEncoder:
    """The bundled model, read once."""
    return StaticEncoder()


def fill(folder: Path, *paths: Path, source: str | None = None) -> None:
    """Ingest files into the archive of a folder, made where none is, through a connection of its own."""
    encoder = bundled()
    with SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        ingest(paths, archive, encoder, source=source)


def write(folder: Path, **texts: str) -> list[Path]:
    """Write texts to files of these names."""
    paths = [folder / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def runs(answer: Answer) -> list[tuple[str, int, int]]:
    """What an answer cites: the first characters of each file's name, which tell the seed articles, and offsets."""
    return [(Path(cited.article.path).stem[:3], cited.start, cited.end) for cited in answer.citations]


def articles(cited: Iterable[tuple[str, int, int]]) -> list[str]:
    """The articles of some runs, in order, each once."""
    return list(dict.fromkeys(name for name, _, _ in cited))


def asked(folder: Path, question: str, **texts: str) -> list[Citation]:
    """What an archive of some texts answers a question by."""
    fill(folder / "archive", *write(folder, **texts))
    answer = open_assistant(folder / "archive").ask(question)
    assert [sentence.support for sentence in answer.sentences] == [Support.SUPPORTED] * len(answer.sentences)
    return list(answer.citations)
