"""Reranking, on vectors of two or three numbers that can be worked by hand."""

from __future__ import annotations

import time

import numpy as np
import pytest

from index.rerank import best_sentence, late_interaction, sentence_vectors, standardized, without_punctuation
from index.types import Words


def words(*rows: tuple[float, ...]) -> Words:
    """Words of one letter each, a space apart, with these vectors."""
    return Words([(2 * at, 2 * at + 1) for at in range(len(rows))], np.array(rows, np.float32).reshape(len(rows), -1))


EAST, NORTH = (1.0, 0.0), (0.0, 1.0)
NOTHING = Words([], np.zeros((0, 2), np.float32))


def test_a_question_word_scores_its_best_match_centred_over_the_passages() -> None:
    passages = [words(EAST, NORTH), words(NORTH), words(NORTH, NORTH)]
    assert late_interaction(words(EAST), passages) == pytest.approx([2 / 3, -1 / 3, -1 / 3])


def test_a_word_that_every_passage_holds_says_nothing() -> None:
    passages = [words(NORTH, EAST), words(NORTH)]
    assert late_interaction(words(NORTH), passages) == pytest.approx([0, 0])


def test_a_question_word_counts_by_its_norm_and_a_passage_word_does_not() -> None:
    passages = [words((9.0, 0.0)), words((0.0, 0.5))]
    scores = late_interaction(words((3.0, 0.0), (0.0, 1.0)), passages)
    assert scores == pytest.approx([(3 * 0.5 - 1 * 0.5) / 4, (-3 * 0.5 + 1 * 0.5) / 4])


def test_a_passage_without_words_matches_at_nought_wherever_it_stands() -> None:
    for at in range(3):
        passages = [words(EAST), words(EAST)]
        passages.insert(at, NOTHING)
        expected = [1 / 3, 1 / 3]
        expected.insert(at, -2 / 3)
        assert late_interaction(words(EAST), passages) == pytest.approx(expected)


@pytest.mark.parametrize("question", [NOTHING, words((0.0, 0.0))])
def test_a_question_without_known_words_scores_every_passage_alike(question: Words) -> None:
    assert late_interaction(question, [words(EAST), words(NORTH)]).tolist() == [0, 0]


def test_no_passages_have_no_scores() -> None:
    assert late_interaction(words(EAST), []).tolist() == []
    assert best_sentence(np.array(EAST, np.float32), []).tolist() == []


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
    passages = [words(*draws.normal(size=(120, 256))) for _ in range(200)]
    question = words(*draws.normal(size=(10, 256)))
    late_interaction(question, passages)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        late_interaction(question, passages)
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.1  # takes about a hundredth of a second; a busy machine is allowed ten times that
