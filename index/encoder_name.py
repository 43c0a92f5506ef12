"""What an archive remembers a sentence-transformers model by: a name that changes with its vectors."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

ENDS = 1 << 20  # bytes read from the beginning and from the end of a file
SUFFIXES = {".json", ".txt", ".model", ".safetensors", ".bin"}  # settings, vocabularies and weights
EXPORTS = {"onnx", "openvino"}  # copies of the same weights for another back end
CHECKPOINT = "checkpoint-"  # what training leaves beside the model


def name_folder(folder: Path) -> str:
    """Return a folder's own name and 12 hex digits of what it holds: ``my-model@0123456789ab``.

    The folder may move, and stand elsewhere on another machine. Read are the name, the size and the first and last
    mebibyte of every file that says what the vectors are: some milliseconds, where half a gigabyte of weights takes
    half a second. Training moves every weight, so that a change hidden from both ends would have to be made on purpose.
    """
    content = hashlib.sha256()
    for file in sorted(_files(folder)):
        size = file.stat().st_size
        content.update(f"{file.relative_to(folder).as_posix()}\0{size}\0".encode())
        with file.open("rb") as opened:
            content.update(opened.read(ENDS))
            opened.seek(max(size - ENDS, min(size, ENDS)))
            content.update(opened.read(ENDS))
    return f"{folder.resolve().name}@{content.hexdigest()[:12]}"


def _files(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in EXPORTS and not name.startswith((".", CHECKPOINT))]
        yield from (Path(path, name) for name in names if Path(name).suffix in SUFFIXES)
