"""How fast models encode, against a transformer of the MiniLM shape in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from index.encoders.static import BUNDLED_FOLDER, load_encoder
from index.types import Encoder

LAYERS, WIDTH, HEADS, INNER = 12, 384, 12, 1536
"""The shape of MiniLM-L12 (Wang et al. 2020, https://arxiv.org/abs/2002.10957)."""

SENTENCES = 200
ROUNDS = 5
LONGEST = 512  # subwords that the transformer reads of a text


def make_minilm_shape(folder: Path) -> Encoder:
    """Make a transformer of the MiniLM shape in a folder, and load it as any sentence-transformers model.

    Its weights are random, which its speed does not depend on; a text's vector is the mean of its subwords'. It reads
    the bundled model's own subwords, so that what the two do not share is the network alone.
    """
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
    from transformers.utils import logging

    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # as all of transformers
        tokenizer_file=str(BUNDLED_FOLDER / "tokenizer.json"),
        unk_token="[UNK]",
        pad_token="[UNK]",  # it has no other; what is padded is masked
        model_max_length=LONGEST,
    )
    shape = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=LONGEST,
        pad_token_id=tokenizer.pad_token_id,
    )
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar a file that nobody asked for
    try:
        BertModel(shape).save_pretrained(str(folder))
        tokenizer.save_pretrained(str(folder))
        return load_encoder(str(folder))
    finally:
        logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def measure_speed(encoders: Sequence[Encoder], sentences: Sequence[str], rounds: int = ROUNDS) -> list[float]:
    """Return how many sentences a second each encoder encodes, the median of several rounds.

    The encoders take turns, so that whatever else the machine does falls on all of them.
    """
    for encoder in encoders:
        encoder.encode_passages(sentences[:1])  # whatever is loaded at the first call
    seconds: list[list[float]] = [[] for _ in encoders]
    for _ in range(rounds):
        for encoder, times in zip(encoders, seconds, strict=True):
            began = perf_counter()
            encoder.encode_passages(sentences)
            times.append(perf_counter() - began)
    return [len(sentences) / median(times) for times in seconds]
