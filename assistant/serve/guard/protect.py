"""Puts everything that guards a server before the application that it serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.holdings.intake import MOST_BYTES
from assistant.serve.guard.access import Access
from assistant.serve.guard.admission import Admission
from assistant.serve.guard.bodies import Bodies
from assistant.serve.guard.health import Health
from assistant.serve.guard.measures import Measures
from assistant.serve.guard.rates import Rates
from assistant.serve.guard.records import Records
from assistant.serve.guard.refusal import Refusals, openai_error_json
from assistant.serve.guard.stopping import Stopping
from assistant.serve.guard.work import Line, Work
from index.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.chat.access.accounts import Accounts
    from assistant.desk import Desk
    from assistant.serve.guard.keys import KeyFile
    from assistant.serve.guard.refusal import Json, Refusal
    from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken on. Sizes are in bytes, times in seconds; a `rate` of 0 counts nobody's requests."""

    rate: int = 600
    burst: int = 100
    most_at_once: int = 8
    most_waiting: int = 256
    longest_body: int = 2**23
    longest_upload: int = MOST_BYTES + 2**20  # what a form may hold beside its files
    timeout: float = 150.0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Return the limits that are set."""
        return cls(
            settings.rate,
            settings.burst,
            settings.most_at_once,
            settings.most_waiting,
            settings.longest_body,
            timeout=settings.timeout,
        )


@dataclass(frozen=True, slots=True)
class Protection:
    """What a server is protected with.

    `is_local` says that no other machine reaches it; `is_open` that everybody may read without a key; `may_edit` that
    those without a key may write where they may read. `uploads` are the paths that files are sent to. `shapes` gives
    the bodies of refusals under a path; `stopping` is that of the `Server`.
    """

    desk: Desk
    keys: KeyFile
    accounts: Accounts | None = None
    is_local: bool = True
    is_open: bool = False
    may_edit: bool = False
    limits: Limits = Limits()
    uploads: Sequence[str] = ("/uploads", "/api/articles")
    shapes: Mapping[str, Callable[[Refusal], Json]] = field(default_factory=lambda: {"/v1": openai_error_json})
    with_questions: bool = False
    stopping: Stopping = field(default_factory=Stopping)


def protect(app: ASGIApp, protection: Protection) -> ASGIApp:
    """Return an application that lets through to `app` only what may and can be served.

    From the outside in: every request is recorded; those after the server's health are answered; it is settled who
    asks, what they may do and how often they ask; their body is read, so that no slow client holds a place at work;
    and they wait for that place. Nothing of an answer is held back on its way: streams pass as they come. Neither this
    nor any face speaks WebSocket, which is refused.

    What an inner part may read and leave in ``scope["state"]`` is named by the constants of `admission` and `records`.

    Raises ServerError where prometheus-client is not installed.
    """
    limits, stopping = protection.limits, protection.stopping
    refusals = Refusals(protection.shapes)
    access = Access(
        protection.keys,
        protection.accounts,
        is_local=protection.is_local,
        is_open=protection.is_open,
        may_edit=protection.may_edit,
    )
    line = Line(limits.most_at_once, limits.most_waiting)
    rates = Rates(limits.rate, limits.burst) if limits.rate else None
    measures = Measures(line, lambda: _count(protection.desk))
    working = Work(app, refusals, line, limits.timeout, protection.uploads)
    bodies = Bodies(working, refusals, limits.longest_body, protection.uploads, limits.longest_upload)
    admitted = Admission(bodies, refusals, access, rates, stopping)
    health = Health(admitted, protection.desk, measures, access, refusals, stopping)
    return _HttpOnly(Records(health, measures, with_questions=protection.with_questions), app)


def check_exposure(*, is_local: bool, is_open: bool, accounts: Accounts | None, keys: KeyFile) -> None:
    """Refuse to serve other machines where nobody would be asked for a key or a password.

    Raises ServerError, and SettingsError where the keys cannot be read.
    """
    made = keys.listed()
    if not (is_local or is_open or accounts or made):
        raise ServerError(
            "nobody is served beyond this machine without a key or a password; make one with `isnad keys create NAME`"
            " or pass --auth-file, or let in everybody with --open"
        )


def _count(desk: Desk) -> tuple[int, int] | None:
    if not desk.is_open:
        return None
    held = desk.assistant.archive.statistics()
    return held.articles, held.passages


class _HttpOnly:
    """Passes requests over HTTP to what guards the application, and its beginning and end to itself."""

    def __init__(self, guarded: ASGIApp, app: ASGIApp) -> None:
        self._guarded = guarded
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._guarded(scope, receive, send)
            case "websocket":
                await send({"type": "websocket.close", "code": 1008})
            case _:
                await self._app(scope, receive, send)
