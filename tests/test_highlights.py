"""Highlights stand in a sentence where its quotation does, and cut its text without losing a letter."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.rendering.highlights import find_highlights, split_runs
from assistant.types import Sentence, Support
from tests.librarian import article, cite

STORY = article("a.txt", "وصل الوزير إلى براغ يوم الاثنين. ثم عاد.")
ARRIVED = replace(cite(STORY, "وصل", "الاثنين."), highlights=((20, 31),))


def test_a_highlight_stands_in_the_sentence_that_quotes_it() -> None:
    assert STORY.text[20:31] == "يوم الاثنين"
    text = f"In the article “x”: “{ARRIVED.quote}” (that is, Monday)"
    ((start, end),) = find_highlights(Sentence(text, (ARRIVED,), Support.SUPPORTED))
    assert text[start:end] == "يوم الاثنين"


def test_a_sentence_in_other_words_than_its_citation_holds_no_highlight() -> None:
    assert find_highlights(Sentence("The minister came on Monday.", (ARRIVED,), Support.PARTIAL)) == []


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda run: (run[0], sum(run)))),
)
def test_the_pieces_of_a_run_are_all_of_it_and_lie_within_highlights_or_outside(
    start: int, length: int, runs: list[tuple[int, int]]
) -> None:
    pieces = list(split_runs(start, start + length, sorted(runs)))
    covered = [place for first, last, _ in pieces for place in range(first, last)]
    assert covered == list(range(start, start + length))
    for first, last, asked in pieces:
        assert all(any(a <= place < b for a, b in runs) is asked for place in range(first, last))
