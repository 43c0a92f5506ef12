"""Export: a folder that sentence-transformers and model2vec load, in whole numbers of a byte or in half precision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer

from index.errors import TrainingError
from index.training.tokenizer import UNKNOWN
from index.training.tokens import load
from index.training.work import Precision, Work, to_json
from index.types import Vectors

CONFIG = "config_sentence_transformers.json"
LARGEST = 127  # of an int8, both ways
# The names that the modules have had since sentence-transformers 3.2; the present ones are unknown before 6.
MODULES = {
    "StaticEmbedding": "sentence_transformers.models.StaticEmbedding",
    "Normalize": "sentence_transformers.models.Normalize",
}
# What makes a folder one of model2vec's own, whose tensors have other names and may be int8.
MODEL2VEC = {
    "model_type": "model2vec",
    "architectures": ["StaticModel"],
    "normalize": True,
    "max_length": None,
    "embedding_dtype": "int8",
}


def export(
    work: Work, folder: Path, name: str, dimensions: int | None, precision: Precision, sif: float | None = None
) -> dict[str, Any]:
    """Write the trained model's folder, with the first of its dimensions; returns the sizes in bytes.

    `name` is what an archive remembers its vectors by. With `sif`, a, a subword whose share of all that was trained on
    is p counts a / (a + p) of what training made it count: smooth inverse frequency (Arora, Liang and Ma, 2017). Raises
    TrainingError for more dimensions than were trained.
    """
    vectors: Vectors = np.load(work.vectors)
    if dimensions and dimensions > vectors.shape[1]:
        raise TrainingError(f"--dimensions {dimensions}: only {vectors.shape[1]} were trained; give at most as many")
    if sif:
        vectors *= (sif / (sif + _shares(work, len(vectors))))[:, None]
    write_folder(Tokenizer.from_file(str(work.tokenizer)), vectors[:, :dimensions], folder, name, precision)
    sizes = {file: (folder / file).stat().st_size for file in ("model.safetensors", "tokenizer.json")}
    return {"shape": list(vectors[:, :dimensions].shape), "bytes": sizes}


def _shares(work: Work, subwords: int) -> Vectors:
    """Return each subword's share of the rows that were trained on, shape (subwords,)."""
    each = [load(file) for file in work.tokens.glob("*.npz")]
    counts = sum((np.bincount(texts.ids, minlength=subwords) for sides in each for texts in sides), np.zeros(subwords))
    shares: Vectors = (counts / counts.sum()).astype(np.float32)
    return shares


def write_folder(tokenizer: Tokenizer, vectors: Vectors, folder: Path, name: str, precision: Precision) -> None:
    """Write a model of these vectors, shape (vocabulary, dimensions); other files of the folder stay.

    The unknown token's vector is zero: model2vec leaves the token out and sentence-transformers counts it, and a zero
    makes the two equal once the mean is normalized. model2vec takes `normalize` and `max_length` from its own
    configuration file where there is one, else from sentence-transformers'.
    """
    import torch

    vectors = vectors.copy()
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0
    embedding = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(vectors).half())
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    settings = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    _write_json(folder / CONFIG, settings | {"name": name, "normalize": True, "max_length": None})
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    renamed = [module | {"type": MODULES[module["type"].rpartition(".")[2]]} for module in modules]
    _write_json(folder / "modules.json", renamed)
    if precision == "int8":
        embeddings, weights = quantize(vectors)
        save_file({"embeddings": embeddings, "weights": weights}, folder / "model.safetensors")
        _write_json(folder / "config.json", MODEL2VEC)
    else:
        (folder / "config.json").unlink(missing_ok=True)  # with it, model2vec would look for its own tensors


def quantize(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 rows and the number to multiply each by, shapes (rows, dimensions) and (rows,).

    Every row has its own: a row's norm says how much a word matters, and norms differ widely.
    """
    weights = (np.abs(vectors).max(axis=1) / LARGEST).astype(np.float32)
    whole = np.rint(vectors / np.where(weights, weights, 1)[:, None])
    return whole.astype(np.int8), weights


def _write_json(file: Path, value: object) -> None:
    file.write_text(to_json(value), encoding="utf-8")
