"""A line for every request, as JSON; what is counted of it; and the number that it is known by."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.routing import Mount

from assistant.serve.guard.admission import KEY
from assistant.serve.guard.measures import OTHER
from assistant.serve.guard.paths import HEALTH, PROGRAMS, is_under
from assistant.serve.guard.refusal import REFUSED

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.serve.guard.measures import Measures

REQUEST_ID = "request_id"
"""Where the state of a request has the number that it is known by."""

QUESTION = "question"
"""Where a face leaves the question that a request asks, for the log alone, and only where questions are logged."""

DECLINED = "declined"
"""Where a face leaves whether the question was declined."""

LEFT = 499
"""What stands for a status where the client left before there was one, as nginx has it."""

_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)

requests = logging.getLogger("isnad.requests")


def log_to_stderr() -> None:
    """Write the lines to standard error; nothing is written unless this, or a handler of somebody else's, is there."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    requests.addHandler(handler)
    requests.setLevel(logging.INFO)
    requests.propagate = False


class Records:
    """Gives each request its number, also in ``X-Request-Id``, and records what became of it.

    A number that the request brings is kept, so that a proxy's log can be read beside this one.
    """

    def __init__(self, app: ASGIApp, measures: Measures, *, with_questions: bool = False) -> None:
        self.app = app
        self._measures = measures
        self._with_questions = with_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        state = scope.setdefault("state", {})
        brought = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"x-request-id"), "")
        number = state[REQUEST_ID] = brought if _ID.fullmatch(brought) else uuid.uuid4().hex
        begun = time.monotonic()
        status = LEFT

        async def send_with_number(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", number.encode())]
            await send(message)

        with self._measures.in_flight.track_inprogress():
            try:
                await self.app(scope, receive, send_with_number)
            finally:
                if status == LEFT and isinstance(sys.exception(), Exception):
                    status = 500  # which the server sends in the end
                self._record(scope, status, time.monotonic() - begun)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        state, route = scope["state"], route_of(scope)
        self._measures.add_request(scope["method"], route, status, seconds)
        if REFUSED in state:
            self._measures.add_refusal(state[REFUSED])
        if DECLINED in state:
            self._measures.add_answer(declined=state[DECLINED])
        if not requests.isEnabledFor(logging.INFO):
            return
        line: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "key": state.get(KEY),
            "request": state[REQUEST_ID],
        }
        if REFUSED in state:
            line["refused"] = state[REFUSED]
        if self._with_questions and QUESTION in state:
            line["question"] = state[QUESTION]
        requests.info(json.dumps(line, ensure_ascii=False))


def route_of(scope: Scope) -> str:
    """Return the template of the route that a request took, as ``/api/articles/{id}``; never a part of what was sent.

    Of a request that came to no route, as one that was refused before, it is the prefix that its face is served under.
    A route knows its own end alone, where it was included under a prefix: what stands before that in the path is the
    prefix, as long as no parameter is in it.
    """
    route = scope.get("route")
    template = getattr(route, "path", None)
    if not isinstance(template, str):
        path = scope["path"]
        return path if path in HEALTH else next((each for each in PROGRAMS if is_under(path, each)), OTHER)
    if isinstance(route, Mount):  # of an application that has no routes of its own
        return template or OTHER
    named = re.findall(r"\{(\w+)(:path)?\}", template)
    if any(is_path for _, is_path in named) or {name for name, _ in named} != set(scope.get("path_params") or ()):
        return template or OTHER
    before = scope["path"].split("/")[: -(template.count("/")) or None]
    return "/".join(before) + template
