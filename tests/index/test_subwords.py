"""Splitting by runs gives what the tokenizer gives for whole texts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from index.encoders.static import BUNDLED_FOLDER
from index.encoders.subwords import Splitter
from index.errors import EncoderError

TOKENIZER = Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
SPLITTER = Splitter(TOKENIZER)
TOGETHER = Splitter(TOKENIZER, many=1)
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


@given(st.lists(TEXT, max_size=4))
def test_many_runs_are_taken_apart_together_as_the_tokenizer_splits_each(texts: list[str]) -> None:
    assert by_runs(TOGETHER, texts) == [whole(text) for text in texts]


def test_every_piece_and_every_letter_of_the_vocabulary_is_cut_as_the_tokenizer_cuts_it() -> None:
    """Among them are ties between pieces, letters that only stand in longer ones, and marks beside letters."""
    pieces = [piece for piece in TOKENIZER.get_vocab() if piece != "[UNK]"]
    texts = [*pieces, *(f"a{piece}1" for piece in pieces if len(piece) == 1), "ا" * 40, "[UNK]", "x[UNK]y"]
    found = TOGETHER.split(texts)
    encodings = TOKENIZER.encode_batch(texts, add_special_tokens=False)
    assert found.ids.tolist() == [subword for encoding in encodings for subword in encoding.ids]
    assert np.diff(found.texts).tolist() == list(map(len, encodings))
    words = [word for encoding in encodings for word in encoding.word_ids]
    firsts = set(found.texts.tolist())
    begins = [place for place, word in enumerate(words) if place in firsts or word != words[place - 1]]
    assert found.words.tolist() == begins


def test_a_vocabulary_of_another_kind_is_left_to_its_tokenizer() -> None:
    other = Tokenizer(models.WordLevel({"[UNK]": 0, "apple": 1}, unk_token="[UNK]"))
    other.pre_tokenizer = pre_tokenizers.Whitespace()
    assert Splitter(other, many=1).split(["apple pear", "", "apple"]).ids.tolist() == [1, 0, 1]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_forgetting_what_was_met_before_changes_nothing(texts: list[str]) -> None:
    assert by_runs(FORGETFUL, texts) == [whole(text) for text in texts]


def test_a_run_is_known_again_wherever_it_stands_and_however_long_it_is() -> None:
    """Half a million characters are hashed in parts; a run may cross the border of two, or be longer than one."""
    longest = "ab" * 200_000
    texts = [f"{longest} سلام", "word " * 53_000, f"و{longest}", f"سلام {longest} word"]
    splitter = Splitter(TOKENIZER)
    found = splitter.split(texts)
    alone = [splitter.split([text]) for text in texts]
    assert found.ids.tolist() == [subword for one in alone for subword in one.ids]
    words = splitter.split(["سلام", longest, "word"])
    assert alone[3].ids.tolist() == words.ids.tolist()
    assert alone[1].ids.tolist() == words.ids[words.texts[2] :].tolist() * 53_000


def test_a_tokenizer_that_joins_words_across_spaces_is_refused() -> None:
    joining = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    with pytest.raises(EncoderError, match="joins words across spaces"):
        Splitter(joining)
    joining.pre_tokenizer = pre_tokenizers.Metaspace()
    with pytest.raises(EncoderError, match="joins words across spaces"):
        Splitter(joining)
