"""Sentences are whole, in order, and cut no quotation; the lines of a wire are read as paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences, wrapping_newlines

PIECES = st.lists(
    st.sampled_from(
        [
            "قال",
            "لافروف",
            "Mr.",
            "U.S.",
            "said",
            "The",
            "a",
            ".",
            "؟",
            "!",
            "…",
            "..",
            " ",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            '"',
        ]
        + ["“", "”", "«", "»", "‘", "’", "\u00a0", "🙂", "\u200f", "،", "3.5", "    ", "الاتفاق.وأضاف", "x" * 60]
    ),
    max_size=40,
).map("".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(PIECES | st.text(max_size=80))
def test_sentences_are_in_order_apart_and_hold_every_letter_and_digit(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not any(character.isalnum() for character in text[position:start])
        position = end
    assert not any(character.isalnum() for character in text[position:])


@given(PIECES, st.data())
def test_the_sentences_of_a_part_stay_within_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentences(text, start, end)
    assert all(start <= first < last <= end for first, last in found)
    assert sum(text[first:last].count("س") for first, last in found) == text[start:end].count("س")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هل يبقى؟ نعم، يبقى؛ لا شك. انتهى!", ["هل يبقى؟", "نعم، يبقى؛ لا شك.", "انتهى!"]),
        ("He left. She stayed! Why? No…", ["He left.", "She stayed!", "Why?", "No…"]),
        ("It rose 3.5 percent. It fell.", ["It rose 3.5 percent.", "It fell."]),
        ("عنوان بلا نقطة\nقال كذا.", ["عنوان بلا نقطة", "قال كذا."]),
        ("احتج بعضهم.وذكرت الشرطة ذلك.", ["احتج بعضهم.", "وذكرت الشرطة ذلك."]),
        ("one\r\n\r\ntwo", ["one", "two"]),
        ("اول\u00a0. ثان", ["اول\u00a0.", "ثان"]),
        ("*** \n ... \n 🙂", []),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_mark_or_line(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Putin met Dr. Assad. They spoke.", ["Mr. Putin met Dr. Assad.", "They spoke."]),
        ("The U.S. Senate and John F. Kennedy.", ["The U.S. Senate and John F. Kennedy."]),
        ("He joined Apple Inc. The deal is done.", ["He joined Apple Inc.", "The deal is done."]),
        ("See No. 5 there. He said no. Then he left.", ["See No. 5 there.", "He said no.", "Then he left."]),
        ("On Sept. 11 it fell. In Aug. it rose.", ["On Sept. 11 it fell.", "In Aug. it rose."]),
        ("قال د. أحمد وم. سالم ذلك. ثم مضى.", ["قال د. أحمد وم. سالم ذلك.", "ثم مضى."]),
        ("كان ذلك عام 2015 م. وقال كذا.", ["كان ذلك عام 2015 م.", "وقال كذا."]),
        ("وكالة أ.ف.ب. ووكالة د.ب.أ قالتا.", ["وكالة أ.ف.ب.", "ووكالة د.ب.أ قالتا."]),
        ('"Will he go?" asked Lavrov. He did.', ['"Will he go?" asked Lavrov.', "He did."]),
        ("We wait... and see. al-Assad spoke.", ["We wait... and see.", "al-Assad spoke."]),
    ],
)
def test_an_abbreviation_or_a_small_letter_ends_no_sentence(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("opener", "closer"), ["“”", "«»", '""', "‹›", "„“", "„”", "‘’", "〝〞"], ids=lambda mark: f"U+{ord(mark):04X}"
)
def test_a_quotation_is_not_cut(opener: str, closer: str) -> None:
    quoted = f"وقال {opener}لن نذهب. هل تسمعون؟ لن نذهب أبدا{closer} في موسكو."
    assert split(f"{quoted} ثم مضى.") == [quoted, "ثم مضى."]
    closed = f"He said: {opener}We don’t go. They’ll stay.{closer}"
    assert split(f"{closed} Then he left.") == [closed, "Then he left."]


def test_a_quotation_within_a_quotation_is_not_cut() -> None:
    text = "أكد أن “تنظيمي “داعش” عدو. هما عدو مشترك” للجميع. ثم مضى."
    assert split(text) == [text[:-8].strip(), "ثم مضى."]


def test_a_quotation_mark_that_is_never_closed_holds_nothing_together() -> None:
    assert split('He said "no. He left. He slept.') == ['He said "no.', "He left.", "He slept."]
    assert split('He said "no.\nHe left." He slept.') == ['He said "no.', 'He left."', "He slept."]
    long = "Word " * 130
    assert split(f"He said “yes. {long}end.” Done.") == ["He said “yes.", f"{long}end.”", "Done."]


WIRE = (
    "French cereal exports through the port of\n"
    "Rouen fell 6.4 pct to 725,023 tonnes during the period February\n"
    '1 to 25. "We saw it coming. It was a poor season for\n'
    'the port," trade sources said in the city on the river\n'
    "last year.\n"
    "    Main destinations were Saudi Arabia with 158,109 tonnes of\n"
    "barley, and the Soviet Union.\n"
    " Reuter"
)


def test_the_lines_of_a_wire_are_read_as_paragraphs() -> None:
    assert [" ".join(sentence.split()) for sentence in split(WIRE)] == [
        "French cereal exports through the port of Rouen fell 6.4 pct to 725,023 tonnes during the period February 1"
        " to 25.",
        '"We saw it coming. It was a poor season for the port," trade sources said in the city on the river last year.',
        "Main destinations were Saudi Arabia with 158,109 tonnes of barley, and the Soviet Union.",
        "Reuter",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A headline of its own that has no stop\n\nThe story begins here and it is told in full.",
        "Net loss 132,000 vs loss 89,000\nSales 2.8 mln vs 3.1 mln\nAvg shrs 2,332,397 vs 1,428,000",
        "The first paragraph is as long as a wrapped line would be.\nThe second one is about as long as the first one.",
        "فقرة أولى طويلة لا تنتهي عند العمود السبعين بل تمضي إلى ما بعده كثيرا حتى تتجاوز عرض كل سطر ملفوف معروف\nفقرة",
        "",
        "\n\n\n",
    ],
)
def test_lines_that_stand_for_themselves_are_not_joined(text: str) -> None:
    assert wrapping_newlines(text) == frozenset()
