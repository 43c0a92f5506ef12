from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.quotations import (
    Difference,
    Existence,
    differences,
    find_quotation,
    quotations_in,
    without_quotations,
)
from index.errors import QuestionError
from index.text import fold_text
from index.types import Article
from tests.librarian import article, seed

VERBATIM, FOLDED = Existence.VERBATIM, Existence.FOLDED


def _found(quotation: str, *texts: str) -> list[tuple[str, int, str, Existence]]:
    """(article, start, quote, how exactly) of every place, and the promise that a place is exact."""
    articles = [article(str(number), text) for number, text in enumerate(texts)]
    places = find_quotation(quotation, articles)
    assert all(place.quote == place.article.text[place.start : place.end] for place in places)
    return [(place.article.path, place.start, place.quote, place.existence) for place in places]


@pytest.mark.parametrize(
    ("quotation", "text", "quote", "existence"),
    [
        ("open in May", "The bridge will open in May.", "open in May", VERBATIM),
        ("OPEN in may", "The bridge will open in May.", "open in May", FOLDED),
        ("open in May", "The bridge will open\nin May.", "open\nin May", FOLDED),
        ("open in May", "The bridge will open\u00a0in May.", "open\u00a0in May", FOLDED),
        ("open in May", "The bridge will open  in May.", "open  in May", FOLDED),
        ("open\nin May", "The bridge will open\nin May.", "open\nin May", VERBATIM),
        ("ذكرت أن", "وقد ذَكَرَتْ أنّ", "ذَكَرَتْ أنّ", FOLDED),
        ("ذَكَرَتْ أنّ", "وقد ذَكَرَتْ أنّ", "ذَكَرَتْ أنّ", VERBATIM),
        ("ادلب", "في إدلب.", "إدلب", FOLDED),
        ("محمــد قال", "إن محمد قال", "محمد قال", FOLDED),
        ("في عام 2020", "وقع في عام ٢٠٢٠.", "في عام ٢٠٢٠", FOLDED),
        ('said "no" twice', "He said “no” twice.", "said “no” twice", FOLDED),
        ("the end...", "This is the end…", "the end…", FOLDED),
    ],
)
def test_a_quotation_stands_verbatim_or_but_for_marks_letter_forms_and_spacing(
    quotation: str, text: str, quote: str, existence: Existence
) -> None:
    assert _found(quotation, text) == [("0", text.index(quote), quote, existence)]


def test_the_seed_that_writes_a_no_break_space_does_not_hold_the_same_words_verbatim() -> None:
    text = seed(2).text
    with_space, as_written = "تركيا لم تنفذ عددا", "تركيا لم تنفذ\u00a0عددا"
    assert text.count(with_space) == 0
    starts = [start for start in range(len(text)) if text.startswith(as_written, start)]
    for quotation, existence in ((with_space, FOLDED), (as_written, VERBATIM)):
        places = find_quotation(quotation, [seed(2)])
        assert [(place.start, place.quote, place.existence) for place in places] == [
            (start, as_written, existence) for start in starts
        ]


def test_verbatim_places_come_first() -> None:
    assert _found("open in May", "It will OPEN in May.", "They open in May, and open in may.") == [
        ("1", 5, "open in May", VERBATIM),
        ("0", 8, "OPEN in May", FOLDED),
        ("1", 22, "open in may", FOLDED),
    ]


@pytest.mark.parametrize(
    "quotation", ['"open in May"', "“open in May”", "«open in May»", " …open in May… ", "\u2068“open in May”\u2069\n"]
)
def test_what_stands_around_a_copied_quotation_is_not_looked_for(quotation: str) -> None:
    assert _found(quotation, "The bridge will open in May.") == [("0", 16, "open in May", VERBATIM)]


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("he said", "Then she said it."),
        ("rise by 5", "Prices rise by 50 percent."),
        ("بنان", "في لبنان"),
        ("الرئيس قا", "الرئيس قال"),
        ("rise by 5 percent", "Prices fall by 5 percent."),
    ],
)
def test_a_part_of_a_word_and_other_words_are_absent(quotation: str, text: str) -> None:
    assert _found(quotation, text) == []


@pytest.mark.parametrize(("text", "start"), [("وشدد لافروف على ذلك", 1), ("وبشدد لافروف على ذلك", 2)])
def test_several_arabic_words_may_leave_out_the_particle_on_the_first(text: str, start: int) -> None:
    assert _found("شدد لافروف", text) == [("0", start, "شدد لافروف", VERBATIM)]


@pytest.mark.parametrize("quotation", ["", "  \n", "“”", "…", "?!", "a"])
def test_a_quotation_without_a_word_is_refused(quotation: str) -> None:
    with pytest.raises(QuestionError, match="the quotation holds no word; give the words to look for"):
        find_quotation(quotation, [])


def test_a_quotation_longer_than_articles_is_refused() -> None:
    with pytest.raises(QuestionError, match="the quotation has 20,001 characters; the most is 20,000"):
        find_quotation("a" * 20_001, [])


def test_progress_is_told_of_every_article() -> None:
    steps: list[int] = []
    find_quotation("open in May", [article("0", "one"), article("1", "two")], progress=steps.append)
    assert steps == [1, 1]


LETTERS = st.sampled_from([*"aB1٢قّىـéﷺﻻ½ʼ’“… \n\u00a0\u200f\u202eᴀ中İﬁ", "أن", "The "])


@given(st.lists(LETTERS, max_size=40).map("".join), st.data())
def test_no_text_that_folding_finds_the_words_in_is_passed_over(text: str, data: st.DataObject) -> None:
    """A quotation cut from a text between spaces, and rewritten, is found in it, whatever letters either has."""
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    quotation = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))]).strip("\"'“”‘’… \n")
    folded = fold_text(quotation).strip()
    if sum(letter.isalnum() for letter in folded) < 2 or not folded[0].isalnum() or not folded[-1].isalnum():
        return
    held = Article("0", "0", text, "en")
    assert find_quotation(quotation, [held]) != []
    assert find_quotation(folded, [held]) != []


@pytest.mark.parametrize(
    ("quotation", "text", "expected"),
    [
        ("ذكرت", "وقد ذَكَرَتْ", [Difference("ذكرت", "ذَكَرَتْ", 4)]),
        ("open in May", "They OPEN  in\nMay.", [Difference("open ", "OPEN  ", 5), Difference(" ", "\n", 13)]),
        (
            "so… «no» twice...",
            "so… “no” twice…",
            [Difference("«", "“", 4), Difference("»", "”", 7), Difference("...", "…", 14)],
        ),
        ("the ﷺ said", "the صلى الله عليه وسلم said", [Difference("ﷺ", "صلى الله عليه وسلم", 4)]),
        ("open in May", "open in May", []),
    ],
)
def test_where_a_quotation_is_written_otherwise_both_writings_are_told(
    quotation: str, text: str, expected: list[Difference]
) -> None:
    (place,) = find_quotation(quotation, [article("0", text)])
    assert differences(quotation, place) == expected


@given(st.lists(LETTERS, max_size=40).map("".join))
def test_putting_the_differences_right_gives_what_the_article_has(text: str) -> None:
    folded = fold_text(text).strip()
    if sum(letter.isalnum() for letter in folded) < 2:
        return
    for place in find_quotation(folded, [Article("0", "0", text, "en")]):
        found = differences(folded, place)
        assert all(text[one.start : one.start + len(one.found)] == one.found for one in found)
        assert all(one.given != one.found and one.given in folded for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “open in May” and «لا بديل».", ["open in May", "لا بديل"]),
        ('"Open in May," he said; ‘no’, he said.', ["Open in May", "no"]),
        ("the ministers' plan and the minister’s word", []),
        ("it’s 'open in May' now", ["open in May"]),
        ("He said “open in May", ["open in May"]),
        ("“a “nested” one”", ["a “nested"]),
        ("„offen im Mai“", ["offen im Mai"]),
        ("“” and “…” and “x”", []),
        ("", []),
    ],
)
def test_the_quotations_of_a_text_are_what_stands_between_marks_of_any_kind(text: str, expected: list[str]) -> None:
    assert quotations_in(text) == expected


def test_a_text_without_its_quotations_keeps_its_own_words() -> None:
    assert without_quotations("He said “open in May” and «لا بديل».").split() == ["He", "said", "and", "."]
