"""Who says what in English news prose, one construction of the language at a time."""

from __future__ import annotations

import pytest

from tests.parts.reported import Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A relative clause between the speaker and the verb.
        ("The unit, which had no powers, said the board had to decide.", ("The unit", "the board had to decide")),
        (
            "A member of the board which regulates the system predicted the lender would lose money.",
            ("A member of the board which regulates the system", "the lender would lose money"),
        ),
        # A single comma, and brackets.
        (
            "The parliamentary secretary Ludolf Hadley, told a conference German exports could rise.",
            ("The parliamentary secretary Ludolf Hadley", "German exports could rise"),
        ),
        (
            "The director of trade (DT), Robert Hadley, told reporters that exports had doubled.",
            ("The director of trade (DT), Robert Hadley", "exports had doubled"),
        ),
        # What follows such a verb is its object, whatever comma stands before.
        ("The mayor, 54, praised the festival.", ("The mayor, 54", "the festival")),
        # Figures and surveys report; a rule does not.
        ("Ministry figures showed the increase was small.", ("Ministry figures", "the increase was small")),
        ("Unemployment doubled in May, official figures show.", ("official figures", "Unemployment doubled in May")),
        ("Rates will rise, according to traders and analysts.", ("traders and analysts", "Rates will rise")),
        ("Rates will rise, according to a source quoted by the radio.", ("a source", "Rates will rise")),
        # In small letters after a quotation, and before an object.
        ('"It is a signal," said team leader Hanna Hadley.', ("team leader Hanna Hadley", "It is a signal")),
        ('The author, who was in Rome, called it "the best book".', ("The author", 'it "the best book"')),
        # What is being expected, wondered, alleged.
        ("The ministry is projecting a crop of ten tonnes.", ("The ministry", "a crop of ten tonnes")),
        ("Hadley wondered if the pact was of any value.", ("Hadley", "if the pact was of any value")),
        ("Hadley attributed the loss to the weather.", ("Hadley", "the loss to the weather")),
    ],
)
def test_a_speaker_is_found_where_english_puts_one(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # A place or a topic in front is none of it.
        ("In several other countries, analysts predicted at least some growth.", "at least some growth"),
        ("Upon that foundation, Hadley said, there must be talks.", "there must be talks"),
        # What follows a quotation and its verb is none of it.
        ('"It will be easy for firms," Hadley said without elaborating.', "It will be easy for firms"),
        ('"Prices are desperate," said a bank exchange manager.', "Prices are desperate"),
        # A verb of its own within a relative clause, or in the passive, does not end it.
        ("Hadley said the suit ended what it contends was a pact.", "the suit ended what it contends was a pact"),
        ("Hadley said sales met the growth predicted by the polls.", "sales met the growth predicted by the polls"),
        (
            "Hadley told the House Committee the talks had failed on points that matter.",
            "the talks had failed on points that matter",
        ),
    ],
)
def test_the_words_said_end_and_begin_in_the_right_place(text: str, words: str) -> None:
    assert [said for _, said in told(text)] == [words]


def test_a_clause_before_a_participle_is_said_too() -> None:
    assert told("Hadley said the tax is high.", "Price was not the only factor, he said, adding quality counts.") == [
        ("Hadley", "the tax is high"),
        ("Hadley", "Price was not the only factor"),
        ("Hadley", "quality counts"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NOTE: Revenues exclude the operations sold in May.",
        "According to Texas law, the firm could be forced to pay.",
        "While the product, called Rexin, is no cure, it works.",
        "The loss was attributed to the weather.",
    ],
)
def test_labels_laws_and_names_given_report_nothing(text: str) -> None:
    assert told(text) == []
