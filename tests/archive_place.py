"""Where the contracts of an archive are tried; the test of an implementation says where that is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

import pytest

from index.archive.address import Address
from index.archive.opening import open_at
from index.errors import IsnadError
from index.types import Archive
from tests.contracts import ENCODER


def create(address: Address, *, wait_seconds: float = 5.0) -> Archive:
    return open_at(
        address, encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True, wait_seconds=wait_seconds
    )


def refusal(kind: type[IsnadError], act: Callable[[], object]) -> str:
    """The one line with which an act is refused."""
    with pytest.raises(kind) as caught:
        act()
    assert type(caught.value) is kind
    message = str(caught.value)
    assert "\n" not in message
    return message


class ArchivePlace(ABC):
    """Where archives for `ENCODER`'s vectors can be made."""

    @abstractmethod
    @pytest.fixture
    def address(self) -> Address:
        """Where an archive can be made."""

    @abstractmethod
    @pytest.fixture
    def elsewhere(self) -> Address:
        """Where another one can."""

    @abstractmethod
    def change(self, address: Address, *statements: str) -> None:
        """Do to the archive at an address what no program of ours does."""

    @pytest.fixture
    def archive(self, address: Address) -> Iterator[Archive]:
        """An empty archive."""
        with create(address) as archive:
            yield archive
