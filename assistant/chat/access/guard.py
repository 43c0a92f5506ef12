"""Who is let in, and to what: before every page, asset and event, gradio's own and ours."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.chat.access.accounts import SESSION, Failures
from assistant.chat.access.login import TOO_MANY, WRONG, login_html
from assistant.serve.guard.paths import SAFE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assistant.chat.access.accounts import Accounts

COOKIE = "isnad_session"

PERMISSIONS = "permissions"
"""Where the state of a program's request has what it may do, once `assistant.serve.guard` has let it in."""

LOCAL = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?", re.IGNORECASE | re.ASCII)

GRADIO = "/gradio_api/"
OPEN = ("app_id", "call", "cancel", "heartbeat", "info", "queue", "reset", "run", "startup-events", "theme.css")
"""What is reached of gradio's own interface: what asking needs. Its files, uploads, proxy and tools are not."""
SHUT = ("/dev/", "/monitoring", "/svelte/", "/custom_component/", "/file=", "/file/", "/proxy=", "/gradio_api/openapi")

UNGUARDED = ("/login", "/language/ar", "/language/en", "/favicon.ico", "/robots.txt")
LONGEST_FORM = 10_000
PAUSE = 0.5
"""Seconds that a wrong password is answered later."""

AT_ONCE = 2
"""Passwords that are tried at the same time, each of which takes memory and a core."""


class Guard:
    """Lets in who may come, and says who it is in ``scope["person"]``, as ``user:NAME``.

    With `accounts`, everybody signs in first, by the page for it or by HTTP Basic. `is_local` says that only this
    machine is served: then no other name leads here, whatever a foreign name server says. What a page of another site
    sends is never done. Programs that were let in by a key before are asked nothing here.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts | None, *, is_local: bool) -> None:
        self.app = app
        self._accounts = accounts
        self._is_local = is_local
        self._failures = Failures()
        self._trying = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] == "websocket":  # the application has none
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http" or PERMISSIONS in scope.get("state", {}):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        refused = self._refused(request) or await self._signed_in(request)
        if refused is not None:
            await refused(scope, receive, send)
            return
        # Gradio would let pages of other sites read what it answers them.
        scope["headers"] = [header for header in scope["headers"] if header[0] != b"origin"]
        await self.app(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        """Refuse what comes from another site, and what nobody needs."""
        if (found := stranger(request, is_local=self._is_local)) is not None:
            status, text = found
            return PlainTextResponse(text, status)
        path = request.scope["path"]
        own = path.removeprefix(GRADIO)
        if path.startswith(SHUT) or (own != path and re.split(r"[/=]", own)[0] not in OPEN):
            return PlainTextResponse("not found", HTTPStatus.NOT_FOUND)
        return None

    async def _signed_in(self, request: Request) -> Response | None:
        """Find out who it is; return what to answer where that is nobody, or where somebody comes or goes."""
        if self._accounts is None:
            return None
        path = request.scope["path"]
        if path == "/login" and request.method == "POST":
            return await self._sign_in(request, self._accounts)
        token = request.cookies.get(COOKIE, "")
        name = self._accounts.name_of(token)
        if path == "/logout" and request.method == "POST":
            self._accounts.end(token)
            gone = RedirectResponse("./login", HTTPStatus.SEE_OTHER)
            gone.delete_cookie(COOKIE, httponly=True, samesite="lax")
            return gone
        if name is None and (sent := _basic(request)) is not None:
            name = await self._tried(request, self._accounts, *sent)
            if name is None:
                return self._unknown(request)
        if name is not None:
            request.scope["person"] = f"user:{name}"
            return RedirectResponse("./") if path == "/login" else None
        if path == "/login":
            return HTMLResponse(login_html(_local(request.query_params.get("next", ""))), headers=NO_STORE)
        return None if path in UNGUARDED else self._unknown(request)

    async def _sign_in(self, request: Request, accounts: Accounts) -> Response:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST_FORM:
                return PlainTextResponse("the form is too long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        form = parse_qs(body.decode("utf-8", "replace"))
        given, password, after = (form.get(field, [""])[0] for field in ("username", "password", "next"))
        address = _address(request)
        if wait := self._failures.wait(address):
            page = login_html(_local(after), given, TOO_MANY)
            headers = {**NO_STORE, "retry-after": str(wait)}
            return HTMLResponse(page, HTTPStatus.TOO_MANY_REQUESTS, headers)
        name = await self._tried(request, accounts, given, password)
        if name is None:
            return HTMLResponse(login_html(_local(after), given, WRONG), HTTPStatus.UNAUTHORIZED, NO_STORE)
        entered: Response = RedirectResponse(_local(after) or "./", HTTPStatus.SEE_OTHER)
        if "text/html" not in request.headers.get("accept", ""):
            entered = PlainTextResponse("signed in")  # gradio's client takes no redirection for success
        entered.set_cookie(
            COOKIE,
            accounts.begin(name),
            max_age=SESSION,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return entered

    async def _tried(self, request: Request, accounts: Accounts, name: str, password: str) -> str | None:
        """Return the name where the password is right; a wrong one is counted, and takes longer."""
        address = _address(request)
        if self._failures.wait(address):
            return None
        async with self._trying:
            found = await asyncio.to_thread(accounts.find_again, name, password)
        if found is None:
            self._failures.add(address)
            await asyncio.sleep(PAUSE)
        else:
            self._failures.forget(address)
        return found

    def _unknown(self, request: Request) -> Response:
        """Send a person to the page for signing in; tell a program in one line."""
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            after = quote(request.scope["path"]) + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?next={quote(after, safe='')}", HTTPStatus.SEE_OTHER, NO_STORE)
        if wait := self._failures.wait(_address(request)):
            headers = {"retry-after": str(wait)}
            return PlainTextResponse("too many attempts have failed; wait", HTTPStatus.TOO_MANY_REQUESTS, headers)
        # A browser would ask by a window of its own.
        challenge = {} if "sec-fetch-mode" in request.headers else {"www-authenticate": 'Basic realm="Isnad"'}
        text = "sign in first: open this address in a browser, or send a name and a password by HTTP Basic"
        return PlainTextResponse(text, HTTPStatus.UNAUTHORIZED, challenge)


def stranger(request: HTTPConnection, *, is_local: bool) -> tuple[HTTPStatus, str] | None:
    """Why a request is refused for where it comes from: under a name of another machine, or from another site."""
    host = request.headers.get("host", "")
    if is_local and not LOCAL.fullmatch(host):
        text = f"this page is served as localhost, not as {host!r}; start it with --auth or another --host"
        return HTTPStatus.MISDIRECTED_REQUEST, text
    origin = request.headers.get("origin")
    foreign = origin is not None and origin.partition("://")[2] != host
    cross_site = foreign or request.headers.get("sec-fetch-site") == "cross-site"
    if request.scope["method"] not in SAFE and cross_site:
        return HTTPStatus.FORBIDDEN, "this request comes from another site; send it from here"
    return None


NO_STORE = {"cache-control": "no-store"}


def _basic(request: Request) -> tuple[str, str] | None:
    """Return the name and the password that a program sends; None where it sends none."""
    kind, _, sent = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(sent, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _local(after: str) -> str:
    """Return an address of this site alone, so that nobody is sent to another one; else an empty one."""
    return after if re.match(r"/(?![/\\])", after) and after.isprintable() else ""
