"""What tells whether a sentence answers a question: its features, of which `answering` makes a score.

Words of a question are counted by what they tell in any text (`Asked.weights`), and once more by how few say them of
the sentences that were found for this question: what all of them say tells none of them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.candidates import ABOUT_IT, find_candidates
from assistant.evidence.coverage import SAID
from assistant.questions.question import Kind
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.evidence.candidates import Candidate
    from assistant.evidence.coverage import Coverage
    from assistant.evidence.pages import Page
    from index.types import Hit, Vectors

BEFORE = 0.6
"""What a word counts that the sentence before says."""

RARE = 0.7
"""Grade from which a sentence or an article counts among those that say a word."""

COMMON = 0.05
"""What a word counts that every sentence says, beside 0.7 of one that half of them say."""

SHORT = 5
"""Words that are added to a sentence's length before the logarithm."""

WINDOW, STEP = 14, 4
"""Words side by side that may say much of a question together, and by how many such runs lie apart."""

BEHIND = 4.0
"""What a search's score lies behind the best one where it counts for 1/e of it."""

NOT_FOUND = 6.0
"""What a sentence in none of the passages found lies behind the best passage of its article."""

FAR = 5.0
"""Logarithm of the distance, in words, of what is asked for where a sentence holds nothing of the sort."""

FOR, AGAINST, EITHER = 1, -1, 0
"""How a feature may speak: for a sentence only, against it only, or either way.

Most of them go together, and without such bounds a fit plays them off against each other.
"""

_OF_ALL = {
    "in_context": FOR,
    "in_context_rare": FOR,
    "with_before": FOR,
    "telling": FOR,
    "likeness": FOR,
    "passage": FOR,
    "passage_found": FOR,
    "article": FOR,
    "lead": FOR,
    "length": AGAINST,
    "title": AGAINST,
    "place": AGAINST,
    "same_language": EITHER,
    "page_tells": EITHER,
}
_OF_WORDS = {
    "window": FOR,
    "typed": FOR,
    "typed_who": EITHER,
    "distance": AGAINST,
    "cause": FOR,
    "terms": EITHER,
} | {f"asks_{kind}": EITHER for kind in Kind if kind is not Kind.SAID}
FEATURES = _OF_ALL | _OF_WORDS
"""The features by name, in their order, those first that are reckoned for all sentences of a page at once; and how each
may speak.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found for a question: its articles graded, the cosines of their sentences to it, and the passages.

    `likeness` are arrays of shape (sentences,), one for each of `covered`.
    """

    covered: Sequence[Coverage]
    likeness: Sequence[Vectors]
    hits: Sequence[Hit]


def describe(found: Found) -> tuple[list[Candidate], Vectors]:
    """Return the sentences that may answer, with their features, shape (sentences, features)."""
    rare = _rarity(found)
    candidates: list[Candidate] = []
    rows = [np.zeros((0, len(FEATURES)), np.float32)]
    for at, covered in enumerate(found.covered):
        of_page = list(find_candidates(covered))
        if of_page:
            of_all = _of_sentences(found, at, rare)[[one.number for one in of_page]]
            rows.append(np.concatenate([of_all, np.array([_of_words(one) for one in of_page], np.float32)], axis=1))
            candidates += of_page
    return candidates, np.concatenate(rows)


def _rarity(found: Found) -> Vectors:
    """Return the weights of a question's words by how few of the sentences found say each; they sum to 1."""
    weights = found.covered[0].asked.weights
    grades = np.concatenate([one.grades for one in found.covered])
    rarity = np.log((len(grades) + 1) / ((grades >= RARE).sum(axis=0) + 1)) + COMMON
    return np.asarray(weights * rarity / float(weights @ rarity), np.float32)


def _of_sentences(found: Found, at: int, rare: Vectors) -> Vectors:
    """Return the first features of all sentences of a page, shape (sentences, first features)."""
    covered, likeness = found.covered[at], found.likeness[at]
    page, asked, grades = covered.page, covered.asked, covered.grades
    count = len(page.sentences)
    weights = asked.weights
    told = covered.told_at_first
    apart = weights * (told < SAID)
    before = np.zeros_like(grades)
    before[1:] = grades[:-1]
    in_context = np.maximum(grades, ABOUT_IT * told)
    best, passages = _passages(found, page)
    first = max(hit.score for hit in found.hits)
    columns = {
        "in_context": in_context @ weights,
        "in_context_rare": in_context @ rare,
        "with_before": np.maximum(grades, BEFORE * before) @ weights,
        "telling": grades @ apart,
        "likeness": likeness,
        "passage": np.where(np.isnan(passages), best - NOT_FOUND, passages) - first,
        "passage_found": ~np.isnan(passages),
        "article": best - first,
        "lead": np.exp((best - first) / BEHIND),
        "length": np.log(np.diff(page.borders) + SHORT),
        "title": [page.is_title(sentence) for sentence in page.sentences],
        "place": np.log1p(np.arange(count)),
        "same_language": page.article.language == asked.question.language,
        "page_tells": apart.sum(),
    }
    return np.stack([np.broadcast_to(np.asarray(columns[name], np.float32), count) for name in _OF_ALL], 1)


def _passages(found: Found, page: Page) -> tuple[float, Vectors]:
    """Return the best score of a page's passages, and of each sentence's, shape (sentences,); nan where it has none."""
    hits = [hit for hit in found.hits if hit.passage.article == page.article]
    scores = np.full(len(page.sentences), np.nan, np.float32)
    for hit in hits:
        for number, (start, end) in enumerate(page.sentences):
            if hit.passage.start < end and start < hit.passage.end:
                scores[number] = np.fmax(scores[number], hit.score)
    return max(hit.score for hit in hits), scores


def _of_words(candidate: Candidate) -> list[float]:
    """Return the other features of a sentence, for which its words are looked at."""
    covered, number = candidate.covered, candidate.number
    kind, grades = covered.asked.question.kind, covered.word_grades(number)
    runs = candidate.asked_for
    return [
        _said_together(grades, covered.asked.weights),
        bool(runs),
        kind is Kind.WHO and bool(runs),
        _distance(covered, number, runs),
        candidate.tells_cause,
        float(np.log(len(covered.asked.terms))),
        *(kind is one for one in Kind if one is not Kind.SAID),
    ]


def _said_together(grades: Vectors, weights: Vectors) -> float:
    """Return the most of a question that a run of `WINDOW` words says; `grades`, shape (terms, words)."""
    padded = np.pad(grades, ((0, 0), (0, max(0, WINDOW - grades.shape[1]))))
    runs = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=1)[:, ::STEP]
    return float((weights @ runs.max(axis=2)).max())


def _distance(covered: Coverage, number: int, runs: Sequence[tuple[int, int]]) -> float:
    """Return the logarithm of the words between what is asked for and the topic, where it is nearest; or `FAR`."""
    topical = np.flatnonzero(covered.topical(number))
    if not runs or not len(topical):
        return FAR
    words = tokens(covered.page.text(number))
    nearest = float("inf")
    for start, end in runs:
        inside = [place for place, word in enumerate(words) if word.end > start and word.start < end]
        apart: NDArray[np.intp] = np.maximum(inside[0] - topical, topical - inside[-1])
        nearest = min(nearest, float(apart.clip(0).min()))
    return float(np.log1p(nearest))
