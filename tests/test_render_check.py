"""Verdicts on quotations, for programs and for a terminal."""

from __future__ import annotations

from assistant.rendering.check import places_json, places_text
from assistant.verification.quotations import find_quotation
from tests.librarian import article

BRIDGE = article("bridge.txt", "On Monday it opened. It\u00a0cost 40 million.", source="Daily")
BARE = article("bare.txt", "Nothing is stated.")
START, END = BRIDGE.text.index("It\u00a0cost"), BRIDGE.text.index(" 40")


def test_a_verdict_on_a_quotation_names_every_place_and_what_differs_there() -> None:
    places = find_quotation("it cost", [BRIDGE, BARE])
    assert places_json("it cost", places) == {
        "quote": "it cost",
        "exists": "folded",
        "places": [
            {
                "article": "bridge.txt",
                "path": "bridge.txt",
                "title": None,
                "start": START,
                "end": END,
                "quote": "It\u00a0cost",
                "exists": "folded",
                "differences": [
                    {"given": "i", "found": "I", "start": START},
                    {"given": " ", "found": "\u00a0", "start": START + 2},
                ],
            }
        ],
    }
    assert places_text("it cost", places).split("\n") == [
        "folded: found in 1 place, but for letter forms, marks or spacing",
        f"  Daily · bridge.txt · {START}–{END} · folded",
        "    It cost",
        f"    at {START}: \u2068'i'\u2069, the article has \u2068'I'\u2069",
        f"    at {START + 2}: space, the article has no-break space",
    ]


def test_a_verbatim_quotation_differs_in_nothing_and_an_absent_one_stands_nowhere() -> None:
    verbatim = find_quotation("is stated", [BARE])
    assert places_text("is stated", verbatim).split("\n") == [
        "verbatim: found in 1 place",
        "  bare.txt · 8–17 · verbatim",
        "    is stated",
    ]
    assert places_json("no", []) == {"quote": "no", "exists": "absent", "places": []}
    assert places_text("no", []) == "absent: no article holds these words"


def test_of_many_differences_the_first_are_written_out_and_the_rest_counted() -> None:
    many = article("many.txt", "A B C D E F G H")
    lines = places_text("a b c d e f g h", find_quotation("a b c d e f g h", [many])).split("\n")
    assert (len(lines), lines[-1]) == (10, "    and 2 more differences")
