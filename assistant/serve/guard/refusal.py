"""A request that is refused: one status, one code for programs, one sentence for people. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from assistant.serve.guard.paths import is_under

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import Scope, Send

Json = dict[str, Any]

REFUSED = "refused"
"""Where the state of a request has the code of its refusal."""

CLOSE = ("connection", "close")
"""Ends the connection with the answer: what is left of the request is of no use to anybody."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served. `code` is one of a few words, fit for a label of a measure."""

    status: HTTPStatus
    code: str
    message: str
    headers: tuple[tuple[str, str], ...] = ()


def error_json(refusal: Refusal) -> Json:
    """Return the body that every face but those of other protocols sends."""
    return {"error": {"code": refusal.code, "message": refusal.message}}


def openai_error_json(refusal: Refusal) -> Json:
    """Return the body as clients of OpenAI's API read it."""
    kind = {
        HTTPStatus.UNAUTHORIZED: "authentication_error",
        HTTPStatus.FORBIDDEN: "permission_error",
        HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
        HTTPStatus.SERVICE_UNAVAILABLE: "server_error",
    }.get(refusal.status, "invalid_request_error")
    return {"error": {"message": refusal.message, "type": kind, "param": None, "code": refusal.code}}


class Refusals:
    """Sends refusals in the shape that belongs to a path, and notes the code in ``scope["state"]``."""

    def __init__(self, shapes: Mapping[str, Callable[[Refusal], Json]]) -> None:
        self._shapes = tuple(shapes.items())

    async def send(self, refusal: Refusal, scope: Scope, send: Send, *, more: bool = False) -> None:
        """Answer with a refusal; with `more`, all of it but the end, which somebody else is to send."""
        scope.setdefault("state", {})[REFUSED] = refusal.code
        shape = next((shape for prefix, shape in self._shapes if is_under(scope["path"], prefix)), error_json)
        body = json.dumps(shape(refusal), ensure_ascii=False).encode()
        given = (("content-type", "application/json"), ("content-length", str(len(body))), *refusal.headers)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given]
        await send({"type": "http.response.start", "status": int(refusal.status), "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": more})
