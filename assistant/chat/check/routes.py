"""Verdicts as they come: a text or a quotation is sent, and each line that comes back is a JSON object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from assistant.chat.check.verdicts import finding_html, quotation_html
from assistant.chat.faults import told
from assistant.chat.interface import language_of
from assistant.rendering.check import finding_json, finding_markdown, places_json, places_markdown
from assistant.verification.audit import LONGEST_QUERY, Auditor
from assistant.verification.quotations import find_quotation_in_steps
from index.errors import IsnadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.ask import Assistant
    from assistant.desk import Desk
    from assistant.verification.quotations import Place
    from index.types import Language

NEAREST = 5
"""Passages that are shown for a quotation that stands nowhere."""


class Given(BaseModel):
    """What is to be checked."""

    model_config = ConfigDict(extra="forbid")

    text: str
    kind: Literal["text", "quotation"] = "text"


def check_routes(desk: Desk) -> APIRouter:
    """Return the routes over a desk."""
    router = APIRouter(include_in_schema=False)

    @router.post("/check/verdicts")
    def verdicts(request: Request, given: Given) -> StreamingResponse:
        """The verdicts, a line each; nothing more is worked on once nobody reads them."""
        language = language_of(request)
        return StreamingResponse(verdict_lines(desk, given, language), media_type="application/x-ndjson")

    return router


def verdict_lines(desk: Desk, given: Given, language: Language) -> Iterator[str]:
    """Yield ``total``, each ``html`` with what a report takes, and ``done``; or an ``error`` in one line."""
    try:
        check = check_text if given.kind == "text" else check_quotation
        for line in check(desk.assistant, given.text, language):
            yield json.dumps(line, ensure_ascii=False) + "\n"
        yield '{"done": true}\n'
    except IsnadError as error:
        yield json.dumps({"error": told(error, language)}, ensure_ascii=False) + "\n"


def check_text(assistant: Assistant, text: str, language: Language) -> Iterator[dict[str, object]]:
    """Yield the number of sentences, then the verdict on each."""
    total, findings = Auditor(assistant).find_each(text)
    yield {"total": total}
    for finding in findings:
        yield {
            "verdict": finding.support.value,
            "html": finding_html(finding, language),
            "json": finding_json(finding),
            "markdown": finding_markdown(finding),
        }


def check_quotation(assistant: Assistant, quotation: str, language: Language) -> Iterator[dict[str, object]]:
    """Yield how many articles were read of how many, then the verdict."""
    places: list[Place] = []
    total = assistant.archive.count_articles()
    for read, found in find_quotation_in_steps(quotation, assistant.archive.articles()):
        places = found
        yield {"read": read, "of": total}
    nearest = [] if places else assistant.search(quotation[:LONGEST_QUERY], None, NEAREST)
    yield {
        "html": quotation_html(quotation, places, nearest, language),
        "json": places_json(quotation, places),
        "markdown": places_markdown(quotation, places),
    }
