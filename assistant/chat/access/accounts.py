"""Who may use the chat: names with passwords, and the sessions of those who signed in. Pure but for the clock."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import scrypt, sha256
from typing import TYPE_CHECKING, Self

from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SESSION = 14 * 24 * 3600
"""Seconds for which somebody stays signed in."""

COST, BLOCK, LANES = 2**15, 8, 3
"""What scrypt is run with: 32 MiB and about a quarter of a second for each try."""

MOST_FAILURES, WITHIN = 8, 300
"""Failures from one address within so many seconds, after which it has to wait."""

_LINE = re.compile(r"scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]+={0,2})\$([\w-]+={0,2})", re.ASCII)
_MOST_MEMORY = 256 * 2**20
_REMEMBERED = 256  # passwords sent with every request that need not be tried anew
_KEPT = 10_000  # addresses whose failures are counted


@dataclass(frozen=True, slots=True)
class Password:
    """What a password comes to by scrypt; the password itself is kept nowhere."""

    cost: int
    block: int
    lanes: int
    salt: bytes
    key: bytes

    @classmethod
    def of(cls, password: str) -> Self:
        """Hash a password with a salt of its own."""
        salt = secrets.token_bytes(16)
        return cls(COST, BLOCK, LANES, salt, _hashed(password, COST, BLOCK, LANES, salt))

    @classmethod
    def read(cls, written: str) -> Self:
        """Read what `str` of a password wrote. Raises ValueError."""
        found = _LINE.fullmatch(written)
        if found is None:
            raise ValueError("no hash of a password")
        try:
            salt, key = (base64.urlsafe_b64decode(each) for each in found.groups()[3:])
            password = cls(int(found[1]), int(found[2]), int(found[3]), salt, key)
        except binascii.Error as error:
            raise ValueError("no hash of a password") from error
        password.matches("")  # raises ValueError where scrypt cannot be run so
        return password

    def matches(self, password: str) -> bool:
        """Whether this is the password; takes as long either way."""
        return hmac.compare_digest(_hashed(password, self.cost, self.block, self.lanes, self.salt), self.key)

    def __str__(self) -> str:
        salt, key = (base64.urlsafe_b64encode(each).decode() for each in (self.salt, self.key))
        return f"scrypt${self.cost}${self.block}${self.lanes}${salt}${key}"


def _hashed(password: str, cost: int, block: int, lanes: int, salt: bytes) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return scrypt(given, salt=salt, n=cost, r=block, p=lanes, maxmem=_MOST_MEMORY, dklen=32)


def read_accounts(pairs: Sequence[str], file: Path | None) -> Accounts | None:
    """Return the accounts of ``USER:PASS`` pairs and of a file; None where neither is given.

    The file's lines are those that `isnad password` prints; empty ones, and those that begin with #, are passed over.
    Raises SettingsError, naming the line and never the password.
    """
    passwords: dict[str, Password] = {}
    for number, pair in enumerate(pairs, 1):
        name, _, password = pair.partition(":")
        if not password:
            raise SettingsError(f"--auth number {number} is no USER:PASS; write a name, a colon and a password")
        passwords[check_name(name, "--auth")] = Password.of(password)
    for number, line in enumerate(_lines(file) if file else (), 1):
        if not line.strip() or line.startswith("#"):
            continue
        place = f"line {number} of '{file}'"
        name, _, written = line.strip().partition(":")
        try:
            passwords[check_name(name, place)] = Password.read(written)
        except ValueError as error:
            raise SettingsError(f"{place} is no USER:HASH; make one with `isnad password USER`") from error
    if file and not passwords:
        raise SettingsError(f"'{file}' names nobody; add a line made with `isnad password USER`")
    return Accounts(passwords) if passwords else None


def check_name(name: str, place: str) -> str:
    """Return a name that an account can have. Raises SettingsError."""
    if not name or not name.isprintable() or ":" in name or name != name.strip() or len(name) > 64:
        raise SettingsError(f"{place} has the name {name!r}; take one of 1 to 64 letters, without a colon")
    return name


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"cannot read '{file}': {error.strerror}; check --auth-file") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"'{file}' is not UTF-8; make its lines with `isnad password USER`") from error


class Accounts:
    """Tells who somebody is, by a password or by the session that they got for one; threads may share it.

    The key that signs sessions is made anew with every start of the program, which ends all sessions.
    """

    def __init__(self, passwords: Mapping[str, Password], clock: Callable[[], float] = time.time) -> None:
        self._passwords = dict(passwords)
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._nobody = Password.of(secrets.token_hex())
        self._ended: set[str] = set()
        self._known: OrderedDict[bytes, str] = OrderedDict()  # passwords that matched, by their signature
        self._lock = threading.Lock()

    def find(self, name: str, password: str) -> str | None:
        """Return the name where the password is this name's, else None; a name that nobody has takes as long."""
        found = self._passwords.get(name, self._nobody)
        return name if found.matches(password) and found is not self._nobody else None

    def find_again(self, name: str, password: str) -> str | None:
        """Do the same for a program that sends its password with every request: only the first one takes long."""
        mark = hmac.digest(self._key, f"{name}:{password}".encode("utf-8", "surrogatepass"), sha256)
        with self._lock:
            if mark in self._known:
                return self._known[mark]
        found = self.find(name, password)
        if found is not None:
            with self._lock:
                self._known[mark] = found
                if len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return found

    def begin(self, name: str) -> str:
        """Return the token of a new session."""
        until = int(self._clock()) + SESSION
        facts = f"{secrets.token_urlsafe(12)}.{until}.{base64.urlsafe_b64encode(name.encode()).decode()}"
        return f"{facts}.{self._signed(facts)}"

    def name_of(self, token: str) -> str | None:
        """Return whose session a token is; None where it is nobody's, or over."""
        facts, _, signature = token.rpartition(".")
        if not token.isascii() or not hmac.compare_digest(signature, self._signed(facts)):
            return None
        number, until, name = facts.split(".")
        if number in self._ended or int(until) < self._clock():
            return None
        return base64.urlsafe_b64decode(name).decode()

    def end(self, token: str) -> None:
        """End a session."""
        if self.name_of(token) is not None:
            self._ended.add(token.partition(".")[0])

    def _signed(self, facts: str) -> str:
        return hmac.new(self._key, facts.encode("utf-8", "surrogatepass"), sha256).hexdigest()


class Failures:
    """Counts the failures of each address, so that passwords cannot be tried out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return for how many seconds an address has to wait; 0 where it may try."""
        times = self._times.get(address, ())
        recent = [at for at in times if at > self._clock() - WITHIN]
        return max(1, int(recent[0] + WITHIN - self._clock())) if len(recent) >= MOST_FAILURES else 0

    def add(self, address: str) -> None:
        """Count a failure."""
        self._times.setdefault(address, deque(maxlen=MOST_FAILURES)).append(self._clock())
        self._times.move_to_end(address)
        if len(self._times) > _KEPT:
            self._times.popitem(last=False)

    def forget(self, address: str) -> None:
        """Forget the failures of an address that has succeeded."""
        self._times.pop(address, None)
