"""Where an archive is: a folder on this machine, or a schema in a database of a PostgreSQL server. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

SCHEMA = "isnad"
"""The schema of an archive whose address names none."""

_SCHEMES = ("postgresql", "postgres")
_SHOWN = ("host", "port", "dbname", "user", "service")  # what tells one database from another, of an address's options
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}", re.ASCII)  # what PostgreSQL takes without quotation marks


@dataclass(frozen=True, slots=True)
class Server:
    """A schema in a database of a PostgreSQL server; as text it has no password.

    `folder` holds what goes with the archive on this machine: its indexes, conversations, what readers said.
    """

    uri: str = field(repr=False)
    """As libpq takes it, with the password where the address has one."""
    name: str
    schema: str
    folder: Path

    def __str__(self) -> str:
        return self.name

    def below(self, folder: Path) -> Self:
        """Return the same with its folder below another, named after the database, so that no two share one."""
        place = self.name.partition("//")[2]
        user, mark, database = place.partition("@")
        return replace(self, folder=folder / re.sub(r"[^\w.-]+", "-", unquote(database if mark else user)).strip("-"))


Address = Path | Server


def folder_of(address: Address) -> Path:
    """Return the folder of an archive, or the one of what goes with it where it is on a server."""
    return address.folder if isinstance(address, Server) else address


def read_address(value: str | Address) -> Address:
    """Return where an archive is, by a folder's path or ``postgresql://USER@HOST/DATABASE?schema=NAME``.

    Raises ValueError, in whose message no password stands.
    """
    if not isinstance(value, str):
        return value
    scheme, mark, _ = value.partition("://")
    if not mark or not scheme.isalnum():
        return Path(value)
    if scheme not in _SCHEMES:
        raise ValueError("an archive is a folder, or postgresql://USER@HOST/DATABASE")
    parts = urlsplit(value)
    if "@" in parts.path + parts.query or parts.fragment:  # it was cut off in the midst of a password
        raise ValueError("in a password, / ? # and @ are written as %2F %3F %23 and %40")
    options = parse_qsl(parts.query, keep_blank_values=True)
    (schema,) = [text for key, text in options if key == "schema"][-1:] or [SCHEMA]
    if not _NAME.fullmatch(schema):
        raise ValueError("a schema is named with small letters, digits and _")
    # libpq reads %20, not the plus sign that forms have for a space.
    passed = urlencode([(key, text) for key, text in options if key != "schema"], quote_via=quote)
    user, mark, hosts = parts.netloc.rpartition("@")
    shown = [(key, text) for key, text in options if key in _SHOWN]
    shown += [("schema", schema)] if schema != SCHEMA else []
    place = f"{user.partition(':')[0]}{mark}{hosts}{parts.path}"
    return Server(
        _uri(parts.netloc + parts.path, passed), _uri(place, urlencode(shown, safe="/")), schema, folder=Path()
    )


def _uri(place: str, query: str) -> str:
    return f"postgresql://{place}?{query}" if query else f"postgresql://{place}"


def without_password(text: str) -> str:
    """Return an address as it was written, wrong or right, without what may be a password."""
    text = re.sub(r"(://[^:/@]*):.*@", r"\1:…@", text, flags=re.DOTALL)
    return re.sub(r"(password=)[^&]*", r"\1…", text)
