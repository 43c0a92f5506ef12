"""The table of words that passages share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.encode import StaticEncoder
from index.types import Words
from index.words import WordTable


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder()


def test_a_word_has_one_number_wherever_it_stands_and_punctuation_has_none(encoder: StaticEncoder) -> None:
    texts = ["Wheat, wheat and wheat!", "“and” 7", "…"]
    table = WordTable()
    assert [numbers.tolist() for numbers in table.number(texts, encoder.encode_words(texts))] == [
        [0, 1, 2],
        [2, 3],
        [],
    ]
    assert table.number(["7 wheat"], encoder.encode_words(["7 wheat"]))[0].tolist() == [1, 3]
    assert len(table) == 4


def test_known_words_are_unit_vectors_with_their_sounds(encoder: StaticEncoder) -> None:
    table = WordTable()
    for text in ("Lavrov", "قال لافروف"):
        table.number([text], encoder.encode_words([text]))
    known = table.known()
    expected = np.concatenate([found.vectors for found in encoder.encode_words(["Lavrov", "قال لافروف"])])
    assert known.units == pytest.approx(expected / np.linalg.norm(expected, axis=1, keepdims=True), abs=1e-6)
    assert known.sounds.arabic.tolist() == [False, True, True]


def test_what_was_known_stays_as_it_was_while_words_come(encoder: StaticEncoder) -> None:
    table = WordTable()
    texts = [f"word{number} كلمة{number}" for number in range(50)]
    table.number(texts[:1], encoder.encode_words(texts[:1]))
    before = table.known()
    copy = before.units.copy()
    for text in texts:
        table.number([text], encoder.encode_words([text]))
    assert before.units.tolist() == copy.tolist()
    assert table.known().at(slice(len(copy))).units.tolist() == copy.tolist()


def test_a_character_that_stands_for_several_words_is_all_of_them(encoder: StaticEncoder) -> None:
    texts = ["ﷺ"]
    (found,) = encoder.encode_words(texts)
    table = WordTable()
    assert table.number(texts, [found])[0].tolist() == list(range(len(found.spans)))
    assert len(table) > 1


def test_a_table_of_nothing_knows_no_word() -> None:
    table = WordTable()
    assert table.number(["..."], [Words([(0, 3)], np.ones((1, 2), np.float32))])[0].tolist() == []
    assert (len(table), len(table.known().units)) == (0, 0)


def test_threads_that_share_a_table_give_a_word_one_number(encoder: StaticEncoder) -> None:
    texts = [" ".join(f"w{number}x" for number in range(start, start + 40)) for start in range(200)]
    words = encoder.encode_words(texts)
    table = WordTable()
    with ThreadPoolExecutor(8) as pool:
        pairs = zip(texts, words, strict=True)
        found = list(pool.map(lambda pair: table.number([pair[0]], [pair[1]])[0], pairs))
    assert [numbers.tolist() for numbers in table.number(texts, words)] == [numbers.tolist() for numbers in found]
    assert len(table) == len(table.known().units)
