"""Asking in a browser: follow-ups, declines, what cannot be asked, faults, and how the page begins."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.ask import open_assistant
from assistant.types import Answer
from tests.parts.archives import fill, write
from tests.parts.chat_pages import (
    ARABIC,
    ATTACK,
    ENGLISH,
    FIRST,
    JAPAN,
    MARKS,
    SHELF,
    STATEMENTS,
    ask,
    computed,
    marked,
)
from tests.parts.serving import serving, serving_once_open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant

pytestmark = MARKS


class Broken:
    """An assistant with a fault, which it meets when it is told to."""

    def __init__(self) -> None:
        self.archive = SHELF
        self.go = threading.Event()

    def stream(self, question: str, **narrowing: object) -> Iterator[str | Answer]:
        self.go.wait(20)
        raise RuntimeError(question)


def test_a_follow_up_shows_how_it_was_understood_and_an_opened_page_has_no_past(
    page: Page, seed_assistant: Assistant
) -> None:
    with serving(seed_assistant) as address:
        page.goto(address)
        assert ask(page, ENGLISH).locator(".understood").count() == 0
        for question, understood in (
            ("And about Syria?", "Understood as: What did Lavrov say about Syria?"),
            ("وماذا عن أردوغان؟", "فُهم السؤال هكذا: ماذا قال أردوغان عن سوريا؟"),
        ):
            turn = ask(page, question)
            assert turn.locator(".question").text_content() == question
            assert turn.locator(".understood").text_content() == understood
        assert computed(turn.locator(".understood"), "direction") == "rtl"
        page.reload()
        assert ask(page, "And about Syria?").locator(".understood").count() == 0


def test_a_decline_looks_unlike_an_answer_and_offers_what_is_near(chat: Page) -> None:
    answer, decline = ask(chat, ENGLISH), ask(chat, JAPAN)
    assert decline.locator(".answer, [data-citation], .sources, .audit").count() == 0
    assert computed(decline.locator(".declined"), "borderTop").startswith("1px dashed")
    assert computed(answer.locator(".answer"), "borderTopWidth") == "0px"
    assert decline.locator("h3").text_content() == "The archive holds no answer"
    assert decline.locator("h4").text_content() == "Nearest passages, not an answer"
    decline.locator(".chip[data-passage='1']").click()
    assert marked(chat, 1, "passage") == FIRST.text[STATEMENTS[0].start : STATEMENTS[1].end]
    assert chat.locator("#reader mark[data-citation]").count() == 0
    assert "Not an answer" in chat.locator("#reader .runs").inner_text()


def test_an_example_is_asked_when_it_is_clicked(chat: Page) -> None:
    chat.get_by_role("button", name=ARABIC).click()
    chat.locator(".turn .answer").wait_for()
    assert chat.locator(".turn .question").all_text_contents() == [ARABIC]


@pytest.mark.parametrize(("locale", "first"), [("en-GB", ENGLISH), ("ar", ARABIC)])
def test_the_examples_in_the_readers_language_come_first(
    browser: Browser, address: str, locale: str, first: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".example")).to_have_text([first, *({ENGLISH, ARABIC} - {first})])
    context.close()


def test_a_fault_of_the_program_leaves_no_question_waiting(page: Page) -> None:
    broken = Broken()
    with serving(broken) as address:
        page.goto(address)
        page.fill("#question textarea", ENGLISH)
        page.press("#question textarea", "Enter")
        page.locator(".pending").wait_for()
        broken.go.set()
        expect(page.locator(".turn .error p")).to_have_text(
            "This question met a fault of the program; the terminal that serves this page shows it."
        )
        expect(page.locator(".turn .error p")).to_be_visible()
        expect(page.locator(".pending")).to_have_count(0)
        expect(page.locator("#question .submit-button")).to_be_visible()


def test_a_program_that_was_stopped_is_said_to_be_out_of_reach_and_the_question_stays(page: Page) -> None:
    with serving(SHELF) as address:
        page.goto(address)
        page.locator("#question textarea").wait_for()
    page.fill("#question textarea", ENGLISH)
    page.press("#question textarea", "Enter")
    expect(page.locator("#refused-question")).to_have_text("The program cannot be reached. Was it stopped?")
    expect(page.locator("#question textarea")).to_have_value(ENGLISH)
    assert page.locator(".turn").count() == 0


@pytest.mark.parametrize(
    ("question", "message", "message_ar"),
    [
        ("   ", "the question is empty; write one in Arabic or English", "اكتب سؤالًا بالعربية أو بالإنجليزية"),
        (
            "<b>" + "x" * 9_997,
            "the question has 10,000 characters; the most is 2,000",
            "طول السؤال بالأحرف 10,000، والحد الأقصى 2,000",
        ),
        (
            f"\u202e{ATTACK}",
            "the question holds the control character U+202E; remove it",
            "في السؤال محرف تحكّم غير مرئي، فاحذفه",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_line_beside_the_box_and_changes_nothing(
    chat: Page, question: str, message: str, message_ar: str
) -> None:
    ask(chat, ENGLISH)
    chat.locator("#reader mark.current").first.wait_for()
    before = chat.locator(".log").inner_html()
    box = chat.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(chat.locator("#refused-question")).to_have_text(message)
    assert (box.input_value(), box.get_attribute("aria-invalid")) == (question, "true")
    assert chat.locator(".log").inner_html() == before
    box.fill(ARABIC)
    assert chat.locator("#refused-question").inner_text() == ""
    assert ask(chat, ARABIC).locator(".answer .sentence").count() == 4
    chat.locator(".to-arabic").click()
    chat.locator(".example").first.wait_for()
    box.fill(question)
    box.press("Enter")
    expect(chat.locator("#refused-question")).to_have_text(message_ar)


def test_markup_in_a_question_stays_in_its_turn(chat: Page) -> None:
    turn = ask(chat, f"{ATTACK} \ufffd?")
    assert turn.locator(".question").text_content() == f"{ATTACK} \ufffd?"
    assert turn.locator(".declined > p").text_content() == "Nothing on the shelf."
    assert computed(turn.locator(".declined > p"), "unicodeBidi") == "plaintext"
    assert chat.evaluate("window.hacked") is None


def test_while_the_archive_opens_the_page_says_so_and_a_question_waits_for_it(page: Page) -> None:
    opening = threading.Event()

    def opened() -> object:
        opening.wait(20)
        return SHELF

    with serving_once_open(opened, [ENGLISH]) as address:
        page.goto(address)
        expect(page.locator(".when-opening")).to_be_visible()
        page.fill("#question textarea", ENGLISH)
        page.press("#question textarea", "Enter")
        expect(page.locator(".pending p")).to_have_text("The archive is still opening; the answer follows…")
        opening.set()
        page.locator(".turn .answer").wait_for()


def test_an_empty_archive_tells_how_to_add_articles_and_invites_questions_once_it_has_some(
    page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    fill(folder)
    with serving(open_assistant(folder)) as address:
        page.goto(address)
        expect(page.locator(".when-empty code")).to_have_text("isnad ingest PATH")
        expect(page.locator("#question textarea")).to_be_hidden()
        expect(page.locator("p.when-ready")).to_be_hidden()
        fill(folder, *write(tmp_path, bridge="The bridge\n\nThe minister said that the bridge cost 40 million.\n"))
        page.evaluate("dispatchEvent(new Event('focus'))")
        expect(page.locator("#question textarea")).to_be_visible()
        assert ask(page, "What did the bridge cost?").locator(".answer").count() == 1
