"""The clauses of a sentence part at its marks and at the words that open one, and lose no letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import find_clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("He said that talks began.", ["He said ", "that talks began", "."]),
        ("قال الاثنين إن المحادثات بدأت", ["قال الاثنين ", "إن المحادثات بدأت"]),
        ("من المقرر أن تبدأ الخميس", ["من المقرر أن تبدأ الخميس"]),
        ("وصل، أمس، إلى موسكو", ["وصل", "، أمس", "، إلى موسكو"]),
        ("", []),
    ],
)
def test_a_clause_begins_with_what_parts_it_from_the_one_before(text: str, clauses: list[str]) -> None:
    assert [text[start:end] for start, end in find_clauses(text)] == clauses


@given(st.text(st.sampled_from("ab ،,.«»إنأَـ\u00a0that")))
def test_the_clauses_of_a_text_are_all_of_it(text: str) -> None:
    assert "".join(text[start:end] for start, end in find_clauses(text)) == text
