"""Which words translate each other, learnt and looked up, and the texts that are rendered with them."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.alignment import NULL, WordPair, align
from index.training.corpora import Row
from index.training.dictionary import Candidates, Dictionary
from index.training.folding import fold_words
from index.training.held_out import split_folded
from index.training.render import Renderer, Rendering
from index.training.tokenizer import normalizer, train_tokenizer


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("مُؤَسَّسَة", "موسسه"),
        ("أإآٱا", "ااااا"),
        ("على شئ", "علي شي"),
        ("العـــربية", "العربيه"),
        ("کی", "كي"),
        ("٢٠٢٤ ۲۰۲۴", "2024 2024"),
        ("ﻻ", "لا"),
        ("Café ÉTÉ", "cafe ete"),
        ("a\u200bb\u202ec", "abc"),
    ],
)
def test_spellings_of_one_word_are_folded_into_one(text: str, folded: str) -> None:
    assert normalizer().normalize_str(text) == folded


@given(st.text(st.sampled_from("ab Ω1.-'\n\u00a0\u200b\u0640\u0651ﷺلاأ٣ﻻ")))
def test_words_that_were_met_fold_as_the_whole_text_does(text: str) -> None:
    assert tuple(fold_words(text)) == split_folded(text)


def test_no_piece_crosses_from_letters_to_digits_or_punctuation() -> None:
    tokenizer = train_tokenizer(["abc123, abc123, abc123 قال123! قال123!"] * 20, vocabulary=60)
    encoding = tokenizer.encode("abc123,قال")
    spans = [encoding.offsets[at] for at in range(len(encoding.ids))]
    borders = {3, 6, 7}
    assert not [span for span in spans if any(span[0] < border < span[1] for border in borders)]


HOUSES = [(["the", "house"], ["dar"]), (["the", "house"], ["bayt"]), (["the", "book"], ["kitab"])]


def test_the_first_iteration_shares_every_word_out_alike() -> None:
    """Worked by hand: "the" and "house" take half of "dar" each, and "dar" is all that explains them there."""
    learnt = {(pair.english, pair.arabic): pair for pair in align(HOUSES, iterations=1)}
    assert learnt["house", "dar"] == WordPair("house", "dar", 0.5, 0.5, 0.5)
    assert learnt["book", "kitab"] == WordPair("book", "kitab", 0.5, 1.0, 0.5)
    assert learnt["the", "kitab"].arabic_given_english == pytest.approx(1 / 3)


def test_the_second_iteration_learns_from_the_first() -> None:
    """Worked by hand: of "kitab", "the" has 1/3 and "book" 1 by now, beside the null word."""
    learnt = {(pair.english, pair.arabic): pair for pair in align(HOUSES, iterations=2)}
    whole = 1 / 3 + 1 + NULL
    assert learnt["book", "kitab"].times == pytest.approx(min(1 / whole, 0.5 / (0.5 + NULL)), abs=1e-6)
    assert learnt["book", "kitab"].english_given_arabic == pytest.approx(0.5)
    assert learnt["book", "kitab"].arabic_given_english == 1


def test_words_are_told_apart_by_the_rows_that_they_do_not_share() -> None:
    words = {"king": "malik", "sea": "bahr", "war": "harb"}
    rows = [([one, other], [words[one], words[other]]) for one in words for other in words if one != other]
    best = {pair.english: pair.arabic for pair in align(rows) if pair.english_given_arabic > 0.9}
    assert best == words


def test_rows_without_words_align_nothing() -> None:
    assert align([([], ["kitab"]), (["book"], [])]) == []


DICTIONARY = Dictionary.from_rows(
    terms=[
        Row("car", "سيارة", "muse"),
        Row("big", "كبير", "muse"),
        Row("large", "كبير", "x"),
        Row("try", "حاول", "x"),
    ],
    names=[Row("Sami", "سامي", "x"), Row("Big", "كبير", "x"), Row("New York", "نيويورك", "x")],
    learnt=[
        WordPair("sea", "بحر", 0.5, 0.5, 9),
        WordPair("huge", "كبير", 0.5, 0.5, 9),
        WordPair("odd", "بحر", 0.1, 0.1, 9),
    ],
)


def test_a_dictionary_trusts_some_sources_more_and_takes_names_only_where_terms_are_silent() -> None:
    assert DICTIONARY.terms == {
        "ar": {"سياره": {"car": 4}, "كبير": {"big": 4, "large": 1}, "حاول": {"try": 1}, "سامي": {"sami": 1}},
        "en": {"car": {"سياره": 4}, "big": {"كبير": 4}, "large": {"كبير": 1}, "try": {"حاول": 1}, "sami": {"سامي": 1}},
    }


@pytest.mark.parametrize(
    ("word", "translation"),
    [("سياره", "car"), ("والسيارات", "car"), ("وسامي", "sami"), ("والبحر", "sea"), ("12", "12")],
)
def test_an_arabic_word_is_found_behind_its_affixes(word: str, translation: str) -> None:
    assert DICTIONARY.candidates(word, "ar") == Candidates((translation,), (1.0,))


@pytest.mark.parametrize(("word", "translation"), [("cars", "سياره"), ("tries", "حاول"), ("seas", "بحر")])
def test_an_english_word_is_found_behind_its_ending(word: str, translation: str) -> None:
    assert DICTIONARY.candidates(word, "en") == Candidates((translation,), (1.0,))


def test_an_unknown_word_has_no_candidates() -> None:
    assert DICTIONARY.candidates("strange", "en") is None
    assert DICTIONARY.candidates("غريب", "ar") is None


def test_a_learnt_word_is_drawn_three_times_as_often_as_all_of_the_dictionary() -> None:
    candidates = DICTIONARY.candidates("كبير", "ar")
    assert candidates is not None
    weights = [after - before for before, after in pairwise((0.0, *candidates.sums))]
    assert dict(zip(candidates.words, weights, strict=True)) == pytest.approx({"big": 0.2, "large": 0.05, "huge": 0.75})


def test_a_rendering_replaces_words_keeps_numbers_and_counts_what_it_knew() -> None:
    renderer = Renderer(DICTIONARY, random.Random(0))
    assert renderer.render("السيارة سامي، ١٢ حاول وغريب", "ar") == Rendering("car sami 12 try", 4, 5)
    assert renderer.render("Cars try Sami: 12 strange", "en") == Rendering("سياره حاول سامي 12", 4, 5)


def test_one_seed_renders_alike() -> None:
    one, other = (Renderer(DICTIONARY, random.Random(7)).render("كبير " * 50, "ar").text for _ in range(2))
    assert one == other
    assert set(one.split()) == {"big", "large", "huge"}
