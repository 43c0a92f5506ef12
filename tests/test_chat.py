"""The chat page without a browser: articles and turns as HTML, the public endpoint, and how it is served."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, cast

import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.app import build, listen
from assistant.chat.desk import Desk
from assistant.chat.document import POLICY
from assistant.chat.reader import Run, RunKind, article_html
from assistant.chat.turn import answer_html, error_html, pending_html
from assistant.render import answer_json
from assistant.types import Narrowed, Support
from index.errors import ServerError
from index.types import Article, Filters, Span, SpanKind
from tests.librarian import Librarian, answered, article, cite, declined, run, seed

if TYPE_CHECKING:
    from assistant.ask import Assistant

HOSTILE = '<img src=x onerror=alert(1)> <script>alert(1)</script> " onclick="alert(1)" {{7*7}} ${7*7} </template>'


class Shown(HTMLParser):
    """What a browser would make of a piece of HTML: its tags, its text by class, and the text of its marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.marked: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append((tag, dict(attrs)))
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for tag, attributes in self.open:
            number = attributes.get("data-citation") or attributes.get("data-passage")
            if tag == "mark" and number:
                self.marked[number] = self.marked.get(number, "") + data
            for name in [tag, *(attributes.get("class") or "").split()]:
                self.texts[name] = self.texts.get(name, "") + data


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
    assert shown.texts["verdict"] == "Citations: 3, all word for word · Supported sentences: 2 of 2 · 0.03 s"


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
    assert "Supported sentences: 0 of 1" in shown.texts["verdict"]


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


def built(assistant: Librarian) -> gr.Blocks:
    """The application, made in a running event loop as the server makes it."""

    async def within() -> gr.Blocks:
        return build(Desk(lambda: cast("Assistant", assistant)))

    return asyncio.run(within())


def test_only_asking_and_checking_are_public_endpoints() -> None:
    blocks = built(Librarian(()))
    assert list(blocks.get_api_info()["named_endpoints"]) == ["/ask", "/check"]
    assert [fn.api_name for fn in blocks.fns.values() if fn.api_visibility != "private"] == ["ask", "check"]


def test_the_public_endpoint_answers_as_the_command_line_does() -> None:
    answer = answered("How many?", ("One.", (cite(plain("One."), "One."),)))
    endpoint = next(fn for fn in built(Librarian((answer,))).fns.values() if fn.api_name == "ask")
    assert endpoint.fn is not None
    assert json.loads(endpoint.fn("How many?")) == answer_json(answer)


def test_the_public_endpoint_takes_the_questions_asked_before() -> None:
    librarian = Librarian((), understood={"And two?": "How many are two?"})
    endpoint = next(fn for fn in built(librarian).fns.values() if fn.api_name == "ask")
    assert endpoint.fn is not None
    assert json.loads(endpoint.fn("And two?", ["How many?"]))["understood"] == "How many are two?"
    assert librarian.histories == [["How many?"]]


def test_a_taken_port_is_refused_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerError) as refused:
            listen("127.0.0.1", port)
    assert str(refused.value) == (
        f"cannot serve on 127.0.0.1 port {port}: another program listens there; stop it, or pass another --port"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ServerError, match=f"cannot serve on {host} port 7860: that is no address of this machine"):
        listen(host, 7860)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(ServerError, match=f"cannot serve on port {port}: ports go from 0 to 65535"):
        listen("127.0.0.1", port)


SERVE = """
import sys

def watch(event, arguments):
    if event == "socket.connect":
        print("connect", arguments[1], file=sys.stderr)
    if event == "socket.getaddrinfo":
        print("look up", arguments[0], file=sys.stderr)

sys.addaudithook(watch)
from assistant.chat.app import serve
from assistant.chat.desk import Desk
from tests.librarian import Librarian

serve(Desk(lambda: Librarian(())), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
print("stopped")
"""


@pytest.mark.slow
def test_serving_reaches_for_no_network_whatever_the_proxy_and_stops_when_interrupted() -> None:
    proxied = {**os.environ, "HTTP_PROXY": "http://192.0.2.1:3128", "ALL_PROXY": "http://192.0.2.1:3128"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], env=proxied, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(address, timeout=60) as response:
            assert response.status == 200
            assert response.headers["content-security-policy"] == POLICY
        process.send_signal(signal.SIGINT)
        printed, logged = process.communicate(timeout=30)
    assert printed == "stopped\n"
    assert logged == "look up 127.0.0.1\n"
    assert process.returncode == 0
