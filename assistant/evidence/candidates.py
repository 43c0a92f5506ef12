"""Which sentences of an article may answer a question: they say enough of it, and nothing in them rules them out.

What the title and the first sentence say is what the article is about: any other sentence is about it as well, and need
not say it again. What they do not say tells its sentences apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.answer_type import NEEDED, find_asked_for, tells_cause
from assistant.evidence.coverage import SAID
from assistant.evidence.holders import keeps_together
from assistant.questions.question import Kind
from assistant.words.gazetteer import is_entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assistant.evidence.coverage import Coverage

ENOUGH_WORDS, ENOUGH_SHARE = 2.5, 0.85
"""How many of a question's telling words a sentence must say, or what share of them where the question has few.

A short question that is said but for one word is most often another question: "When did Peskov visit Ankara?".
"""

CAUSE = 0.5
"""Words that a word of cause counts for where the question asks why."""

ABOUT_IT = 0.8
"""What a word counts that the title or the first sentence says."""

ENOUGH_ABOUT, ENOUGH_APART = 0.75, 0.6
"""Where a sentence says few of a question's words itself: the share that it must say with what the article is about,
and of the words that tell sentences apart.
"""

LEAST_NOWHERE, MOST_NOWHERE, TOO_MUCH_NOWHERE = 0.1, 0.25, 0.35
"""The shares of a question that an article may not say at all: where a sentence says few words itself, where it says
nothing but what the article is about ("Why did Bangemann resign?" of an article on Bangemann and taxes), and in any
case, but where the question asks what.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence of a page that may answer, by its number, with where it holds what is asked for.

    `asked_for` are code points into the sentence; a word of cause makes it an answer to why, and is not what is asked
    for. `tells_cause` tells whether it names a cause of what is asked about, where the question asks why.
    """

    covered: Coverage
    number: int
    asked_for: tuple[tuple[int, int], ...]
    tells_cause: bool

    @property
    def is_title(self) -> bool:
        """Whether it is the article's title, or a part of it."""
        return self.covered.page.is_title(self.covered.page.sentences[self.number])


def find_candidates(covered: Coverage) -> Iterator[Candidate]:
    """Yield the sentences of a page that may answer, in order."""
    if not covered.names_all:
        return
    kind = covered.asked.question.kind
    for number in np.flatnonzero(_say_enough(covered)).tolist():
        if _is_ruled_out(covered, number):
            continue
        cause = tells_cause(covered, number) if kind is Kind.WHY else None
        asked_for = () if kind is Kind.WHY else tuple(find_asked_for(kind, covered, number))
        # No reason is told where what is asked about is the cause, and no day or number where there is none.
        if cause is not False and (asked_for or kind not in NEEDED):
            yield Candidate(covered, number, asked_for, bool(cause))


def _say_enough(covered: Coverage) -> NDArray[np.bool_]:
    """Tell which sentences say enough of a question, by themselves or with what the article is about."""
    kind, weights, grades = covered.asked.question.kind, covered.asked.weights, covered.grades
    nowhere = covered.nowhere
    if nowhere > TOO_MUCH_NOWHERE and kind is not Kind.WHAT:
        return np.zeros(len(grades), np.bool_)
    told = covered.told_at_first
    apart = weights * (told < SAID)
    telling = grades @ apart / apart.sum() if apart.any() else np.ones(len(grades), np.float32)
    shares = covered.shares
    words = shares * len(weights)
    if kind is Kind.WHY:
        words += [CAUSE * bool(find_asked_for(kind, covered, number)) for number in range(len(grades))]
    alone = (shares >= ENOUGH_SHARE) | (words >= ENOUGH_WORDS)
    if nowhere >= MOST_NOWHERE:
        alone &= telling > 0
    if kind is Kind.SAID or not apart.any() or nowhere >= LEAST_NOWHERE:  # what somebody says is told by no title
        return np.asarray(alone, np.bool_)
    # The title makes no soldiers Russian: countries count where the sentence says them.
    countries = np.array([is_entity(term) for term in covered.asked.terms])
    about_it = np.maximum(grades, ABOUT_IT * np.where(countries, 0.0, told)) @ weights
    return np.asarray(alone | ((about_it >= ENOUGH_ABOUT) & (telling >= ENOUGH_APART)), np.bool_)


def _is_ruled_out(covered: Coverage, number: int) -> bool:
    """Tell whether a sentence cannot answer, whatever else it says.

    It does not name the speaker, or tells of another office, order or country.
    """
    return (
        (covered.asked.question.kind is Kind.SAID and not covered.names_speaker(number))
        or not keeps_together(covered, number)
        or not covered.keeps_rank(number)
        or not covered.keeps_country(number)
    )
