"""An assistant that answers from a shelf of prepared answers, for the tests of what shows answers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from assistant.types import Answer, Citation, Sentence, Support
from index.archive.table import ArticleTable
from index.cleaning.clean import clean
from index.encoders.static import StaticEncoder
from index.errors import QuestionError, UnknownArticleError
from index.text import detect_language
from index.types import Article, Filters, Hit, Language, Passage
from tests.parts.archives import bundled
from tests.parts.places import SEEDS


def article(path: str, text: str, source: str | None = None) -> Article:
    """An article as ingest makes it, named by its path."""
    found = clean(text)
    return Article(
        id=path,
        path=path,
        text=text,
        language=detect_language(text),
        title=found.title,
        source=source,
        published=found.published,
        agency=found.agency,
        dateline=found.dateline,
        spans=found.spans,
    )


def seed(number: int) -> Article:
    """The seed article of this number."""
    path = next(SEEDS.glob(f"{number:03}_*.txt"))
    return article(f"seeds/{path.name}", path.read_bytes().decode("utf-8"))


def run(article: Article, first: str, last: str = "") -> tuple[Article, int, int]:
    """The run of an article from some first words to the end of the last words; the first words alone without these."""
    start = article.text.index(first)
    return article, start, article.text.index(last, start + len(first)) + len(last) if last else start + len(first)


def cite(article: Article, first: str, last: str = "", speaker: str | None = None) -> Citation:
    """A citation of that run."""
    return Citation(*run(article, first, last), speaker)


def answered(
    question: str, *sentences: tuple[str, tuple[Citation, ...]], support: Support = Support.SUPPORTED
) -> Answer:
    """An answer of cited sentences."""
    written = tuple(Sentence(text, citations, support) for text, citations in sentences)
    return Answer(question, detect_language(question), written, None, (), 0.03)


def declined(question: str, reason: str, *near: tuple[Article, int, int]) -> Answer:
    """A declined question with its nearest passages."""
    hits = tuple(Hit(Passage(*run), 1.0 / place) for place, run in enumerate(near, 1))
    return Answer(question, detect_language(question), (), reason, hits, 0.02)


@dataclass(frozen=True, slots=True)
class Librarian:
    """Gives the prepared answer to a question, and declines every other one; a blank or overlong one is an error.

    A question is understood as `understood` says, whatever was asked before.
    """

    shelf: tuple[Answer, ...]
    asked: list[str] = field(default_factory=list)
    histories: list[list[str]] = field(default_factory=list)
    understood: dict[str, str] = field(default_factory=dict)
    identity: str = "shelf"
    generation: int = 1

    @property
    def folder(self) -> Path:
        """A place where nothing can be kept."""
        return Path(os.devnull)

    @property
    def archive(self) -> Librarian:
        """Itself, as far as reading goes."""
        return self

    @property
    def model(self) -> StaticEncoder:
        """The bundled model."""
        return bundled()

    def article(self, article_id: str) -> Article:
        """An article that one of the prepared answers speaks of."""
        try:
            return self._articles()[article_id]
        except KeyError:
            raise UnknownArticleError(f"no article '{article_id}'") from None

    def articles_of(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Those of some articles that the prepared answers speak of."""
        held = self._articles()
        return {name: held[name] for name in article_ids if name in held}

    def _articles(self) -> dict[str, Article]:
        cited = [citation.article for answer in self.shelf for citation in answer.citations]
        near = [hit.passage.article for answer in self.shelf for hit in answer.passages]
        return {article.id: article for article in [*near, *cited]}

    def published(self) -> dict[str, date | None]:
        return {name: article.published for name, article in self._articles().items()}

    def paths(self, filters: Filters | None = None) -> dict[str, str]:
        wanted = filters.language if filters else None
        return {
            article.path: name for name, article in self._articles().items() if article.language == wanted or not wanted
        }

    def arrivals(self, after: int = 0) -> dict[int, str]:
        return {number: name for number, name in enumerate(self._articles(), 1) if number > after}

    def count_articles(self) -> int:
        return len(self._articles()) or 1  # an empty archive would not be asked

    def table(self) -> ArticleTable:
        """No article states an outlet."""
        return ArticleTable.of(0, (), np.zeros(0, np.int64), np.zeros(0, np.int64))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters | None = None,
        speaker: str | None = None,
    ) -> Iterator[str | Answer]:
        yield self.ask(question, history=history)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        language: Language | None = None,
        filters: Filters | None = None,
        speaker: str | None = None,
    ) -> Answer:
        self.asked.append(question)
        self.histories.append(list(history))
        if not question.strip():
            raise QuestionError("the question is empty; type one")
        if len(question) > 2000:
            raise QuestionError(f"the question has {len(question)} characters; ask one of at most 2000")
        prepared = {answer.question: answer for answer in self.shelf}
        answer = prepared.get(question) or declined(question, "Nothing on the shelf.")
        return replace(answer, understood=self.understood.get(question))
