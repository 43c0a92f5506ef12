"""Cleaning marks what is not a page's story, in order and trimmed, and hardly anything of a bare one."""

from __future__ import annotations

import json
import lzma
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.cleaning.clean import Cleaned, clean
from index.types import SpanKind
from tests.parts.cleaned import LEAD, MORE, REST, STORY, facts, marked

NOTHING = Cleaned(None, None, None, None, ())


def test_buttons_invitations_credits_and_links_to_other_stories_are_marked_between_paragraphs() -> None:
    lines = [
        "Ministers agree to keep on talking",
        "Share Tweet Email",
        STORY + " It was a long day.",
        "Advertisement",
        "Read also: Storm closes the northern ports",
        REST,
        "Follow us on Telegram and never miss a story",
        "See also:",
        "Fishermen ask for help",
        "Then the meeting ended.",
        "(Reporting by Ann Other; Editing by Some One)",
        "© 2017 The Daily. All rights reserved.",
    ]
    text = "\n\n".join(lines)
    assert marked(text) == [
        ("title", lines[0]),
        ("boilerplate", lines[1]),
        ("boilerplate", lines[3]),
        ("teaser", lines[4]),
        ("boilerplate", lines[6]),
        ("teaser", lines[7]),
        ("teaser", lines[8]),
        ("boilerplate", lines[10]),
        ("boilerplate", lines[11]),
    ]


@pytest.mark.parametrize(
    "heading", ["Related articles", "RELATED ARTICLES:", "مقالات ذات صلة", "Tags:", "قد يعجبك أيضاً"]
)
def test_what_follows_a_closing_heading_is_not_the_story(heading: str) -> None:
    other = "Storm closes the northern ports until the weekend"
    text = f"{STORY}\n\n{REST}\n\n{heading}\n\n{other}\n\nShare"
    assert marked(text) == [("boilerplate", heading), ("teaser", other), ("boilerplate", "Share")]


@pytest.mark.parametrize("before", [f"{REST} ", f"{REST}\n\n"])
def test_labels_behind_the_last_sentence_are_not_the_story(before: str) -> None:
    labels = "سمات الحرب اليمن علي صالح"
    assert marked(f"{STORY}\n\n{before}{labels}") == [("boilerplate", labels)]
    assert marked(f"{STORY}\n\n{labels}\n\n{REST}") == marked(f"{STORY}\n\n{REST} ومن {labels}.") == []


def test_a_link_to_the_story_itself_behind_its_last_sentence_is_not_the_story() -> None:
    link = "رابط الخبر بصحيفة الوئام: النفط يتراجع 1 % في ختام التعاملات"
    assert marked(f"{STORY}\n\n{REST} {link}") == [("boilerplate", link)]


@pytest.mark.parametrize("line", ["رابط الخبر بصحيفة الوئام: الوزراء يتفقون", "مقالات أخرى للكاتب", "// انتهى //"])
def test_a_link_to_the_story_itself_and_a_closing_line_are_not_the_story(line: str) -> None:
    assert [text for _, text in marked(f"{STORY}\n\n{REST}\n\n{line}")] == [line]


def test_a_closing_heading_in_the_first_half_of_a_page_closes_nothing() -> None:
    text = f"Comments\n\n{STORY}\n\n{REST}"
    assert marked(text) == [("boilerplate", "Comments")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "انضمت ثلاث جامعات تونسية إلى قائمة أفضل الجامعات في القارة الافريقية.",
        "انضم اللاعب إلى النادي في الصيف.",
        "تابعنا حادثة وفاة الرضيع بالمستشفى منذ انطلاقها.",
        "اشترك في البطولة عشرون فريقا.",
        "لمتابعة الأوضاع عقد مجلس الوزراء جلسة طارئة.",
        "Copyright law was reformed last year.",
        "Read more books, the minister told pupils.",
        "Join us or leave, he told them.",
        "Sign up a client, they said.",
        "Related companies rose as well.",
    ],
)
def test_a_paragraph_that_only_begins_like_an_invitation_is_the_story_s(paragraph: str) -> None:
    assert marked(f"{STORY}\n\n{paragraph}\n\n{REST}") == []


def test_a_paragraph_printed_twice_is_marked_once_and_rows_of_a_table_never() -> None:
    assert marked(f"{STORY}\n\n{STORY}\n\n{REST}") == [("repeat", STORY)]
    assert marked(f"{STORY}\n\n{REST}\n\n{MORE}\n\n{STORY} ") == [("repeat", STORY)]
    assert marked("Wheat  nil  nil  nil  nil\nWheat  nil  nil  nil  nil") == []


def test_the_first_printing_is_the_one_that_stays() -> None:
    text = f"{STORY}\n\n{STORY}"
    (span,) = clean(text).spans
    assert (span.start, span.end, span.kind) == (len(STORY) + 2, len(text), SpanKind.REPEAT)


WIRE = """French cereal exports through the port of
Rouen fell 6.4 pct to 725,023 tonnes during the period of
April 12, 1987. The share of wheat in exports rose to a record
share.
    Main destinations were Saudi Arabia with 158,109 tonnes of
barley and the Soviet Union with 147,214 of wheat.
 Reuter"""


def test_the_wrapped_lines_of_a_wire_are_neither_headline_nor_date_nor_button() -> None:
    assert facts(WIRE) == (None, None, "Reuters", None)
    assert marked(WIRE) == [("agency", "Reuter")]


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", STORY, f"{STORY}\n\n{REST}", f"{LEAD}\r\n\r\n{MORE}", "🙂 word"])
def test_what_a_page_does_not_state_is_none(text: str) -> None:
    assert clean(text) == NOTHING


LINES = st.lists(
    st.sampled_from(
        [
            LEAD,
            MORE,
            STORY,
            REST,
            WIRE,
            "TAG:",
            "Share",
            "SHARE close",
            "سانا",
            "موسكو – سانا",
            "12.04.2017 | 14:59",
            "",
        ]
        + [
            "Read also:",
            "***",
            "Politics",
            "Ministers agree to talk",
            "مقالات ذات صلة",
            "BEIRUT (Reuters) - It rained.",
            "\r",
        ]
    ),
    max_size=12,
)


@given(LINES.map("\n".join) | LINES.map("\r\n".join) | st.text(max_size=120))
@example("موسكو – سانا\r\n" + "French cereal exports through the port of Rouen fell and fell\nand the " * 4 + "rest.")
def test_spans_are_in_order_apart_trimmed_and_within_the_text(text: str) -> None:
    position = 0
    for span in clean(text).spans:
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        position = span.end


@pytest.mark.parametrize(("archive", "most"), [("reuters21578", 0.002), ("saudinewsnet", 0.006), ("antcorpus", 0.001)])
def test_hardly_a_character_of_a_bare_story_is_marked(shared: Path, archive: str, most: float) -> None:
    """These archives hold stories without page dirt; bylines, titles and the agency's signature apart.

    One paper of the second prints a link to the story behind each, together half a hundredth of all.
    """
    dirt = {SpanKind.BOILERPLATE, SpanKind.TEASER, SpanKind.REPEAT, SpanKind.SECTION, SpanKind.DATE}
    characters = lost = 0
    with lzma.open(shared / "archives" / f"{archive}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 4000, 8):
            text = json.loads(line)["text"]
            characters += len(text)
            lost += sum(span.end - span.start for span in clean(text).spans if span.kind in dirt)
    assert lost / characters < most
