from __future__ import annotations

import pytest

from assistant.words.gazetteer import BY_CAPITAL, BY_NAME, entity_names, is_entity, is_place, same_entity
from index.text import fold_text


def alike(first: str, second: str) -> float:
    return same_entity(fold_text(first), fold_text(second))


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        ("Russia", "الروسي", BY_NAME),
        ("Moscow", "روسيا", BY_CAPITAL),
        ("Washington", "واشنطن", BY_CAPITAL),
        ("Türkiye", "التركية", BY_NAME),
        ("Germany", "ألمانيا", BY_NAME),
        ("Germans", "الألمان", BY_NAME),
        ("Egyptians", "المصريون", BY_NAME),
        ("Turkish", "تركيين", BY_NAME),
        ("Iraq", "العراق", BY_NAME),
        ("ISIS", "داعش", BY_NAME),
        ("France", "وفرنسا", BY_NAME),
        ("Colombia", "لكولومبيا", BY_NAME),
        ("Iraq", "وللعراق", BY_NAME),
        ("Singapore", "بسنغافورة", BY_NAME),
        ("Zealand", "النيوزيلندي", BY_NAME),
        ("Syria", "تركيا", 0.0),
        ("Niger", "نيجيريا", 0.0),
        ("table", "تركيا", 0.0),
    ],
)
def test_a_country_is_one_by_name_adjective_and_capital(first: str, second: str, grade: float) -> None:
    assert alike(first, second) == alike(second, first) == grade


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("ankara", ("Turkey", "تركيا")),
        ("العراقيين", ("Iraq", "العراق")),
        ("nato", None),  # a body has no country's name
        ("brussels", None),  # Belgium's capital and Europe's
        ("tables", None),
    ],
)
def test_a_country_has_an_english_and_an_arabic_name(word: str, names: tuple[str, str] | None) -> None:
    assert entity_names(fold_text(word)) == names


@pytest.mark.parametrize("word", ["the", "said", "general", "وزير", "الوزير", "قال", "اليوم", "الامن", "بروس"])
def test_a_common_word_is_no_country(word: str) -> None:
    assert not is_entity(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *[
            (word, True)
            for word in ("russia", "moscow", "روسيا", "موسكو", "العراق", "سوتشي", "ادلب", "aleppo", "بالعراق", "وسوريا")
        ],
        *[(word, False) for word in ("russian", "الروسي", "السوريه", "nato", "داعش", "مدينه")],
    ],
)
def test_a_place_is_told_from_its_people_and_from_bodies(word: str, expected: bool) -> None:
    assert is_place(word) is expected
