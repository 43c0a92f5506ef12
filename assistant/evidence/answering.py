"""Which sentences of an article say enough of a question to answer it, and how well each of them does.

What the title and the first sentence say is what the article is about: any other sentence is about it as well, and need
not say it again. What they do not say tells its sentences apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.answer_type import NEEDED, holds_answer, tells_cause
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

ENOUGH_ABOUT, ENOUGH_APART, LEAST_SCORE, LEAST_NOWHERE = 0.75, 0.6, 0.45, 0.1
"""Where a sentence says few of a question's words itself: the share that it must say with what the article is about,
the share of the words that tell sentences apart, its score without what is asked for; and the share from which words
that the article does not say at all rule it out.
"""

IN_CONTEXT, WITH_BEFORE, APART, LIKENESS, LEAD, TYPED, REASON, LENGTH = 0.6, 0.3, 0.1, 0.25, 0.1, 0.08, 0.2, 0.08
"""The score of a sentence: what it says of the question with what the article is about, and with the sentence before;
what it says of the words that tell sentences apart; its cosine to the question; how near the search's score of its
article comes to that of the first; the presence of what is asked for where no answer goes without; a cause of what is
asked about where it asks why; and, taken off, the logarithm of its length, for long sentences say many words by chance.

Fitted as a softmax over the sentences of a question (Cao et al. 2007, https://doi.org/10.1145/1273496.1273513) on
questions on news, most of them asked of a large archive, and rounded; the weight of a cause was chosen among two.
"""

SHORT = 5
"""Words that are added to a sentence's length before the logarithm."""

LEAST, LEAST_MORE, FEW = 0.33, 0.04, 100
"""Score below which nothing answers in an archive of `FEW` articles, and what is added for every tenfold of them.

The best of many sentences that say something else comes nearer to the question than the best of a few. It was
chosen on 621 questions asked of 58,846 articles: 41 in 100 wrong answers became 36 at the price of one right one, and
of the same questions asked without their articles 43 in 100 were declined instead of 28.
"""


@dataclass(frozen=True, slots=True)
class Answering:
    """A sentence of a page that may answer, by its number, and how well it does."""

    number: int
    score: float


def least_score(articles: int) -> float:
    """Return the score below which nothing answers in an archive of so many articles."""
    return LEAST + LEAST_MORE * log10(max(articles, FEW) / FEW)


def find_answering(covered: Coverage, likeness: Vectors, lead: float, least: float) -> Iterator[Answering]:
    """Yield the sentences of a page that may answer a question.

    `likeness`, shape (sentences,), are their cosines to the question; `lead` is how near the search's score of the
    article comes to the best one's, from 0 to 1; `least` is the score below which nothing answers.
    """
    page, question = covered.page, covered.asked.question
    about = float(likeness.max(initial=0.0))
    named = question.names.issuperset(covered.asked.terms)  # who is Ibrahim Kalin: vectors of names tell little
    if not covered.names_all or (about < LEAST_ABOUT and not named):
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
    lengths = np.diff(page.borders)
    scores = (
        IN_CONTEXT * with_context
        + WITH_BEFORE * with_before
        + APART * float(apart.sum()) * telling
        + LIKENESS * likeness
        + LEAD * lead
        + TYPED * (question.kind in NEEDED)
        - LENGTH * np.log(lengths + SHORT)
    )
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
        if scores[number] < least or not ((says_words and apart_from_topic) or in_context):
            continue
        if question.kind in NEEDED and not holds_answer(question.kind, covered, number):
            continue
        if question.kind is Kind.SAID and not covered.names_speaker(number):
            continue
        caused = tells_cause(covered, number) if question.kind is Kind.WHY else None
        if caused is not False and covered.keeps_together(number) and covered.keeps_rank(number):
            yield Answering(number, float(scores[number]) + REASON * bool(caused))


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
