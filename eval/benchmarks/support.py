"""The verdict on support, held against pairs of a sentence and its evidence that people labelled."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from assistant.types import Support
from assistant.verification.signals import SIGNALS, Evidence
from eval.benchmarks.claims import find_claims
from eval.benchmarks.labels import Labelled, Split, read_labelled
from index.text import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.verification.verify import Verifier
    from eval.benchmarks.claims import CitedRun, Judged

PAIRS = Path(__file__).parent.parent / "sets" / "support.jsonl"

REGULARISATION = 0.2
"""Inverse strength with which large weights are held down; the best of five by cross-validation."""

CLAIM = 0.5
"""What a claim counts in the fit beside a pair of the development half; the best of four by cross-validation there."""

WIDTH = 26
"""Characters of a row's name in the table."""

Change = Literal["number", "negation", "name", "speaker"]


class Pair(Labelled):
    """A sentence, the evidence that it is held against, and what a careful editor says of it.

    `speaker` says the evidence's words, where it does not say so itself. `change` is what was done to a supported
    sentence to make this one. The id begins with the languages of sentence and evidence.
    """

    id: str
    split: Split
    sentence: str
    evidence: str
    speaker: str | None
    label: Support
    change: Change | None

    @property
    def direction(self) -> str:
        """The languages of the sentence and of the evidence: ar-en."""
        return self.id[:5]


class Case(Protocol):
    """What is counted of a sentence with a label."""

    @property
    def split(self) -> Split: ...
    @property
    def direction(self) -> str: ...
    @property
    def label(self) -> Support: ...
    @property
    def change(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class CitedCase:
    """The case of a sentence about a cited run."""

    split: Split
    direction: str
    label: Support
    change: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """Counts over some pairs of the test half or the development half."""

    name: str
    pairs: int
    right: int  # the verdict is the label
    apart: int  # it is "supported" exactly where the label is

    @property
    def accuracy(self) -> float:
        """Share of verdicts that are the label."""
        return self.right / max(self.pairs, 1)

    @property
    def accuracy_apart(self) -> float:
        """Share of verdicts that are rightly "supported" or rightly not."""
        return self.apart / max(self.pairs, 1)


def read_pairs(file: Path = PAIRS) -> list[Pair]:
    """Read labelled pairs. Raises QuestionSetError where a line is none."""
    return read_labelled(file, Pair, "labelled pair")


def judge(pairs: Iterable[Pair], verifier: Verifier) -> list[tuple[Pair, Support]]:
    """Return each pair with the verdict on it."""
    return [(pair, verifier.compare(pair.sentence, evidence_of(pair))) for pair in pairs]


def judge_cited(runs: Sequence[CitedRun], archives: Path, verifier: Verifier) -> list[tuple[CitedCase, Support]]:
    """Return each sentence about a cited run with the verdict on it, as a check gives it: with title and speaker.

    Raises QuestionSetError where a file of the archives lacks an article, or holds another text under its name.
    """
    return [
        (
            CitedCase(
                run.split,
                f"{detect_language(claim.sentence)}-{citation.article.language}",
                claim.label,
                claim.change,
            ),
            verifier.judge(claim.sentence, [citation]),
        )
        for run, claim, citation in find_claims(runs, archives, verifier)
    ]


def evidence_of(pair: Pair) -> Evidence:
    """Return the evidence of a pair as the verifier takes it."""
    return Evidence(pair.evidence, (pair.speaker,) if pair.speaker else ())


def rows(judged: Sequence[tuple[Case, Support]]) -> list[Row]:
    """Count the verdicts: by half, of the test half by direction, by label, and by what was changed."""
    counts: dict[str, Counter[str]] = {}
    for pair, verdict in judged:
        names: list[str] = [pair.split]
        if pair.split == "test":
            names += [f"test {pair.direction}", f"test {pair.label.value}"]
            names += [f"test {pair.change} changed"] if pair.change else []
        for name in names:
            right, supported = verdict is pair.label, Support.SUPPORTED
            apart = (verdict is supported) == (pair.label is supported)
            counts.setdefault(name, Counter()).update(pairs=1, right=right, apart=apart)
    return [Row(name, count["pairs"], count["right"], count["apart"]) for name, count in sorted(counts.items())]


def to_table(found: Iterable[Row]) -> str:
    """Return the counts as text, a row each."""
    lines = [f"{'':{WIDTH}} pairs  accuracy  supported or not"]
    lines += [f"{row.name:{WIDTH}} {row.pairs:5}  {row.accuracy:8.3f}  {row.accuracy_apart:16.3f}" for row in found]
    return "\n".join(lines) + "\n"


def fit(pairs: Iterable[Pair], claims: Sequence[Judged], verifier: Verifier) -> str:
    """Fit the weights of the signals to the pairs of the development half and to claims; returns them as JSON.

    A multinomial logistic regression over the signals, each divided by its standard deviation for the fit.
    """
    from sklearn.linear_model import LogisticRegression

    held = [(pair.sentence, evidence_of(pair), pair.label) for pair in pairs if pair.split == "development"]
    judged = [*held, *claims]
    signals = np.stack([verifier.signals(sentence, evidence) for sentence, evidence, _ in judged])
    scale = np.maximum(signals.std(axis=0), 1e-9)
    model = LogisticRegression(C=REGULARISATION, max_iter=10_000)
    counts = [1.0] * len(held) + [CLAIM] * len(claims)
    model.fit(signals / scale, [label.value for *_, label in judged], sample_weight=counts)
    weights = {
        label: dict(zip((*SIGNALS, "constant"), map(_rounded, (*row, constant)), strict=True))
        for label, row, constant in zip(
            model.classes_.tolist(), (model.coef_ / scale).tolist(), model.intercept_.tolist(), strict=True
        )
    }
    return json.dumps(weights, indent=1) + "\n"


def _rounded(weight: float) -> float:
    return round(weight, 4)
