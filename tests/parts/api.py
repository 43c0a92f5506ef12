"""The API served alone in a thread, and requests to it as programs send them."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from anyio import CapacityLimiter
from fastapi import FastAPI

from assistant.serve import api
from assistant.serve.app import AT_ONCE, mount
from tests.parts.serving import serving

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.chat.access.accounts import Accounts
    from assistant.desk import Desk
    from assistant.holdings.intake import Intake

JSON = {"content-type": "application/json"}


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401  (any JSON)
        return json.loads(self.text)


class Granting:
    """Gives every request the permission to write, as a guard does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["permissions"] = frozenset({"read", "write"})
        await self.app(scope, receive, send)


def api_alone(desk: Desk, accounts: Accounts | None, *, is_local: bool) -> FastAPI:
    """The API at its place, without pages and without a guard."""
    made = FastAPI(openapi_url=None)
    mount(made, "/api", api.application(desk, CapacityLimiter(AT_ONCE)))
    return made


def api_for_writers(desk: Desk, accounts: Accounts | None, *, is_local: bool) -> FastAPI:
    """The same for those who may change the archive."""
    made = api_alone(desk, accounts, is_local=is_local)
    made.add_middleware(Granting)
    return made


@contextmanager
def serving_api(assistant: object, intake: Intake | None = None, *, may_write: bool = False) -> Iterator[str]:
    """Serve the API on a free port while the block runs."""
    with serving(assistant, intake=intake, make=api_for_writers if may_write else api_alone) as address:
        yield address


def request(
    address: str, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """One request as it stands."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
    try:
        content = body.encode() if isinstance(body, str) else body
        connection.request(method, path, content, dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read().decode())
    finally:
        connection.close()


def get(address: str, path: str) -> Reply:
    """What stands at a path."""
    return request(address, "GET", path)


def post(address: str, path: str, value: object) -> Reply:
    """Send an object as JSON."""
    return request(address, "POST", path, json.dumps(value), JSON)


def form(*files: tuple[str, bytes], **fields: str) -> tuple[bytes, dict[str, str]]:
    """Files and fields as a form is sent: the body, and its header fields."""
    edge = "edge-of-a-part"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    parts += [
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, content in files
    ]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), {"content-type": f"multipart/form-data; boundary={edge}"}
