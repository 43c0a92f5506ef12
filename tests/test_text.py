"""Folding finds what a reader would call the same, and leads back to the exact place in the original."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text import detect_language, fold, fold_text, letter_offset, stem, stems, tokens

MIXED = st.text(
    st.one_of(
        st.sampled_from(
            "كتبأإآٱىيةهؤئء ﷺﻻﷲ ـًٌٍَُِّْٰ ٠١٢۳ abcLÉßİ '’´“”«».,،؛؟!…-—\u00a0\u200f\u202e\u200d\ufeff\n\t🇸🇾👨‍👩‍👧½"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)
NEWS_WORDS = st.sampled_from(
    [
        "الكَرْملين",
        "لافروف",
        "والإرهابيين",
        "سوريــــا",
        "ﷺ",
        "١٢٫٥",
        "Lavrov’s",
        "U.S.",
        "co\u00adoperate",
        "1,500.5",
        "don't",
    ]
)


@given(MIXED)
@example("")
@example("a \u0301 b")
def test_folding_is_the_same_with_and_without_its_offsets(text: str) -> None:
    assert fold(text).text == fold_text(text)


@given(MIXED)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(MIXED, st.data())
def test_a_folded_run_leads_back_to_a_run_whose_own_folding_holds_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.origin(start, end)
    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in fold_text(text[first:last])


@given(MIXED)
def test_every_folded_character_has_an_offset_in_order_and_the_last_closes_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1 == len(folded.ends) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ﷺ", "صلي الله عليه وسلم"),
        ("ﻻ ﷲ", "لا الله"),
        ("مُحَمَّدٌ", "محمد"),
        ("سوريـــــة", "سوريه"),
        ("أإآٱا ؤ ئ ى ة ک ی", "ااااا و ي ي ه ك ي"),
        ("٢٠١٧ ۲۰۱۷", "2017 2017"),
        ("“a” „b‟ «c» ″d″", '"a" "b" "c" "d"'),
        ("don’t don´t don`t", "don't don't don't"),
        ("a–b—c−d‑e", "a-b-c-d-e"),
        ("a\u00a0 \n\tb", "a b"),
        ("ب\u200f\u202eت\u200d\ufeff", "بت"),
        ("نعم؟ لا، بل؛ ٣٫٥", "نعم? لا, بل; 3.5"),
        ("ÉCOLE ﬁn", "ecole fin"),
        ("👨‍👩‍👧", "👨👩👧"),
    ],
)
def test_what_a_reader_calls_the_same_takes_one_form(written: str, folded: str) -> None:
    assert fold_text(written) == folded


def test_a_run_keeps_the_diacritics_and_the_tatweel_of_its_last_letter() -> None:
    text = "قال كِتَابٌ جميل وسوريـــة"
    folded = fold(text)
    at = folded.text.index("كتاب")
    start, end = folded.origin(at, at + 4)
    assert text[start:end] == "كِتَابٌ"
    at = folded.text.index("سوري")
    start, end = folded.origin(at, at + 4)
    assert text[start:end] == "سوريـــ"


def test_a_run_within_a_ligature_leads_back_to_the_whole_ligature() -> None:
    folded = fold("محمد ﷺ قال")
    at = folded.text.index("الله")
    assert folded.origin(at, at + 4) == (5, 6)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال لافروف في موسكو", "ar"),
        ("Lavrov said in Moscow", "en"),
        ("قال المتحدث باسم Reuters", "ar"),
        ("The word كتاب means book", "en"),
        ("", "en"),
        ("123 … 🙂", "en"),
    ],
)
def test_the_language_is_that_of_most_letters(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال “الكَرْملين”: نعم؟", [("قال", "قال"), ("الكَرْملين", "الكرملين"), ("نعم", "نعم")]),
        ("U.S. forces", [("U.S.", "us"), ("forces", "forces")]),
        ("Lavrov’s don't", [("Lavrov’s", "lavrov"), ("don't", "don't")]),
        ("1,500.5 ١٢٫٥ 12.04.2017.", [("1,500.5", "1,500.5"), ("١٢٫٥", "12.5"), ("12.04.2017", "12.04.2017")]),
        ("محمد ﷺ", [("محمد", "محمد"), *(("ﷺ", word) for word in ("صلي", "الله", "عليه", "وسلم"))]),
        ("سو-24\u00a0Su-24", [("سو", "سو"), ("24", "24"), ("Su", "su"), ("24", "24")]),
        ("co\u00adoperate", [("co\u00adoperate", "cooperate")]),
        ("ـــ … “”", []),
        ("end.Next word's'", [("end", "end"), ("Next", "next"), ("word's", "word")]),
    ],
)
def test_tokens_are_words_and_numbers_at_their_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[token.start : token.end], token.text) for token in tokens(text)] == expected


@given(MIXED | st.lists(NEWS_WORDS).map(" ".join))
def test_a_token_is_the_folding_of_its_place(text: str) -> None:
    """But for the full stops of initials, a possessive, and ligatures of several words."""
    previous = 0
    for token in tokens(text):
        written = fold_text(text[token.start : token.end])
        assert token.text in {written, written.replace(".", ""), written.removesuffix("'s"), *written.split()} or (
            token.text in written.removesuffix("'s").split()
        )
        assert token.start >= previous or text[token.start : token.end] in text[previous - 1 : token.end]
        assert token.stem == stem(token.text)
        previous = token.end


@given(MIXED | st.lists(NEWS_WORDS).map(" ".join))
def test_the_stems_of_a_text_are_those_of_its_tokens(text: str) -> None:
    assert stems(text) == [token.stem for token in tokens(text)]


@given(MIXED)
def test_no_stem_is_empty_or_holds_white_space(text: str) -> None:
    assert all(found and found.split() == [found] for found in stems(text))


@pytest.mark.parametrize(
    ("words", "common"),
    [(("الإرهابيّين", "الارهابيين"), "ارهاب"), (("talks", "talking", "talked"), "talk"), (("2017",), "2017")],
)
def test_forms_of_a_word_share_a_stem(words: tuple[str, ...], common: str) -> None:
    assert {stem(fold_text(word)) for word in words} == {common}


def test_a_letter_of_a_token_is_found_in_the_text_behind_the_marks_of_the_one_before() -> None:
    text = "في بِـريف"
    word = tokens(text)[1]
    assert (word.text, text[letter_offset(text, word, 1) :]) == ("بريف", "ريف")
