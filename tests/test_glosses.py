"""Glosses: a word of one language said in a word of the other, where that is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.words.gazetteer import translate_entity
from assistant.words.glosses import Glosses
from index.archive.sqlite import SqliteArchive
from index.text import fold_text
from tests.archives import bundled, fill, write

ENGLISH = "The Government of Qasimia resigned. A government resigned. Our government and ministers spoke. " * 3
ARABIC = "استقالت الحكومة أمس. تتحدث الحكومة عن الاقتصاد، والحكومة تنفي. الحكومة والاقتصاد. " * 3


@pytest.mark.parametrize(
    ("word", "translation"),
    [
        ("روسيا", "Russia"),
        ("الروسية", "Russian"),
        ("سعودي", "Saudi"),
        ("السعودية", "Saudi Arabia"),
        ("موسكو", "Moscow"),
        ("داعش", "ISIS"),
        ("عمان", None),  # Oman, or Amman
        ("الأتراك", None),  # no counterpart of its own
        ("الحكومة", None),
        ("Russia", "روسيا"),
        ("russian", "روسي"),
        ("Moscow", "موسكو"),
        ("brussels", None),  # Belgium's, and Europe's
        ("government", None),
    ],
)
def test_a_country_is_named_as_the_other_language_does(word: str, translation: str | None) -> None:
    assert translate_entity(fold_text(word)) == translation


def glosses(folder: Path, *texts: str) -> Glosses:
    fill(folder / "archive", *write(folder, **{f"t{number}": text for number, text in enumerate(texts)}))
    encoder = bundled()
    archive = SqliteArchive.open(folder / "archive", encoder_name=encoder.name, dimensions=encoder.dimensions)
    return Glosses(archive, encoder)


def test_an_arabic_gloss_is_a_word_as_the_archive_writes_it(tmp_path: Path) -> None:
    found = glosses(tmp_path, ENGLISH, ARABIC).find(["government", "economy", "the", "Qasimia"], "ar")
    assert found == {"government": "الحكومة", "economy": "الاقتصاد"}


def test_an_archive_without_english_still_has_english_glosses(tmp_path: Path) -> None:
    found = glosses(tmp_path, ARABIC).find(["الحكومة", "في", "المفاوضات", "2017", "قَالَ"], "en")
    assert found == {"الحكومة": "government", "المفاوضات": "negotiation"}


def test_an_archive_without_arabic_glosses_names_alone(tmp_path: Path) -> None:
    assert glosses(tmp_path, ENGLISH).find(["government", "Turkey", "us"], "ar") == {"Turkey": "تركيا"}


def test_a_word_of_the_language_itself_has_no_gloss(tmp_path: Path) -> None:
    assert glosses(tmp_path, ENGLISH, ARABIC).find(["government", "Russia"], "en") == {}
