"""Sounds: the coarse alphabet, and the likeness of words of two scripts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sounds import CONSONANTS, VOWELS, Sounds, sound_likeness, sounds


def likeness(one: str, other: str) -> float:
    return float(sound_likeness(Sounds.of([one]), Sounds.of([other]))[0, 0])


@pytest.mark.parametrize(
    ("latin", "arabic", "coarse"),
    [
        ("Peskov", "بيسكوف", "biskuf"),
        ("Putin", "بُوتِينْ", "butin"),  # vowel signs say nothing
        ("Churkin", "تشوركين", "xurkin"),  # Arabic writes ch with two letters
        ("al-Houthi", "الحوثي", "huti"),
        ("Shah", "شاه", "xa"),  # a final h is silent in both
        ("Sophie", "صوفي", "sufi"),
        ("Whitby", "ويتبي", "uitbi"),
        ("Wałęsa", "واليسا", "ualisa"),
    ],
)
def test_two_spellings_of_a_name_have_the_same_coarse_sounds(latin: str, arabic: str, coarse: str) -> None:
    assert (sounds(latin), sounds(arabic)) == (coarse, coarse)


def test_likeness_is_the_cosine_of_the_pairs_of_letters_and_of_consonants() -> None:
    """Merkel is mirkil and has 7 + 5 pairs with its edges, ميركل is mirkl with 6 + 5; 5 + 5 of them are in both."""
    assert likeness("Merkel", "ميركل") == pytest.approx(10 / np.sqrt(12 * 11))
    assert likeness("ميركل", "Merkel") == likeness("Merkel", "ميركل")
    assert likeness("Peskov", "بيسكوف") == pytest.approx(1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lavrov", "Lavrov"),  # one script: letters say more
        ("لافروف", "لافروف"),
        ("Ali", "علي"),  # a single consonant is in every sentence
        ("Ioaea", "اي"),
        ("2020", "٢٠٢٠"),
        ("", "لافروف"),
    ],
)
def test_words_of_one_script_or_with_too_few_consonants_are_not_compared(one: str, other: str) -> None:
    assert likeness(one, other) == 0


def test_a_name_sounds_more_like_its_other_spelling_than_like_any_other_name() -> None:
    latin = ["Lavrov", "Peskov", "Merkel", "Macron", "Erdogan", "Guterres", "Shoigu", "Khamenei", "Netanyahu"]
    arabic = ["لافروف", "بيسكوف", "ميركل", "ماكرون", "أردوغان", "غوتيريش", "شويغو", "خامنئي", "نتنياهو"]
    found = sound_likeness(Sounds.of(latin), Sounds.of(arabic))
    assert found.argmax(axis=1).tolist() == found.argmax(axis=0).tolist() == list(range(len(latin)))


def test_words_taken_together_sound_as_they_do_alone() -> None:
    words = ["Lavrov", "", "أردوغان", "ﷺ", "x\ue000y", "two words", "7", "'s", "al-", "ال", "Peskov"]
    together = Sounds.of(words)
    alone = [Sounds.of([word]) for word in words]
    assert together.pairs.tolist() == [one.pairs[0].tolist() for one in alone]
    assert together.arabic.tolist() == [bool(one.arabic[0]) for one in alone]
    assert together.at(slice(2, 3)).arabic.tolist() == [True]


@given(st.lists(st.text() | st.text("abcxyzšłßabجشتوهﷺ\ue000'- ")))
def test_any_text_has_its_own_row_and_no_other_letters(texts: list[str]) -> None:
    together = Sounds.of(texts)
    for text, pairs in zip(texts, together.pairs, strict=True):
        assert Sounds.of([text]).pairs[0].tolist() == pairs.tolist()
        assert set(sounds(text)) <= set(VOWELS + CONSONANTS)


def test_no_words_have_no_sounds() -> None:
    assert sound_likeness(Sounds.of([]), Sounds.of(["Lavrov"])).shape == (0, 1)
