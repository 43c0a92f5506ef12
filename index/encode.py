"""Encoders: the bundled static model, and any sentence-transformers model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.types import Vectors, Words

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.types import Encoder

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "model"
BATCH = 256  # texts whose subwords' vectors are in memory at once
HUB_SECONDS = 10  # to wait for an answer


class StaticEncoder:
    """A static model: a text's vector is the mean of its subwords' vectors, made unit.

    It is read with tokenizers and numpy alone: no torch, and none of the copies and sorts of a general loader. Its
    vectors are those of sentence-transformers' `StaticEmbedding` for the same folder.

    Questions and passages are encoded alike. A text without a known subword (an empty one, say) gets a row of zeros,
    whose cosine with anything is 0.

    Raises EncoderError when the folder holds no such model.
    """

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
            self._name = str(settings["name"])
            self._embedding: Vectors = load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float32)
            tokenizer_file = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise EncoderError(f"cannot load the embedding model in '{folder}': {error}; reinstall Isnad") from error
        self._tokenizer = Tokenizer.from_str(tokenizer_file)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def name(self) -> str:
        """The name that its configuration gives these weights."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._embedding.shape[1])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), BATCH):
            encodings = self._tokenizer.encode_batch_fast(list(texts[start : start + BATCH]), add_special_tokens=False)
            lengths = np.array([len(encoding.ids) for encoding in encodings])
            told = np.flatnonzero(lengths)
            if len(told):
                ids = np.concatenate([encodings[place].ids for place in told])
                begins = np.cumsum(lengths[told]) - lengths[told]
                # A sum and a mean have one direction.
                rows[start + told] = np.add.reduceat(self._embedding[ids], begins, axis=0)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return rows

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        return self.encode_passages(texts)

    def encode_words(self, texts: Sequence[str]) -> list[Words]:
        """Return the words of each text: runs of letters, of digits or of punctuation, with summed subword vectors.

        Spans are code points into the text as given, whatever folding dropped or expanded within it.
        """
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        # All texts at once, a row a subword: its text, its word in that text, its vocabulary number and its offsets.
        owners = np.repeat(np.arange(len(encodings)), [len(encoding) for encoding in encodings])
        words = np.fromiter(chain.from_iterable(encoding.word_ids for encoding in encodings), np.int64)
        ids = np.fromiter(chain.from_iterable(encoding.ids for encoding in encodings), np.int64)
        pairs = chain.from_iterable(encoding.offsets for encoding in encodings)
        offsets = np.fromiter(chain.from_iterable(pairs), np.int64).reshape(-1, 2)

        begins = np.flatnonzero(np.diff(owners, prepend=-1) | np.diff(words, prepend=-1))
        lengths = np.diff(begins, append=len(ids))
        spans = list(zip(offsets[begins, 0].tolist(), offsets[begins + lengths - 1, 1].tolist(), strict=True))
        vectors = self._sums(ids, begins, lengths)
        borders = np.searchsorted(owners[begins], np.arange(len(texts) + 1)).tolist()
        return [Words(spans[start:end], vectors[start:end]) for start, end in pairwise(borders)]

    def split_words(self, words: Sequence[str]) -> list[list[str]]:
        """Return the vocabulary's pieces of each word, folded: a word that training saw often is one piece."""
        encodings = self._tokenizer.encode_batch(list(words), add_special_tokens=False)
        return [encoding.tokens for encoding in encodings]

    def _sums(self, ids: NDArray[np.int64], begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> Vectors:
        """Return one row a run of subwords, the sum of their vectors."""
        vectors: Vectors = self._embedding[ids[begins]]
        # Most words are one subword: adding the second ones, the third ones ... is several times faster than reduceat.
        for place in range(1, lengths.max(initial=1)):
            longer = np.flatnonzero(lengths > place)
            vectors[longer] += self._embedding[ids[begins[longer] + place]]
        return vectors


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by hub name or folder; its prompts for queries and documents are respected.

    Needs torch, imported on construction. Raises EncoderError when the model cannot be found or loaded.
    """

    def __init__(self, name: str) -> None:
        folder = Path(name)
        if not folder.is_dir() and (folder.is_absolute() or name.startswith(".")):
            raise EncoderError(f"cannot load the embedding model '{name}': no such folder; give a folder or a hub name")
        try:
            # Half precision is slow on a processor, and makes the zero vector of an empty text not a number.
            self._model = _load_local_or_fetch(name, is_folder=folder.is_dir()).float()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            reason = str(error).strip().split("\n")[0].rstrip(".")
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
        rows = self._model.encode_document(list(texts), normalize_embeddings=True)
        return np.asarray(rows, np.float32).reshape(len(texts), self.dimensions)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        rows = self._model.encode_query(list(texts), normalize_embeddings=True)
        return np.asarray(rows, np.float32).reshape(len(texts), self.dimensions)


def _load_local_or_fetch(name: str, *, is_folder: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError):
        if is_folder:
            raise
    _reach_hub()
    return SentenceTransformer(name, device="cpu")


def _reach_hub() -> None:
    """Raise OSError when the hub does not answer: its own client would try again for more than a minute."""
    from huggingface_hub import constants

    try:
        urlopen(Request(constants.ENDPOINT, method="HEAD"), timeout=HUB_SECONDS).close()
    except HTTPError:
        return
    except URLError as error:
        raise OSError(f"no copy here, and the hub {constants.ENDPOINT} cannot be reached ({error.reason})") from error


def load_encoder(name: str | None = None) -> Encoder:
    """Load the bundled encoder (None or "bundled"), or a sentence-transformers model by hub name or folder.

    Raises EncoderError when it cannot be loaded.
    """
    if name is None or name == BUNDLED:
        return StaticEncoder()
    return SentenceTransformerEncoder(name)
