"""The rows that the model is trained on, by source: read, kept clear of what it is tested on, and written."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.training.alignment import align
from index.training.benchmark_texts import BenchmarkTexts, benchmark_files
from index.training.corpora import (
    TABLES,
    Article,
    Row,
    archive_files,
    dataset_of,
    read_archive,
    read_table,
    table_file,
)
from index.training.derived import Material, derive
from index.training.dictionary import Dictionary
from index.training.folding import fold_words
from index.training.gate import NEWS, Gate
from index.training.held_out import NAMES_FILE, HeldOut, load_names
from index.training.licences import LICENCES, Choice, is_permitted, licence_of
from index.training.work import Work, digest

logger = logging.getLogger(__name__)

SOURCES_OF_TABLES = {
    "sentences": "sentences",
    "terms": "terms",
    "names": "names",
    "qa-ar": "questions",
    "qa-en": "questions",
}


@dataclass(frozen=True, slots=True)
class Options:
    """Where the rows come from, and which of them may be used; without `benchmarks` no test text is dropped."""

    corpora: Path
    archives: Path
    benchmarks: Path | None = None
    licences: Choice = "all"
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return what the rows depend on: the choice, the seed, and the content of every file that is read.

        Raises TrainingError where one is missing.
        """
        files = [*(table_file(self.corpora, name) for name in TABLES), *archive_files(self.archives), NAMES_FILE]
        names = [*(file.name for file in files[:-1]), "held-out names"]
        if self.benchmarks:
            tests = benchmark_files(self.benchmarks)
            files += tests
            names += [file.relative_to(self.benchmarks).as_posix() for file in tests]
        digests = [digest(file.read_bytes()) for file in files]
        return {"licences": self.licences, "seed": self.seed, "files": dict(zip(names, digests, strict=True))}


def prepare(work: Work, options: Options) -> dict[str, Any]:
    """Write `rows/SOURCE.tsv` for every source; returns the counts.

    Rows are kept clear of the held-out names and the test texts before anything is learnt from them, and what is made
    of them is held against both once more.
    """
    benchmark_texts = BenchmarkTexts.from_folder(options.benchmarks) if options.benchmarks else BenchmarkTexts([])
    gate = Gate.from_parts(options.licences, HeldOut.from_names(load_names()), benchmark_texts)
    tables = {name: _read_table(table_file(options.corpora, name), name, gate) for name in TABLES}
    articles = list(gate.admit_articles(_read_articles(options, gate)))
    _warn_of_licences(gate)
    parallel = [*tables["sentences"], *tables["terms"], *tables["names"]]
    learnt = align([(fold_words(row.left), fold_words(row.right)) for row in parallel])
    dictionary = Dictionary.from_rows(tables["terms"], tables["names"], learnt)
    material = Material({"ar": tables["qa-ar"], "en": tables["qa-en"]}, articles)

    shutil.rmtree(work.rows, ignore_errors=True)
    work.rows.mkdir(parents=True)
    for name in ("sentences", "terms", "names"):
        _write(work, name, tables[name])
    _write(work, "questions", [*tables["qa-ar"], *tables["qa-en"]])
    for name, rows in derive(material, dictionary, learnt, options.seed):
        _write(work, name, gate.admit(name, rows))
    return {
        "rows": {name: dict(counts) for name, counts in gate.passed.items()},
        "dropped": {name: dict(counts) for name, counts in gate.dropped.items()},
        "left out": {name: {"licence": licence_of(name), "rows": count} for name, count in gate.left_out.items()},
        "benchmark texts": len(benchmark_texts),
        "aligned words": len(learnt),
    }


def read_prepared(file: Path) -> Iterator[Row]:
    """Yield the rows of one source as they were prepared."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield Row(*line.rstrip("\n").split("\t"))


def _read_table(file: Path, name: str, gate: Gate) -> list[Row]:
    source = SOURCES_OF_TABLES[name]
    return list(gate.admit(source, gate.permit(source, tqdm(read_table(file), desc=name, mininterval=1))))


def _read_articles(options: Options, gate: Gate) -> Iterator[Article]:
    for file in archive_files(options.archives):
        articles = read_archive(file)
        if is_permitted(dataset_of(file), options.licences):
            yield from articles
        else:
            gate.leave_out(NEWS, dataset_of(file), len(articles))


def _warn_of_licences(gate: Gate) -> None:
    for dataset, count in gate.left_out.items():
        known = licence_of(dataset) if dataset in LICENCES else "unknown here, so unstated"
        logger.warning("left out %d of %s: its licence is %s", count, dataset, known)


def _write(work: Work, source: str, rows: Iterable[Row]) -> None:
    count = 0
    with (work.rows / f"{source}.tsv").open("w", encoding="utf-8", newline="\n") as file:
        for row in tqdm(rows, desc=source, mininterval=1):
            file.write("\t".join(row) + "\n")
            count += 1
    logger.info("%s: %d rows", source, count)
