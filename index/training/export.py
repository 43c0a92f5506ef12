"""Export: a sentence-transformers folder with float16 vectors, which model2vec can load too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

from index.training.tokenizer import UNKNOWN

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

CONFIG = "config_sentence_transformers.json"
# The names that the modules have had since sentence-transformers 3.2; the present ones are unknown before 6.
MODULES = {
    "StaticEmbedding": "sentence_transformers.models.StaticEmbedding",
    "Normalize": "sentence_transformers.models.Normalize",
}


def export(tokenizer: Tokenizer, vectors: torch.Tensor, folder: Path, name: str) -> None:
    """Write the model's folder.

    The unknown token's vector is zero: model2vec leaves the token out and sentence-transformers counts it, and a zero
    makes the two equal once the mean is normalized. model2vec takes `normalize` and `max_length` from the same
    configuration file; `name` is what an archive remembers its vectors by.
    """
    vectors = vectors.detach().clone()
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0
    embedding = StaticEmbedding(tokenizer, embedding_weights=vectors.half())
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    settings = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    write_json(folder / CONFIG, settings | {"name": name, "normalize": True, "max_length": None})
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    renamed = [module | {"type": MODULES[module["type"].rpartition(".")[2]]} for module in modules]
    write_json(folder / "modules.json", renamed)


def write_json(path: Path, value: object) -> None:
    """Write a value as indented JSON with a closing line end."""
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
