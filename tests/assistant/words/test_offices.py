"""Offices by their words and phrases in both languages."""

from __future__ import annotations

import pytest

from assistant.words.offices import offices_of, portfolios, same_office, without_delegated, without_former, words_of
from index.text import tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("the prime minister", [None, "premier", "premier"]),
        ("رئيس الوزراء البريطاني", ["premier", "premier", None]),
        ("رئيس مجلس الوزراء", ["premier"] * 3),
        ("وزير الدفاع", ["minister", None]),
        ("the US Secretary of State", [None, None, *["foreign minister"] * 3]),
        ("وزيرة الخارجية السويدية", ["foreign minister", "foreign minister", None]),
        ("الأمين العام للحزب", ["secretary general", "secretary general", None]),
        ("أمين جدة", ["mayor", None]),
        ("أمير منطقة مكة", ["governor", "governor", None]),
        ("chief financial officer", ["officer"] * 3),
        ("IMF chief Novak", [None, "head", None]),
        ("رئيس", ["chair"]),
        ("", []),
    ],
)
def test_an_office_is_told_by_its_whole_name(text: str, offices: list[str | None]) -> None:
    assert offices_of(words(text)) == offices


def test_what_is_written_onto_an_office_is_passed_over_where_it_may_be() -> None:
    said = words("التقى برئيس الحكومة وللوزير")
    assert offices_of(said, joined=True) == [None, "premier", "premier", "minister"]
    assert offices_of(said) == [None, None, None, None]


def test_a_head_leads_and_an_arabic_chair_is_a_president_or_a_chairman() -> None:
    same = {(one, other) for one in ("head", "chair", "president", "chairman", "minister") for other in ("president",)}
    assert {one for one, other in same if same_office(one, other)} == {"head", "chair", "president"}
    assert not same_office("head", "deputy")


def test_delegates_and_former_holders_are_left_out() -> None:
    vice, late = words("the deputy prime minister and the minister"), words("the former mayor and the mayor")
    assert without_delegated(offices_of(vice), {"deputy"}) == [None, "deputy", None, None, None, None, "minister"]
    assert without_former(offices_of(late), late) == [None, None, None, None, None, "mayor"]
    envoy = words("المبعوث الخاص للرئيس الروسي")
    assert without_delegated(offices_of(envoy, joined=True), {"envoy"}) == ["envoy", None, None, None]
    arabic = words("رئيس الحكومة التونسية السابق ووزير المالية")
    assert without_former(offices_of(arabic, joined=True), arabic)[4:] == ["minister", None]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("the Defence Ministry", "وزارة الدفاع", True),
        ("secretary of state", "وزير الخارجية", True),
        ("the interior minister", "لوزير الداخلية", True),
        ("the interior minister", "وزير الخارجية", False),
        ("وزارة الشؤون الدينية", "وزارة الثقافة", False),
    ],
)
def test_ministries_are_told_apart_by_what_they_are_for(first: str, second: str, same: bool) -> None:
    one, other = (set(portfolios(words(text)).values()) for text in (first, second))
    assert one
    assert other
    assert (one == other) is same


def test_what_no_ministry_is_for_is_no_portfolio() -> None:
    assert not portfolios(words("health and education in the city, وصحة السكان"))


def test_every_name_of_an_office_has_one_of_its_words() -> None:
    assert {"prime", "وزراء", "حكومه", "premier"} <= {word.replace("ة", "ه") for word in words_of("premier")}
    assert "minister" not in words_of("premier")
