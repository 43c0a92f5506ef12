"""Encoders for tests: one that a reader can follow by eye, and a transformer that has learnt nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from index.types import Vectors


class DemoEncoder:
    """Counts a text's words in 16 buckets, chosen by the word's checksum, and scales the counts to unit length."""

    name = "demo-16"
    dimensions = 16

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        counts = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(counts, texts, strict=True):
            for word in text.split() or [""]:
                row[crc32(word.encode("utf-8")) % self.dimensions] += 1
        counts /= np.linalg.norm(counts, axis=1, keepdims=True)
        if progress:
            progress(len(texts))
        return counts

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)


def build_transformer(folder: Path, prompts: dict[str, str] | None = None, *, seed: int = 0) -> Path:
    """Save a BERT of two layers, 32 numbers wide, that reads letters and has learnt nothing; returns its folder.

    It takes 64 tokens of a text. Without prompts it is a transformer alone, which sentence-transformers gives mean
    pooling.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789:.", *map(chr, range(0x621, 0x64B))]
    pieces = [*special.values(), *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")]
    )
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=64, **special
    )
    fast.save_pretrained(folder)
    if prompts is not None:
        transformer = Transformer(str(folder))
        pooling = Pooling(transformer.get_embedding_dimension(), "mean")
        SentenceTransformer(modules=[transformer, pooling], prompts=prompts, device="cpu").save_pretrained(str(folder))
    return folder


def build_cross_encoder(folder: Path, labels: Sequence[str] = ("contradiction", "entailment", "neutral")) -> Path:
    """Save a cross-encoder over that transformer that gives these labels and has learnt nothing; returns its folder."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    build_transformer(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = BertConfig.from_pretrained(folder)
    config.id2label, config.label2id = dict(enumerate(labels)), {label: number for number, label in enumerate(labels)}
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
