"""The corpora as they lie on disk: tables of pairs and archives of news, compressed or not."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from index.errors import TrainingError
from index.text import detect_language
from index.types import Language

TABLES = ("sentences", "terms", "names", "qa-ar", "qa-en")
COLUMNS = 3  # left, right, dataset; further ones are not read
LONGEST = 256  # words of a text; its tokens are no fewer, and no more of them are trained on


class Row(NamedTuple):
    """Two texts whose vectors should be near each other, and the dataset that they come from.

    In a table of parallel rows the English is on the left; a question or headline is left of its passage.
    """

    left: str
    right: str
    dataset: str


class Article(NamedTuple):
    """A story of a news archive; its title may be empty."""

    title: str
    text: str
    language: Language
    dataset: str


def read_rows(corpora: Path, name: str) -> list[list[str]]:
    """Read the cells of one of the corpora's tables, unchecked."""
    with lzma.open(corpora / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def table_file(corpora: Path, name: str) -> Path:
    """Return the file of a table, `NAME.tsv.xz` or `NAME.tsv`. Raises TrainingError where there is neither."""
    for file in (corpora / f"{name}.tsv.xz", corpora / f"{name}.tsv"):
        if file.is_file():
            return file
    raise TrainingError(f"'{corpora}' holds no {name}.tsv.xz and no {name}.tsv; add it, or give another --corpora")


def archive_files(archives: Path) -> list[Path]:
    """Return the archives of a folder, `*.jsonl.xz` or `*.jsonl`, by name. Raises TrainingError where there is none."""
    files = sorted([*archives.glob("*.jsonl.xz"), *archives.glob("*.jsonl")])
    if not files:
        raise TrainingError(f"'{archives}' holds no news, neither *.jsonl.xz nor *.jsonl; give another --archives")
    return files


def read_table(file: Path) -> list[Row]:
    """Read a table of left text, right text and dataset, a row a line, set off by tabs.

    Raises TrainingError, naming the line, where a line has fewer columns.
    """
    rows = []
    for number, line in _lines(file):
        cells = line.split("\t")
        if len(cells) < COLUMNS:
            raise TrainingError(f"'{file}' line {number} has {len(cells)} of {COLUMNS} columns; set them off by tabs")
        rows.append(Row(shorten(cells[0]), shorten(cells[1]), cells[2]))
    return rows


def read_archive(file: Path) -> list[Article]:
    """Read a news archive: a JSON object a line, with the texts `title` and `text`.

    Articles without a text are left out. Raises TrainingError, naming the line, for anything else.
    """
    dataset = dataset_of(file)
    articles = []
    for number, line in _lines(file):
        try:
            cells = json.loads(line)
            title, text = shorten(cells["title"] or ""), shorten(cells["text"] or "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TrainingError(
                f"'{file}' line {number} is no JSON object with the texts 'title' and 'text' ({error}); mend the line"
            ) from error
        if text:
            articles.append(Article(title, text, detect_language(text), dataset))
    return articles


def dataset_of(archive: Path) -> str:
    """Return the dataset that a news archive holds: its file's name, without endings."""
    return archive.name.partition(".")[0]


def shorten(text: str) -> str:
    """Return the first words of a text, set off by single blanks."""
    return " ".join(text.split(None, LONGEST)[:LONGEST])


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers."""
    with _reading(file), _open(file) as lines:
        for number, line in enumerate(lines, 1):
            if stripped := line.rstrip("\n"):
                yield number, stripped


def _open(file: Path) -> TextIO:
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8", newline="\n")
    return file.open(encoding="utf-8", newline="\n")


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise TrainingError(f"cannot read '{file}': {error}; give UTF-8, in a whole file") from error
