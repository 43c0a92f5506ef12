"""Answers as Markdown: what a chat client shows of them, and where their numbers stand in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.questions.question import read_question
from assistant.rendering.markdown import answer_markdown, paragraph_markdown
from assistant.rendering.wording import quote_sentence
from assistant.types import Citation, Resolved, Support
from index.types import Article
from tests.librarian import answered, cite, declined

ENGLISH = Article(
    id="e1",
    path="bridge.txt",
    text='The bridge\n\nThe minister said it will "open\nin May". It cost 40 million.',
    language="en",
    title="The [bridge]",
    source="Daily",
    published=date(2020, 2, 17),
)
ARABIC = Article("a1", "براغ.txt", "وصل الوزير إلى براغ يوم الاثنين.", "ar", published=date(2020, 2, 18))
MAY = cite(ENGLISH, "The minister", 'May".', speaker="The minister")
COST = cite(ENGLISH, "It cost", "million.")
ON_MONDAY = Citation(
    ARABIC,
    0,
    len(ARABIC.text),
    highlights=((20, 31),),
    resolved=(Resolved(20, 31, date(2020, 2, 17)),),
    also=(ENGLISH,),
)


def link(article: Article, start: int, end: int) -> str:
    return f"/{article.id}/{start}-{end}"


def test_an_answer_is_its_sentences_with_their_numbers_and_a_numbered_list_of_places() -> None:
    answer = answered("What?", ("It will open.", (MAY,)), ("Open, for 40 million.", (MAY, COST)))
    assert answer_markdown(answer, link).text == (
        "It will open. [1]\n\n"
        "Open, for 40 million. [1] [2]\n\n"
        r"1. [The \[bridge\] · Daily · 2020-02-17 · bridge.txt](/e1/12-52) (12–52)"
        "\n"
        r"2. [The \[bridge\] · Daily · 2020-02-17 · bridge.txt](/e1/53-72) (53–72)"
    )
    assert r"1. The \[bridge\] · Daily · 2020-02-17 · bridge.txt (12–52)" in answer_markdown(answer).text


def test_every_number_is_found_where_it_is_said_to_stand() -> None:
    sentences = (("One *star*.", (COST, MAY)), ("وصل يوم الاثنين", (ON_MONDAY, COST)))
    notes = ("A note.",)
    answer = replace(answered("What?", *sentences), understood="What is it?", notes=notes)
    text, markers = answer_markdown(answer).text, answer_markdown(answer).markers
    assert [text[marker.start : marker.end] for marker in markers] == ["[1]", "[2]", "[3]", "[1]"]
    assert [marker.citation for marker in markers] == [COST, MAY, ON_MONDAY, COST]
    assert [marker.number for marker in markers] == [1, 2, 3, 1]
    assert {marker.support for marker in markers} == {Support.SUPPORTED}
    before = text[: markers[2].start]
    assert before.endswith("وصل يوم الاثنين \u2068")


def test_a_quotation_in_the_other_direction_and_its_number_are_kept_apart_and_what_was_asked_for_is_bold() -> None:
    english = quote_sentence(ON_MONDAY, read_question("When did the minister arrive?"))
    assert answer_markdown(answered("When?", (english, (ON_MONDAY,)))).paragraphs == (
        "“\u2068وصل الوزير إلى براغ **يوم الاثنين**.\u2069” (that is, Monday, 17 February 2020) \u2068[1]\u2069",
        "1. 2020-02-18 · \u2068براغ.txt\u2069 (0–32); also in The \\[bridge\\] · Daily · 2020-02-17 · bridge.txt",
    )
    bare = answer_markdown(answered("متى وصل؟", (ON_MONDAY.quote, (ON_MONDAY,))))
    assert bare.paragraphs[0] == "\u2068وصل الوزير إلى براغ **يوم الاثنين**.\u2069 \u2068[1]\u2069"


@pytest.mark.parametrize(
    ("support", "written"),
    [
        (Support.PARTIAL, "One. [1] (partly supported)"),
        (Support.UNSUPPORTED, "~~One.~~ [1] (not supported)"),
        (Support.CONTRADICTED, "~~One.~~ [1] (contradicted)"),
    ],
)
def test_a_sentence_without_support_is_struck_out_and_its_verdict_stands_behind_it(
    support: Support, written: str
) -> None:
    assert answer_markdown(answered("What?", ("One.", (COST,)), support=support)).paragraphs[0] == written


def test_a_sentence_without_a_citation_has_its_verdict_alone() -> None:
    answer = answered("What?", ("One ~two~.", ()), support=Support.UNSUPPORTED)
    assert answer_markdown(answer).text == "~~One \\~two\\~.~~ (not supported)"


def test_how_it_was_understood_and_the_notes_come_first() -> None:
    notes = ("Without *it*.", "And\nso.")
    answer = replace(answered("What?", ("One.", (COST,))), understood="What\nnow?", notes=notes)
    understood = "*Understood as: \u2068What now?\u2069*"
    assert answer_markdown(answer).paragraphs[:4] == (
        understood,
        r"*Without \*it\*.*",
        "*And so.*",
        "One. [1]",
    )


def test_a_decline_says_why_and_that_the_passages_are_no_answer() -> None:
    assert answer_markdown(declined("Why?", "No *stars*.")).text == r"*No \*stars\*.*"
    assert answer_markdown(declined("Why?", "No.", (ENGLISH, 12, 24), (ARABIC, 0, 32)), link).text == (
        "*No.*\n\n**Not an answer; the nearest passages:**\n\n"
        r"- The minister — [The \[bridge\] · Daily · 2020-02-17 · bridge.txt](/e1/12-24)"
        "\n- \u2068وصل الوزير إلى براغ يوم الاثنين.\u2069 — [2020-02-18 · \u2068براغ.txt\u2069](/a1/0-32)"
    )
    assert answer_markdown(declined("لماذا؟", "لا.", (ENGLISH, 12, 24))).paragraphs[:2] == (
        "*لا.*",
        "**ليست إجابة؛ أقرب المقاطع:**",
    )
    assert answer_markdown(declined("Why?", "No.")).markers == ()


def test_what_an_article_could_say_in_markdown_is_text() -> None:
    sly = Article("s1", "s.txt", "<b>*Bold*</b> & [1](x) | `code` for $5 or $6", "en")
    citation = cite(sly, "<b>", "$6")
    answer = answered("What?", (quote_sentence(citation, read_question("What is bold?")), (citation,)))
    assert answer_markdown(answer).paragraphs == (
        r"“\<b\>\*Bold\*\</b\> \& \[1\](x) \| \`code\` for \$5 or \$6” [1]",
        "1. s.txt (0–44)",
    )


@pytest.mark.parametrize(("text", "written"), [("1. One", r"1\. One"), ("- One", r"\- One"), ("2020", "2020")])
def test_a_paragraph_does_not_begin_a_list(text: str, written: str) -> None:
    assert paragraph_markdown(text) == written
    assert answer_markdown(answered("What?", (text, ()))).text == written
