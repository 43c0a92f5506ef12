"""Articles laid out as sentences and statements, and how much of a question each sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.lexicon import CAUSES, NUMBER_WORDS
from assistant.question import Kind
from assistant.statements import Statement, find_statements
from index.chunk import body_sentences
from index.dates import find_dates
from index.text import Token, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.matching import Matcher
    from index.types import Article, Vectors

BY_SPEAKER = 0.9
"""What a question word counts that the sentence does not say, but another name of its speaker: he is Lavrov."""

FIRST_NAME = 0.3
"""What a first name counts beside the family name that follows it."""

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
    counts what stands around it too, weighted by how much each word tells.
    """

    page: Page
    grades: Vectors
    scores: Vectors
    weights: Vectors


def cover(
    pages: Iterable[Page], terms: list[str], names: frozenset[str], first_names: frozenset[str], matcher: Matcher
) -> list[Coverage]:
    """Grade every sentence of the pages for the terms of a question, all folded."""
    weights = matcher.weights(terms) * np.array(
        [FIRST_NAME if term in first_names else 1.0 for term in terms], np.float32
    )
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
        covered.append(Coverage(page, grades, np.maximum(grades, around) @ weights, weights))
    return covered


_AGO = re.compile(
    r"(?<!\w)(?:قبل (?:يومين|\w+ (?:ايام|اسابيع|اشهر|سنوات|يوم\w*))|الشهر الماضي|العام الماضي|الاسبوع الماضي|(?:last|next) (?:week|month|year)"
    r"|\w+ (?:days|weeks|months|years) ago|في وقت لاحق|في وقت سابق)(?!\w)"
)  # fmt: skip


def holds_answer(kind: Kind, page: Page, number: int) -> bool:
    """Tell whether a sentence holds the sort of thing that a question of this kind asks for.

    Only dates, numbers and causes can be told by their form; for every other kind the answer is yes.
    """
    start, end = page.sentences[number]
    text = page.article.text[start:end]
    if kind is Kind.WHEN:
        return bool(find_dates(text)) or bool(_AGO.search(fold_text(text)))
    if kind is Kind.HOW_MANY:
        return any(_is_number(word.text) for word in page.words[number])
    if kind is Kind.WHY:
        return any(word.text in CAUSES for word in page.words[number])
    return True


_DUAL = re.compile(r"^(?:ال|لل|بال)?\w{3,}(?:ين|ان)$")


def _is_number(word: str) -> bool:
    bare = word.removeprefix("و").removeprefix("ال")
    return word[0].isdigit() or word in NUMBER_WORDS or bare in NUMBER_WORDS or bool(_DUAL.match(word))
