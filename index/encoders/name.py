"""What an archive remembers a sentence-transformers model by: a name that changes with its vectors."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

ENDS = 1 << 20  # bytes read from the beginning and from the end of a file
SUFFIXES = {".json", ".txt", ".model", ".safetensors", ".bin"}  # settings, vocabularies and weights
EXPORTS = {"onnx", "openvino"}  # copies of the same weights for another back end
CHECKPOINT = "checkpoint-"  # what training leaves beside the model
STAMPS = {"__version__", "transformers_version"}  # the libraries that saved the model, in its settings


def name_folder(folder: Path) -> str:
    """Return a folder's own name and 12 hex digits of what it holds: ``my-model@0123456789ab``.

    The folder may move, and stand elsewhere on another machine. Of every file that says what the vectors are, its name,
    size, first and last mebibyte are read: some milliseconds, where half a gigabyte of weights takes half a second.
    Training moves every weight, so that a change hidden from both ends would have to be made on purpose. Of settings,
    spelling and the versions of the libraries that saved them do not count.

    Raises OSError where a file cannot be read, and ValueError where settings are not JSON.
    """
    content = hashlib.sha256()
    for file in sorted(_files(folder)):
        content.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        content.update(_settings(file) if file.suffix == ".json" and file.stat().st_size <= ENDS else _ends(file))
    return f"{folder.resolve().name}@{content.hexdigest()[:12]}"


def _settings(file: Path) -> bytes:
    settings = json.loads(file.read_bytes())
    if isinstance(settings, dict):
        settings = {key: value for key, value in settings.items() if key not in STAMPS}
    return json.dumps(settings, sort_keys=True).encode()


def _ends(file: Path) -> bytes:
    size = file.stat().st_size
    with file.open("rb") as opened:
        first = opened.read(ENDS)
        opened.seek(max(size - ENDS, len(first)))
        return b"%d\0%b%b" % (size, first, opened.read(ENDS))


def _files(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in EXPORTS and not name.startswith((".", CHECKPOINT))]
        yield from (Path(path, name) for name in names if Path(name).suffix in SUFFIXES)
