"""Copies of one agency story are known by their words, and sentences that differ in a number or a name are two."""

from __future__ import annotations

import pytest

from assistant.evidence.copies import SAME_WORDS, SAME_WORDS_COPIED, Copies, say_the_same, wording_of
from tests.librarian import article

STORY = (
    "The minister Adam Novak said on Monday that wheat prices would rise by a tenth before the summer.\n\n"
    "He told reporters in Prague that the farmers had waited long enough for this step.\n\n"
    "The union welcomed the announcement and called off its strike.\n"
)
CHANGED = STORY.replace("The minister Adam Novak", "Adam Novak, the minister,").replace("its strike", "its long strike")
OTHER = "The minister Adam Novak opened a bridge in Brno on Sunday.\n\nIt had been closed for repairs since March.\n"
WAS = (
    "قال الوزير آدم نوفاك إن أسعار القمح سترتفع بنسبة عشرة في المئة قبل الصيف المقبل.\n\n"
    "وأضاف أن المزارعين انتظروا هذه الخطوة طويلا وأن الحكومة لن تتراجع عنها.\n"
)
IS = WAS.replace("قال الوزير", "أعلن الوزير").replace("طويلا", "منذ سنوات")


@pytest.mark.parametrize(
    ("one", "other", "expected"), [(STORY, CHANGED, True), (WAS, IS, True), (STORY, OTHER, False), (STORY, WAS, False)]
)
def test_articles_that_share_most_of_their_words_in_order_print_one_story(one: str, other: str, expected: bool) -> None:
    copies = Copies()
    first, second = article("a.txt", one), article("b.txt", other)
    assert copies.same_story(first, second) is copies.same_story(second, first) is expected


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Four soldiers were killed in Homs.", "In Homs four soldiers were killed.", True),
        ("Four soldiers were killed in Homs.", "Five soldiers were killed in Homs.", False),
        ("Four soldiers of the army were killed in Syria.", "Four soldiers of the army were killed in Iraq.", False),
        ("The long talks of ministers began on Monday.", "The long talks of ministers began on Friday.", False),
        ("قتل أربعة جنود في حمص اليوم.", "قُتل أربعة جنود في حمص اليوم", True),
        ("قتل أربعة جنود في سوريا.", "قتل أربعة جنود في العراق.", False),
    ],
)
def test_sentences_say_the_same_where_words_numbers_and_names_agree(one: str, other: str, alike: bool) -> None:
    for share in (SAME_WORDS, SAME_WORDS_COPIED):
        assert say_the_same(wording_of(one), wording_of(other), share) is alike


def test_sentences_of_copies_may_differ_more_than_those_of_two_stories() -> None:
    first, second = STORY.split("\n")[0], CHANGED.split("\n")[0].replace("before the summer", "well before harvest")
    copied, apart = article("b.txt", CHANGED), article("c.txt", OTHER)
    copies = Copies()
    assert copies.same_words((article("a.txt", STORY), first), (copied, second)) is True
    assert copies.same_words((article("a.txt", STORY), first), (apart, second)) is False
