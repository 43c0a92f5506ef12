"""How much of a question each sentence of an article says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.events import raise_by_event
from assistant.words.bodies import find_bodies
from assistant.words.gazetteer import is_entity
from assistant.words.offices import offices_of, same_office
from assistant.words.quantities import find_quantities
from index.clauses import find_clauses
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from assistant.evidence.pages import Page
    from assistant.questions.question import Question
    from assistant.words.matching import Matcher
    from index.types import Vectors

BY_SPEAKER = 0.9
"""What a question word counts that the sentence does not say, but another name of its speaker: he is Lavrov."""

FIRST_NAME = 0.3
"""What a first name counts beside the family name that follows it."""

TOPIC = 1.5
"""What a word counts that stands after «about»."""

NEAR, PAGE = 0.5, 0.2
"""What a question word counts that a sentence does not say, but one beside it does, or another one on the page."""

TITLED = 0.6
"""What a question word counts that the article's title says, where it is to be told whether a sentence says enough."""

SAID, NOWHERE = 0.5, 0.4
"""Grades from which an article's word says a question's word, and below which no word of an article says any of it."""

CLAUSE, NEAREST, BESIDE = 0.4, 0.75, 6
"""What belongs to what is asked: a share of what the sentence says of it, and of what is said best; words beside it."""

NAMED, NAMED_SPEAKER = 0.4, 0.65
"""Mean grades from which a name is said on a page, and the speaker asked for in a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The words of a question that sentences are graded by, folded, and how much each counts, together 1.

    `ranks` are its ordinals, each with a word beside it: 1 and «قمة» in «القمة الأولى»; `countries` its words for
    countries, each with the word that it stands by: russian and soldiers.
    """

    question: Question
    terms: tuple[str, ...]
    weights: Vectors
    ranks: tuple[tuple[Fraction, str], ...] = ()
    countries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, question: Question, terms: Sequence[str], matcher: Matcher) -> Asked:
        """Weigh some words of a question by how much they tell, and by their place in it."""
        factors = np.ones(len(terms), np.float32)
        for at, term in enumerate(terms):
            if term in question.first_names:
                factors[at] = FIRST_NAME
            elif term in question.topics:
                factors[at] = TOPIC
        weights = matcher.weights(terms) * factors
        ranks = tuple((rank, word) for rank, word, _ in _ranked(question.text) if word in terms)
        weights = weights / max(float(weights.sum()), 1e-9)
        return cls(question, tuple(terms), weights, ranks, tuple(_countries(question, terms)))


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How well the sentences of one page say the words of a question; every grade is from 0 to 1.

    `graded`, shape (terms, vocabulary), grades each word that the page knows, and `by_word`, shape (terms, words), each
    of its sentences; `grades`, shape (sentences, terms), each sentence for itself, by its best word or by the name of
    its speaker; `titled`, shape (terms,), the title.
    """

    page: Page
    asked: Asked
    graded: Vectors
    by_word: Vectors
    grades: Vectors
    titled: Vectors

    @property
    def shares(self) -> Vectors:
        """The share of the question that each sentence says, the title counted in part, shape (sentences,).

        A title on Russia makes no soldiers Russian: names and countries count where the sentence says them.
        """
        names = self.asked.question.names
        counted = np.array([TITLED * (not is_entity(term) and term not in names) for term in self.asked.terms])
        return np.asarray(np.maximum(self.grades, counted * self.titled) @ self.asked.weights, np.float32)

    @property
    def told_at_first(self) -> Vectors:
        """How well the title and the first sentence after it say each word of the question, shape (terms,)."""
        page = self.page
        first = [number for number, sentence in enumerate(page.sentences) if not page.is_title(sentence)][:1]
        return np.asarray(np.maximum(self.titled, self.grades[first].max(axis=0, initial=0.0)), np.float32)

    @property
    def said(self) -> Vectors:
        """How well the page as a whole says each word of the question, shape (terms,)."""
        return np.asarray(np.maximum(self.titled, self.grades.max(axis=0, initial=0.0)), np.float32)

    @property
    def nowhere(self) -> float:
        """The share of the question that the page does not say at all."""
        return float(self.asked.weights[self.said < NOWHERE].sum())

    @property
    def scores(self) -> Vectors:
        """The share of the question that each sentence says, what stands around it counted too, shape (sentences,)."""
        beside = np.zeros_like(self.grades)
        beside[1:] = self.grades[:-1]
        beside[:-1] = np.maximum(beside[:-1], self.grades[1:])
        return self._scored_beside(beside)

    @property
    def spoken_scores(self) -> Vectors:
        """The same, but of what stands beside a sentence only what its speaker goes on to say, shape (sentences,).

        Beside what somebody says of Turkey, another may speak of the rebels.
        """
        beside = np.zeros_like(self.grades)
        for before, (one, other) in enumerate(pairwise(self.page.voices)):
            if one & other:
                beside[before + 1] = self.grades[before]
                beside[before] = np.maximum(beside[before], self.grades[before + 1])
        return self._scored_beside(beside)

    def _scored_beside(self, beside: Vectors) -> Vectors:
        """Score sentences by their own grades and what stands around each: `beside` it, shape (sentences, terms)."""
        around = np.maximum(NEAR * beside, PAGE * self.grades.max(axis=0, initial=0.0))
        return np.asarray(np.maximum(self.grades, around) @ self.asked.weights, np.float32)

    @property
    def names_all(self) -> bool:
        """Whether the page says every name and country of the question; of a name of two words, one may be enough.

        A page that names no country at all need not name its own: a paper at home writes of the ministry.
        """
        lacking, words = self.names_lacking, self.page.vocabulary
        at_home = bool(words) and all(map(is_entity, lacking)) and not any(map(is_entity, words))
        return not lacking or at_home

    @property
    def names_lacking(self) -> list[str]:
        """The names and countries of the question that the page does not say, a word of each."""
        best = dict(zip(self.asked.terms, self.said.tolist(), strict=True))
        groups = [[term for term in group if term in best] for group in self.asked.question.name_groups]
        return [group[0] for group in groups if group and sum(best[term] for term in group) < NAMED * len(group)]

    def topical(self, number: int) -> NDArray[np.bool_]:
        """Return which words of a sentence say a word of the question that is neither a name nor a country."""
        names = self.asked.question.names
        return self.says(number, [term for term in self.asked.terms if term not in names and not is_entity(term)])

    def grades_of(self, term: str) -> Vectors:
        """Return how well each sentence says one word of the question, shape (sentences,)."""
        return self.grades[:, self.asked.terms.index(term)]

    def says(self, number: int, terms: Collection[str]) -> NDArray[np.bool_]:
        """Return which words of a sentence say one of some words of the question."""
        rows = [row for row, term in enumerate(self.asked.terms) if term in terms]
        return np.asarray((self.word_grades(number)[rows] >= SAID).any(axis=0), np.bool_)

    def most_asked(self, number: int, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return those of some runs of a sentence that belong to what is asked: a date of that event, and no other's.

        The clause of such a run, and the words beside it, say at least `CLAUSE` of what the sentence says of the
        question, and of the best one's share at least `NEAREST`. Runs are code points into the sentence.
        """
        text = self.page.text(number)
        words, clauses, grades = tokens(text), find_clauses(text), self.word_grades(number)
        whole = float(grades.max(axis=1, initial=0.0) @ self.asked.weights)
        shares = []
        for start, end in runs:
            first, last = next(clause for clause in clauses if clause[0] <= start < clause[1])
            inside = [place for place, word in enumerate(words) if word.end > start and word.start < end]
            beside = range(inside[0] - BESIDE, inside[-1] + BESIDE + 1) if inside else range(0)
            places = [at for at, word in enumerate(words) if first <= word.start < last or at in beside]
            shares.append(float(grades[:, places].max(axis=1, initial=0.0) @ self.asked.weights))
        least = max(CLAUSE * whole, NEAREST * max(shares, default=0.0))
        return [run for run, share in zip(runs, shares, strict=True) if share >= least]

    def nearest_topic(self, number: int, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return those of some runs of a sentence that stand by a word of what is asked, nearer than the others."""
        words, topical = tokens(self.page.text(number)), np.flatnonzero(self.topical(number))
        distances = []
        for start, end in runs:
            inside = [place for place, word in enumerate(words) if word.end > start and word.start < end]
            parted = np.maximum(inside[0] - topical, topical - inside[-1]) if inside else topical + len(words)
            distances.append(int(parted[parted > 0].min(initial=len(words))))
        least = min(distances, default=len(words))
        return [run for run, distance in zip(runs, distances, strict=True) if distance == least <= BESIDE]

    def names_speaker(self, number: int, *, whole: bool = False) -> bool:
        """Tell whether a sentence itself names the speaker asked for; if need be, by every word of the name."""
        speaker = self.asked.question.speaker_words
        columns = [column for column, term in enumerate(self.asked.terms) if term in speaker]
        grades = self.grades[number, columns]
        return bool(columns) and float(grades.min() if whole else grades.mean()) >= NAMED_SPEAKER

    def keeps_rank(self, number: int) -> bool:
        """Tell whether a sentence speaks of no other one in the order: the second summit is not the first."""
        if not self.asked.ranks:
            return True
        grades = self.word_grades(number)
        given = list(_ranked(self.page.text(number)))
        for rank, word in self.asked.ranks:
            row = grades[self.asked.terms.index(word)]
            told = {other for other, _, place in given if row[place] >= SAID}
            if told and rank not in told:
                return False
        return True

    def keeps_country(self, number: int) -> bool:
        """Tell whether a sentence gives what is asked about to no other country: Turkish soldiers are not Russian.

        It does where it does not say the country that stands by a word of the question, and says that word by another.
        """
        words = self.page.words(number)
        grades = self.word_grades(number)
        countries = [place for place, word in enumerate(words) if is_entity(word)]
        for country, word in self.asked.countries:
            row = grades[self.asked.terms.index(word)]
            if countries and not (grades[self.asked.terms.index(country)] >= SAID).any():
                near = [place for at in countries for place in (at - 1, at + 1) if 0 <= place < len(words)]
                if (row[near] >= SAID).any():
                    return False
        return True

    def word_grades(self, number: int) -> Vectors:
        """Return the grades of a sentence's words, shape (terms, words of the sentence)."""
        return self.by_word[:, self.page.borders[number] : self.page.borders[number + 1]]


def _ranked(text: str) -> Iterator[tuple[Fraction, str, int]]:
    """Yield each ordinal of a text with the words right before and after it, and their places among its words."""
    ordinals = [one for one in find_quantities(text) if one.ordinal]
    words = tokens(text) if ordinals else []
    for one in ordinals:
        inside = [place for place, word in enumerate(words) if word.end > one.start and word.start < one.end]
        for place in (inside[0] - 1, inside[-1] + 1) if inside else ():
            if 0 <= place < len(words):
                yield one.value, words[place].text, place


def _countries(question: Question, terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each country of a question with the word that it belongs to: before it in Arabic, after it in English."""
    for one, other in pairwise(tokens(question.text)):
        country, word = (other.text, one.text) if question.language == "ar" else (one.text, other.text)
        if other.start == one.end + 1 and is_entity(country) and not is_entity(word) and {country, word} <= set(terms):
            yield country, word


def cover(pages: Sequence[Page], asked: Asked, matcher: Matcher) -> list[Coverage]:
    """Grade every sentence of the pages, whose words are compared together: most pages share most of theirs."""
    place: dict[str, int] = {}
    for page in pages:
        for word in page.vocabulary:
            place.setdefault(word, len(place))
    names = asked.question.names.union(*(page.names for page in pages))
    graded = matcher.grades(asked.terms, tuple(place), names)
    raise_by_event(graded, asked.terms, tuple(place))
    named = _named(asked)
    return [_covered(page, asked, graded[:, [place[word] for word in page.vocabulary]], named) for page in pages]


_Named = tuple[list[tuple[int, str]], dict[int, range]]
"""The office that a term of a question names, or belongs to, by the term's number; the terms that name each body."""


def _named(asked: Asked) -> _Named:
    offices = [
        (asked.terms.index(word), office)
        for phrase in asked.question.offices
        for word, office in zip(phrase, offices_of(phrase), strict=True)
        if office is not None
    ]
    return offices, dict(find_bodies(asked.terms))


def _raise_by_name(by_word: Vectors, page: Page, named: _Named) -> None:
    """Grade the words of a page, shape (terms, words), that name an office or a body which the question names."""
    offices, bodies = named
    words = [page.vocabulary[column] for column in page.columns] if offices or bodies else []
    told = offices_of(words, joined=True) if offices else []
    for row, own in offices:
        by_word[row, [office is not None and same_office(office, own) for office in told]] = 1.0
    for body, places in find_bodies(words) if bodies else ():
        if body in bodies:
            by_word[bodies[body].start : bodies[body].stop, places.start : places.stop] = 1.0


def _covered(page: Page, asked: Asked, graded: Vectors, named: _Named) -> Coverage:
    """Lay out the grades of a page's vocabulary, shape (terms, vocabulary), by its sentences."""
    by_word = graded[:, page.columns]
    _raise_by_name(by_word, page, named)
    grades = np.maximum.reduceat(by_word, page.borders[:-1], axis=1).T if len(page.sentences) else by_word.T
    for number, speaker in enumerate(page.speakers):
        if len(speaker):
            np.maximum(grades[number], BY_SPEAKER * graded[:, speaker].max(axis=1), out=grades[number])
    for first, last in asked.question.first_names.items():
        if {first, last} <= set(asked.terms):
            one, other = asked.terms.index(first), asked.terms.index(last)
            if grades[:, one].max(initial=0.0) >= SAID:  # whom the page names in full it need not so name again
                grades[:, one] = np.maximum(grades[:, one], grades[:, other])
    titles = [number for number, sentence in enumerate(page.sentences) if page.is_title(sentence)]
    titled = np.maximum(grades[titles].max(axis=0, initial=0.0), graded[:, page.headline].max(axis=1, initial=0.0))
    return Coverage(page, asked, graded, by_word, grades, titled)
