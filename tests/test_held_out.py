"""The names that the model is tested on: the list is sound, and a pair that would teach one of them is recognised."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionSetError
from index.training.corpora import read_rows
from index.training.held_out import HeldOut, Name, load_names, split_folded
from index.training.tokenizer import normalizer

NAMES = [
    Name("Abdullah al-Sabah", "عبد الله الصباح", "person", "transliterated"),
    Name("Ban Ki-moon", "بان كي مون", "person", "transliterated"),
    Name("Qamishli", "القامشلي", "place", "transliterated"),
    Name("Security Council", "مجلس الأمن", "organisation", "translated"),
]
HELD_OUT = HeldOut.from_names(NAMES)
HEADER = "english\tarabic\tkind\tnote\n"


def test_the_list_is_large_and_has_names_of_every_kind() -> None:
    names = load_names()
    assert len(names) >= 360
    assert min(Counter(name.kind for name in names).values()) >= 100
    assert min(Counter(name.note for name in names).values()) >= 100


def test_a_person_of_the_list_is_known_by_more_than_a_first_name() -> None:
    forms = [form for name in load_names() if name.kind == "person" for form in (name.english, name.arabic)]
    assert [form for form in forms if len(split_folded(form)) < 2] == []


def test_no_name_of_the_list_is_a_part_of_another() -> None:
    """A name whose words are all in another one would be a right answer that counts as wrong."""
    words = [frozenset(split_folded(form)) for name in load_names() for form in (name.english, name.arabic)]
    assert [set(one) for one in words for other in words if one < other] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "line 1: '' are not the columns english, arabic, kind, note, set off by tabs"),
        (HEADER + "Homs\tحمص\tplace\n", "line 2: 3 columns instead of 4; set them off by tabs"),
        (
            HEADER + "Homs\tحمص\tcity\ttransliterated\n",
            "line 2: 'city' or 'transliterated' is unknown; "
            "use person, place, organisation, transliterated, translated",
        ),
        (
            HEADER + "حمص\tHoms\tplace\ttransliterated\n",
            "line 2: 'حمص' is not in its column's script; English comes first",
        ),
        (
            HEADER + "Idlib\tإدلب\tplace\ttransliterated\nIdleb\tادلب\tplace\ttransliterated\n",
            "line 3: 'ادلب' is on line 2 already; remove one",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_its_line(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=re.escape(f"'{path}' {message}") + "$"):
        load_names(path)


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"cannot read the names in '.*none\.tsv': .*; give a UTF-8 file"):
        load_names(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ban Ki-moon", "بان كي مون"),
        ("بان كي مون", "BAN KI MOON"),
        ("Ban Kimoon spoke", "قال بَان كي-مون"),
        ("Abdullah Al Sabah's visit", "زيارة عبدالله الصباح"),
        ("The Security Council met", "اجتمع مجلس الامن"),
        ("to the council on security", "لمجلس الأمن وبمجلس الأمن"),
        ("Kamishly", "من القامشلي"),
        ("from Kamishly", "وللقامشلي"),
        ("Qamishli", "كاميشلي"),
    ],
)
def test_a_pair_across_the_scripts_is_held_out_for_a_form_of_a_name_on_either_side(left: str, right: str) -> None:
    assert HELD_OUT.holds(left, right)
    assert HELD_OUT.holds(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ban", "بان"),
        ("the council's security", "أمن المجلس"),
        ("urban ki-moonlight", "لبان كي مونت"),
        ("Security, and the Council", "الأمن والمجلس"),
    ],
)
def test_parts_of_a_name_are_left_to_learn_from(left: str, right: str) -> None:
    assert not HELD_OUT.holds(left, right)


def test_a_pair_of_one_language_is_held_out_only_if_it_shows_both_forms() -> None:
    assert not HELD_OUT.holds("من هو بان كي مون؟", "بان كي مون هو الأمين العام السابق للأمم المتحدة")
    assert not HELD_OUT.holds("(5 + 1) - (6)!", "ناقش مجلس الأمن القرار")
    assert not HELD_OUT.holds("متى صدر Final Fantasy VII؟", "ناقش مجلس الأمن القرار")
    assert not HELD_OUT.holds("What is the council?", "The Security Council (Arabic: المجلس) is a part of the UN")
    assert HELD_OUT.holds("من هو بان كي مون؟", "الأمين العام السابق (Ban Ki-moon) دبلوماسي كوري")


def test_an_arabic_text_stays_one_behind_a_row_of_english_tags() -> None:
    assert HELD_OUT.holds("He spoke in Qamishli #war #peace", "تحدث في المدينة #war #peace #talks #news #live #tv")


def test_an_english_text_stays_one_with_an_honorific_in_arabic() -> None:
    assert HELD_OUT.holds("The Prophet (ﷺ) said so", "قال في القامشلي")


@given(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x6FF) | st.sampled_from("ﻻﷺﭐ\u200f\u2019ﬁ"), max_size=40)
)
def test_texts_are_folded_as_the_model_folds_them(text: str) -> None:
    assert split_folded(text) == tuple(re.findall(r"\w+", normalizer().normalize_str(text)))


@pytest.mark.slow
def test_a_plain_search_finds_no_name_in_what_is_left_of_the_corpora(shared: Path) -> None:
    names = load_names()
    held_out = HeldOut.from_names(names)
    # A diacritic is no letter to a pattern, and no end of a word either.
    patterns = [
        re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})(?![\w\u064b-\u0652])")
        for forms in ([name.english for name in names], [name.arabic for name in names])
    ]
    rows = [row for corpus in ("sentences", "terms", "names") for row in read_rows(shared / "corpora", corpus)]
    left = [row for row in rows if not held_out.holds(row[0], row[1])]
    assert 0 < len(rows) - len(left) < 3000
    assert [row for row in left if patterns[0].search(row[0]) or patterns[1].search(row[1])] == []
