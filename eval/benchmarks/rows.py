"""The rows and columns of the comparison, and the rows that others published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from eval.benchmarks.model import Figures

ACROSS = ("ar→en", "en→ar")
FOUR = ("ar→ar", "ar→en", "en→ar", "en→en")


@dataclass(frozen=True, slots=True)
class Row:
    """A model and its figures; what was not measured, or not published, is left out of them."""

    name: str
    figures: Figures
    encoder: str | None = None  # what an archive would remember the model by
    published: bool = False


class Column(NamedTuple):
    """One figure of a model: where it stands in the figures, and how it is shown."""

    group: str
    name: str
    digits: int = 1
    scale: float = 100
    best: Literal["highest", "lowest", "none"] = "highest"

    def value(self, row: Row) -> float | None:
        """Return this figure of a row, None where it has none."""
        return row.figures.get(self.group, {}).get(self.name)

    def shown(self, row: Row) -> str:
        """Return this figure as text, "–" where the row has none."""
        value = self.value(row)
        return "–" if value is None else f"{self.scale * value:.{self.digits}f}"

    def best_of(self, rows: Sequence[Row]) -> str | None:
        """Return the best figure among rows, as text, so that rows that read alike are marked alike."""
        held = [row for row in rows if self.value(row) is not None]
        if self.best == "none" or not held:
            return None
        texts = {self.shown(row) for row in held}
        return max(texts, key=float) if self.best == "highest" else min(texts, key=float)


def _columns(group: str, names: Sequence[str]) -> list[Column]:
    return [Column(group, name) for name in names]


BLOCKS: dict[str, list[Column]] = {
    "Sentences": [
        *_columns("NTREX F1", ACROSS),
        *_columns("NTREX accuracy", ACROSS),
        *_columns("Tatoeba accuracy", ACROSS),
        *_columns("TICO-19 accuracy", ACROSS),
        *_columns("STS17", ("ar-ar", "ar-en", "en-en")),
    ],
    "Retrieval": [
        *_columns("XQuAD R@1", FOUR),
        *_columns("retriever R@1", FOUR),
    ],
    "Names": [
        *_columns("names R@1", ACROSS),
        *_columns("names, words R@1", ACROSS),
        *_columns("names, sounds R@1", ACROSS),
    ],
    "Size and speed": [
        Column("size", "dimensions", digits=0, scale=1, best="none"),
        Column("size", "MB", scale=1, best="lowest"),
        Column("speed", "sentences/s", digits=0, scale=1),
        Column("speed", "× MiniLM", scale=1),
    ],
}
"""The columns, in the blocks that the table is split into; figures may hold more, which only the JSON shows."""


def measured(block: str, rows: Sequence[Row]) -> tuple[list[Column], list[Row]]:
    """Return the columns of a block in which one of the rows was measured, and the rows with a figure in these."""
    columns = [
        column for column in BLOCKS[block] if any(column.value(row) is not None for row in rows if not row.published)
    ]
    return columns, [row for row in rows if any(column.value(row) is not None for column in columns)]


LEGEND = """\
Shares and correlations in hundredths. * is the best of a column; rows with ° are published, not measured here.
NTREX, Tatoeba, TICO-19: the nearest sentence of the other language is the translation (F1 as MTEB counts it).
STS17: Spearman's correlation. XQuAD R@1: the nearest of 240 paragraphs, each one vector, is the question's own.
retriever R@1: the same through the whole search: vectors, words, reranking. ar→en asks in Arabic for English.
names R@1: the nearest of 20,000 names in the other script is the same name; words: reranked by their words, as in the
search; sounds: by how these sound, as well."""


def _published(
    name: str,
    ntrex: tuple[float, float],
    tatoeba: float | None = None,
    sts17: tuple[float, float] | None = None,
) -> Row:
    figures: Figures = {"NTREX F1": dict(zip(ACROSS, ntrex, strict=True))}
    if tatoeba is not None:
        figures["Tatoeba accuracy"] = {"ar→en": tatoeba}
    if sts17 is not None:
        figures["STS17"] = dict(zip(("ar-ar", "ar-en"), sts17, strict=True))
    return Row(name, figures, published=True)


PUBLISHED = (
    _published("static-similarity-mrl-multilingual-v1", (0.954, 0.954), 0.859, (0.700, 0.699)),
    _published("potion-multilingual-128M", (0.594, 0.587), 0.402, (0.651, 0.511)),
    _published("paraphrase-multilingual-MiniLM-L12-v2", (0.918, 0.936), 0.906, (0.792, 0.812)),
    _published("multilingual-e5-small", (0.967, 0.949)),
    _published("LaBSE", (0.991, 0.986), 0.911, (0.691, 0.745)),
    Row("BM25, Snowball stems", {"XQuAD R@1": {"ar→ar": 0.874, "en→en": 0.931}}, published=True),
)
"""From the MTEB results repository (https://github.com/embeddings-benchmark/results), as quoted in
`../shared/benchmarks/README.md`; its STS17 en-ar is our ar-en, a correlation having no direction. BM25 was measured
there over the same 240 paragraphs."""
