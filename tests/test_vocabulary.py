"""The words that matching has met: taken apart, numbered, bounded, and shared between threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.words.vocabulary import MOST_FORMS, Known, Vocabulary, Word
from index.text import tokens
from index.types import Vectors
from tests.archives import bundled
from tests.librarian import seed

WORDS = sorted({token.text for number in range(5) for token in tokens(seed(number).text)})


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(bundled())


def test_an_arabic_word_sheds_its_particles_its_article_and_its_ending() -> None:
    assert Word.of("وبالعسكريين", ["وبال", "عسكريين"]) == Word(
        "وبالعسكريين",
        arabic=True,
        core="عسكريين",
        forms=("وبالعسكريين", "عسكريين", "عسكري"),
        stem="عسكر",
        root="عسكر",
        empty=False,
    )


def test_an_english_word_is_known_by_what_its_ending_may_have_been() -> None:
    word = Word.of("ministries", ["ministries"])
    assert (word.forms, word.root, word.empty) == (
        ("ministries", "ministry", "ministri", "ministrie"),
        "",
        False,
    )


def test_a_verb_as_it_is_asked_with_is_known_by_its_past_too() -> None:
    assert Word.of("arrive", ["arrive"]).forms == ("arrive", "arrived")
    assert Word.of("begin", ["begin"]).forms == ("begin", "began")
    assert Word.of("moscow", ["moscow"]).forms == ("moscow",)


def test_a_particle_before_a_country_is_taken_off_whatever_pieces_the_model_knows() -> None:
    assert Word.of("وتركيا", ["وتركيا"]).core == "تركيا"
    assert Word.of("وقت", ["وقت"]).core == "وقت"


def test_no_word_of_the_seeds_has_more_forms_than_there_is_room_for(vocabulary: Vocabulary) -> None:
    (known,) = vocabulary.look_up(WORDS)
    assert [word.text for word in known.words] == WORDS
    assert max(len(word.forms) for word in known.words) <= MOST_FORMS


def test_words_with_one_stem_have_one_number(vocabulary: Vocabulary) -> None:
    (known,) = vocabulary.look_up(["soldier", "soldiers", "sailor"])
    first, second, third = known.facts["stem"].tolist()
    assert first == second != third


def test_a_full_vocabulary_forgets_and_still_answers_for_more_words_than_it_keeps() -> None:
    small = Vocabulary(bundled(), most_words=10)
    for start in range(0, 60, 6):
        (known,) = small.look_up(WORDS[start : start + 6])
        assert [word.text for word in known.words] == WORDS[start : start + 6]
        assert len(small) <= 10
    (known,) = small.look_up(WORDS)
    assert np.array_equal(own_vectors(known), own_vectors(Vocabulary(bundled()).look_up(WORDS)[0]))


def test_threads_that_learn_at_once_learn_what_one_alone_does() -> None:
    expected = own_vectors(Vocabulary(bundled()).look_up(WORDS)[0])
    shared = Vocabulary(bundled(), most_words=len(WORDS) // 2)
    parts = [np.arange(start, len(WORDS), 16) for start in range(16)]

    def learn(part: NDArray[np.intp]) -> bool:
        (known,) = shared.look_up([WORDS[at] for at in part])
        return bool(np.array_equal(own_vectors(known), expected[part]))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(learn, parts * 4))


def own_vectors(known: Known) -> Vectors:
    """The unit vectors of the words themselves."""
    return np.asarray(known.units[known.facts["forms"][:, 0]], np.float32)
