"""Names across the scripts: what is searched, how it is counted and, marked slow, what the bundled model must reach."""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.benchmarks.names import NameSet, find_names, measure_names, read_name_set, summarize
from index.encoders.static import StaticEncoder
from index.errors import QuestionSetError
from index.training.held_out import Name, load_names
from index.types import Language, Vectors, Words

NAMES = [
    Name("Moscow University", "جامعة موسكو", "organisation", "translated"),
    Name("Maria", "ماريا", "person", "transliterated"),
    Name("Vladivostok", "فلاديفوستوك", "place", "transliterated"),
]


def write_corpus(folder: Path, rows: list[tuple[str, str]]) -> Path:
    """Write names in the published format."""
    with lzma.open(folder / "names.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{english}\t{arabic}\tmade-up\n" for english, arabic in rows)
    return folder


def test_the_names_searched_are_distinct_and_no_other_spelling_of_a_name_under_test(tmp_path: Path) -> None:
    rows = [
        ("Daga", "داغا"),
        ("daga", "دَاغا"),  # the same, folded
        ("Bashar Hafez al-Assad", "بشار حافظ"),  # all words of a tested form
        ("Sergueï Lavrov", "سيرغي لافروف"),  # an Arabic form that is tested
        ("Vladimir Putin", "بوتن"),  # an English one
        ("...", "!"),
        ("Milo", "ميلو"),
    ]
    names = load_names()
    name_set = read_name_set(write_corpus(tmp_path, rows), size=len(names) + 2)
    assert name_set.names == names
    drawn = {language: pool[:2] for language, pool in name_set.pools.items()}
    assert {language: {form.lower() for form in forms} for language, forms in drawn.items()} in (
        {"en": {"daga", "milo"}, "ar": {"داغا", "ميلو"}},
        {"en": {"daga", "milo"}, "ar": {"دَاغا", "ميلو"}},
    )
    assert name_set.pools["en"][2:] == [name.english for name in names]
    assert name_set.pools["ar"][2:] == [name.arabic for name in names]


def test_a_seed_draws_the_same_names_again_and_another_seed_others(tmp_path: Path) -> None:
    letters = zip("bdfghjklmnpqrstv", "بدفغهجكلمنپقرستو", strict=True)
    corpora = write_corpus(tmp_path, [(f"{latin}a{latin}a", f"{arabic}ا{arabic}ا") for latin, arabic in letters])
    size = len(load_names()) + 8
    first, again, other = (read_name_set(corpora, size=size, seed=seed).pools["en"][:8] for seed in (0, 0, 1))
    assert first == again
    assert set(first) != set(other)


def test_too_few_names_to_search_among_are_said_so(tmp_path: Path) -> None:
    corpora = write_corpus(tmp_path, [("Daga", "داغا")])
    size = len(load_names())
    message = f"'{corpora}/names.tsv.xz' makes {size + 1} names, ar, not {size + 2}; fetch it again"
    with pytest.raises(QuestionSetError, match=re.escape(message)):
        read_name_set(corpora, size=size + 2)


def test_a_line_without_a_second_form_is_named(tmp_path: Path) -> None:
    with lzma.open(tmp_path / "names.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("Daga\tداغا\nMilo\n")
    with pytest.raises(QuestionSetError, match=r"names\.tsv\.xz' line 2 has one cell, not two; fetch it again"):
        read_name_set(tmp_path)


def test_the_nearest_name_of_the_other_script_is_found() -> None:
    english = ["Moscow River", "Marta", *(name.english for name in NAMES)]
    arabic = ["نهر موسكو", "مارتا", *(name.arabic for name in NAMES)]
    encoder = StaticEncoder()
    right = {"ar→en": [name.english for name in NAMES], "en→ar": [name.arabic for name in NAMES]}
    assert find_names(encoder, encoder, NameSet(NAMES, {"en": english, "ar": arabic})) == {
        "names R@1": right,
        "names, words R@1": right,
        "names, sounds R@1": right,
    }


def test_shares_are_of_all_names_and_of_each_kind_and_note() -> None:
    found = {
        "ar→en": ["Moscow University", "Maria", "Moscow"],
        "en→ar": ["نهر موسكو", "ماريا", "موسكو"],
    }
    assert summarize(NAMES, found) == {
        "names R@1": {"ar→en": 2 / 3, "en→ar": 1 / 3},
        "names R@1, organisation": {"ar→en": 1.0, "en→ar": 0.0},
        "names R@1, person": {"ar→en": 1.0, "en→ar": 1.0},
        "names R@1, place": {"ar→en": 0.0, "en→ar": 0.0},
        "names R@1, translated": {"ar→en": 1.0, "en→ar": 0.0},
        "names R@1, transliterated": {"ar→en": 0.5, "en→ar": 0.5},
    }


class _Indifferent(StaticEncoder):
    """To it all texts, and all words, mean the same."""

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        return np.ones((len(texts), self.dimensions), np.float32)

    def encode_words(self, texts: Sequence[str]) -> list[Words]:
        found = super().encode_words(texts)
        return [Words(words.spans, self._same(len(words.spans))) for words in found]

    def sums(self, ids: NDArray[np.int32], borders: NDArray[np.int64]) -> Vectors:
        return self._same(len(borders) - 1) * np.diff(borders)[:, None].astype(np.float32)

    def subword_products(self, ids: NDArray[np.integer], vectors: Vectors) -> Vectors:
        return self._same(len(ids)) @ vectors.T

    def _same(self, count: int) -> Vectors:
        return np.eye(1, self.dimensions, dtype=np.float32).repeat(count, axis=0)


def test_where_vectors_say_nothing_the_first_name_is_found_and_with_sounds_the_right_one() -> None:
    encoder = _Indifferent()
    pools: dict[Language, list[str]] = {"en": [name.english for name in NAMES], "ar": [name.arabic for name in NAMES]}
    found = find_names(encoder, encoder, NameSet(NAMES, pools))
    first = {"ar→en": ["Moscow University"] * 3, "en→ar": ["جامعة موسكو"] * 3}
    assert (found["names R@1"], found["names, words R@1"]) == (first, first)
    assert found["names, sounds R@1"] == {
        "ar→en": [name.english for name in NAMES],
        "en→ar": [name.arabic for name in NAMES],
    }


def test_figures_are_of_every_measure() -> None:
    encoder = StaticEncoder()
    pools: dict[Language, list[str]] = {"en": [name.english for name in NAMES], "ar": [name.arabic for name in NAMES]}
    figures = measure_names(encoder, encoder, NameSet(NAMES, pools))
    assert figures["names R@1"] == figures["names, sounds R@1"] == {"ar→en": 1.0, "en→ar": 1.0}
    assert [name for name in figures if "," not in name.removeprefix("names, ")] == [
        "names R@1",
        "names, words R@1",
        "names, sounds R@1",
    ]


@pytest.mark.slow
def test_the_bundled_model_knows_names_in_the_other_script_and_sounds_add_to_it(shared: Path) -> None:
    encoder = StaticEncoder()
    figures = measure_names(encoder, encoder, read_name_set(shared / "corpora"))
    floors = {
        "names R@1": {"ar→en": 0.70, "en→ar": 0.73},
        "names, sounds R@1": {"ar→en": 0.83, "en→ar": 0.82},
    }
    assert {
        (measure, direction): figures[measure][direction]
        for measure, directions in floors.items()
        for direction, floor in directions.items()
        if figures[measure][direction] < floor
    } == {}
    for direction, share in figures["names, words R@1"].items():
        assert figures["names, sounds R@1"][direction] > share
