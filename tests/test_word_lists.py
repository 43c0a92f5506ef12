"""Lists of words match a question as the plain formula over the words' own vectors does."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.static import StaticEncoder
from index.followers.word_lists import WordLists
from index.sentences import sentences
from index.sounds import Sounds, sound_likeness
from index.types import Vectors
from index.words import UNRELATED_SOUND, QuestionWords, WordNumbering, WordTable, is_word, unit

MODEL = StaticEncoder()
QUESTION = "When did Lavrov visit أنقرة?"
ASKED = QuestionWords.of(QUESTION, MODEL.encode_words([QUESTION])[0])
NONE = np.zeros(0, np.int32)
TEXTS = [
    "Lavrov arrived in Ankara. He left on Monday!",
    "",
    "وصل لافروف إلى أنقرة أمس. غادرها اليوم",
    "… — !",
    "... Turkey.\n\n!!!\nWheat",
]


def listed(texts: list[str]) -> tuple[WordLists, WordTable]:
    numbering = WordNumbering(MODEL, WordTable.empty(MODEL.dimensions))
    lists = WordLists.of(MODEL, texts, numbering)
    return lists, numbering.table(less=NONE)


def words_of(text: str) -> tuple[list[str], Vectors]:
    (found,) = MODEL.encode_words([text])
    kept = [at for at, (start, end) in enumerate(found.spans) if is_word(text[start:end])]
    return [text[slice(*found.spans[at])] for at in kept], found.vectors[kept]


def plain(text: str) -> tuple[list[float], float]:
    """The best match of each question word and the nearest sentence's cosine, a word at a time."""
    words, vectors = words_of(text)
    if not words:
        return [0.0] * len(ASKED.texts), 0.0
    likeness = unit(vectors) @ ASKED.units.T
    likeness += np.maximum(sound_likeness(ASKED.sounds, Sounds.of(words)) - UNRELATED_SOUND, 0).T
    whole = unit((ASKED.units * ASKED.weights[:, None]).sum(axis=0, keepdims=True))[0]
    rows = [words_of(text[start:end])[1].sum(axis=0) for start, end in sentences(text) if words_of(text[start:end])[0]]
    return likeness.max(axis=0).tolist(), float((unit(np.stack(rows)) @ whole).max())


def assert_plain(lists: WordLists, table: WordTable, texts: list[str]) -> None:
    best, nearest = lists.match(MODEL, table, ASKED)
    expected = [plain(text) for text in texts]
    assert best == pytest.approx(np.array([row for row, _ in expected]).reshape(best.shape), abs=1e-4)
    assert nearest == pytest.approx(np.array([cosine for _, cosine in expected]), abs=1e-4)


def test_passages_match_as_the_plain_formula_says() -> None:
    lists, table = listed(TEXTS)
    assert lists.size == len(TEXTS)
    assert_plain(lists, table, TEXTS)


@given(
    st.lists(
        st.lists(st.sampled_from(["Lavrov ", "أنقرة ", ". ", "… ", "\n\n", "in ", "٣٫٥ ", "ﷺ "]), max_size=12),
        max_size=5,
    )
)
def test_any_passages_match_as_the_plain_formula_says(parts: list[list[str]]) -> None:
    texts = ["".join(some) for some in parts]
    assert_plain(*listed(texts), texts)


def test_some_passages_in_any_order_match_as_they_did() -> None:
    lists, table = listed(TEXTS)
    order = np.array([4, 0, 3, 2, 2])
    assert_plain(lists.at(order), table, [TEXTS[at] for at in order])


def test_passages_joined_are_those_taken_apart_together() -> None:
    numbering = WordNumbering(MODEL, WordTable.empty(MODEL.dimensions))
    parts = [WordLists.of(MODEL, TEXTS[:2], numbering), WordLists.empty(), WordLists.of(MODEL, TEXTS[2:], numbering)]
    assert_plain(WordLists.joined(parts), numbering.table(less=NONE), TEXTS)


def test_four_hundred_passages_of_120_words_are_matched_within_a_moment() -> None:
    draws = np.random.default_rng(0)
    vocabulary = [f"{one}{two}" for one in ("قمح", "wheat", "زيت", "oil") for two in range(2000)]
    lists, table = listed([" ".join(draws.choice(vocabulary, 120)) for _ in range(400)])
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        lists.match(MODEL, table, ASKED)
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.2  # takes about two hundredths; a busy machine is allowed ten times that
