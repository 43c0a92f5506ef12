"""Which words are names although no capital shows it."""

from __future__ import annotations

import pytest

from assistant.words.naming import find_names
from index.text import tokens


def _names(text: str) -> list[str]:
    words = tokens(text)
    return [text[words[number].start : words[number].end] for number in sorted(find_names([w.text for w in words]))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("فاز المخرج السنغالي مامادو سو بالجائزة", ["السنغالي", "مامادو", "سو"]),
        ("فازت الكينية روث تشيبكوتش بالسباق", ["الكينية", "روث", "تشيبكوتش"]),
        ("تقدمت ليلى بن عمار على سامي الزغلامي", ["ليلى", "بن", "عمار", "سامي", "الزغلامي"]),
        ("قدم بوتين تعازيه لميركل", ["بوتين", "لميركل"]),
        ("قصفت طائرات مدينة حلب", ["حلب"]),
        ("تخرج في جامعة كامبريدج", ["كامبريدج"]),
        ("من قبيلة شمر", ["شمر"]),
        ("قال الوزير إن العمل يستمر على مدى يومين", []),
        ("بدأ المنتخب السعودية مشوارها أمام قطر", ["السعودية", "قطر"]),
        ("تخلف محمد بينما فاز", ["محمد"]),
        ("The king met Syrian officials", ["Syrian"]),
    ],
)
def test_a_name_is_told_by_itself_or_by_the_office_or_nation_before_it(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_a_given_name_that_is_a_common_word_names_nobody() -> None:
    assert _names("عودة الأمل على الطريق") == []
