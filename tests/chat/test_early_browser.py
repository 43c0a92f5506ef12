"""A page before gradio is imported: it is used as it will be, and stays as it is when gradio takes it in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import pytest

from tests.parts.chat_pages import ARABIC, ENGLISH, MARKS, ask, is_in_view, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS

SERVE = """
import sys

def watch(event, arguments):
    if event == "import" and arguments[0] == "gradio":
        sys.stdin.readline()

sys.addaudithook(watch)
from assistant.chat.app import serve
from assistant.desk import Desk
from tests.parts.chat_pages import SHELF

serve(Desk(lambda: SHELF), "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
"""
"""The chat in a process of its own, which imports gradio once it reads a line."""


@pytest.fixture
def held() -> Iterator[tuple[str, IO[str]]]:
    """The address of that chat, and what it reads the line from."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.stdin
        finally:
            process.terminate()


def test_a_question_is_answered_before_gradio_is_there_and_what_is_typed_outlasts_its_coming(
    page: Page, held: tuple[str, IO[str]]
) -> None:
    address, line = held
    with watched(page, address):
        page.goto(address, wait_until="commit")
        turn = ask(page, ENGLISH)
        answered = turn.inner_text()
        assert page.locator("gradio-app").count() == 0
        box = page.locator("#question textarea")
        box.press_sequentially("And about Ira")
        before = page.locator("#page").bounding_box()

        line.write("now\n")
        line.flush()
        page.locator("gradio-app #page").wait_for()

        page.keyboard.type("n?")
        assert box.input_value() == "And about Iran?"
        assert page.locator(".turn").inner_text() == answered
        assert page.locator("#page").bounding_box() == before


SCROLLED = "[scrollY, ...['.log', '#reader'].map(name => document.querySelector(name).scrollTop)]"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 480)])
def test_the_place_that_is_read_stays_in_sight_when_gradio_comes(
    browser: Browser, held: tuple[str, IO[str]], width: int, height: int
) -> None:
    address, line = held
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address, wait_until="commit")
    ask(page, ARABIC).locator(".answer .chip[data-citation='2']").click()
    mark = page.locator("#reader mark.current[data-citation='2']").first
    assert is_in_view(mark)
    before = page.evaluate(SCROLLED)
    assert any(before)
    line.write("now\n")
    line.flush()
    page.locator("gradio-app #page").wait_for()
    page.wait_for_function(f"before => String({SCROLLED}) === String(before)", arg=before)
    assert is_in_view(mark)
    context.close()


def test_every_page_is_there_before_gradio(page: Page, held: tuple[str, IO[str]]) -> None:
    address, _ = held
    for path in ("check", "statements", "archive", "evaluation"):
        page.goto(f"{address}/{path}", wait_until="commit")
        page.locator(f"#workspace.page-{path} form").first.wait_for()
        assert page.locator("#masthead [aria-current=page]").get_attribute("href") == f"./{path}"
        assert page.locator("gradio-app").count() == 0
