"""The embedding model alone, on public test sets: `python -m eval.benchmarks.model`."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from eval.benchmarks import sets
from eval.benchmarks.command import benchmarks_option, json_option, publish
from eval.benchmarks.sets import DIRECTIONS, LANGUAGES
from index.encode import load_encoder
from index.types import Encoder

Figures = dict[str, dict[str, float]]


def measure_model(encoder: Encoder, benchmarks: Path) -> Figures:
    """Measure an encoder: figures by set, then by direction or languages.

    NTREX and Tatoeba: the share of sentences whose nearest neighbour in the other language is their translation.
    STS17: Spearman's correlation of cosines with people's scores. XQuAD: the share of questions whose nearest of the
    240 paragraphs, each as one vector, is the one that they were written for.
    """
    figures: Figures = {name: _measure_bitext(encoder, benchmarks, name) for name in sets.BITEXTS}
    figures["STS17"] = {
        languages: _measure_similarity(encoder, benchmarks, languages) for languages in sets.SIMILARITIES
    }
    xquad = {language: sets.read_xquad(benchmarks, language) for language in LANGUAGES}
    questions = {language: encoder.encode_questions(xquad[language].questions) for language in LANGUAGES}
    paragraphs = {language: encoder.encode_passages(xquad[language].paragraphs) for language in LANGUAGES}
    figures["XQuAD R@1"] = {
        f"{asked}→{searched}": _share(questions[asked] @ paragraphs[searched].T, np.array(xquad[asked].gold))
        for asked, searched in DIRECTIONS
    }
    return figures


def _measure_bitext(encoder: Encoder, benchmarks: Path, name: str) -> dict[str, float]:
    arabic, english = (encoder.encode_passages(sets.read_bitext(benchmarks, name, language)) for language in LANGUAGES)
    cosines = arabic @ english.T
    own = np.arange(len(cosines))
    return {"ar→en": _share(cosines, own), "en→ar": _share(cosines.T, own)}


def _measure_similarity(encoder: Encoder, benchmarks: Path, languages: str) -> float:
    pairs = sets.read_similarities(benchmarks, languages)
    left = encoder.encode_passages([pair.left for pair in pairs])
    right = encoder.encode_passages([pair.right for pair in pairs])
    return spearman(np.sum(left * right, axis=1), np.array([pair.score for pair in pairs]))


def _share(scores: NDArray[np.float32], gold: NDArray[np.int64]) -> float:
    return float((scores.argmax(axis=1) == gold).mean())


def spearman(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Return Spearman's rank correlation of two lists of numbers; equal numbers share their mean rank."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    ranks: NDArray[np.float64] = ends - (sizes - 1) / 2
    return ranks[group]


def table(figures: Figures) -> str:
    """Lay the figures out as lines of text, in hundredths."""
    return "\n".join(
        f"{name:<12}" + "".join(f"  {part} {100 * value:5.1f}" for part, value in parts.items())
        for name, parts in figures.items()
    )


@click.command()
@click.option("--model", help="Folder or hub name of a sentence-transformers model; the bundled one by default.")
@benchmarks_option
@json_option
def main(model: str | None, benchmarks: Path, json_file: Path | None) -> None:
    """Measure an embedding model on NTREX, Tatoeba, STS17 and XQuAD."""
    encoder = load_encoder(model)
    figures = measure_model(encoder, benchmarks)
    publish(encoder.name, figures, table(figures), json_file)


if __name__ == "__main__":
    main()
