"""Encoders: the bundled static model, and the way to any other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders.subwords import Splitter, Subwords
from index.errors import EncoderError
from index.types import Backend, Vectors, Words

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from index.types import Encoder

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent.parent / "model"
FEW = 5_000  # subwords whose sums take less time than importing scipy, a sixth of a second
_COLUMNS = 128  # numbers of each vector that are summed together: what rows of that length take stays in the cache
_ROWS = 256  # rows that are multiplied at once, for the same reason
BATCH = 1024  # texts that are encoded at once: their subwords' vectors, each needed once, take some 40 MB


class _Table(NamedTuple):
    """Every subword's vector as it is stored, shape (vocabulary, dimensions), and what each row is multiplied by.

    Only the rows that a text needs are made float32: all of them would take four times the memory, and a start's time.
    """

    stored: NDArray[np.int8] | NDArray[np.float16]
    scales: Vectors | None

    @classmethod
    def from_file(cls, file: Path) -> _Table:
        """Read `embedding.weight`, sentence-transformers' name, or model2vec's int8 `embeddings` with `weights`."""
        from safetensors.numpy import load_file

        tensors = load_file(file)
        if "embedding.weight" in tensors:
            return cls(tensors["embedding.weight"], None)
        return cls(tensors["embeddings"], tensors["weights"].astype(np.float32))

    def take(self, ids: NDArray[np.integer]) -> Vectors:
        """Return the float32 rows of these subwords, shape (len(ids), dimensions)."""
        rows: Vectors = self.stored[ids].astype(np.float32)
        if self.scales is not None:
            rows *= self.scales[ids][:, None]
        return rows

    def scales_of(self, ids: NDArray[np.integer]) -> Vectors:
        """Return what the stored rows of these subwords are multiplied by, shape (len(ids),)."""
        return np.ones(len(ids), np.float32) if self.scales is None else self.scales[ids]

    def multiply(self, ids: NDArray[np.integer], vectors: Vectors) -> Vectors:
        """Return the products of these subwords' rows with vectors, shape (len(ids), len(vectors)).

        It multiplies `_ROWS` rows at a time, which stay in the processor's cache as they are made floats.
        """
        products: Vectors = np.empty((len(ids), len(vectors)), np.float32)
        part: Vectors = np.empty((min(_ROWS, len(ids)), self.stored.shape[1]), np.float32)
        for start in range(0, len(ids), _ROWS):
            rows = part[: len(ids) - start]
            rows[...] = self.stored[ids[start : start + _ROWS]]
            np.matmul(rows, vectors.T, out=products[start : start + _ROWS])
        if self.scales is not None:
            products *= self.scales[ids][:, None]  # fewer numbers than in the rows
        return products


class StaticEncoder:
    """A static model: a text's vector is the mean of its subwords' vectors, made unit.

    It is read with tokenizers and numpy alone: no torch, and none of the copies and sorts of a general loader. Its
    vectors are those of sentence-transformers' `StaticEmbedding` for the same folder.

    Questions and passages are encoded alike. A text without a known subword (an empty one, say) gets a row of zeros,
    whose cosine with anything is 0.

    It is pickled by its folder, the bundled one by none, as that may lie elsewhere on another machine; a process that
    has loaded it by `load_static` goes on with that one.

    Raises EncoderError when the folder holds no such model.
    """

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        from safetensors import SafetensorError
        from tokenizers import Tokenizer

        self._folder = folder
        try:
            settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
            self._name = str(settings["name"])
            self._table = _Table.from_file(folder / "model.safetensors")
            tokenizer_file = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise EncoderError(f"cannot load the embedding model in '{folder}': {error}; reinstall Isnad") from error
        self._tokenizer = Tokenizer.from_str(tokenizer_file)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._splitter = Splitter(self._tokenizer)
        self._letters = _Letters(self._tokenizer)

    def __reduce__(self) -> tuple[Any, ...]:
        return load_static, (() if self._folder == BUNDLED_FOLDER else (self._folder.absolute(),))

    @property
    def name(self) -> str:
        """The name that its configuration gives these weights."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._table.stored.shape[1])

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), BATCH):
            some = texts[start : start + BATCH]
            found = self.split(some)
            rows[start : start + len(some)] = self.sums(found.ids, found.texts)  # a sum and a mean have one direction
            if progress:
                progress(len(some))
        return _unit(rows)

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

    def split(self, texts: Sequence[str]) -> Subwords:
        """Return the subwords of the texts."""
        return self._splitter.split(texts)

    def subword_products(self, ids: NDArray[np.integer], vectors: Vectors) -> Vectors:
        """Return the products of subwords' vectors with others, shape (len(ids), len(vectors))."""
        return self._table.multiply(ids, vectors)

    def sums(self, ids: NDArray[np.int32], borders: NDArray[np.int64]) -> Vectors:
        """Return the sum of each run of subwords ``ids[borders[i] : borders[i + 1]]``."""
        if len(ids) <= FEW:
            sums = np.zeros((len(borders) - 1, self.dimensions), np.float32)
            told = np.flatnonzero(np.diff(borders))
            if len(told):
                sums[told] = np.add.reduceat(self._table.take(ids), borders[told], axis=0)
            return sums
        from scipy.sparse import csr_array

        is_needed = np.zeros(len(self._table.stored), np.bool_)
        is_needed[ids] = True
        needed, places = np.flatnonzero(is_needed), (np.cumsum(is_needed, dtype=np.int32) - 1)[ids]
        # A product with a sparse matrix: numpy's sums of rows take ten times as long.
        counts = csr_array((self._table.scales_of(ids), places, borders), (len(borders) - 1, len(needed)))
        stored = self._table.stored[needed]
        rows = np.empty((len(borders) - 1, self.dimensions), np.float32)
        for start in range(0, self.dimensions, _COLUMNS):
            columns = slice(start, start + _COLUMNS)
            rows[:, columns] = counts @ stored[:, columns].astype(np.float32)
        return rows

    def spell(self, ids: Sequence[int]) -> str:
        """Return the letters of subwords, folded."""
        return "".join(map(self._letters.__getitem__, ids))

    def pieces(self) -> list[str]:
        """Return every piece of the vocabulary, folded, in the order of its rows."""
        return [self.spell([row]) for row in range(len(self._table.stored))]

    def split_words(self, words: Sequence[str]) -> list[list[str]]:
        """Return the vocabulary's pieces of each word, folded: a word that training saw often is one piece."""
        found = self.split(words)
        pieces = list(map(self._letters.__getitem__, found.ids.tolist()))
        return [pieces[start:end] for start, end in pairwise(found.texts.tolist())]

    def sum_words(self, words: Sequence[str]) -> Vectors:
        """Return the sum of each word's subword vectors, shape (len(words), dimensions)."""
        found = self.split(words)
        lengths = np.diff(found.texts)
        told = np.flatnonzero(lengths)
        sums = np.zeros((len(words), self.dimensions), np.float32)
        sums[told] = self._sums(found.ids, found.texts[told], lengths[told])
        return sums

    def _sums(self, ids: NDArray[np.integer], begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> Vectors:
        """Return one row a run of subwords, the sum of their vectors."""
        vectors = self._table.take(ids[begins])
        # Most words are one subword: adding the second ones, the third ones ... is several times faster than reduceat.
        for place in range(1, lengths.max(initial=1)):
            longer = np.flatnonzero(lengths > place)
            vectors[longer] += self._table.take(ids[begins[longer] + place])
        return vectors


class _Letters(dict[int, str]):
    """The letters of subwords; each is asked of the tokenizer once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def __missing__(self, subword: int) -> str:
        self[subword] = letters = self._tokenizer.id_to_token(subword) or ""
        return letters


def _unit(rows: Vectors) -> Vectors:
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return rows


@cache
def load_static(folder: Path = BUNDLED_FOLDER) -> StaticEncoder:
    """Return the static model of a folder, loaded once a process, forked ones included. Raises EncoderError."""
    return StaticEncoder(folder)


def load_encoder(name: str | None = None, backend: Backend = "torch") -> Encoder:
    """Load the bundled encoder (None or "bundled"), or a sentence-transformers model by folder or hub name.

    `backend` runs a sentence-transformers model; the bundled one needs none. Raises EncoderError when the model cannot
    be loaded.
    """
    if name is None or name == BUNDLED:
        return load_static()
    from index.encoders.transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name, backend)
