"""Articles laid out as sentences and statements, and how much of a question each sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.gazetteer import is_entity
from assistant.lexicon import CAUSES, NUMBER_WORDS, office_of
from assistant.question import Kind
from assistant.statements import Statement, find_statements
from index.chunk import body_sentences
from index.dates import WEEKDAYS, find_dates
from index.text import Token, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.matching import Matcher
    from assistant.question import Question
    from index.types import Article, Vectors

BY_SPEAKER = 0.9
"""What a question word counts that the sentence does not say, but another name of its speaker: he is Lavrov."""

FIRST_NAME = 0.3
"""What a first name counts beside the family name that follows it."""

TOPIC = 1.5
"""What a word counts that stands after «about»."""

NEAR, PAGE = 0.5, 0.2
"""What a question word counts that the sentence does not say: said by a sentence beside it, or elsewhere on the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article, its own sentences with their words, and who says what in it.

    `names` are the Latin words that the article writes as names; `speakers` holds, a set a sentence, the words of every
    form in which the article names those who speak in it.
    """

    article: Article
    sentences: tuple[tuple[int, int], ...]
    words: tuple[tuple[Token, ...], ...]
    statements: tuple[Statement, ...]
    names: frozenset[str]
    speakers: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, article: Article) -> Page:
        offsets = tuple(body_sentences(article))
        words = tuple(
            tuple(
                Token(start + word.start, start + word.end, word.text, word.stem)
                for word in tokens(article.text[start:end])
            )
            for start, end in offsets
        )
        names = frozenset(word.text for group in words for word in group if article.text[word.start].isupper())
        statements = find_statements(article)
        said_by: dict[tuple[int, int], set[str]] = {}
        for statement in statements:
            mentioned = {word.text for mention in statement.mentions for word in tokens(mention)}
            said_by.setdefault(statement.sentence, set()).update(mentioned)
        speakers = tuple(frozenset(said_by.get(sentence, ())) for sentence in offsets)
        return cls(article, offsets, words, statements, names, speakers)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well the sentences of one page say the words of a question.

    `grades` has shape (sentences, terms), each from 0 to 1, for the sentence alone; `scores` has shape (sentences,) and
    counts what stands around it too, weighted by how much each word tells. `every` holds, an array a
    sentence of shape (terms, words), the grade of each of its words for each term. `words` holds, an array a sentence, how well
    each of its words says some word of the question that is neither a name nor a country.
    """

    page: Page
    grades: Vectors
    scores: Vectors
    weights: Vectors
    terms: tuple[str, ...]
    every: tuple[Vectors, ...]
    words: tuple[Vectors, ...]


def cover(pages: Iterable[Page], terms: list[str], question: Question, matcher: Matcher) -> list[Coverage]:
    """Grade every sentence of the pages for these words of a question, all folded."""
    names, first_names, topics = question.names, question.first_names, question.topics
    factors = [FIRST_NAME if term in first_names else TOPIC if term in topics else 1.0 for term in terms]
    weights = matcher.weights(terms) * np.array(factors, np.float32)
    weights = weights / max(float(weights.sum()), 1e-9)
    covered = []
    for page in pages:
        vocabulary = list(dict.fromkeys(word.text for words in page.words for word in words))
        place = {word: column for column, word in enumerate(vocabulary)}
        every = matcher.grades(terms, vocabulary, names | page.names)
        grades = np.zeros((len(page.sentences), len(terms)), np.float32)
        for row, words in enumerate(page.words):
            if words:
                grades[row] = every[:, [place[word.text] for word in words]].max(axis=1)
        for row, said_by in enumerate(page.speakers):
            named = [place[word] for word in said_by if word in place]
            if named:
                grades[row] = np.maximum(grades[row], BY_SPEAKER * every[:, named].max(axis=1))
        beside = np.zeros_like(grades)
        beside[1:] = grades[:-1]
        beside[:-1] = np.maximum(beside[:-1], grades[1:])
        around = np.maximum(NEAR * beside, PAGE * grades.max(axis=0, initial=0.0))
        topical = every[[row for row, term in enumerate(terms) if term not in names and not is_entity(term)]]
        best = topical.max(axis=0, initial=0.0)
        said = tuple(best[[place[word.text] for word in words]] for words in page.words)
        by_word = tuple(every[:, [place[word.text] for word in words]] for words in page.words)
        scores = np.maximum(grades, around) @ weights
        covered.append(Coverage(page, grades, scores, weights, tuple(terms), by_word, said))
    return covered


_AGO = re.compile(
    r"(?<!\w)(?:قبل (?:يومين|\w+ (?:ايام|اسابيع|اشهر|سنوات|يوم\w*))|الشهر الماضي|العام الماضي|الاسبوع الماضي|(?:last|next) (?:week|month|year)"
    r"|\w+ (?:days|weeks|months|years) ago|في وقت لاحق|في وقت سابق)(?!\w)"
)  # fmt: skip


def keeps_together(question: Question, covered: Coverage, number: int) -> bool:
    """Tell whether an office of the question is said with the words that belong to it: «وزير الخارجية التركي».

    A sentence that names the Russian minister and the Turks does not name the Turkish minister.
    """
    for phrase in question.office_phrases:
        columns = [covered.terms.index(word) for word in phrase]
        said = [np.flatnonzero(covered.every[number][column] >= SAID) for column in columns]
        needed = (is_entity(word) or office_of(word) for word in phrase)
        if any(need and not len(places) for need, places in zip(needed, said, strict=True)):
            return False
        said = [places for places in said if len(places)]
        if any(np.abs(first[:, None] - second).min() > len(phrase) for first, second in pairwise(said)):
            return False
    return True


def holds_answer(kind: Kind, covered: Coverage, number: int) -> bool:
    """Tell whether a sentence holds the sort of thing that a question of this kind asks for.

    Only dates, numbers and causes can be told by their form; for every other kind the answer is yes. A number must stand
    close to a word that the question asks about: four Turkish soldiers are no four Russian ones.
    """
    page = covered.page
    start, end = page.sentences[number]
    text = page.article.text[start:end]
    if kind is Kind.WHEN:
        return bool(find_dates(text)) or bool(_AGO.search(fold_text(text)))
    if kind is Kind.HOW_MANY:
        return _counts(page.words[number], covered.words[number])
    if kind is Kind.WHY:
        return any(word.text in CAUSES for word in page.words[number])
    return True


CLOSE = 4
"""Words between a number and what it counts, at most."""


def _counts(words: tuple[Token, ...], said: Vectors) -> bool:
    """Tell whether a number stands close to a word that the question asks about; `said` grades each word, shape (words,)."""
    numbers = [place for place in range(len(words)) if _is_number(words, place)]
    return any(said[max(0, place - CLOSE) : place + CLOSE + 1].max(initial=0.0) >= SAID for place in numbers)


SAID = 0.5
"""Grade from which an article's word says a question's word."""


def _is_number(words: tuple[Token, ...], place: int) -> bool:
    word = words[place].text
    if word in WEEKDAYS:
        return False  # الاثنين is Monday, though it is two as well
    bare = word.removeprefix("و").removeprefix("ال")
    if word[0].isdigit() or word in NUMBER_WORDS or bare in NUMBER_WORDS:
        return True
    # A dual states two. Its ending is a plural's as well, so its adjective must agree: جنديين تركيين.
    following = words[place + 1].text if place + 1 < len(words) else ""
    return bool(_DUAL.match(word) and _DUAL.match(following))


_DUAL = re.compile(r"^(?!ال)\w{3,}(?:ين|ان)$")
