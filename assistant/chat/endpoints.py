"""The public endpoints of the application: asking, searching and checking, each as the command line does it.

Each answers with the very text that the command prints with ``--json``: gradio's clients would take an object with a
"path" for a file to be downloaded.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import gradio as gr
from gradio.events import api
from pydantic import ValidationError

from assistant.asking import Narrowing, narrow
from assistant.questions.checking import check_question
from assistant.rendering.answers import answer_json, hits_json, json_text
from assistant.rendering.check import audit_json, places_json
from assistant.verification.audit import Auditor
from assistant.verification.quotations import find_quotation
from index.errors import FilterError, IsnadError, QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.desk import Desk
    from assistant.types import Narrowed
    from index.types import Language

AT_ONCE = 8
"""Calls that are worked on at the same time; more wait."""

MOST_PASSAGES = 1000


def publish(desk: Desk) -> None:
    """Make the endpoints `ask`, `search` and `check` within the current `gr.Blocks`."""

    def ask(
        question: str,
        history: list[str] | None = None,
        lang: str | None = None,
        published_from: str | None = None,
        published_to: str | None = None,
        source: list[str] | None = None,
        language: str | None = None,
        author: list[str] | None = None,
        speaker: str | None = None,
    ) -> str:
        """Answer one question, which may follow up earlier ones; the text is what `isnad ask --json` prints."""
        with _clear_errors():
            narrowed = _narrowed(desk, published_from, published_to, source, language, author, speaker)
            answer = desk.assistant.ask(
                question,
                history=history or (),
                language=_language(lang),
                filters=narrowed.filters,
                speaker=narrowed.speaker,
            )
        return json_text(answer_json(answer))

    def search(
        query: str,
        k: int = 10,
        published_from: str | None = None,
        published_to: str | None = None,
        source: list[str] | None = None,
        language: str | None = None,
        author: list[str] | None = None,
        speaker: str | None = None,
    ) -> str:
        """Find the passages nearest to a query; the text is what `isnad search --json` prints."""
        with _clear_errors():
            query = check_question(query)
            if not 1 <= k <= MOST_PASSAGES:
                raise QuestionError(f"k is {k}; give a number from 1 to {MOST_PASSAGES}")
            narrowed = _narrowed(desk, published_from, published_to, source, language, author, speaker)
            hits = desk.assistant.search(query, narrowed.filters, k, speaker=narrowed.speaker)
        return json_text(hits_json(query, hits))

    def check(text: str | None = None, quote: str | None = None) -> str:
        """Check every sentence of a text, or one quotation; the text is what `isnad check --json` prints."""
        with _clear_errors():
            if (text is None) == (quote is None):
                raise QuestionError("give either a text or a quote")
            if quote is not None:
                places = find_quotation(quote, desk.assistant.archive.articles())
                return json_text(places_json(quote, places))
            return json_text(audit_json(Auditor(desk.assistant).audit_text(text or "")))

    for endpoint in (ask, search, check):
        api(endpoint, api_name=endpoint.__name__, concurrency_id="endpoints", concurrency_limit=AT_ONCE)


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except IsnadError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _narrowed(
    desk: Desk,
    published_from: str | None,
    published_to: str | None,
    source: list[str] | None,
    language: str | None,
    author: list[str] | None,
    speaker: str | None,
) -> Narrowed:
    """Return what is asked within. Raises FilterError where the archive has no such thing."""
    try:
        fields = Narrowing(
            published_from=published_from or "",
            published_to=published_to or "",
            source=source or [],
            author=author or [],
            language=_language(language) or "",
            speaker=speaker or "",
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise FilterError(f"{first['loc'][0]}: {first['msg'].lower()}") from error
    return narrow(fields, desk.assistant.archive)


def _language(given: str | None) -> Language | None:
    if given in (None, ""):
        return None
    if given not in ("ar", "en"):
        raise FilterError(f"{given!r} is no language of the archive; write ar or en")
    return "ar" if given == "ar" else "en"
