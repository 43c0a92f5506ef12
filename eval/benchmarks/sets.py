"""The public test sets, read as they were published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index.types import Language

LANGUAGES: tuple[Language, ...] = ("ar", "en")
DIRECTIONS = [(question, passage) for question in LANGUAGES for passage in LANGUAGES]
BITEXTS = {"NTREX": "ntrex/newstest2019.{}.txt", "Tatoeba": "tatoeba/tatoeba.{}.txt"}
SIMILARITIES = ("ar-ar", "ar-en", "en-en")


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


def read_xquad(benchmarks: Path, language: Language) -> Xquad:
    """Read `xquad/xquad.LANGUAGE.json`."""
    text = (benchmarks / "xquad" / f"xquad.{language}.json").read_text(encoding="utf-8")
    paragraphs = [paragraph for article in json.loads(text)["data"] for paragraph in article["paragraphs"]]
    asked = [(entry["question"], at) for at, paragraph in enumerate(paragraphs) for entry in paragraph["qas"]]
    return Xquad(
        [paragraph["context"] for paragraph in paragraphs], [text for text, _ in asked], [at for _, at in asked]
    )


def read_bitext(benchmarks: Path, name: str, language: Language) -> list[str]:
    """Read one side of a line-aligned set."""
    return (benchmarks / BITEXTS[name].format(language)).read_text(encoding="utf-8").splitlines()


def read_similarities(benchmarks: Path, languages: str) -> list[Similarity]:
    """Read one of SemEval-2017 task 1's sets: "ar-ar", "ar-en" or "en-en"."""
    lines = (benchmarks / "sts17" / f"{languages}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [Similarity(float(score), left, right) for score, left, right in rows]
