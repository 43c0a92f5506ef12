"""Articles and turns of the chat as HTML, without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.ask.turn import answer_html, error_html, pending_html
from assistant.chat.reader.article import Run, RunKind, article_html
from assistant.types import Narrowed, Support
from index.types import Article, Filters, Span, SpanKind
from tests.librarian import answered, article, cite, declined, run, seed
from tests.shown import HOSTILE, Shown


def plain(text: str) -> Article:
    return Article(id="a", path="a.txt", text=text, language="en")


def read(page: Article, *runs: Run) -> Shown:
    return Shown(article_html(page, runs, RunKind.CITATION, "en"))


def test_overlapping_runs_and_runs_over_several_paragraphs_are_marked_exactly() -> None:
    page = plain("One two three.\r\n\r\nFour\u00a0five.\n")
    shown = read(page, Run(1, 4, 22), Run(2, 8, 13), Run(3, 0, 14))
    assert shown.marked == {"1": "two three.\r\n\r\nFour", "2": "three", "3": "One two three."}
    assert shown.texts["article-text"] == page.text


@given(st.data())
def test_marks_hold_the_runs_and_the_paragraphs_the_whole_text(data: st.DataObject) -> None:
    alphabet = st.sampled_from('aب <&>"\u0640\u064b\u00a0\u202e\n\r\u2028😀')
    text = data.draw(st.text(alphabet, min_size=1, max_size=40))
    edge = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(edge, edge).filter(lambda pair: pair[0] < pair[1]), max_size=4))
    spans = data.draw(st.lists(st.tuples(edge, edge).filter(lambda pair: pair[0] < pair[1]), max_size=2))
    asked = data.draw(st.tuples(edge, edge).filter(lambda pair: pair[0] < pair[1]))
    runs = [Run(number, *pair, (asked,)) for number, pair in enumerate(pairs, 1)]
    page = replace(plain(text), spans=tuple(Span(*pair, SpanKind.BOILERPLATE) for pair in spans))
    shown = read(page, *runs)
    assert shown.marked == {str(run.number): text[run.start : run.end] for run in runs}
    assert shown.texts.get("asked", "") == (text[slice(*asked)] if runs else "")
    assert shown.texts["article-text"] == text


ARRIVED = plain("The minister arrived in Prague on Monday <b>. Then he left.")
ON_MONDAY = replace(cite(ARRIVED, "The minister", "<b>."), highlights=((34, 40),), also=(seed(4), plain("x")))


@pytest.mark.parametrize("before", ["In the article: ", "في مقال: "])
def test_what_was_asked_for_is_marked_in_the_sentence_and_in_the_article(before: str) -> None:
    turn = Shown(answer_html(answered("When did he arrive?", (f"{before}“{ON_MONDAY.quote}”", (ON_MONDAY,)))))
    assert turn.texts["asked"] == "Monday"
    assert turn.texts["sentence"] == f"{before}“{ON_MONDAY.quote}”1"
    shown = read(ARRIVED, Run(1, ON_MONDAY.start, ON_MONDAY.end, ON_MONDAY.highlights))
    assert (shown.texts["asked"], shown.marked) == ("Monday", {"1": ON_MONDAY.quote})


def test_the_other_articles_that_print_the_words_stand_among_the_sources() -> None:
    turn = Shown(answer_html(answered("When did he arrive?", (ON_MONDAY.quote, (ON_MONDAY,)))))
    assert turn.texts["also"] == f"also in{seed(4).title}سيريانيوز2017-04-12also ina.txt"


def test_what_was_searched_stands_before_an_answer_and_before_a_decline() -> None:
    narrowed = Narrowed(Filters(date(2015, 7, 1), date(2015, 7, 31)), from_question=True)
    for answer in (answered("When?", (ON_MONDAY.quote, (ON_MONDAY,))), declined("When?", "Nothing.")):
        html = answer_html(replace(answer, narrowed=narrowed))
        assert '<p class="note" dir="auto">Articles from 1 to 31 July 2015</p>' in html


def test_what_is_not_the_story_is_set_apart_from_it() -> None:
    shown = read(seed(4))
    assert shown.texts["title"] == "الكرملين: تخلي موسكو عن الأسد غير ممكن على الإطلاق"
    assert shown.texts["aside"].startswith("الاخبار السياسية")
    assert "TAG:" in shown.texts["aside"]
    assert "اعتبر الكرملين" not in shown.texts["aside"]


def test_an_article_is_shown_with_its_facts() -> None:
    page = replace(
        plain("x"), title="T", source="S", agency="A", published=date(2020, 2, 17), url="https://news.example/1"
    )
    shown = read(page)
    assert shown.texts["h2"] == "T"
    assert shown.texts["meta"] == "S · A · 2020-02-17 · a.txt · original page"


def test_a_fact_that_the_page_does_not_state_is_not_guessed() -> None:
    shown = read(replace(plain("x"), url="javascript:alert(1)"))
    assert shown.texts["h2"] == "Untitled page"
    assert shown.texts["meta"] == "outlet not stated · date not stated · a.txt"
    assert "a" not in shown.tags


def test_nothing_from_an_article_a_question_or_an_error_becomes_markup() -> None:
    page = replace(plain(HOSTILE), title=HOSTILE, source=HOSTILE, path=HOSTILE, agency=HOSTILE)
    citation = cite(page, HOSTILE, speaker=HOSTILE)
    for html in (
        answer_html(answered(HOSTILE, (f"They said: “{HOSTILE}”", (citation,)))),
        answer_html(declined(HOSTILE, HOSTILE, run(page, HOSTILE))),
        error_html(HOSTILE, "en", HOSTILE),
        pending_html(HOSTILE, "ar"),
        pending_html(HOSTILE, "en", HOSTILE),
        answer_html(replace(answered(HOSTILE, ("One.", (citation,))), notes=(HOSTILE,))),
    ):
        shown = Shown(html)
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert {"onerror", "onclick"}.isdisjoint(shown.attributes)
        assert shown.texts["question"] == HOSTILE


def test_an_answer_numbers_its_citations_once_and_lists_their_articles() -> None:
    first, second = replace(plain("One. Two."), title="First"), replace(plain("Three."), id="b", path="b.txt")
    one, two, three = cite(first, "One."), cite(first, "Two."), cite(second, "Three.")
    shown = Shown(answer_html(answered("How many?", ("One.", (one,)), ("Three and two.", (three, two, one)))))
    assert shown.texts["answer"] == "One.1Three and two.231"
    assert shown.texts["source"] == "First13b.txt2"
    assert shown.texts["support"] == "2 of 2 sentences supported"
    assert shown.texts["verdict"] == "Citations: 3, all word for word · 0.03 s"


@pytest.mark.parametrize(
    ("support", "badge", "struck"),
    [
        (Support.PARTIAL, "partly supported", None),
        (Support.UNSUPPORTED, "not supported", "One."),
        (Support.CONTRADICTED, "contradicted", "One."),
    ],
)
def test_a_sentence_that_its_citations_do_not_carry_says_so(support: Support, badge: str, struck: str | None) -> None:
    shown = Shown(answer_html(answered("Q", ("One.", (cite(plain("One."), "One."),)), support=support)))
    assert shown.texts["badge"] == badge
    assert shown.texts.get("s") == struck
    assert shown.texts["support"] == "0 of 1 sentence supported"


def test_a_quotation_among_words_of_the_other_direction_stands_apart() -> None:
    arabic = article("a.txt", "قال لافروف  إن تركيا لم تنفذ.")
    citation = cite(arabic, arabic.text)
    shown = Shown(answer_html(answered("Q", ("Lavrov: “قال لافروف إن تركيا لم تنفذ.” (in Arabic)", (citation,)))))
    assert shown.texts["blockquote"] == "“قال لافروف إن تركيا لم تنفذ.” "
    assert shown.texts["sentence"] == "Lavrov: “قال لافروف إن تركيا لم تنفذ.” (in Arabic)1"
    assert shown.tags.count("blockquote") == 1


def test_a_quotation_among_words_of_its_own_direction_stays_in_its_line() -> None:
    arabic = article("a.txt", "قال لافروف إن تركيا لم تنفذ.")
    shown = Shown(answer_html(answered("سؤال", (f"لافروف: «{arabic.text}»", (cite(arabic, arabic.text),)))))
    assert "blockquote" not in shown.tags


@pytest.mark.parametrize(
    ("question", "understood", "line"),
    [
        ("And Peskov?", f"What did Peskov say? {HOSTILE}", f"Understood as: What did Peskov say? {HOSTILE}"),
        ("وبيسكوف؟", "ماذا قال بيسكوف؟", "فُهم السؤال هكذا: ماذا قال بيسكوف؟"),
    ],
)
def test_above_an_answer_stands_how_its_question_was_understood(question: str, understood: str, line: str) -> None:
    for answer in (declined(question, "No."), answered(question, ("One.", (cite(plain("One."), "One."),)))):
        shown = Shown(answer_html(replace(answer, understood=understood)))
        assert (shown.texts["question"], shown.texts["understood"]) == (question, line)
        assert {"script", "img"}.isdisjoint(shown.tags)
        assert "understood" not in Shown(answer_html(answer)).texts


def test_a_decline_cites_nothing_and_calls_its_passages_no_answer() -> None:
    page = plain("Near enough. Far away.")
    shown = Shown(answer_html(declined("Q?", "No sentence answers.", run(page, "Near enough."))))
    assert shown.texts["declined"] == (
        "The archive holds no answerNo sentence answers.Nearest passages, not an answer1a.txtNear enough."
    )
    assert "data-citation" not in shown.attributes


def test_a_question_too_long_to_repeat_is_cut_and_counted() -> None:
    assert Shown(error_html("x" * 10_000, "en", "too long")).texts["question"] == f"{'x' * 400}… (10,000 characters)"
