"""Splitting by runs gives what the tokenizer gives for whole texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from index.encoders.static import BUNDLED_FOLDER
from index.encoders.subwords import Splitter
from index.errors import EncoderError

TOKENIZER = Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
SPLITTER = Splitter(TOKENIZER)
FORGETFUL = Splitter(TOKENIZER, most_characters=20)
TEXT = st.text(
    st.one_of(st.sampled_from("  \n\t\u00a0\u2028\x1c أإلآكَّـ،.؟ﷺABaß'’3٣%"), st.characters(codec="utf-8")), max_size=40
)


def whole(text: str) -> list[list[int]]:
    """The subwords of a text's words, by the tokenizer alone."""
    encoding = TOKENIZER.encode(text, add_special_tokens=False)
    words: dict[int | None, list[int]] = {}
    for word, subword in zip(encoding.word_ids, encoding.ids, strict=True):
        words.setdefault(word, []).append(subword)
    return list(words.values())


def by_runs(splitter: Splitter, texts: list[str]) -> list[list[list[int]]]:
    found = splitter.split(texts)
    words = [found.ids[start:end].tolist() for start, end in pairwise([*found.words.tolist(), len(found.ids)])]
    return [
        [word for begin, word in zip(found.words.tolist(), words, strict=True) if start <= begin < end]
        for start, end in pairwise(found.texts.tolist())
    ]


@given(st.lists(TEXT, max_size=4))
def test_any_texts_are_split_as_the_tokenizer_splits_each(texts: list[str]) -> None:
    assert by_runs(SPLITTER, texts) == [whole(text) for text in texts]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_forgetting_what_was_met_before_changes_nothing(texts: list[str]) -> None:
    assert by_runs(FORGETFUL, texts) == [whole(text) for text in texts]


def test_a_tokenizer_that_joins_words_across_spaces_is_refused() -> None:
    joining = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    with pytest.raises(EncoderError, match="joins words across spaces"):
        Splitter(joining)
    joining.pre_tokenizer = pre_tokenizers.Metaspace()
    with pytest.raises(EncoderError, match="joins words across spaces"):
        Splitter(joining)
