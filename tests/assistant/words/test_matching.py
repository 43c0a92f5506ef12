"""Words of a question and of an article are told to be the same, by vector, stem, sound and country."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.words.matching import SAME_ROOT, Matcher
from tests.parts.archives import bundled


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(bundled())


def grade(matcher: Matcher, asked: str, given: str, *names: str, by_meaning: bool = False) -> float:
    """How well one folded word says another; by their letters alone unless said otherwise."""
    return round(float(matcher.grades([asked], [given], names, by_meaning=by_meaning)[0, 0]), 3)


@pytest.mark.parametrize(("asked", "given"), [("soldier", "soldiers"), ("ceasefire", "ceasefire"), ("قوات", "والقوات")])
def test_words_of_one_stem_are_the_same(matcher: Matcher, asked: str, given: str) -> None:
    assert grade(matcher, asked, given) == 1.0


def test_arabic_words_of_one_root_are_nearly_the_same(matcher: Matcher) -> None:
    assert grade(matcher, "زعيم", "زعماء") == pytest.approx(SAME_ROOT)


@pytest.mark.parametrize(("asked", "given"), [("lavrov", "لافروف"), ("peskov", "وبيسكوف"), ("akar", "اكار")])
def test_a_name_is_the_same_in_both_scripts_by_its_sound(matcher: Matcher, asked: str, given: str) -> None:
    assert grade(matcher, asked, given, asked) == grade(matcher, given, asked, asked) == 1.0


def test_only_a_word_that_is_written_as_a_name_is_compared_by_sound(matcher: Matcher) -> None:
    assert grade(matcher, "lavrov", "لافروف") == 0.0


@pytest.mark.parametrize(
    ("asked", "given"), [("turkey", "تركيا"), ("turkey", "التركيه"), ("turkey", "وتركيا"), ("روسيا", "russian")]
)
def test_a_country_is_known_in_both_languages(matcher: Matcher, asked: str, given: str) -> None:
    assert grade(matcher, asked, given) == 1.0


def test_us_is_a_country_where_it_is_written_as_a_name(matcher: Matcher) -> None:
    assert grade(matcher, "امريكا", "us", "us") == grade(matcher, "us", "us", "us") == 1.0
    assert grade(matcher, "امريكا", "us") == 0.0  # told us


def test_a_capital_stands_for_its_country_but_says_it_less_well(matcher: Matcher) -> None:
    assert grade(matcher, "turkey", "انقره") == 0.8


def test_one_country_is_not_another_however_near_their_vectors_are(matcher: Matcher) -> None:
    assert grade(matcher, "turkey", "روسيا", by_meaning=True) == 0.0
    assert grade(matcher, "تركيا", "سوريا", by_meaning=True) == 0.0


def test_a_name_is_no_country_however_near_their_vectors_are(matcher: Matcher) -> None:
    assert matcher.grades(["idlib"], ["ليبيا", "ادلب"], {"idlib"}).tolist() == [[0.0, 1.0]]


def test_a_country_is_not_what_sounds_like_it(matcher: Matcher) -> None:
    assert grade(matcher, "turkey", "بالطرق", "turkey") == 0.0
    assert grade(matcher, "araqchi", "العراقيه", "araqchi") == 0.0


@pytest.mark.parametrize(
    ("asked", "given"), [("soldiers", "جنود"), ("انسحاب", "withdrawal"), ("wounded", "اصيب"), ("مقتل", "killed")]
)
def test_words_match_across_the_languages_by_their_vectors(matcher: Matcher, asked: str, given: str) -> None:
    assert grade(matcher, asked, given, by_meaning=True) >= 0.3
    assert grade(matcher, asked, given) == 0.0


@pytest.mark.parametrize(("asked", "given"), [("soldiers", "اقتصاد"), ("مدرسه", "missile"), ("lira", "shooting")])
def test_words_that_have_nothing_in_common_share_nothing(matcher: Matcher, asked: str, given: str) -> None:
    assert grade(matcher, asked, given, by_meaning=True) < 0.2


def test_words_that_the_model_only_spells_out_share_letters_and_no_meaning(matcher: Matcher) -> None:
    assert grade(matcher, "نفي", "كالن", by_meaning=True) == 0.0
    assert grade(matcher, "hope", "امل", by_meaning=True) == 1.0  # one of the two is known


def test_the_pieces_of_a_name_mean_nothing_in_its_own_script(matcher: Matcher) -> None:
    names = {"texaco", "co"}
    assert matcher.grades(["texaco"], ["co", "texaco"], names).tolist() == [[0.0, 1.0]]
    assert matcher.grades(["texaco"], ["تكساكو"], names).item() == 1.0


def test_a_word_without_a_topic_says_nothing(matcher: Matcher) -> None:
    assert grade(matcher, "the", "the", by_meaning=True) == 0.0


def test_words_graded_together_are_graded_as_each_pair_is_alone(matcher: Matcher) -> None:
    asked = ["lavrov", "turkey", "soldiers", "زعيم", "2018"]
    given = ["لافروف", "التركي", "جنود", "زعماء", "2018", "the", "lavrov", "جنود"]
    together = matcher.grades(asked, given, {"lavrov"})
    alone = [[grade(matcher, first, second, "lavrov", by_meaning=True) for second in given] for first in asked]
    assert np.allclose(together, alone, atol=2e-3)


def test_nothing_against_nothing_is_an_empty_table(matcher: Matcher) -> None:
    assert (matcher.grades([], ["a"]).shape, matcher.grades(["a"], []).shape) == ((0, 1), (1, 0))
    assert matcher.weights([]).shape == (0,)


def test_a_telling_word_weighs_more_than_a_common_one(matcher: Matcher) -> None:
    common, telling = matcher.weights(["the", "ceasefire"]).tolist()
    assert 0.2 <= common < 0.5 < telling <= 1.0
