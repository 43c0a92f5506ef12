"""Statements by speaker, by topic and by day, in the order of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assistant.evidence.coverage import Asked, cover
from assistant.evidence.pages import Page
from assistant.questions.question import read_topic
from assistant.speech.speakers import SpeakerMatcher
from assistant.words.matching import Matcher
from index.errors import UnknownArticleError
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.ask import Assistant
    from index.followers.statement_index import StatementIndex
    from index.followers.statement_rows import Mentions
    from index.statement import Statement
    from index.types import Article

PASSAGES = 200
"""Passages near a topic in whose articles statements on it are looked for."""

ENOUGH_SAID = 0.6
"""Share of a topic's weight that the sentence of a statement on it must say."""


SPEAKERS_WORDS = 60_000
"""Words whose vectors are kept: those that the speakers of an archive of 60,000 articles are named by, twice over."""


class Row(NamedTuple):
    """A statement, the id of its article, and the day of the saying, or else of the article; None where unknown."""

    article_id: str
    statement: Statement
    day: date | None


class Told(NamedTuple):
    """A statement and its article."""

    article: Article
    statement: Statement

    @property
    def day(self) -> date | None:
        """The day of the saying, or else of the article; None where neither is stated."""
        return self.statement.said_on or self.article.published


class StatementSearch:
    """Finds the statements of an archive."""

    def __init__(self, assistant: Assistant, index: StatementIndex) -> None:
        self._assistant = assistant
        self._index = index
        self._matcher = Matcher(assistant.model, SPEAKERS_WORDS)
        self._speakers = SpeakerMatcher(self._matcher)

    def find(self, speaker: str | None = None, about: str | None = None, filters: Filters | None = None) -> list[Told]:
        """Return the statements of a speaker on a topic, of everyone or on anything where None, by day.

        A statement without a day comes last. The days of `filters` are those of the saying, or else of the article; one
        without either passes none. Raises QuestionError where the topic cannot be worked on.
        """
        return list(self.told(self.rows(speaker, about, filters)))

    def rows(self, speaker: str | None = None, about: str | None = None, filters: Filters | None = None) -> list[Row]:
        """Return the same as `find` in the same order, and leave the articles where they are: for long lists."""
        found = self._on_topic(speaker, about, filters) if about else self._by_speaker(speaker, filters)
        rows = [row for row in found if _passes(row.day, filters)]
        places = {article_id: path for path, article_id in self._assistant.archive.paths().items()}
        return sorted(rows, key=lambda row: _by_day(row, places.get(row.article_id, "")))

    def told(self, rows: Sequence[Row]) -> Iterator[Told]:
        """Yield statements with their articles; those of an article that was removed since are left out."""
        articles: dict[str, Article | None] = {}
        for row in rows:
            if row.article_id not in articles:
                articles[row.article_id] = self._article(row.article_id)
            if article := articles[row.article_id]:
                yield Told(article, row.statement)

    def _by_speaker(self, speaker: str | None, filters: Filters | None) -> Iterator[Row]:
        archive = self._assistant.archive
        self._index.catch_up(archive)
        chosen = None if speaker is None else self._speakers.find(speaker, self._index)
        undated = _undated(filters)
        passing = None if undated is None else archive.table().ids_of(undated)
        published = archive.published()
        for article_id, statement in self._index.statements(chosen):
            if article_id in published and (passing is None or article_id in passing):
                yield Row(article_id, statement, statement.said_on or published[article_id])

    def _article(self, article_id: str) -> Article | None:
        try:
            return self._assistant.archive.article(article_id)
        except UnknownArticleError:  # removed by another process since
            return None

    def _on_topic(self, speaker: str | None, about: str, filters: Filters | None) -> Iterator[Row]:
        topic = read_topic(about)
        hits = self._assistant.search(topic.text, _undated(filters), PASSAGES)
        pages = [Page.of(article) for article in dict.fromkeys(hit.passage.article for hit in hits)]
        chosen: set[Mentions] | None = None
        if speaker is not None:
            chosen = self._speakers.select(speaker, (said.mentions for page in pages for said in page.statements))
        asked = Asked.of(topic, [term.text for term in topic.terms], self._matcher)
        for covered in cover(pages, asked, self._matcher):
            scores = covered.scores.tolist()
            for said in covered.page.statements:
                score = max((scores[number] for number in covered.page.reached(said)), default=0.0)
                if (chosen is None or said.mentions in chosen) and score >= ENOUGH_SAID:
                    yield Row(covered.page.article.id, said, said.said_on or covered.page.article.published)


def _by_day(row: Row, path: str) -> tuple[bool, date, str, tuple[int, int]]:
    return row.day is None, row.day or date.min, path, row.statement.words


def _undated(filters: Filters | None) -> Filters | None:
    """Return filters without their days, which are of the saying and not of the article; None where none remain."""
    undated = replace(filters or Filters(), published_from=None, published_to=None)
    return None if undated == Filters() else undated


def _passes(day: date | None, filters: Filters | None) -> bool:
    if filters is None or (filters.published_from is None and filters.published_to is None):
        return True
    first, last = filters.published_from or date.min, filters.published_to or date.max
    return day is not None and first <= day <= last
