from __future__ import annotations

import pytest

from assistant.types import Support
from assistant.verify import supports
from tests.librarian import article, cite

BRIDGE = article("bridge.txt", "The minister said that the bridge will open in May 2024.\n\nIt cost 40 million.")
CITED = cite(BRIDGE, "The minister", "2024.", speaker="The minister")


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("The minister: “The minister said that the bridge will open in May 2024.”", Support.SUPPORTED),
        ("The bridge opens in May.", Support.SUPPORTED),
        ("The bridge opens in May after tests by engineers.", Support.PARTIAL),
        ("The tunnel was closed by protesters.", Support.UNSUPPORTED),
        ("The bridge will open in May 2025.", Support.UNSUPPORTED),
        ("", Support.UNSUPPORTED),
    ],
)
def test_a_sentence_is_supported_by_the_words_and_every_number_of_its_citations(
    sentence: str, support: Support
) -> None:
    assert supports(sentence, [CITED]) is support


def test_citations_support_a_sentence_together() -> None:
    sentence = "The bridge will open in May and cost 40 million."
    cost = cite(BRIDGE, "It cost", "million.")
    assert [supports(sentence, cited) for cited in ([CITED], [CITED, cost])] == [Support.UNSUPPORTED, Support.SUPPORTED]
