from __future__ import annotations

import pytest

from assistant.words.names import name_similarity, same_spelling

ONE_NAME = 0.8
"""Similarity from which the program takes two spellings for one name."""


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Lavrov", "لافروف"),
        ("Putin", "بوتين"),
        ("Erdoğan", "أردوغان"),
        ("Trump", "ترامب"),
        ("Trump", "ترمب"),
        ("Peskov", "بيسكوف"),
        ("Merkel", "ميركل"),
        ("Netanyahu", "نتنياهو"),
        ("Schroeder", "شرودر"),
        ("Zarif", "ظريف"),
        ("Khamenei", "خامنئي"),
        ("Qaddafi", "القذافي"),
        ("Kerry", "كيري"),
        ("Assad", "الأسد"),
        ("al-Assad", "الأسد"),
        ("Jeffrey", "جيفري"),
        ("Seibert", "زايبرت"),
        ("Shoigu", "شويغو"),
        ("Lavrov's", "لافروف"),
        ("Saleh", "صالح"),
        ("Chrysler", "كرايسلر"),
        ("Munich", "ميونيخ"),
        ("Steinmeier", "شتاينماير"),
        ("National", "ناشيونال"),
        ("Xenia", "زينيا"),
        ("Gaddafi", "القذافي"),
        ("Gafsa", "ڨفصة"),
    ],
)
def test_a_name_sounds_alike_in_both_scripts(latin: str, arabic: str) -> None:
    assert name_similarity(latin, arabic) >= ONE_NAME
    assert name_similarity(arabic, latin) == name_similarity(latin, arabic)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Lavrov", "بيسكوف"),
        ("Lavrov", "لاتفيا"),
        ("Putin", "ترامب"),
        ("Merkel", "ماكرون"),
        ("Peskov", "بوتين"),
        ("Assad", "السيسي"),
        ("Akar", "أكثر"),
        ("Haftar", "حفل"),
        ("Kerry", "أكار"),  # of two consonants the vowels tell
        ("Idlib", "أدلة"),
        ("Mina", "مدينة"),  # and every consonant
        ("Mars", "عمار"),
        ("Ooe", "أي"),  # nothing but vowels says nothing
    ],
)
def test_another_name_does_not(latin: str, arabic: str) -> None:
    assert name_similarity(latin, arabic) < ONE_NAME


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("ترمب", "ترامب", True),
        ("دميتري", "ديمتري", True),
        ("غوتيريش", "جوتيريش", True),
        ("ماكرون", "مكرون", True),
        ("أردوغان", "اردوغان", True),
        ("لافروف", "لافرنتييف", False),
        ("قطر", "قاطر", False),  # three letters without their vowels are too few to tell
        ("سوري", "سوريا", False),
        ("Haftar", "Hafter", False),
    ],
)
def test_arabic_spellings_of_a_name_differ_in_their_long_vowels(first: str, second: str, same: bool) -> None:
    assert same_spelling(first, second) is same
