"""What the tools do: what the commands of the same jobs do, over an archive that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.asking import narrow
from assistant.questions.checking import check_question
from assistant.rendering.answers import answer_json, answer_text, hits_json, hits_text
from assistant.rendering.check import places_json, places_text
from assistant.speech.timeline import statements_json, statements_text
from assistant.types import Answer
from assistant.verification.quotations import find_quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk import Desk
    from assistant.rendering.answers import Json
    from assistant.serve.tools.arguments import Ask, CheckQuote, Search, WhoSaid
    from index.types import Article

Going = Callable[[int], object]
"""Called between the parts of a work, with how many articles were read meanwhile; raises where it is to end."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool returns: for a program, the same for reading, and the articles that it comes from, each once."""

    json: Json
    text: str
    articles: tuple[Article, ...]


def ask(desk: Desk, asked: Ask, going: Going) -> Found:
    """Answer one question, as `isnad ask` does."""
    narrowed = narrow(asked.narrowing(), desk.assistant.archive)
    for piece in desk.assistant.stream(
        asked.question, language=asked.lang, filters=narrowed.filters, speaker=narrowed.speaker
    ):
        if isinstance(piece, Answer):
            cited = [citation.article for citation in piece.citations]
            return Found(answer_json(piece), answer_text(piece), _once(cited))
        going(0)
    raise AssertionError("an assistant's stream ends with its answer")


def search(desk: Desk, asked: Search, going: Going) -> Found:
    """Find passages, as `isnad search` does."""
    query = check_question(asked.query)
    narrowed = narrow(asked.narrowing(), desk.assistant.archive)
    hits = desk.assistant.search(query, narrowed.filters, asked.limit, speaker=narrowed.speaker)
    return Found(hits_json(query, hits), hits_text(hits, whole=True), _once([hit.passage.article for hit in hits]))


def check_quote(desk: Desk, asked: CheckQuote, going: Going) -> Found:
    """Look for a quotation, as `isnad check --quote` does."""
    places = find_quotation(asked.quote, desk.assistant.archive.articles(), progress=going)
    shown = places[: asked.limit]
    text = _with_count(places_text(asked.quote, shown), "places", 0, len(shown), len(places))
    json = places_json(asked.quote, shown) | {"total": len(places)}
    return Found(json, text, _once([place.article for place in shown]))


def who_said(desk: Desk, asked: WhoSaid, going: Going) -> Found:
    """Find statements, as `isnad statements` does."""
    about = check_question(asked.about) if asked.about.strip() else None
    narrowed = narrow(asked.narrowing(), desk.assistant.archive)
    if about is None:
        read = 0
        while progress := desk.spoken.follow():
            going(progress.read - read)
            read = progress.read
    rows = desk.spoken.rows(narrowed.speaker, about, narrowed.filters)
    told = list(desk.spoken.told(rows[asked.offset : asked.offset + asked.limit]))
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
