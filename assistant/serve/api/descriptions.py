"""How the API describes itself: what each operation takes and answers, with examples that are real."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.serve.api.holdings import Error
from assistant.serve.api.refusals import CODES, Printed
from assistant.serve.api.requests import SentArticles

if TYPE_CHECKING:
    from types import UnionType

    from fastapi import FastAPI
    from pydantic import BaseModel

EXAMPLES = Path(__file__).with_name("examples.json")
"""Requests and what they are answered over the seed articles; `python -m tests.api_examples` makes them anew."""

JSON = "application/json"
EVENTS = "text/event-stream"

AN_EVENT = {
    "type": "object",
    "properties": {"event": {"enum": ["piece", "answer", "error"]}, "data": {"type": "string"}},
    "required": ["event", "data"],
}
"""A server-sent event; its data is an object on one line."""

ALWAYS = (401, 403, 422, 429, 503)
"""The statuses that any request may be refused with."""

WITH_BODY = (400, 413, 415)
"""Those of a request with a body."""

ARTICLES_BODY = {
    "required": True,
    "content": {
        JSON: {"schema": {"$ref": "#/components/schemas/SentArticles"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {
                        "type": "array",
                        "items": {"type": "string", "format": "binary"},
                        "minItems": 1,
                        "description": "Files that `isnad ingest` reads, with their names.",
                    },
                    "source": {"type": "string", "description": "The outlet of their articles, where it is known."},
                },
                "required": ["file"],
                "additionalProperties": False,
            }
        },
    },
}
"""What articles may be sent as."""


def described(name: str, answer: type[BaseModel] | UnionType, *refused: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what a route is declared with: its name, and what it answers.

    `refused` are the statuses that it refuses with beside those that any route does; `more` is declared as it is.
    """
    responses: dict[int | str, Any] = {status: {"model": Error, "description": CODES[status][1]} for status in ALWAYS}
    responses |= {status: {"model": Error, "description": CODES[status][1]} for status in refused}
    responses |= {HTTPStatus.OK: {"model": answer, "description": "What was asked for."}} | more.pop("responses", {})
    return {"name": name, "operation_id": name, "response_class": Printed, "responses": responses, **more}


def describe(application: FastAPI) -> None:
    """Have an application describe itself with examples, and with the schemas that only `ARTICLES_BODY` speaks of."""
    made = application.openapi

    def openapi() -> dict[str, Any]:
        if application.openapi_schema is None:
            description = made()
            own = SentArticles.model_json_schema(ref_template="#/components/schemas/{model}")
            description["components"]["schemas"] |= own.pop("$defs") | {SentArticles.__name__: own}
            examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
            for operations in description["paths"].values():
                for operation in operations.values():
                    _complete(operation, examples[operation["operationId"]], examples["errors"])
        return application.openapi_schema or {}

    application.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents


def _complete(operation: dict[str, Any], examples: dict[str, Any], errors: dict[str, Any]) -> None:
    """Add examples to an operation, and part the first line of what it does from the rest."""
    summary, _, rest = operation["description"].partition("\n\n")
    operation |= {"summary": summary.rstrip("."), "description": rest}
    for status, response in operation["responses"].items():
        if status in errors:
            response["content"][JSON]["example"] = errors[status]
    content = operation["responses"]["200"]["content"]
    content[JSON]["examples"] = {title: {"value": one["response"]} for title, one in examples.items()}
    if EVENTS in content:
        content[EVENTS]["example"] = event("answer", next(iter(examples.values()))["response"])
    if requests := {title: {"value": one["request"]} for title, one in examples.items() if "request" in one}:
        operation["requestBody"]["content"][JSON]["examples"] = requests


def event(name: str, value: object) -> str:
    """Return a server-sent event, its data an object on one line."""
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"
