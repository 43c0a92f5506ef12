"""The models that are compared: how they are loaded, what they are called, and the room they take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.encoders.static import BUNDLED, BUNDLED_FOLDER, StaticEncoder, load_encoder
from index.errors import EncoderError
from index.types import Encoder
from index.words import WordModel

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model under test: the name that tells it from the others, its encoder, the word vectors that rerank with it."""

    name: str
    encoder: Encoder
    words: WordModel
    megabytes: float | None  # of its files; None where they cannot be told


def load_candidates(models: Sequence[str], *, bundled: bool) -> list[Candidate]:
    """Load the bundled model, where it is wanted, and the others by folder or hub name.

    A folder of our own format (what `python -m index.training` exports) is read as the bundled model is: its own words
    rerank, and torch is not needed. With any other model rerank the bundled model's words, as in the program.

    Raises:
        EncoderError: One cannot be loaded, or is given twice.
    """
    seen = [BUNDLED_FOLDER.resolve()] if bundled else []
    for model in models:
        place = _folder(model).resolve()  # of a hub name, too: no two names have one place
        if place in seen:
            raise EncoderError(f"the model '{model}' is given twice; a name or folder makes one row")
        seen.append(place)
    own = StaticEncoder()
    first = [Candidate(f"{own.name} (bundled)", own, own, _megabytes(BUNDLED_FOLDER))] if bundled else []
    return first + [_load(model, own) for model in models]


def _load(model: str, bundled: StaticEncoder) -> Candidate:
    folder = _folder(model)
    try:
        static = StaticEncoder(folder)
    except EncoderError:
        encoder = load_encoder(model)
        return Candidate(model, encoder, bundled, _megabytes(folder if folder.is_dir() else _find_copy(encoder.name)))
    return Candidate(model, static, static, _megabytes(folder))


def _folder(model: str) -> Path:
    return BUNDLED_FOLDER if model == BUNDLED else Path(model)


def _find_copy(name: str) -> Path | None:
    """Return the folder of a model that came from the hub, given its encoder's name, "repository@commit"."""
    from huggingface_hub import snapshot_download

    repository, _, commit = name.partition("@")
    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    for place in (repository, f"sentence-transformers/{repository}"):  # which a name without an owner stands for
        with suppress(OSError, ValueError):
            return Path(snapshot_download(place, revision=commit or None, cache_dir=cache, local_files_only=True))
    return None


def _megabytes(folder: Path | None) -> float | None:
    if folder is None:
        return None
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MEGABYTE
