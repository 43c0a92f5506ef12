"""What can be done with a turn in a browser: stopped, asked again, edited, copied, judged, audited; all by keyboard."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.ask import open_assistant
from assistant.rendering.answers import answer_json, answer_text
from assistant.types import Answer
from tests.parts.archives import fill
from tests.parts.chat_pages import ARABIC, ENGLISH, JAPAN, MARKS, SHELF, STATEMENTS, ask, marked
from tests.parts.librarian import Librarian, answered
from tests.parts.places import SEEDS
from tests.parts.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.ask import Assistant

pytestmark = MARKS


class Endless:
    """An assistant whose language model writes on until it is stopped."""

    def __init__(self) -> None:
        self.archive = SHELF
        self.stopped = threading.Event()

    def stream(self, question: str, **narrowing: object) -> Iterator[str | Answer]:
        try:
            for number in range(400):
                time.sleep(0.05)
                yield f"word {number} "
            yield SHELF.ask(question)
        finally:
            self.stopped.set()


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_a_question_that_is_stopped_ends_its_work_and_says_so_without_its_draft(page: Page, by_keyboard: bool) -> None:
    endless = Endless()
    with serving(endless) as address:
        page.goto(address)
        page.fill("#question textarea", ENGLISH)
        page.press("#question textarea", "Enter")
        page.locator(".draft").wait_for()
        expect(page.locator("#question .submit-button")).to_be_hidden()
        if by_keyboard:
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn .stopped")).to_be_visible()
        assert page.locator(".turn .reply").inner_text() == "Stopped. Nothing of this answer was kept."
        assert endless.stopped.wait(10)
        expect(page.locator("#question .submit-button")).to_be_visible()
        assert page.evaluate("document.activeElement.matches('#question textarea')")
        page.get_by_role("button", name="Edit").click()
        assert page.locator("#question textarea").input_value() == ENGLISH


def test_a_question_asked_again_takes_its_own_place_and_leans_on_what_stood_before_it(page: Page) -> None:
    librarian = Librarian((answered(ENGLISH, ("One.", (STATEMENTS[0],))),))
    with serving(librarian) as address:
        page.goto(address)
        for question in ("First?", ENGLISH, "Third?"):
            ask(page, question)
        former = page.locator(".turn").nth(1).get_attribute("data-turn")
        page.locator(".turn").nth(1).get_by_role("button", name="Ask again").click()
        expect(page.locator(".turn").nth(1)).not_to_have_attribute("data-turn", former or "")
        page.locator(".turn .answer").wait_for()
        assert page.locator(".turn .question").all_text_contents() == ["First?", ENGLISH, "Third?"]
    assert librarian.asked == ["First?", ENGLISH, "Third?", ENGLISH]
    assert librarian.histories == [[], ["First?"], ["First?", ENGLISH], ["First?"]]


@pytest.mark.parametrize(("key", "texts"), [("Enter", [ENGLISH]), ("Escape", [])])
def test_a_question_entered_while_the_last_answer_is_being_kept_is_asked_after_it(
    chat: Page, key: str, texts: list[str]
) -> None:
    working = "detail => document.dispatchEvent(new CustomEvent('isnad:working', { detail }))"
    chat.evaluate(working, {"busy": True, "ending": True})
    chat.fill("#question textarea", ENGLISH)
    chat.press("#question textarea", "Enter")
    chat.press("#question textarea", key)
    assert chat.locator(".turn").count() == 0
    chat.evaluate(working, {"busy": False})
    expect(chat.locator(".turn .question")).to_have_text(texts)
    assert chat.locator("#question textarea").input_value() == ("" if texts else ENGLISH)


def test_an_edited_question_replaces_its_turn_and_those_after_it_unless_it_is_left(chat: Page) -> None:
    for question in (ENGLISH, JAPAN, ARABIC):
        ask(chat, question)
    edit = chat.locator(".turn").nth(1).get_by_role("button", name="Edit")
    edit.click()
    box = chat.locator("#question textarea")
    assert box.input_value() == JAPAN
    expect(chat.locator(".editing")).to_be_visible()
    assert chat.locator(".turn.giving-way .question").all_text_contents() == [JAPAN, ARABIC]
    chat.keyboard.press("Escape")
    assert (box.input_value(), chat.locator(".giving-way").count()) == ("", 0)
    edit.click()
    box.fill("What did Lavrov say about China?")
    box.press("Enter")
    expect(chat.locator(".turn .question")).to_have_text([ENGLISH, "What did Lavrov say about China?"])
    chat.locator(".turn").nth(1).locator(".declined").wait_for()
    expect(chat.locator(".editing")).to_be_hidden()


@pytest.mark.parametrize("has_clipboard", [True, False])
def test_a_copied_answer_is_text_and_html_with_its_citations_as_footnotes(
    browser: Browser, address: str, has_clipboard: bool
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-GB")
    page = context.new_page()
    if not has_clipboard:  # as where the page is not served over HTTPS
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { get: () => undefined })")
    page.goto(address)
    turn = ask(page, ENGLISH)
    turn.get_by_role("button", name="Copy").click()
    expect(turn.locator("[data-do=copy]")).to_have_text("Copied")
    other = context.new_page()
    other.goto(f"{address}/examples")
    other.bring_to_front()
    read = "type => navigator.clipboard.read().then(([item]) => item.getType(type)).then((blob) => blob.text())"
    assert other.evaluate(read, "text/plain") == answer_text(SHELF.ask(ENGLISH))
    pasted = other.evaluate(read, "text/html")
    assert pasted.count("<li>") == len(STATEMENTS)
    assert f"({STATEMENTS[0].start}–{STATEMENTS[0].end})" in pasted
    context.close()


def test_what_a_reader_thinks_of_an_answer_is_kept_as_the_server_gave_it(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    fill(folder, SEEDS)
    assistant = open_assistant(folder)
    with serving(assistant) as address:
        page.goto(address)
        ask(page, ENGLISH)
        turn = ask(page, "And about Syria?")
        page.evaluate("document.querySelectorAll('.turn .answer').forEach((answer) => (answer.textContent = 'forged'))")
        turn.get_by_role("button", name="A bad answer").click()
        reason = turn.get_by_label("Why?")
        expect(reason).to_be_focused()
        reason.fill(" too old ")
        reason.press("Enter")
        expect(turn.locator(".noted")).to_have_text("Thank you. It is kept beside the archive.")
        thumb = turn.get_by_role("button", name="A bad answer")
        assert thumb.get_attribute("aria-pressed") == "true"
        expect(thumb).to_be_focused()
    lines = (folder / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert (first["reason"], second["reason"]) == (None, "too old")
    assert {**first, "time": None, "reason": None} == {**second, "time": None, "reason": None}
    expected = answer_json(assistant.ask("And about Syria?", history=[ENGLISH]))
    assert second["answer"] == {**expected, "seconds": second["answer"]["seconds"]}
    assert (second["question"], second["language"], second["history"], second["verdict"]) == (
        "And about Syria?",
        "en",
        [ENGLISH],
        "down",
    )


def test_an_answer_that_the_server_no_longer_has_can_be_neither_judged_nor_audited(page: Page, address: str) -> None:
    page.goto(address)
    turn = ask(page, ENGLISH)
    turn.evaluate("turn => (turn.dataset.turn = 'forged')")
    turn.get_by_role("button", name="A good answer").click()
    expect(turn.locator(".noted")).to_have_text("This answer is no longer at hand; ask again.")
    assert turn.locator("[aria-pressed=true]").count() == 0
    turn.locator(".audit summary").click()
    expect(turn.locator(".findings")).to_have_text("This answer is no longer at hand; ask again.")


def test_the_badge_opens_the_audit_with_both_verdicts_on_every_citation(page: Page, seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask(ENGLISH)
    with serving(seed_assistant) as address:
        page.goto(address)
        turn = ask(page, ENGLISH)
        badge = turn.locator(".audit summary")
        count = len(answer.sentences)
        assert badge.locator(".support").inner_text() == f"{count} of {count} sentences supported"
        badge.focus()
        page.keyboard.press("Enter")
        findings = turn.locator(".findings")
        findings.locator("table").wait_for()
        assert findings.locator("th[scope=rowgroup]").count() == count
        assert findings.locator("td:nth-child(2)").all_inner_texts() == [
            f"word for word at {citation.start:,}–{citation.end:,}" for citation in answer.citations
        ]
        assert findings.locator("td:nth-child(3)").all_inner_texts() == ["supports it"] * count
        findings.locator(".chip[data-citation='2']").click()
        assert marked(page, 2) == answer.citations[1].quote


def test_what_can_be_done_with_a_turn_shows_by_pointer_and_by_keyboard(chat: Page) -> None:
    turn = ask(chat, ENGLISH)
    tools = turn.locator(".tools")
    chat.mouse.move(1200, 800)
    expect(tools).to_have_css("opacity", "0")
    turn.hover()
    expect(tools).to_have_css("opacity", "1")
    chat.mouse.move(1200, 800)
    turn.locator("[data-do=copy]").focus()
    expect(tools).to_have_css("opacity", "1")
    names: list[str] = []
    for _ in range(5):
        names.append(str(chat.evaluate("document.activeElement.innerText.trim()")))
        chat.keyboard.press("Tab")
    assert names == ["Copy", "Ask again", "Edit", "A good answer", "A bad answer"]
