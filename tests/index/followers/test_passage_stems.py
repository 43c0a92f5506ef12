"""The stems of many passages together are those of each alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.followers.passage_stems import PassageStems
from index.text import stems

TEXT = st.text(
    st.one_of(st.sampled_from("  \n\t\u00a0\u2028\x1c أإلآكَّـ،.؟ﷺABaß'’3٣%"), st.characters(codec="utf-8")), max_size=40
)
KEEPING, FORGETFUL = PassageStems(), PassageStems(most_characters=20)


@given(st.lists(TEXT, max_size=4))
def test_any_passages_have_the_stems_that_each_has_alone(texts: list[str]) -> None:
    alone = [stems(text) for text in texts]
    assert [found.split() for found in KEEPING.of(texts)] == alone
    assert [found.split() for found in FORGETFUL.of(texts)] == alone


def test_a_run_that_was_met_before_has_the_same_stems_again() -> None:
    passages = PassageStems()
    assert [found.split() for found in passages.of(["قالت الوزارة، amid", "الوزارة،"])] == [
        ["قال", "وزاره", "amid"],
        ["وزاره"],
    ]
    assert [found.split() for found in passages.of(["", "الوزارة، U.S. amid"])] == [[], ["وزاره", "us", "amid"]]
