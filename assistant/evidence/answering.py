"""Which sentences of an article say enough of a question to answer it, and how well each of them does.

What the title and the first sentence say is what the article is about: any other sentence is about it as well, and need
not say it again. What they do not say tells its sentences apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.answer_type import NEEDED, gives_reason, holds_answer
from assistant.evidence.coverage import SAID
from assistant.questions.question import Kind
from assistant.words.gazetteer import is_entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.evidence.coverage import Coverage
    from index.types import Vectors

ENOUGH_WORDS, ENOUGH_SHARE = 2.5, 0.85
"""How many of a question's telling words a sentence must say, or what share of them where the question has few.

A short question that is said but for one word is most often another question: "When did Peskov visit Ankara?".
"""

CAUSE = 0.5
"""Words that a word of cause counts for where the question asks why."""

LEAST_ABOUT = 0.18
"""Cosine that an article's likest sentence must have to the question.

When it was chosen, of questions on Wikipedia whose passage was taken away among 6,480, a sixth fewer were answered all
the same with it; of those whose passage was there, as many were answered rightly.
"""

ABOUT_IT, BEFORE = 0.8, 0.6
"""What a word counts that the title or the first sentence says, or the sentence before."""

NOWHERE, MOST_NOWHERE = 0.4, 0.25
"""Grade below which an article does not say a word; the share of a question that it may not say at all where a sentence
says nothing but what the article is about: "Why did Bangemann resign?" of an article on Bangemann and taxes.
"""

TOO_MUCH_NOWHERE = 0.35
"""Share of a question from which an article that does not say it answers nothing but what."""

ENOUGH_ABOUT, ENOUGH_APART, LEAST_SCORE, LEAST_NOWHERE = 0.75, 0.6, 0.88, 0.1
"""Where a sentence says few of a question's words itself: the share that it must say with what the article is about,
the share of the words that tell sentences apart, its score without what is asked for; and the share from which words
that the article does not say at all rule it out.
"""

LIKENESS, ABOUT, TYPED, REASON, FOUND = 0.09, 0.09, 0.16, 0.09, 0.25
"""What the cosine of question and sentence adds to a score, that of the article's likest sentence, the presence of what
is asked for where no answer goes without, a word that gives a reason where it asks why, and that the article was found
first; as the third it adds a third.
"""


@dataclass(frozen=True, slots=True)
class Answering:
    """A sentence of a page that may answer, by its number, and how well it does."""

    number: int
    score: float


def find_answering(covered: Coverage, likeness: Vectors, place: int) -> Iterator[Answering]:
    """Yield the sentences of a page that may answer a question.

    `likeness`, shape (sentences,), are their cosines to the question; `place` is that of the article among those that
    were found, from 0.
    """
    page, question = covered.page, covered.asked.question
    about = float(likeness.max(initial=0.0))
    if not covered.names_all or about < LEAST_ABOUT:
        return
    weights, grades, told = covered.asked.weights, covered.grades, _told_at_first(covered)
    apart = weights * (told < SAID)
    shares = covered.shares
    nowhere = float(weights[covered.said < NOWHERE].sum())
    with_context = np.maximum(grades, ABOUT_IT * told) @ weights
    before = np.zeros_like(grades)
    before[1:] = grades[:-1]
    with_before = np.maximum(grades, BEFORE * before) @ weights
    telling = grades @ apart / apart.sum() if apart.any() else np.ones(len(grades), np.float32)
    scores = (with_context + with_before + telling) / 3 + LIKENESS * likeness + ABOUT * about + FOUND / (1 + place)
    # The title makes no soldiers Russian: countries count where the sentence says them.
    entities = np.array([is_entity(term) for term in covered.asked.terms])
    about_it = np.maximum(grades, ABOUT_IT * np.where(entities, 0.0, told)) @ weights
    if nowhere > TOO_MUCH_NOWHERE and question.kind is not Kind.WHAT:
        return
    for number in range(len(page.sentences)):
        says_words = _says_enough(covered, number, float(shares[number]))
        apart_from_topic = telling[number] > 0 or nowhere < MOST_NOWHERE
        in_context = (
            question.kind is not Kind.SAID  # what somebody says is told by no title
            and about_it[number] >= ENOUGH_ABOUT
            and apart.any()
            and telling[number] >= ENOUGH_APART
            and nowhere < LEAST_NOWHERE
            and scores[number] >= LEAST_SCORE
        )
        if not ((says_words and apart_from_topic) or in_context):
            continue
        if question.kind in NEEDED and not holds_answer(question.kind, covered, number):
            continue
        if question.kind is Kind.SAID and not covered.names_speaker(number):
            continue
        if covered.keeps_together(number) and covered.keeps_rank(number):
            reason = question.kind is Kind.WHY and gives_reason(covered, number)
            yield Answering(number, float(scores[number]) + TYPED * (question.kind in NEEDED) + REASON * reason)


def _told_at_first(covered: Coverage) -> Vectors:
    """Return how well the title and the first sentence after it say each word of the question, shape (terms,)."""
    page = covered.page
    first = [number for number, sentence in enumerate(page.sentences) if not page.is_title(sentence)][:1]
    told: Vectors = np.maximum(covered.titled, covered.grades[first].max(axis=0, initial=0.0))
    return told


def _says_enough(covered: Coverage, number: int, share: float) -> bool:
    """Tell whether a sentence says enough of a question by itself; a word of cause counts where it asks why."""
    words = share * len(covered.asked.terms)
    if share >= ENOUGH_SHARE or words >= ENOUGH_WORDS:
        return True
    kind = covered.asked.question.kind
    return kind is Kind.WHY and words + CAUSE >= ENOUGH_WORDS and holds_answer(kind, covered, number)
