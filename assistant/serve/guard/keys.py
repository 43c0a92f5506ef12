"""API keys: made, listed and revoked in one file, which a running server reads anew as soon as it changes."""

from __future__ import annotations

import fcntl
import hmac
import json
import logging
import os
import re
import secrets
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from index.archive.address import folder_of
from index.archive.file import KEYS
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.settings import Settings

Permission = Literal["read", "write"]
State = Literal["active", "expired", "revoked"]

VERSION = 1
_KEY = re.compile(r"isnad_([a-z2-7]{8})_([\w-]{43})", re.ASCII)
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_DIGEST = re.compile(r"[0-9a-f]{64}")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key. The key itself, ``isnad_ID_SECRET``, is kept nowhere.

    `digest` is the SHA-256 of the whole key. A slow hash, as passwords need, would guard nothing: the secret has 256
    random bits, and nobody goes through those by trying. `expires` is the last day, in UTC, on which it may be used.
    """

    id: str
    name: str
    digest: str
    may_write: bool
    created: datetime
    expires: date | None = None
    revoked: datetime | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What it allows."""
        return frozenset(("read", "write") if self.may_write else ("read",))

    def state(self, now: datetime) -> State:
        """Whether it may be used, and why not."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires < now.date() else "active"

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "id": self.id,
            "name": self.name,
            "digest": self.digest,
            "write": self.may_write,
            "created": self.created.isoformat(),
            "expires": self.expires and self.expires.isoformat(),
            "revoked": self.revoked and self.revoked.isoformat(),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Key:
        """Read what `as_json` wrote. Raises KeyError, TypeError and ValueError."""
        if not _DIGEST.fullmatch(value["digest"]):
            raise ValueError("no digest")
        return cls(
            str(value["id"]),
            str(value["name"]),
            value["digest"],
            value["write"] is True,
            datetime.fromisoformat(value["created"]),
            value["expires"] and date.fromisoformat(value["expires"]),
            value["revoked"] and datetime.fromisoformat(value["revoked"]),
        )


def _now() -> datetime:
    return datetime.now(UTC)


class KeyFile:
    """The keys of a file. Processes may share the file, and threads the object.

    A revoked key stays in it, by its name and id: a log may still have to be read by them, and a server whose last key
    was revoked must not take itself for one that never had any.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = _now) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._stamp: object = None
        self._known: dict[str, Key] = {}
        self._is_used = False

    def create(self, name: str, *, may_write: bool = False, expires: date | None = None) -> str:
        """Make a key and return it; this is the only time that it can be seen.

        Raises SettingsError where a key in use has the name, or the file cannot be read or written.
        """
        check_key_name(name)
        now = self._clock()
        if expires is not None and expires < now.date():
            raise SettingsError(f"--expires {expires} has passed; give a day to come")
        with self._changing() as keys:
            if any(key.name == name and key.state(now) == "active" for key in keys):
                raise SettingsError(f"there is a key named {name!r} already; revoke it first, or take another name")
            taken = {key.id for key in keys}
            key_id = next(made for made in iter(_made_id, None) if made not in taken)
            secret = f"isnad_{key_id}_{secrets.token_urlsafe(32)}"
            keys.append(Key(key_id, name, _digest(secret), may_write, now, expires))
        return secret

    def revoke(self, name: str) -> Key:
        """End a key by its name or id, and return it. Raises SettingsError where none in use has it."""
        now = self._clock()
        with self._changing() as keys:
            for place, key in enumerate(keys):
                if name in (key.name, key.id) and key.revoked is None:
                    keys[place] = revoked = replace(key, revoked=now)
                    return revoked
        raise SettingsError(f"no key in use has the name or id {name!r}; `isnad keys list` prints those that there are")

    def listed(self) -> list[Key]:
        """Return every key that was made, the oldest first. Raises SettingsError where the file cannot be read."""
        return self._read()

    def is_used(self) -> bool:
        """Whether any key was ever made. A file that cannot be read counts as one with keys."""
        self._refresh()
        return self._is_used

    def find(self, given: str) -> Key | None:
        """Return the key that somebody gives, where it may be used now; takes as long for a wrong one."""
        self._refresh()
        parts = _KEY.fullmatch(given)
        known = self._known.get(parts[1]) if parts else None
        expected = known.digest if known else "0" * 64
        is_right = hmac.compare_digest(_digest(given), expected)
        return known if known and is_right and known.state(self._clock()) == "active" else None

    def _refresh(self) -> None:
        """Read the file where it has changed. One that can no longer be read lets in nobody."""
        with self._lock:
            try:
                found = self.path.stat()
                stamp: object = (found.st_ino, found.st_mtime_ns, found.st_size)
            except OSError as error:
                stamp = error.errno
            if stamp == self._stamp:
                return
            try:
                keys = self._read()
                self._known, self._is_used = {key.id: key for key in keys}, bool(keys)
            except SettingsError as error:
                logger.error("%s; no key is taken until then", error)
                self._known, self._is_used = {}, True
            self._stamp = stamp

    def _read(self) -> list[Key]:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            if content["version"] > VERSION:
                raise SettingsError(f"the keys '{self.path}' were made by a newer version; update Isnad")
            return [Key.from_json(one) for one in content["keys"]]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SettingsError(f"cannot read the keys '{self.path}': {error.strerror}; allow reading it") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingsError(f"'{self.path}' holds no keys; delete it and make them anew") from error

    @contextmanager
    def _changing(self) -> Iterator[list[Key]]:
        """Give the keys to be changed, and write them; nobody else writes meanwhile. Raises SettingsError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            turn = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            keys = self._read()
            yield keys
            self._write(keys)
        finally:
            os.close(turn)  # which gives the turn back

    def _write(self, keys: list[Key]) -> None:
        content = json.dumps(
            {"version": VERSION, "keys": [key.as_json() for key in keys]}, ensure_ascii=False, indent=1
        )
        draft = self.path.with_name(f"{self.path.name}.new")
        try:
            # Made for this account alone: at no time can another one read it.
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(descriptor)
            draft.replace(self.path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> SettingsError:
        return SettingsError(f"cannot write the keys '{self.path}': {error.strerror}; name another with --keys-file")


def keys_path(settings: Settings) -> Path:
    """Return where the keys are kept."""
    return settings.keys_file or folder_of(settings.archive) / KEYS


def check_key_name(name: str) -> str:
    """Return a name that a key can have. Raises SettingsError."""
    if not name or not name.isprintable() or name != name.strip() or len(name) > 64:
        raise SettingsError(f"a key cannot be named {name!r}; take 1 to 64 letters")
    return name


def _made_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
