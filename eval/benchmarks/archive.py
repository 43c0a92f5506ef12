"""Archives measured, of one size or several, ours alone or beside others: a row a system and size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from eval.benchmarks.archive_corpus import sample_questions, sized, write_corpus
from eval.benchmarks.archive_runs import ISNAD, Run, System, measure
from eval.benchmarks.sets import DIRECTIONS, Xquad
from index.errors import BenchmarkError
from index.reading import Record
from index.types import Language


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one system at one size, by name.

    `articles` are those of the news, without XQuAD's paragraphs. Of the archives, one a language of the paragraphs,
    seconds and bytes are the mean, of memory the most; latencies are taken together. `failure` says why there is none.
    """

    system: str
    version: str
    articles: int
    copies: int
    figures: dict[str, float]
    failure: str | None = None


def compare(
    articles: Sequence[Record],
    xquad: dict[Language, Xquad],
    systems: Sequence[System],
    sizes: Sequence[int],
    languages: Sequence[Language],
    questions: int,
) -> Iterator[Row]:
    """Measure systems at sizes, one at a time; a system that fails has a row that says so.

    An archive holds the articles and the paragraphs of one language, which is asked in both: its twin in the other
    language could otherwise take a paragraph's place.
    """
    for size in sizes:
        copies = max(0, size - len(articles))
        with TemporaryDirectory(prefix="isnad-bench-") as place:
            folder = Path(place)
            held = 0
            for language in languages:
                held = write_corpus(folder / f"{language}.jsonl", sized(articles, size), xquad[language], language)
            for system in systems:
                try:
                    corpora = [
                        measure(
                            system,
                            folder / f"{language}.jsonl",
                            sample_questions(xquad, language, questions),
                            folder / "run",
                            statements=system is ISNAD,
                        )
                        for language in languages
                    ]
                except BenchmarkError as error:
                    yield Row(system.name, "", size, copies, {}, str(error))
                    continue
                for runs in zip(*corpora, strict=True):
                    yield Row(runs[0].system, runs[0].version, size, copies, summarize(runs, held))


def summarize(runs: Sequence[Run], articles: int) -> dict[str, float]:
    """Return the figures, by name, of a system's runs on corpora of so many articles, paragraphs among them. Pure."""
    ingest_seconds = mean(run.ingest.seconds for run in runs)
    figures = {
        "ingest seconds": ingest_seconds,
        "articles/s": articles / ingest_seconds,
        "disk MB": mean(run.ingest.disk_bytes for run in runs) / 1e6,
        "ingest MB": max(run.ingest.peak_bytes for run in runs) / 1e6,
    }
    asking = [run.asking for run in runs if run.asking]
    if asking:
        latencies = [1000 * seconds for one in asking for seconds in one.seconds]
        figures |= {
            "asking MB": max(one.peak_bytes for one in asking) / 1e6,
            "first seconds": mean(one.first_seconds for one in asking),
            "p50 ms": float(np.percentile(latencies, 50)),
            "p95 ms": float(np.percentile(latencies, 95)),
        }
        figures |= {f"recall@5 {direction}": value for one in asking for direction, value in one.recall.items()}
    return figures


class Column(NamedTuple):
    """A column of the table: its heading, its figure, how that is written, and whether it is held against ours."""

    heading: str
    figure: str
    shown: Callable[[float], str]
    compared: bool = True


def _number(digits: int, value: float) -> str:
    return f"{value:,.{digits}f}"


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


COLUMNS = (
    Column("ingest, s", "ingest seconds", partial(_number, 1)),
    Column("disk, MB", "disk MB", partial(_number, 1)),
    Column("memory, MB", "ingest MB", partial(_number, 0)),
    Column("asking, MB", "asking MB", partial(_number, 0)),
    Column("first, s", "first seconds", partial(_number, 2)),
    Column("p50, ms", "p50 ms", partial(_number, 1)),
    Column("p95, ms", "p95 ms", partial(_number, 1)),
    *(
        Column(f"{asked}→{searched}", f"recall@5 {asked}→{searched}", _share, compared=False)
        for asked, searched in DIRECTIONS
    ),
)

LEGEND = (
    "vectors and BM25: up to there the same ingest, without the words of passages and near copies.\n"
    "ingest: seconds until all is on disk, imports apart. memory, asking: at most while taking in, and while asking;\n"
    "of several processes together, what they share once.\n"
    "first: from the start of a new process to the first passages found. p50, p95: of each question after that.\n"
    "ar→en: recall@5 of Arabic questions on English paragraphs among the articles.\n"
    "In brackets: how many times Isnad's figure."
)


def to_table(rows: Sequence[Row]) -> str:
    """Lay the rows out as a table in Markdown, aligned for a terminal, with ratios to the first row of their size."""
    columns = [column for column in COLUMNS if any(column.figure in row.figures for row in rows)]
    lines = [["articles", "", *(column.heading for column in columns)]]
    for row in rows:
        ours = next(other for other in rows if other.articles == row.articles)
        name = f"{row.system} {row.version}".strip()
        lines.append([f"{row.articles:,}", name, *(_cell(column, row, ours) for column in columns)])
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    drawn = ["| " + " | ".join(_padded(line, widths)) + " |" for line in lines]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    failures = [f"{row.system} at {row.articles:,}: {row.failure}" for row in rows if row.failure]
    return "\n".join([*drawn, "", LEGEND, *failures]) + "\n"


def _cell(column: Column, row: Row, ours: Row) -> str:
    value = row.figures.get(column.figure)
    if value is None:
        return "–"
    own = ours.figures.get(column.figure)
    if not column.compared or row is ours or not own:
        return column.shown(value)
    return f"{column.shown(value)} ({_times(value / own)})"


def _times(ratio: float) -> str:
    """Write a ratio with two digits that count, since one may be a hundredth and another a hundred."""
    if ratio < 1:
        return f"{ratio:.2g}×"
    return f"{ratio:.1f}×" if ratio < 10 else f"{ratio:,.0f}×"


def _padded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Set words to the left, figures to the right."""
    number, name, *figures = zip(cells, widths, strict=True)
    return [number[0].rjust(number[1]), name[0].ljust(name[1]), *(text.rjust(width) for text, width in figures)]


def to_json(rows: Sequence[Row]) -> str:
    """Write all figures of the rows."""
    return json.dumps({"rows": [asdict(row) for row in rows]}, ensure_ascii=False, indent=2) + "\n"
