"""Citation markers are parted from words, however a reply is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writers.markers import Marker, MarkerReader


def read(*chunks: str) -> list[str | Marker]:
    """The parts of a reply in these chunks, neighbouring words joined."""
    reader = MarkerReader()
    joined: list[str | Marker] = []
    for part in [part for chunk in chunks for part in reader.feed(chunk)] + reader.close():
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)),
        ("[ 12 ]", (12,)),
        ("[1, 2]", (1, 2)),
        ("[1،3]", (1, 3)),
        ("[2; 2]", (2,)),
        ("[1-3]", (1, 2, 3)),
        ("[1–2, 5]", (1, 2, 5)),
        ("[١]", (1,)),
        ("[۲، ٣]", (2, 3)),
        ("【1】", (1,)),
    ],
)
def test_a_marker_may_hold_several_numbers_and_arabic_digits(marker: str, numbers: tuple[int, ...]) -> None:
    assert read(f"It rains {marker}.") == ["It rains ", Marker(numbers), "."]


def test_markers_side_by_side_are_markers_each() -> None:
    assert read("It rains [1][2].") == ["It rains ", Marker((1,)), Marker((2,)), "."]


@pytest.mark.parametrize(
    "text",
    ["in [2020]", "on [2020-02-17]", "[]", "[ ]", "[1", "1]", "[one]", "[3-1]", "[1,]", "[1-999]", "[1 2]", "[-]"],
)
def test_years_days_and_other_brackets_are_text(text: str) -> None:
    assert read(text) == [text]


def test_nothing_of_a_marker_is_given_before_it_is_whole() -> None:
    reader = MarkerReader()
    assert [reader.feed(chunk) for chunk in ("It rains [", "1", ", ٢", "] and", " [x")] == [
        ["It rains "],
        [],
        [],
        [Marker((1, 2)), " and"],
        [" [x"],
    ]
    assert reader.close() == []


def test_a_bracket_at_the_very_end_is_not_lost() -> None:
    assert read("It rains [1") == ["It rains [1"]


@given(st.text(alphabet="[]【】12٣,،- a.\n", max_size=60), st.data())
def test_a_reply_has_the_same_parts_however_it_is_cut(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    chunks = [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert read(*chunks) == read(text)


@given(st.text(alphabet="[]12, a", max_size=40))
def test_markers_are_all_that_is_taken_from_a_reply(text: str) -> None:
    words = [part for part in read(text) if isinstance(part, str)]
    for word in words:
        assert word in text
    if not any(isinstance(part, Marker) for part in read(text)):
        assert "".join(words) == text
