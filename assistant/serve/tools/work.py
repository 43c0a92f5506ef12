"""What the tools do: what the commands of the same jobs do, over an archive that is open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.chat.ask.form import Refusal, read_narrowing
from assistant.question import check_question
from assistant.render import answer_json, answer_text, hits_json, hits_text
from assistant.render_check import places_json, places_text
from assistant.speech.statement_search import StatementSearch
from assistant.speech.statements import StatementFinder
from assistant.speech.timeline import statements_json, statements_text
from assistant.types import Answer
from assistant.verification.quotations import find_quotation
from index.encoders.static import StaticEncoder
from index.errors import FilterError
from index.followers.statement_index import StatementIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.ask import Assistant
    from assistant.chat.ask.form import Narrowing
    from assistant.desk import Desk
    from assistant.render import Json
    from assistant.serve.tools.arguments import Ask, CheckQuote, Search, WhoSaid
    from assistant.types import Narrowed
    from index.types import Article

Going = Callable[[int], object]
"""Called between the parts of a work, with how many articles were read meanwhile; raises where it is to end."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool returns: for a program, the same for reading, and the articles that it comes from, each once."""

    json: Json
    text: str
    articles: tuple[Article, ...]


class Opened:
    """An archive that is open, and what finds its statements; threads may share it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._statements: tuple[StatementIndex, StatementSearch] | None = None

    @property
    def assistant(self) -> Assistant:
        """The assistant. Raises IsnadError where it could not be opened."""
        return self._desk.assistant

    def narrow(self, fields: Narrowing) -> Narrowed:
        """Return what is asked within. Raises FilterError where the archive has no such thing."""
        narrowed = read_narrowing(fields, self.assistant.archive, "en")
        if isinstance(narrowed, Refusal):
            raise FilterError(narrowed.message)
        return narrowed

    def statements(self, going: Going) -> StatementSearch:
        """Return what finds the statements, those of every article found before."""
        archive = self.assistant.archive
        with self._lock:  # made once, as it holds a copy of the model
            if self._statements is None:
                index = StatementIndex(archive.folder, StatementFinder())
                self._statements = index, StatementSearch(self.assistant, index, StaticEncoder())
            index, search = self._statements
        index.catch_up(archive, going)
        return search


def ask(opened: Opened, asked: Ask, going: Going) -> Found:
    """Answer one question, as `isnad ask` does."""
    narrowed = opened.narrow(asked.narrowing())
    for piece in opened.assistant.stream(
        asked.question, language=asked.lang, filters=narrowed.filters, speaker=narrowed.speaker
    ):
        if isinstance(piece, Answer):
            cited = [citation.article for citation in piece.citations]
            return Found(answer_json(piece), answer_text(piece), _once(cited))
        going(0)
    raise AssertionError("an assistant's stream ends with its answer")


def search(opened: Opened, asked: Search, going: Going) -> Found:
    """Find passages, as `isnad search` does."""
    query = check_question(asked.query)
    narrowed = opened.narrow(asked.narrowing())
    hits = opened.assistant.search(query, narrowed.filters, asked.limit, speaker=narrowed.speaker)
    return Found(hits_json(query, hits), hits_text(hits, whole=True), _once([hit.passage.article for hit in hits]))


def check_quote(opened: Opened, asked: CheckQuote, going: Going) -> Found:
    """Look for a quotation, as `isnad check --quote` does."""
    places = find_quotation(asked.quote, opened.assistant.archive.articles(), progress=going)
    shown = places[: asked.limit]
    text = _with_count(places_text(asked.quote, shown), "places", 0, len(shown), len(places))
    json = places_json(asked.quote, shown) | {"total": len(places)}
    return Found(json, text, _once([place.article for place in shown]))


def who_said(opened: Opened, asked: WhoSaid, going: Going) -> Found:
    """Find statements, as `isnad statements` does."""
    about = check_question(asked.about) if asked.about.strip() else None
    narrowed = opened.narrow(asked.narrowing())
    statements = opened.statements(going)
    rows = statements.rows(narrowed.speaker, about, narrowed.filters)
    told = list(statements.told(rows[asked.offset : asked.offset + asked.limit]))
    text = _with_count(statements_text(told), "statements", asked.offset, len(told), len(rows))
    return Found(statements_json(told) | {"total": len(rows)}, text, _once([one.article for one in told]))


def _with_count(text: str, noun: str, first: int, shown: int, total: int) -> str:
    """Return a text that says which part of the whole it is, where it is not all."""
    if shown == total:
        return text
    if not shown:
        return f"there are {total:,} {noun}; none comes after the first {first:,}"
    return f"{noun} {first + 1}–{first + shown} of {total:,}:\n{text}"


def _once(articles: Sequence[Article]) -> tuple[Article, ...]:
    return tuple({article.id: article for article in articles}.values())
