from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.questions.question import Question, read_question
from assistant.rendering.answers import (
    answer_json,
    answer_text,
    article_json,
    article_text,
    hits_json,
    hits_text,
    source_line,
)
from assistant.rendering.wording import quote_sentence
from assistant.types import Citation, Resolved, Support
from index.types import Article, Hit, Passage, Span, SpanKind
from tests.librarian import answered, cite, declined

ENGLISH = Article(
    id="e1",
    path="bridge.txt",
    text='The bridge\n\nThe minister said it will "open\nin May". It cost 40 million.',
    language="en",
    title="The bridge",
    source="Daily",
    published=date(2020, 2, 17),
    spans=(Span(0, 10, SpanKind.TITLE),),
)
ARABIC = Article(
    id="a1", path="جسر.txt", text="قال الوزير إن الجسر سيفتح.", language="ar", title="الجسر", agency="سانا"
)
BARE = Article(id="b1", path="bare.txt", text="Nothing is stated here.", language="en")
MAY = cite(ENGLISH, "The minister", 'May".', speaker="The minister")
COST = cite(ENGLISH, "It cost", "million.")
OPENS = cite(ARABIC, "قال", "سيفتح.", speaker="الوزير")
ENGLISH_QUESTION = read_question("What did the minister say about the bridge?")
ARABIC_QUESTION = read_question("ماذا قال الوزير عن الجسر؟")


def test_a_json_answer_has_the_designed_keys_and_null_for_what_is_not_stated() -> None:
    bare = cite(BARE, "Nothing", "here.")
    answer = answered("What?", ("One.", (MAY,)), ("Two.", (bare, MAY)), support=Support.PARTIAL)
    assert answer_json(answer) == {
        "question": "What?",
        "understood": None,
        "language": "en",
        "declined": False,
        "reason": None,
        "filters": None,
        "notes": [],
        "sentences": [
            {"text": "One.", "citations": [1], "support": "partial"},
            {"text": "Two.", "citations": [2, 1], "support": "partial"},
        ],
        "citations": [
            {
                "n": 1,
                "article": "e1",
                "path": "bridge.txt",
                "title": "The bridge",
                "source": "Daily",
                "published": "2020-02-17",
                "language": "en",
                "speaker": "The minister",
                "start": 12,
                "end": 52,
                "quote": 'The minister said it will "open\nin May".',
                "highlights": [],
                "dates": [],
                "also": [],
            },
            {
                "n": 2,
                "article": "b1",
                "path": "bare.txt",
                "title": None,
                "source": None,
                "published": None,
                "language": "en",
                "speaker": None,
                "start": 0,
                "end": 23,
                "quote": "Nothing is stated here.",
                "highlights": [],
                "dates": [],
                "also": [],
            },
        ],
        "passages": [],
        "seconds": 0.03,
    }


def test_a_json_decline_has_a_reason_and_the_nearest_passages() -> None:
    assert answer_json(declined("Why?", "No.", (ENGLISH, 12, 20), (BARE, 0, 7))) == {
        "question": "Why?",
        "understood": None,
        "language": "en",
        "declined": True,
        "reason": "No.",
        "notes": [],
        "filters": None,
        "sentences": [],
        "citations": [],
        "passages": [
            {"article": "e1", "path": "bridge.txt", "start": 12, "end": 20, "score": 1.0},
            {"article": "b1", "path": "bare.txt", "start": 0, "end": 7, "score": 0.5},
        ],
        "seconds": 0.02,
    }


def test_the_keys_of_json_stand_in_the_designed_order() -> None:
    answer = answer_json(answered("What?", ("One.", (MAY,))))
    assert list(answer) == [
        "question",
        "understood",
        "language",
        "declined",
        "reason",
        "notes",
        "filters",
        "sentences",
        "citations",
        "passages",
        "seconds",
    ]
    assert isinstance(answer["citations"], list)
    keys = ["n", "article", "path", "title", "source", "published", "language", "speaker", "start", "end", "quote"]
    assert list(answer["citations"][0]) == [*keys, "highlights", "dates", "also"]


def test_a_json_search_has_the_designed_keys() -> None:
    assert hits_json("bridge", [Hit(Passage(ENGLISH, 12, 24), 1.23456)]) == {
        "query": "bridge",
        "hits": [
            {
                "article": "e1",
                "path": "bridge.txt",
                "title": "The bridge",
                "start": 12,
                "end": 24,
                "text": "The minister",
                "score": 1.2346,
            }
        ],
    }


def test_an_article_in_json_has_its_text_only_where_asked_for() -> None:
    facts = {
        "article": "e1",
        "path": "bridge.txt",
        "title": "The bridge",
        "source": "Daily",
        "url": None,
        "author": None,
        "published": "2020-02-17",
        "agency": None,
        "dateline": None,
        "language": "en",
    }
    assert article_json(ENGLISH, with_text=False) == facts
    spans = [{"start": 0, "end": 10, "kind": "title"}]
    assert article_json(ENGLISH, with_text=True) == facts | {"text": ENGLISH.text, "spans": spans}


def test_an_answer_for_reading_numbers_its_sentences_and_says_where_each_number_leads() -> None:
    said = quote_sentence(MAY, ENGLISH_QUESTION)
    answer = answered("What?", (said, (MAY,)), ("It cost much.", (COST, MAY)))
    assert answer_text(answer).split("\n") == [
        'The minister: “The minister said it will "open in May".” \u2068[1]\u2069',
        "",
        "It cost much. \u2068[2]\u2069 \u2068[1]\u2069",
        "",
        f"[1] The bridge · Daily · 2020-02-17 · bridge.txt · 12–{MAY.end}",
        f"[2] The bridge · Daily · 2020-02-17 · bridge.txt · {COST.start}–{COST.end}",
    ]


@pytest.mark.parametrize(
    ("question", "citation", "line"),
    [
        (ENGLISH_QUESTION, OPENS, "الوزير: “\u2068قال الوزير إن الجسر سيفتح.\u2069” \u2068[1]\u2069"),
        (ARABIC_QUESTION, OPENS, "الوزير: «\u2068قال الوزير إن الجسر سيفتح.\u2069» \u2068[1]\u2069"),
        (ARABIC_QUESTION, COST, "في مقال «The bridge»: «\u2068It cost 40 million.\u2069» \u2068[1]\u2069"),
        (ENGLISH_QUESTION, COST, "In the article “The bridge”: “It cost 40 million.” \u2068[1]\u2069"),
    ],
)
def test_a_quotation_is_kept_apart_from_words_of_the_other_direction(
    question: Question, citation: Citation, line: str
) -> None:
    assert answer_text(answered("What?", (quote_sentence(citation, question), (citation,)))).split("\n")[0] == line


@pytest.mark.parametrize(
    ("question", "support", "verdict"),
    [
        ("What?", Support.SUPPORTED, ""),
        ("What?", Support.PARTIAL, " (partly supported)"),
        ("What?", Support.UNSUPPORTED, " (not supported)"),
        ("What?", Support.CONTRADICTED, " (contradicted)"),
        ("ماذا؟", Support.PARTIAL, " (مدعوم جزئيًا)"),
        ("ماذا؟", Support.UNSUPPORTED, " (غير مدعوم)"),
        ("ماذا؟", Support.CONTRADICTED, " (يناقضه المصدر)"),
    ],
)
def test_the_verdict_stands_behind_a_sentence_that_is_not_wholly_supported(
    question: str, support: Support, verdict: str
) -> None:
    answer = answered(question, ("One.", (COST,)), support=support)
    assert answer_text(answer).split("\n")[0] == f"One. \u2068[1]\u2069{verdict}"


def test_a_sentence_without_a_citation_has_its_verdict_alone() -> None:
    answer = answered("What?", ("One ~two~.", ()), support=Support.UNSUPPORTED)
    assert answer_text(answer) == "One ~two~. (not supported)\n"


def test_notes_come_first() -> None:
    notes = ("Without *it*.", "And\nso.")
    answer = replace(answered("What?", ("One.", (COST,))), notes=notes)
    assert answer_json(answer)["notes"] == list(notes)
    assert answer_text(answer).split("\n")[:5] == ["Without *it*.", "", "And so.", "", "One. \u2068[1]\u2069"]
    decline = replace(declined("Why?", "No."), notes=notes[:1])
    assert answer_text(decline) == "Without *it*.\n\nNo."


def test_a_decline_for_reading_says_that_the_passages_are_no_answer() -> None:
    assert answer_text(declined("Why?", "No.", (ENGLISH, 12, 24))).split("\n") == [
        "No.",
        "",
        "Not an answer; the nearest passages:",
        "  · The minister",
        "    The bridge · Daily · 2020-02-17 · bridge.txt",
    ]
    assert answer_text(declined("لماذا؟", "لا.", (ENGLISH, 12, 24))).split("\n")[2] == "ليست إجابة؛ أقرب المقاطع:"
    assert answer_text(declined("Why?", "No.")) == "No."


def test_the_first_line_says_how_a_follow_up_question_was_understood() -> None:
    english = replace(declined("And Peskov?", "No."), understood="What did Peskov\nsay?")
    assert answer_text(english) == "Understood as: \u2068What did Peskov say?\u2069\n\nNo."
    arabic = replace(answered("وعن سوريا؟", ("نعم.", (COST,))), understood="ماذا قال Lavrov عن سوريا؟")
    assert answer_text(arabic).split("\n")[:3] == [
        "فُهم السؤال هكذا: \u2068ماذا قال Lavrov عن سوريا؟\u2069",
        "",
        "نعم. \u2068[1]\u2069",
    ]
    assert answer_json(english)["understood"] == "What did Peskov\nsay?"


def test_a_line_about_an_article_isolates_only_what_is_written_from_right_to_left() -> None:
    assert source_line(ENGLISH) == "The bridge · Daily · 2020-02-17 · bridge.txt"
    assert source_line(ARABIC) == "\u2068الجسر\u2069 · \u2068سانا\u2069 · \u2068جسر.txt\u2069"
    assert source_line(BARE) == "bare.txt"


def test_an_articles_own_marks_of_direction_and_line_ends_do_not_reach_the_lines_around_them() -> None:
    tricky = Article("t1", "t.txt", "He said\n\u202eyes\u202c now.", "en", title="A\u202e\nB")
    citation = cite(tricky, "He", "now.")
    answer = answered("What?", (quote_sentence(citation, ENGLISH_QUESTION), (citation,)))
    assert answer_text(answer).split("\n") == [
        "In the article “A B”: “He said yes now.” \u2068[1]\u2069",
        "",
        "[1] A B · t.txt · 0–18",
    ]
    assert hits_text([Hit(Passage(tricky, 0, 18), 2)]) == "1. A B · t.txt · 0–18 · 2.00\n   He said yes now."


ARRIVED = Article("a2", "براغ.txt", "وصل الوزير إلى براغ يوم الاثنين.", "ar", published=date(2020, 2, 18))
ON_MONDAY = replace(
    cite(ARRIVED, "وصل", "الاثنين."),
    highlights=((20, 31),),
    resolved=(Resolved(20, 31, date(2020, 2, 17)),),
    also=(ENGLISH, BARE),
)


def test_json_gives_the_things_asked_for_their_days_and_the_other_articles_that_print_the_words() -> None:
    citations = answer_json(answered("When?", ("On Monday.", (ON_MONDAY,))))["citations"]
    assert isinstance(citations, list)
    (citation,) = citations
    assert ARRIVED.text[20:31] == "يوم الاثنين"
    assert (citation["highlights"], citation["dates"]) == (
        [[20, 31]],
        [{"start": 20, "end": 31, "date": "2020-02-17"}],
    )
    assert citation["also"] == [
        {"article": "e1", "path": "bridge.txt", "title": "The bridge", "source": "Daily"},
        {"article": "b1", "path": "bare.txt", "title": None, "source": None},
    ]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the minister arrive?", "“وصل الوزير إلى براغ يوم الاثنين.” (that is, Monday, 17 February 2020)"),
        ("متى وصل الوزير؟", "«وصل الوزير إلى براغ يوم الاثنين.» (أي الاثنين 17 شباط/فبراير 2020)"),
    ],
)
def test_a_day_that_was_counted_is_named_after_the_quotation_in_the_language_of_the_question(
    question: str, sentence: str
) -> None:
    assert quote_sentence(ON_MONDAY, read_question(question)) == sentence


def test_text_names_the_other_articles_under_the_citation() -> None:
    assert answer_text(answered("When?", ("On Monday.", (ON_MONDAY,)))).split("\n")[2:] == [
        "[1] 2020-02-18 · \u2068براغ.txt\u2069 · 0–32",
        "    also in The bridge · Daily · 2020-02-17 · bridge.txt",
        "    also in bare.txt",
    ]


def test_an_article_for_reading_is_its_facts_and_its_text() -> None:
    assert article_text(ARABIC).split("\n") == [
        "article    a1",
        "path       جسر.txt",
        "title      الجسر",
        "agency     سانا",
        "language   ar",
        "",
        "قال الوزير إن الجسر سيفتح.",
    ]
    assert hits_text([]) == "nothing found"
