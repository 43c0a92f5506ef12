"""The table of words that passages share, held against the model's own vectors of those words."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoders.static import StaticEncoder
from index.sounds import Sounds, sound_likeness
from index.words import NO_WORD, UNRELATED_SOUND, QuestionWords, Script, WordNumbering, WordTable, script, unit

NONE = np.zeros(0, np.int32)


@pytest.fixture(scope="module")
def model() -> StaticEncoder:
    return StaticEncoder()


def numbered(numbering: WordNumbering, model: StaticEncoder, *texts: str) -> list[list[int]]:
    return [numbering.number(model.split([text])).tolist() for text in texts]


def fresh(model: StaticEncoder) -> WordNumbering:
    return WordNumbering(model, WordTable.empty(model.dimensions))


def test_a_word_has_one_number_wherever_it_stands_and_punctuation_has_none(model: StaticEncoder) -> None:
    numbering = fresh(model)
    (sentence,) = numbered(numbering, model, "Wheat, wheat and wheat!")
    assert [number for number in sentence if number != NO_WORD] == [sentence[0], sentence[0], sentence[3], sentence[0]]
    assert sentence.count(NO_WORD) == 2
    assert numbered(numbering, model, "and", "…", "") == [[sentence[3]], [NO_WORD], []]
    table = numbering.table(less=NONE)
    assert (table.size, sorted(table.counts.tolist())) == (2, [2, 3])


def test_a_table_goes_on_from_another_and_forgets_what_went(model: StaticEncoder) -> None:
    first = fresh(model)
    (old,) = numbered(first, model, "wheat قمح")
    table = first.table(less=NONE)
    second = WordNumbering(model, table)
    assert numbered(second, model, "قمح barley") == [[old[1], 2]]
    grown = second.table(less=np.array([old[0]], np.int32))
    assert grown.counts[[old[0], old[1], 2]].tolist() == [0, 2, 1]
    for name, column in table._asdict().items():
        if name != "counts":
            assert getattr(grown, name)[: len(column)].tolist() == column.tolist()


def test_products_likeness_and_signs_are_those_of_the_words_own_vectors(model: StaticEncoder) -> None:
    question = "Did Lavrov visit أنقرة in 2015?"
    asked = QuestionWords.of(question, model.encode_words([question])[0])
    assert asked.texts == ["Did", "Lavrov", "visit", "أنقرة", "in", "2015"]
    words = ["لافروف", "Ankara", "Zbigniewowa", "٢٠١٥", "زار", "2015"]
    numbering = fresh(model)
    numbers = np.array(sum(numbered(numbering, model, *words), []), np.int32)
    table = numbering.table(less=NONE)
    vectors = np.stack([found.vectors.sum(axis=0) for found in model.encode_words(words)])
    products = table.products(model, numbers, asked.units)
    assert products == pytest.approx(vectors @ asked.units.T, abs=1e-4)
    sounds = np.maximum(sound_likeness(asked.sounds, Sounds.of(words)) - UNRELATED_SOUND, 0).T
    assert sounds[0, 1] > 0
    assert table.likeness(products, numbers, asked) == pytest.approx(unit(vectors) @ asked.units.T + sounds, abs=1e-5)
    assert np.unpackbits(table.signs[numbers], axis=1).astype(bool).tolist() == (vectors > 0).tolist()
    assert table.products(model, NONE, asked.units).shape == (0, 6)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("لافروف", Script.ARABIC),
        ("Lavrov", Script.LATIN),
        ("2015", Script.OTHER),
        ("الـU", Script.ARABIC),
        ("", Script.OTHER),
    ],
)
def test_a_word_is_of_one_script(word: str, expected: Script) -> None:
    assert script(word) is expected
