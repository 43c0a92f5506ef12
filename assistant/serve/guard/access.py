"""What somebody may do: programs by key, browsers by their session, everybody where that is said."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING

from assistant.chat.access.guard import COOKIE, stranger
from assistant.serve.guard.paths import is_for_programs
from assistant.serve.guard.rates import sender_at
from assistant.serve.guard.refusal import Refusal

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from assistant.chat.access.accounts import Accounts
    from assistant.serve.guard.keys import KeyFile, Permission

READ: frozenset[Permission] = frozenset(("read",))
BOTH: frozenset[Permission] = frozenset(("read", "write"))

_BEARER = (("www-authenticate", 'Bearer realm="Isnad"'),)
NO_KEY = Refusal(
    HTTPStatus.UNAUTHORIZED,
    "no_key",
    "send an API key as `Authorization: Bearer KEY`; `isnad keys create NAME` makes one",
    _BEARER,
)
WRONG_KEY = Refusal(
    HTTPStatus.UNAUTHORIZED, "wrong_key", "this API key is unknown, has expired or was revoked; send another", _BEARER
)
NO_PAGES = Refusal(
    HTTPStatus.UNAUTHORIZED,
    "no_password",
    "the pages are not served to other machines without passwords; start the server with --auth-file, or with --open",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: `sender` is what a rate is counted by, `key` a key's id; `refusal` says why they are not let in."""

    sender: str
    permissions: frozenset[Permission] = frozenset()
    key: str | None = None
    refusal: Refusal | None = None


class Access:
    """Finds out who asks.

    A key lets a program do what it was made for. Who has signed in on the pages may read as a program. All others may
    where `is_open` says so; and on a server that only this machine reaches, as long as there are neither keys nor
    passwords. To them what is sent by a page of another site, or under another machine's name, is not done:
    their requests carry nothing that such a page could not send.

    `may_edit` lets them write, too. Pages are guarded by `assistant.chat.access.guard`; here they are only kept from
    other machines where they have no passwords.
    """

    def __init__(
        self, keys: KeyFile, accounts: Accounts | None, *, is_local: bool, is_open: bool, may_edit: bool
    ) -> None:
        self._keys = keys
        self._accounts = accounts
        self._is_local = is_local
        self._is_open = is_open
        self._unasked = BOTH if may_edit else READ

    def of(self, request: HTTPConnection) -> Caller:
        """Return who sends a request."""
        sender = sender_at(request.client.host if request.client else "")
        if not is_for_programs(request.scope["path"]):
            return self._on_pages(request, sender)
        given = _given_key(request)
        if given and (key := self._keys.find(given)) is not None:
            return Caller(f"key:{key.id}", key.permissions, key.id)
        if given and self._keys.is_used():
            return Caller(sender, refusal=WRONG_KEY)
        name = self._signed_in(request)
        is_welcome = self._is_open or (self.is_near(request) and not self._accounts and not self._keys.is_used())
        if name is None and not is_welcome:
            return Caller(sender, refusal=NO_KEY)
        by_name_alone = name is None and not self._is_open
        if (found := stranger(request, is_local=by_name_alone)) is not None:
            status, text = found
            return Caller(sender, refusal=Refusal(status, "other_site", text))
        return Caller(sender, self._unasked) if name is None else Caller(f"user:{name}", READ)

    def may_measure(self, request: HTTPConnection) -> bool:
        """Whether somebody may see the measures: on this machine, or with a key."""
        given = _given_key(request)
        return self._is_open or self.is_near(request) or bool(given and self._keys.find(given))

    def is_near(self, request: HTTPConnection) -> bool:
        """Whether a request comes from this machine to a server that no other one reaches.

        Where another server passes requests on, and says from whom, it is those that count.
        """
        return self._is_local and request.client is not None and _is_loopback(request.client.host)

    def _on_pages(self, request: HTTPConnection, sender: str) -> Caller:
        if self._accounts is None and not self._is_open and not self.is_near(request):
            return Caller(sender, refusal=NO_PAGES)
        name = self._signed_in(request)
        return Caller(f"user:{name}" if name else sender)

    def _signed_in(self, request: HTTPConnection) -> str | None:
        return self._accounts.name_of(request.cookies.get(COOKIE, "")) if self._accounts else None


def _given_key(request: HTTPConnection) -> str:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if kind.lower() == "bearer" else request.headers.get("x-api-key", "")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
