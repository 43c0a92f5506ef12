"""An archive opened by its address: a folder's SQLite file, or a PostgreSQL server's schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.archive.address import Address
from index.archive.file import copy_damaged
from index.archive.sqlite import SqliteArchive
from index.errors import SettingsError
from index.types import Archive


def open_at(
    address: Address,
    *,
    encoder_name: str | None = None,
    dimensions: int | None = None,
    create: bool = False,
    wait_seconds: float = 5.0,
) -> Archive:
    """Open the archive at an address; with `create`, make one where none is.

    Args:
        address: a folder, which may be missing or empty where an archive is to be made in it, or a server's database.
        encoder_name: what its vectors must be made by; None takes the archive as it is.
        dimensions: of a vector; needed to create.
        create: needs `encoder_name` and `dimensions`.
        wait_seconds: how long to wait for another process that writes.

    Raises:
        ArchiveError: of every kind but UnknownArticleError.
        SettingsError: the archive is on a server, and what connects to it is not installed.
    """
    if isinstance(address, Path):
        return SqliteArchive.open(
            address, encoder_name=encoder_name, dimensions=dimensions, create=create, wait_seconds=wait_seconds
        )
    try:
        from index.archive.postgres import PostgresArchive
    except ImportError as error:
        raise SettingsError(f"the archive is '{address}': {error}; run `pip install 'isnad[postgres]'`") from error
    return PostgresArchive.open(
        address, encoder_name=encoder_name, dimensions=dimensions, create=create, wait_seconds=wait_seconds
    )


@contextmanager
def open_damaged(address: Address) -> Iterator[Archive]:
    """Open what can be read of a damaged archive, which stays as it is. Raises ArchiveError."""
    if isinstance(address, Path):
        with TemporaryDirectory(prefix="isnad-salvage-") as copy:
            copy_damaged(address, Path(copy))
            with SqliteArchive.open(Path(copy)) as archive:
                yield archive
    else:
        with open_at(address) as archive:
            yield archive
