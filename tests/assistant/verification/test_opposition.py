"""Whether a sentence says the opposite of what its evidence says of the same thing."""

from __future__ import annotations

import pytest

from assistant.verification.alignment import Alignment
from assistant.verification.content import Content
from assistant.verification.opposition import opposition
from assistant.words.matching import Matcher
from tests.parts.archives import bundled

PRICES = "Oil prices fell in London, while stocks of crude in America rose by four million barrels."


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(bundled())


def _opposite(sentence: str, evidence: str, matcher: Matcher) -> float:
    return opposition(Alignment(Content.of(sentence), Content.of(evidence), matcher, Content.of("")))["opposite"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Oil prices climbed in London.",
        "Stocks of crude in America fell.",
        "ارتفعت أسعار النفط في لندن.",
        "Oil prices climbed as stocks of crude in America rose.",
    ],
)
def test_an_opposite_is_held_against_what_is_said_of_the_same_thing(sentence: str, matcher: Matcher) -> None:
    assert _opposite(sentence, PRICES, matcher) > 0.1


@pytest.mark.parametrize(
    "sentence",
    [
        "Oil prices declined in London.",
        "Oil prices did not rise in London.",
        "Stocks of crude in America grew, and prices fell.",
        "انخفضت أسعار النفط في لندن.",
        "Oil is sold in barrels.",
    ],
)
def test_what_is_said_of_another_thing_is_no_opposite(sentence: str, matcher: Matcher) -> None:
    assert _opposite(sentence, PRICES, matcher) == 0.0
