"""Settings: from `ISNAD_*` variables, and from `isnad.toml` in the current folder."""

from __future__ import annotations

import os
import re
import tomllib
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, AnyHttpUrl, Field, PlainValidator, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from index.archive.address import Address, Server, read_address, without_password
from index.errors import SettingsError
from index.types import Backend

FILE = "isnad.toml"
PREFIX = "ISNAD_"


def _sendable(key: SecretStr) -> SecretStr:
    if not key.get_secret_value().isascii() or not key.get_secret_value().isprintable():
        raise ValueError("a key consists of ASCII letters, digits and signs")
    return key


IndexKind = Literal["auto", "flat", "hnsw", "diskann"]
"""How a Milvus server is to find vectors; `flat` compares every one."""

_ENGINE = "milvus:"
_PLACE = re.compile(r"milvus:(?:.+\.db|(?:https?|tcp)://[^/\s]+(?:/\w*)?|unix:.+)")
_CREDENTIALS = re.compile(r"//[^/]*@")


class IndexPlace(NamedTuple):
    """Where the search indexes are, if not beside the archive: a file of Milvus Lite, or a server."""

    uri: str
    token: str = ""
    kind: IndexKind | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file of Milvus Lite."""
        return self.uri.endswith(".db") and "://" not in self.uri

    def __str__(self) -> str:
        """Return it as it may be shown, without a password."""
        return _CREDENTIALS.sub("//", self.uri)


def _index_place(value: str) -> str:
    if not _PLACE.fullmatch(value):
        raise ValueError("it is milvus:FILE.db or milvus:http://HOST:PORT; leave it out for indexes beside the archive")
    return value


class Settings(BaseSettings):
    """What can be set, and what holds where nothing is. A variable goes before the file."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, toml_file=FILE
    )

    archive: Annotated[Address, PlainValidator(read_address)] = Path(".isnad")
    """The folder of the archive, or the address of the database that holds it."""
    folder: Path = Path(".isnad-server")
    """The folder below which lies what goes with an archive on a server; a folder's archive has it beside it."""
    encoder: str | None = None
    """The folder or hub name of a sentence-transformers model; None is the bundled one."""
    backend: Backend = "torch"
    """What runs such a model; the bundled one needs nothing."""
    index: Annotated[str, AfterValidator(_index_place)] | None = None
    """Where vectors and full text are searched: milvus:URI; None is beside the archive."""
    index_token: Annotated[SecretStr, Field(min_length=1), AfterValidator(_sendable)] | None = None
    """The token, or USER:PASSWORD, that a Milvus server asks for."""
    index_kind: IndexKind | None = None
    """How a Milvus server finds vectors; None is what suits it: `auto`, for a file `flat`."""
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """The address that the chat is served at."""
    port: Annotated[int, Field(ge=0, le=65535)] = 7860
    """The port that the chat is served at; 0 is any free one."""
    allow_edit: bool = False
    """Whether those who use the chat may add and remove articles."""
    auth_file: Path | None = None
    """The file of those who may use the chat and of their passwords' hashes; None lets in everybody."""
    keys_file: Path | None = None
    """The file of the API keys; None is keys.json in the archive's folder."""
    open: bool = False
    """Whether `isnad serve` lets in everybody who can reach it, without a key or a password."""
    rate: Annotated[int, Field(ge=0)] = 600
    """Requests a minute that each key, or each address without one, may send to `isnad serve`; 0 is any number."""
    burst: Annotated[int, Field(ge=1)] = 100
    """How many of them may come at once."""
    most_at_once: Annotated[int, Field(ge=1, le=1000)] = 8
    """Requests of programs that are worked on at the same time."""
    most_waiting: Annotated[int, Field(ge=0, le=100_000)] = 256
    """Requests of programs that wait for that; what comes beyond is refused."""
    longest_body: Annotated[int, Field(ge=1024)] = 2**23
    """Bytes that a request of a program may hold, uploads aside; a million letters take six each as JSON."""
    timeout: Annotated[float, Field(gt=0, le=3600)] = 150.0
    """Seconds that such a request may wait, and then go without a piece of its answer."""
    grace: Annotated[float, Field(ge=0, le=3600)] = 30.0
    """Seconds that answers under way are given when `isnad serve` is stopped."""
    log_questions: bool = False
    """Whether the log of `isnad serve` holds the questions."""
    llm: Annotated[str, Field(min_length=1)] | None = None
    """The language model that writes answers: its name at `llm_url`, or INTEGRATION:NAME; None is none."""
    llm_url: AnyHttpUrl | None = None
    """The base URL of an OpenAI-compatible server."""
    llm_key: Annotated[SecretStr, Field(min_length=1), AfterValidator(_sendable)] | None = None
    """The key that the server or the service asks for."""
    llm_timeout: Annotated[float, Field(gt=0, le=3600)] = 120.0
    """Seconds that the model may take for an answer."""
    system_key: Annotated[SecretStr, Field(min_length=1), AfterValidator(_sendable)] | None = None
    """The key of the server that `isnad eval --system` asks."""
    unsupported: Literal["show", "drop"] = "show"
    """What becomes of a sentence of the model that its citations do not support."""
    nli: Annotated[str, Field(min_length=1)] | None = None
    """The folder or hub name of a cross-encoder for entailment, which decides on support; None is none."""

    @property
    def index_place(self) -> IndexPlace | None:
        """Where the search indexes are; None is beside the archive."""
        if self.index is None:
            return None
        token = self.index_token.get_secret_value() if self.index_token else ""
        place = IndexPlace(self.index.removeprefix(_ENGINE), token, self.index_kind)
        return place._replace(uri=str(Path(place.uri).expanduser())) if place.is_file else place

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read options, then variables, then the file; nothing else."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**options: object) -> Settings:
    """Return the settings; an option of the command line goes before all else, unless it is None.

    Raises SettingsError, naming the first value that cannot be used.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # validation is what pydantic is here for
    except ValidationError as error:
        raise SettingsError(_first(error, given)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{FILE} is not TOML ({error}); correct it there") from error
    except OSError as error:
        raise SettingsError(f"cannot read {FILE}: {error.strerror}; allow reading it") from error
    archive = settings.archive
    place = archive.below(settings.folder.expanduser()) if isinstance(archive, Server) else archive.expanduser()
    return settings.model_copy(update={"archive": place})


def _first(error: ValidationError, options: dict[str, object]) -> str:
    """Say where the first wrong value stands, what it is, and what it should be."""
    found = error.errors()[0]
    name = str(found["loc"][0])
    if found["type"] == "extra_forbidden":
        return f"{FILE} sets {name!r}, which is no setting; known are {', '.join(Settings.model_fields)}"
    variable = f"{PREFIX}{name.upper()}"
    place = (
        f"--{name.replace('_', '-')}"
        if name in options
        else variable
        if os.environ.get(variable)
        else f"{name} in {FILE}"
    )
    secret = name in ("llm_key", "system_key", "index_token")
    hide = without_password if name == "archive" else partial(_CREDENTIALS.sub, "//")
    value = "set" if secret else hide(repr(found["input"]))
    return f"{place} is {value}: {found['msg'][0].lower()}{found['msg'][1:]}; correct it there"
