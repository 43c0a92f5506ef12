"""Reranking, on vectors of two or three numbers that can be worked by hand."""

from __future__ import annotations

import time

import numpy as np
import pytest

from index.rerank import (
    UNRELATED_SOUND,
    best_matches,
    best_sentence,
    late_interaction,
    sentence_vectors,
    standardized,
    without_punctuation,
)
from index.sounds import sound_likeness
from index.types import Words
from index.words import KnownWords, Numbers, norms

Row = tuple[float, ...]
EAST, NORTH = (1.0, 0.0), (0.0, 1.0)


def words(*rows: Row) -> Words:
    """Words of one letter each, a space apart, with these vectors."""
    return Words([(2 * at, 2 * at + 1) for at in range(len(rows))], np.array(rows, np.float32).reshape(len(rows), -1))


NOTHING = Words([], np.zeros((0, 2), np.float32))


def known(*rows: Row) -> KnownWords:
    """Words without a sound, with these vectors."""
    return KnownWords.of(["7"] * len(rows), np.array(rows, np.float32).reshape(len(rows), 2))


def score(question: list[Row], passages: list[list[Row]]) -> list[float]:
    """Score passages given as their words' vectors; a question word counts by its length."""
    met = [row for passage in passages for row in passage]
    ends = np.cumsum([0, *map(len, passages)])
    numbers: list[Numbers] = [np.arange(*pair, dtype=np.int32) for pair in zip(ends, ends[1:], strict=False)]
    weights = norms(np.array(question, np.float32).reshape(-1, 2))
    scores: list[float] = late_interaction(weights, known(*question), known(*met), numbers).tolist()
    return scores


def test_a_question_word_scores_its_best_match_centred_over_the_passages() -> None:
    assert score([EAST], [[EAST, NORTH], [NORTH], [NORTH, NORTH]]) == pytest.approx([2 / 3, -1 / 3, -1 / 3])


def test_a_word_that_every_passage_holds_says_nothing() -> None:
    assert score([NORTH], [[NORTH, EAST], [NORTH]]) == pytest.approx([0, 0])


def test_a_question_word_counts_by_its_norm_and_a_passage_word_does_not() -> None:
    scores = score([(3.0, 0.0), NORTH], [[(9.0, 0.0)], [(0.0, 0.5)]])
    assert scores == pytest.approx([(3 * 0.5 - 1 * 0.5) / 4, (-3 * 0.5 + 1 * 0.5) / 4])


def test_a_passage_without_words_matches_at_nought_wherever_it_stands() -> None:
    for at in range(3):
        passages: list[list[Row]] = [[EAST], [EAST]]
        passages.insert(at, [])
        expected = [1 / 3, 1 / 3]
        expected.insert(at, -2 / 3)
        assert score([EAST], passages) == pytest.approx(expected)


@pytest.mark.parametrize("question", [[], [(0.0, 0.0)]])
def test_a_question_without_known_words_scores_every_passage_alike(question: list[Row]) -> None:
    assert score(question, [[EAST], [NORTH]]) == [0, 0]


def test_no_passages_have_no_scores() -> None:
    assert score([EAST], []) == []
    assert best_sentence(np.array(EAST, np.float32), []).tolist() == []


def test_the_sound_of_another_script_adds_what_is_beyond_chance() -> None:
    met = KnownWords.of(["Lavrov", "Peskov", "لافروف"], np.array([NORTH, NORTH, NORTH], np.float32))
    asked = KnownWords.of(["لافروف"], np.array([EAST], np.float32))
    passages = [np.array([at], np.int32) for at in range(3)]
    assert best_matches(asked, met, passages).ravel() == pytest.approx([1 - UNRELATED_SOUND, 0, 0])


def test_best_matches_are_those_of_the_plain_formula() -> None:
    draws = np.random.default_rng(0)
    texts = ["لافروف", "الكرملين", "Merkel", "ob", "2020", "Kremlin", "Lavrova", "ميركل", "Turkey", "تركيا"]
    met = KnownWords.of(texts, draws.normal(size=(10, 8)).astype(np.float32))
    asked = KnownWords.of(["Lavrov", "تركيا", "2020"], draws.normal(size=(3, 8)).astype(np.float32))
    passages = [draws.choice(10, count, replace=False).astype(np.int32) for count in (3, 0, 1, 8, 5)]
    sounds = sound_likeness(asked.sounds, met.sounds)
    expected = [
        [
            max(
                (met.units[at] @ asked.units[word] + max(sounds[word, at] - UNRELATED_SOUND, 0) for at in held),
                default=0,
            )
            for word in range(3)
        ]
        for held in passages
    ]
    assert best_matches(asked, met, passages) == pytest.approx(np.array(expected), abs=1e-6)


def test_a_sentence_is_the_sum_of_its_words_made_unit() -> None:
    text = words(EAST, NORTH, NORTH)
    assert sentence_vectors(text, [(0, 1), (2, 5)]).tolist() == [[1, 0], [0, 1]]
    assert sentence_vectors(text, [(0, 5)])[0] == pytest.approx([1 / np.sqrt(5), 2 / np.sqrt(5)])
    assert sentence_vectors(NOTHING, []).shape == (0, 2)


def test_words_outside_every_sentence_are_counted_with_a_neighbour() -> None:
    """A dash before the first sentence, or a passage in which no sentence was found."""
    diagonal = [1 / np.sqrt(2), 1 / np.sqrt(2)]
    assert sentence_vectors(words(NORTH, EAST), [(2, 3)])[0] == pytest.approx(diagonal)
    assert sentence_vectors(words(NORTH, EAST), [])[0] == pytest.approx(diagonal)


def test_the_best_sentence_is_the_one_that_points_with_the_question() -> None:
    rows = [np.array([NORTH, (0.6, 0.8)], np.float32), np.zeros((0, 2), np.float32), np.array([EAST], np.float32)]
    assert best_sentence(np.array(EAST, np.float32), rows) == pytest.approx([0.6, 0, 1])


def test_punctuation_is_left_out_with_its_vectors() -> None:
    text = "«ok» 7 …"
    spans = [(0, 1), (1, 3), (3, 4), (5, 6), (7, 8)]
    kept = without_punctuation(Words(spans, np.arange(10, dtype=np.float32).reshape(5, 2)), text)
    assert kept.spans == [(1, 3), (5, 6)]
    assert kept.vectors.tolist() == [[2, 3], [6, 7]]


def test_standardized_scores_have_mean_nought_and_deviation_one() -> None:
    assert standardized(np.array([1, 2, 3], np.float32)) == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])


@pytest.mark.parametrize("scores", [[], [0.3], [0.1, 0.1, 0.1]])
def test_equal_scores_all_become_nought(scores: list[float]) -> None:
    assert standardized(np.array(scores, np.float32)).tolist() == [0] * len(scores)


def test_two_hundred_passages_of_120_words_are_scored_within_a_moment() -> None:
    draws = np.random.default_rng(0)
    met = KnownWords.of([f"word{at}" for at in range(6000)], draws.normal(size=(6000, 256)).astype(np.float32))
    passages = [draws.choice(6000, 120).astype(np.int32) for _ in range(200)]
    asked = KnownWords.of(["كلمة"] * 10, draws.normal(size=(10, 256)).astype(np.float32))
    weights = np.ones(10, np.float32)
    late_interaction(weights, asked, met, passages)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        late_interaction(weights, asked, met, passages)
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.05  # takes about four thousandths; a busy machine is allowed ten times that
