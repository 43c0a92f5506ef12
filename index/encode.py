"""Encoders: the bundled static model, and any sentence-transformers model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import EncoderError
from index.types import Vectors, Words

if TYPE_CHECKING:
    from index.types import Encoder

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "model"


class StaticEncoder:
    """A static model, read with model2vec: a text's vector is the mean of its subwords' vectors, made unit.

    Questions and passages are encoded alike. A text without a known subword (an empty one, say) gets a row of zeros,
    whose cosine with anything is 0.

    Raises EncoderError when the folder holds no such model.
    """

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        from model2vec import StaticModel
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
            vectors = load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float32)
            tokenizer_file = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise EncoderError(f"cannot load the embedding model in '{folder}': {error}; reinstall Isnad") from error
        # Not StaticModel.from_pretrained: it imports the hub's client, a fifth of a second, only to find local files.
        self._model = StaticModel(vectors, Tokenizer.from_str(tokenizer_file), normalize=True, max_length=None)
        self._name = str(settings["name"])

    @property
    def name(self) -> str:
        """The name that its configuration gives these weights."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.embedding.shape[1])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        # Threads of Python gain nothing here: the tokenizer has its own.
        return self._model.encode(list(texts), use_multiprocessing=False).astype(np.float32, copy=False)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        return self.encode_passages(texts)

    def encode_words(self, texts: Sequence[str]) -> list[Words]:
        """Return the words of each text: runs of letters, of digits or of punctuation, with summed subword vectors.

        Spans are code points into the text as given, whatever folding dropped or expanded within it.
        """
        encodings = self._model.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [self._words(encoding.ids, encoding.word_ids, encoding.offsets) for encoding in encodings]

    def _words(self, ids: list[int], word_ids: list[int | None], offsets: list[tuple[int, int]]) -> Words:
        if not ids:
            return Words([], np.zeros((0, self.dimensions), np.float32))
        numbers = np.array(word_ids, np.int64)
        starts = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
        ends = [*starts[1:], len(ids)]
        spans = [(offsets[start][0], offsets[end - 1][1]) for start, end in zip(starts, ends, strict=True)]
        return Words(spans, np.add.reduceat(self._model.embedding[ids], starts, axis=0))


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by hub name or folder; its prompts for queries and documents are respected.

    Needs torch, imported on construction. Raises EncoderError when the model cannot be found or loaded.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        folder = Path(name)
        if not folder.is_dir() and (folder.is_absolute() or name.startswith(".")):
            raise EncoderError(f"cannot load the embedding model '{name}': no such folder; give a folder or a hub name")
        try:
            # Half precision is slow on a processor, and makes the zero vector of an empty text not a number.
            self._model = SentenceTransformer(name, device="cpu").float()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            reason = str(error).strip().split("\n")[0]
            raise EncoderError(
                f"cannot load the embedding model '{name}': {reason}; check the name, the folder and the network"
            ) from error
        self._name = str(folder.resolve()) if folder.is_dir() else name

    @property
    def name(self) -> str:
        """The hub name, or the folder's full path."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        return np.asarray(self._model.encode_document(list(texts), normalize_embeddings=True), np.float32)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        return np.asarray(self._model.encode_query(list(texts), normalize_embeddings=True), np.float32)


def load_encoder(name: str | None = None) -> Encoder:
    """Load the bundled encoder (None or "bundled"), or a sentence-transformers model by hub name or folder.

    Raises EncoderError when it cannot be loaded.
    """
    if name is None or name == BUNDLED:
        return StaticEncoder()
    return SentenceTransformerEncoder(name)
