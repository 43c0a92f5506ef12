"""Which words say opposite things."""

from __future__ import annotations

import pytest

from assistant.words.opposites import sides
from index.text import fold_text


def _opposed(first: str, second: str) -> bool:
    """Tell whether two words stand on the two sides of a pair."""
    one, other = sides(fold_text(first)), sides(fold_text(second))
    return any(one[pair] != other[pair] for pair in one.keys() & other.keys())


def test_opposites_stand_on_two_sides_of_one_pair_in_both_languages() -> None:
    rising, falling = sides("rose"), sides(fold_text("انخفضت"))
    (pair,) = rising.keys() & falling.keys()
    assert (rising[pair], falling[pair]) == (1, -1)
    assert sides("bridge") == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("climbing", "declined"),
        ("upheld", "ألغت"),
        ("acquitted", "أدانت"),
        ("attended", "وغيابه"),
        ("سيرتفع", "والانخفاض"),
        ("ينسحبون", "joined"),
        ("relief", "troubled"),
    ],
)
def test_the_forms_of_a_word_are_on_its_side(first: str, second: str) -> None:
    assert _opposed(first, second)
    assert _opposed(second, first)


@pytest.mark.parametrize(("first", "second"), [("rose", "climbed"), ("رفض", "rejected"), ("fell", "وتراجعت")])
def test_words_for_the_same_are_no_opposites(first: str, second: str) -> None:
    assert not _opposed(first, second)
