"""The public test sets, read as they were published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from eval.public.bitext import read_sentences
from eval.public.squad import read_squad
from index.errors import QuestionSetError
from index.types import Language

LANGUAGES: tuple[Language, ...] = ("ar", "en")
DIRECTIONS = [(question, passage) for question in LANGUAGES for passage in LANGUAGES]
SIMILARITIES = ("ar-ar", "ar-en", "en-en")

_LINE_ALIGNED = {"NTREX": "ntrex/newstest2019.{}.txt", "Tatoeba": "tatoeba/tatoeba.{}.txt"}

Bitext = dict[Language, list[str]]
"""Sentences by language: those of one place mean the same."""


@dataclass(frozen=True, slots=True)
class Xquad:
    """XQuAD in one language (Artetxe et al. 2020, https://arxiv.org/abs/1910.11856).

    `gold[i]` is the place in `paragraphs` of the one that `questions[i]` was written for; both languages hold the same
    questions and paragraphs in the same order.
    """

    paragraphs: list[str]
    questions: list[str]
    gold: list[int]


class Similarity(NamedTuple):
    """A pair of sentences and how alike people found them, from 0 to 5."""

    score: float
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class TestSets:
    """All of them: bitexts by name, SemEval-2017 task 1 by its pair of languages, XQuAD by language."""

    bitexts: dict[str, Bitext]
    similarities: dict[str, list[Similarity]]
    xquad: dict[Language, Xquad]


def read_sets(benchmarks: Path) -> TestSets:
    """Read every set, so that a missing one is known before the first is measured.

    Raises:
        QuestionSetError: A file is missing or is not what was published; the message names it.
    """
    bitexts = {name: _read_lines(benchmarks, pattern) for name, pattern in _LINE_ALIGNED.items()}
    return TestSets(
        bitexts | {"TICO-19": _read_tico(benchmarks / "tico19" / "pairs.tsv")},
        {languages: _read_similarities(benchmarks / "sts17" / f"{languages}.tsv") for languages in SIMILARITIES},
        {language: read_xquad(benchmarks, language) for language in LANGUAGES},
    )


def _read_lines(benchmarks: Path, pattern: str) -> Bitext:
    files = {language: benchmarks / pattern.format(language) for language in LANGUAGES}
    bitext = {language: read_sentences(file) for language, file in files.items()}
    if len(bitext["ar"]) != len(bitext["en"]) or not bitext["ar"]:
        counts = " and ".join(f"{len(bitext[language])} in '{file}'" for language, file in files.items())
        raise QuestionSetError(f"lines that should be translations of each other: {counts}; fetch the set again")
    return bitext


def _read_tico(file: Path) -> Bitext:
    rows = _read_rows(file, cells=2)
    return {"ar": [arabic for _, arabic in rows], "en": [english for english, _ in rows]}


def _read_similarities(file: Path) -> list[Similarity]:
    try:
        return [Similarity(float(score), left, right) for score, left, right in _read_rows(file, cells=3)]
    except ValueError as error:
        raise QuestionSetError(f"'{file}' should start each line with a score: {error}; fetch the set again") from error


def read_xquad(benchmarks: Path, language: Language) -> Xquad:
    """Read XQuAD in one language. Raises QuestionSetError as `read_sets` does."""
    read = read_squad(benchmarks / "xquad" / f"xquad.{language}.json")
    asked = list(read.asked())
    return Xquad(
        [paragraph.context for paragraph in read.paragraphs],
        [one.question for _, one in asked],
        [place for place, _ in asked],
    )


def _read_rows(file: Path, *, cells: int) -> list[list[str]]:
    rows = [line.split("\t") for line in _read(file).splitlines()]
    for number, row in enumerate(rows, 1):
        if len(row) != cells:
            raise QuestionSetError(f"'{file}' line {number} has {len(row)} cells, not {cells}; fetch the set again")
    return rows


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(f"cannot read test set '{file}': {error.strerror}; set --benchmarks") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"'{file}' is not UTF-8 at byte {error.start}; fetch the set again") from error
