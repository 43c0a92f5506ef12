"""What is checked of a text, and what is left out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.manuscript import Claim, read_claims


def _texts(text: str) -> list[str]:
    return [claim.text for claim in read_claims(text)]


def test_a_markdown_answer_is_read_as_its_sentences_without_markers_links_and_emphasis() -> None:
    answer = "**Lavrov** said that [Turkey](http://example.org/a_b) had not met it [1][2]. It `cost` _much_【3】."
    assert _texts(answer) == ["Lavrov said that Turkey had not met it.", "It cost much."]


def test_arabic_markers_and_isolates_are_no_part_of_a_sentence() -> None:
    assert _texts("قال بيسكوف ذلك \u2068[1]\u2069. وأكد لافروف ذلك [٢، ٣].") == ["قال بيسكوف ذلك.", "وأكد لافروف ذلك."]


def test_headings_tables_code_questions_and_lists_of_sources_are_not_claims() -> None:
    text = """# What Lavrov said

The bridge opened in May.
What did it cost?

| year | cost |
|---|---|

```
print("It cost nothing.")
```

---
## Sources
1. The Daily, The bridge is open.

## After that
It closed in June.

References:
[1]: http://example.org
"""
    assert read_claims(text) == [
        Claim("The bridge opened in May.", 3, ()),
        Claim("It closed in June.", 18, ()),
    ]


def test_a_list_of_sources_by_number_is_left_out_without_a_heading() -> None:
    assert _texts("It opened [1].\n\n[1] The Daily · bridge.txt · 0–18\n[^2]: The Weekly") == ["It opened."]


def test_the_items_of_a_list_are_sentences_each_with_its_line() -> None:
    assert read_claims("Two things:\n\n- It opened\n  in May\n2. It cost much") == [
        Claim("Two things:", 1, ()),
        Claim("It opened in May", 3, ()),
        Claim("It cost much", 5, ()),
    ]


def test_a_block_quotation_is_a_quotation_as_a_whole() -> None:
    quote = "تركيا لم تنفذ عددا من التزاماتها"
    assert read_claims("> تركيا لم تنفذ\n> عددا من التزاماتها") == [Claim(quote, 1, (quote,))]


def test_three_words_in_quotation_marks_of_any_sort_are_a_quotation_and_fewer_are_none() -> None:
    marked = ["“one two three”", "«one two three»", '"one two three,"', "„one two three“", "“two words”", "«داعش»"]
    assert [read_claims(f"He said {quoted} again.")[0].quotations for quoted in marked] == [
        *[("one two three",)] * 4,
        (),
        (),
    ]


def test_escaped_letters_of_markdown_are_read_as_themselves() -> None:
    assert _texts(r"It cost 5\*3 \[euros\] \_each\_.") == ["It cost 5*3 [euros] _each_."]


@given(st.text(alphabet='ab.?!“”«»"\n#>-*_`[]()1| سل\u2068', max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    lines = len(text.splitlines())
    for claim in read_claims(text):
        assert claim.text == " ".join(claim.text.split())
        assert 1 <= claim.line <= lines
        assert any(character.isalnum() for character in claim.text)
