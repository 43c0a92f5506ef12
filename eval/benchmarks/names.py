"""Names across the scripts: `python -m eval.benchmarks.names`."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from eval.benchmarks.model import Figures
from eval.benchmarks.sets import LANGUAGES
from index.encode import load_encoder
from index.errors import IsnadError, QuestionSetError
from index.training.corpora import read_rows
from index.training.held_out import HeldOut, Name, load_names, split_folded
from index.types import Encoder, Language

SIZE = 20_000  # names of a script that are searched
COLUMNS: dict[Language, int] = {"en": 0, "ar": 1}  # of the corpus
ACROSS: list[tuple[Language, Language]] = [("ar", "en"), ("en", "ar")]


@dataclass(frozen=True, slots=True)
class NameSet:
    """The names under test, and by language the names among which a form of them is looked for.

    `pools[language]` ends with the tested names' own forms, in their order: what comes first wins a tie, and a tie is
    no success.
    """

    names: list[Name]
    pools: dict[Language, list[str]]


def measure_names(encoder: Encoder, corpora: Path, *, size: int = SIZE, seed: int = 0) -> Figures:
    """Measure how often the nearest name of the other script is the same name: recall@1, by direction.

    "names R@1" is of all names of the list; the other figures are of one kind, or of those whose forms belong together
    by sound ("transliterated") or by meaning ("translated"). "ar→en" looks for the English form.

    Raises QuestionSetError when `corpora` has no names to search among, or too few.
    """
    names = read_name_set(corpora, size=size, seed=seed)
    return summarize(names.names, find_names(encoder, names))


def read_name_set(corpora: Path, *, size: int = SIZE, seed: int = 0) -> NameSet:
    """Read the list of names, and draw others from `names.tsv.xz` until each script has `size` of them.

    Those are distinct once folded. A row is left out for both scripts when one side is a form under test or holds all
    words of one, since its other side may then be a right answer in another spelling.

    Raises QuestionSetError when the file cannot be read, is not in two columns or has too few.
    """
    names = load_names()
    try:
        rows = read_rows(corpora, "names")
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise QuestionSetError(f"cannot read the names in '{corpora}/names.tsv.xz': {error}; set --corpora") from error
    for number, row in enumerate(rows, 1):
        if len(row) < len(COLUMNS):
            raise QuestionSetError(f"'{corpora}/names.tsv.xz' line {number} has one cell, not two; fetch it again")
    held_out = HeldOut.from_names(names)
    forms = _FormWords(form for name in names for form in (name.english, name.arabic))
    others = [row for row in rows if not held_out.holds(*row[:2]) and not any(map(forms.are_in, row[:2]))]
    random.Random(seed).shuffle(others)
    pools: dict[Language, list[str]] = {}
    for language in LANGUAGES:
        own = [_form(name, language) for name in names]
        distinct: dict[tuple[str, ...], str] = {}
        for row in others:
            distinct.setdefault(split_folded(row[COLUMNS[language]]), row[COLUMNS[language]])
        distinct.pop((), None)
        drawn = list(distinct.values())[: size - len(own)]
        if (count := len(drawn) + len(own)) != size:
            raise QuestionSetError(
                f"'{corpora}/names.tsv.xz' makes {count} names, {language}, not {size}; fetch it again"
            )
        pools[language] = drawn + own
    return NameSet(names, pools)


class _FormWords:
    """The words of every form under test."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._by_first: dict[str, list[frozenset[str]]] = {}
        for words in map(split_folded, forms):
            self._by_first.setdefault(words[0], []).append(frozenset(words))

    def are_in(self, text: str) -> bool:
        """Whether a text holds all words of a form, in any order."""
        words = frozenset(split_folded(text))
        return any(form <= words for word in words for form in self._by_first.get(word, ()))


def _form(name: Name, language: Language) -> str:
    return name.english if language == "en" else name.arabic


def find_names(encoder: Encoder, name_set: NameSet) -> dict[str, list[str]]:
    """Return, by direction, the nearest name of the other script to each name of the list."""
    found = {}
    for asked, searched in ACROSS:
        own = encoder.encode_passages([_form(name, asked) for name in name_set.names])
        pool = name_set.pools[searched]
        nearest = np.argmax(own @ encoder.encode_passages(pool).T, axis=1)
        found[f"{asked}→{searched}"] = [pool[place] for place in nearest]
    return found


def summarize(names: Sequence[Name], found: Mapping[str, Sequence[str]]) -> Figures:
    """Return the share of names that were found, by direction: of all, of each kind, of each note."""
    hits = {
        direction: np.array([form in {name.english, name.arabic} for name, form in zip(names, forms, strict=True)])
        for direction, forms in found.items()
    }
    groups = {"names R@1": np.ones(len(names), bool)}
    for label in dict.fromkeys([*(name.kind for name in names), *(name.note for name in names)]):
        groups[f"names R@1, {label}"] = np.array([label in {name.kind, name.note} for name in names])
    return {
        group: {direction: float(hit[members].mean()) for direction, hit in hits.items()}
        for group, members in groups.items()
    }


def table(figures: Figures) -> str:
    """Lay the figures out as lines of text, in hundredths."""
    width = max(map(len, figures))
    return "\n".join(
        group.ljust(width) + "".join(f"  {direction} {100 * value:5.1f}" for direction, value in directions.items())
        for group, directions in figures.items()
    )


@click.command()
@click.option("--model", help="Folder or hub name of a sentence-transformers model; the bundled one by default.")
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path("../shared/corpora"),
    show_default=True,
    help="The names to search among.",
)
@click.option(
    "--json",
    "json_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write the figures here.",
)
def main(model: str | None, corpora: Path, json_file: Path | None) -> None:
    """Measure how well an embedding model knows names of the news in the other script."""
    try:
        encoder = load_encoder(model)
        figures = measure_names(encoder, corpora)
    except IsnadError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(2) from error
    click.echo(encoder.name)
    click.echo(table(figures))
    if json_file is not None:
        report = {"model": encoder.name, "figures": figures}
        json_file.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
