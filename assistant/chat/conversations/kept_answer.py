"""A kept answer as it was given, its citations in the articles that the archive still holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.types import Answer, Citation, Narrowed, Resolved, Sentence, Support
from index.errors import UnknownArticleError
from index.types import Filters, Hit, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.rendering.answers import Json
    from index.types import Archive, Article


def restore_answer(kept: Json, archive: Archive) -> Answer:
    """Return the answer that ``isnad ask --json`` printed as `kept`.

    Passages, and other articles with the same words, are left out where they are gone. Raises UnknownArticleError
    where an article is that the answer cites.
    """
    facts: dict[str, Any] = kept
    citations = {one["n"]: _citation(one, archive) for one in facts["citations"]}
    return Answer(
        facts["question"],
        facts["language"],
        tuple(
            Sentence(one["text"], tuple(citations[n] for n in one["citations"]), Support(one["support"]))
            for one in facts["sentences"]
        ),
        facts["reason"],
        tuple(
            Hit(Passage(article, one["start"], one["end"]), one["score"])
            for one in facts["passages"]
            for article in _held(one, archive)
        ),
        facts["seconds"],
        understood=facts["understood"],
        notes=tuple(facts["notes"]),
        narrowed=_narrowed(facts["filters"]) if facts["filters"] else None,
    )


def _citation(one: dict[str, Any], archive: Archive) -> Citation:
    return Citation(
        archive.article(one["article"]),
        one["start"],
        one["end"],
        one["speaker"],
        tuple((start, end) for start, end in one["highlights"]),
        tuple(Resolved(day["start"], day["end"], date.fromisoformat(day["date"])) for day in one["dates"]),
        tuple(article for other in one["also"] for article in _held(other, archive)),
    )


def _held(one: dict[str, Any], archive: Archive) -> Iterator[Article]:
    try:
        yield archive.article(one["article"])
    except UnknownArticleError:
        return


def _narrowed(facts: dict[str, Any]) -> Narrowed:
    first, last = (date.fromisoformat(day) if day else None for day in (facts["from"], facts["to"]))
    source, author = (frozenset(facts[name]) if facts[name] else None for name in ("source", "author"))
    return Narrowed(Filters(first, last, source, facts["language"], author), facts["speaker"], facts["from_question"])
