"""Which sentence answers, held against questions whose answering words people marked in articles of a large archive.

Each question is asked of the whole archive; of the archive without its article, where nothing answers; and of its
article among a few others drawn by chance, as in a small archive. What is measured is the one sentence that is ranked
first, and whether no answer is ranked before it.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.ask import PASSAGES, RANKED
from assistant.evidence.answering import ranking, tenfolds
from assistant.evidence.features import AGAINST, FEATURES, FOR, describe
from assistant.questions.question import read_question
from eval.questions import load, locate
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.ask import Assistant
    from assistant.evidence.candidates import Candidate
    from assistant.evidence.features import Found
    from assistant.evidence.grading import Grader
    from eval.questions import Located
    from index.types import Archive, Vectors

SETS = {half: Path(__file__).parent.parent / "sets" / "archives" / f"{half}.jsonl" for half in ("development", "test")}
"""The questions that the weights are fitted to, and those that were held back."""

FEW = (40, 1_500)
"""Articles that a question is asked of besides the whole archive, in turn."""

REGULARISATION = 5.0
"""Strength with which large weights are held down; the best of three by cross-validation."""

TAKEN = 0.1
"""What a question counts whose article was taken away, in the fit, beside 1 for every other.

It chooses between answers and declines: with 0.5 a sixth fewer are answered rightly, and a third fewer wrongly.
"""

TAKEN_AWAY = ", taken away"

WIDTH = 30
"""Characters of a row's name in the table."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The sentences that may answer a question in one archive.

    `features`, shape (sentences, features), are theirs and `right`, shape (sentences,), tells which hold the answer;
    `articles` is the archive's number of them. `answerable` tells whether it holds the answer at all.
    """

    name: str
    question: str
    features: Vectors
    right: NDArray[np.bool_]
    articles: int
    answerable: bool

    @property
    def is_taken(self) -> bool:
        """Whether the article that answers was taken away."""
        return self.name.endswith(TAKEN_AWAY)


@dataclass(slots=True)
class Row:
    """Counts over the questions of one half, asked of archives of one sort."""

    name: str
    questions: int = 0
    first: int = 0  # a right sentence is ranked first, whatever no answer scores
    right: int = 0
    declined: int = 0

    def count(self, example: Example, scores: Vectors) -> None:
        """Count one question, by the scores of its sentences, shape (sentences,)."""
        best = int(scores.argmax()) if len(scores) else None
        first = best is not None and bool(example.right[best])
        answered = best is not None and float(scores[best]) > 0
        self.questions += 1
        self.first += first
        self.right += first and answered
        self.declined += not answered


def read(file: Path, archive: Archive) -> list[Located]:
    """Read the questions of a set that ask for no speaker's words, for those are answered by statements.

    Raises QuestionSetError or ArchiveError where their articles are not in the archive.
    """
    questions = [one for one in load(file) if read_question(one.text).speaker is None]
    wanted = sorted({gold.article for question in questions for gold in question.gold})
    return locate(questions, map(archive.article, wanted))


def examples(located: Sequence[Located], assistant: Assistant, grader: Grader) -> Iterator[Example]:
    """Yield the examples of some questions, two to four for each."""
    everything = sorted(assistant.archive.table().ids_of(Filters()))
    draw = random.Random(len(everything))
    for one, few in zip(located, cycle(FEW)):
        question = read_question(one.question.text)
        own = {span.article.id for span in one.gold}
        some = own | set(draw.sample(everything, min(few, len(everything))))
        for name, among in (("whole", None), ("part", Filters(articles=frozenset(some)))):
            hits = assistant.search(question.text, among, RANKED)
            size = len(some) if among else len(everything)
            yield _example(name, one, grader.grade(question, hits[:PASSAGES]), size)
            others = [hit for hit in hits if hit.passage.article.id not in own][:PASSAGES]
            taken = _example(f"{name}{TAKEN_AWAY}", one, grader.grade(question, others), size)
            if own and not taken.right.any():  # no other article holds the words
                yield replace(taken, answerable=False)


def _example(name: str, located: Located, found: Found | None, articles: int) -> Example:
    """Describe the sentences that may answer."""
    candidates, features = describe(found) if found else ([], np.zeros((0, len(FEATURES)), np.float32))
    right = np.array([_is_right(one, located) for one in candidates], np.bool_)
    return Example(name, located.question.id, features, right, articles, answerable=bool(located.gold))


def _is_right(candidate: Candidate, located: Located) -> bool:
    """Tell whether a sentence holds words that answer: at their place, or the same words in another article."""
    page, (start, end) = candidate.covered.page, candidate.covered.page.sentences[candidate.number]
    if any(span.article.id == page.article.id and start < span.end and span.start < end for span in located.gold):
        return True
    text = " ".join(page.text(candidate.number).split())
    return any(" ".join(gold.text.split()) in text for gold in located.question.gold)


def rows(half: str, found: Iterable[Example]) -> list[Row]:
    """Count the questions of a half by the sort of archive that they are asked of."""
    counted: dict[str, Row] = {}
    for one in found:
        name = one.name if one.answerable or one.is_taken else f"{one.name}, not answerable"
        row = counted.setdefault(name, Row(f"{half}: {name}"))
        row.count(one, ranking().score(one.features, one.articles))
    return list(counted.values())


def to_table(found: Iterable[Row]) -> str:
    """Return the counts as shares of the questions, a row each."""
    lines = [f"{'':{WIDTH}} questions  ranked first  answered rightly  wrongly  declined"]
    for row in found:
        wrong = row.questions - row.right - row.declined
        first, right, wrongly, declined = (
            count / row.questions for count in (row.first, row.right, wrong, row.declined)
        )
        lines.append(f"{row.name:{WIDTH}} {row.questions:9} {first:13.3f} {right:17.3f} {wrongly:8.3f} {declined:9.3f}")
    return "\n".join(lines) + "\n"


def fit(found: Sequence[Example]) -> str:
    """Fit the weights of the features and the score of no answer; returns them as JSON.

    The loss is the negative logarithm of the right sentences' share of a softmax over all sentences and no answer,
    which is right where nothing answers; weights are held down by the sum of their squares, features divided by their
    standard deviations. Questions whose answer is in none of the sentences tell nothing and are left out.
    """
    from scipy.optimize import minimize

    used = [one for one in found if len(one.right) and (one.right.any() or not one.answerable)]
    features = np.concatenate([one.features for one in used]).astype(np.float64)
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-3
    features = (features - mean) / scale
    sizes = np.array([len(one.right) for one in used])
    borders = np.cumsum([0, *sizes[:-1]])
    right = np.concatenate([one.right for one in used])
    none = ~np.array([one.right.any() for one in used])
    weights = np.array([TAKEN if one.is_taken else 1.0 for one in used])
    tens = np.array([tenfolds(one.articles) for one in used])

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return the loss and its gradient at the weights, the score of no answer, and what a tenfold adds to it."""
        nothing = values[-2] + values[-1] * tens
        scores = features @ values[:-2]
        top = np.maximum(np.maximum.reduceat(scores, borders), nothing)
        odds, odds_none = np.exp(scores - np.repeat(top, sizes)), np.exp(nothing - top)
        odds_right = np.add.reduceat(odds * right, borders)
        total = np.add.reduceat(odds, borders) + odds_none
        aim = np.where(none, odds_none, odds_right)
        value = float(weights @ (np.log(total) - np.log(aim))) + REGULARISATION * float(values[:-2] @ values[:-2])
        share = odds / np.repeat(total, sizes)
        wanted = odds * right / np.repeat(np.where(none, 1.0, odds_right), sizes)
        off = (share - wanted) * np.repeat(weights, sizes)
        off_none = (odds_none / total - none) * weights
        gradient = features.T @ off + 2 * REGULARISATION * values[:-2]
        return value, np.array([*gradient, off_none.sum(), off_none @ tens])

    inf = float("inf")
    bounds = [(0 if side == FOR else -inf, 0 if side == AGAINST else inf) for side in FEATURES.values()]
    start = np.zeros(len(FEATURES) + 2)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (-inf, inf), (-inf, inf)]).x
    own = best[:-2] / scale
    stored = {
        "features": {name: round(float(weight), 4) for name, weight in zip(FEATURES, own, strict=True)},
        "nothing": round(float(best[-2] + mean @ own), 4),
        "tenfold": round(float(best[-1]), 4),
    }
    return json.dumps(stored, indent=1) + "\n"
