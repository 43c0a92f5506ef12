"""What the tests of reading share: files in the current folder, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

from index.reading import Found, ReadOptions, Record, Rejection, read


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def text_of(path: Path) -> str:
    """The text of the one article that a file holds."""
    (record,) = read(path)
    assert isinstance(record, Record)
    return record.text


def read_as(path: Path, **said: str) -> list[Found]:
    """What a file holds, read as it is said to be."""
    return list(read(path, ReadOptions(**said)))  # type: ignore[arg-type]


def reason(path: Path) -> str:
    """The one line with which a file is rejected."""
    (rejection,) = read(path)
    assert isinstance(rejection, Rejection)
    assert "\n" not in rejection.reason
    return rejection.reason
