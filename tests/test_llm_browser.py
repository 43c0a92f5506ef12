"""The chat page while a language model writes, in a browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.types import Answer, Sentence, Support
from tests.archives import fill, write
from tests.chat_pages import ATTACK, MARKS, SHELF, STATEMENTS, ask, computed, marked
from tests.llm_server import LlmServer
from tests.serving import serving
from tests.written import model_of, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS

WRITTEN = "What does the model write?"


class Scribe:
    """An assistant that writes a draft, waits until its reader has seen it, and then answers."""

    def __init__(self) -> None:
        self.seen = threading.Event()
        self.archive = SHELF

    def stream(self, question: str, **narrowing: object) -> Iterator[str | Answer]:
        yield from ("Sergey Lavrov ", "said [1]. ", ATTACK)
        time.sleep(0.2)  # the page is sent a draft ten times a second
        yield " And more."
        self.seen.wait(20)
        supported = Sentence(STATEMENTS[0].quote, (STATEMENTS[0],), Support.SUPPORTED)
        struck = Sentence(f"He is a pirate. {ATTACK}", (), Support.UNSUPPORTED)
        yield Answer(question, "en", (supported, struck), None, (), 0.5, notes=(f"A note {ATTACK}",))


def test_a_draft_grows_unverified_and_gives_way_to_the_answer_with_what_is_not_supported_struck(page: Page) -> None:
    scribe = Scribe()
    with serving(scribe) as address:
        page.goto(address)
        page.fill("#question textarea", WRITTEN)
        page.press("#question textarea", "Enter")
        draft = page.locator(".turn .draft")
        draft.wait_for()
        assert draft.text_content() == f"Sergey Lavrov said [1]. {ATTACK} And more."
        waiting = page.locator(".turn .pending > p").first
        assert computed(page.locator(".turn .pending"), "opacity") == "1"
        assert waiting.text_content() == "The language model's draft, not yet checked:"
        assert page.locator(".log").get_attribute("aria-busy") == "true"
        assert page.locator(".turn .chip").count() == 0
        scribe.seen.set()
        page.locator(".turn .answer").wait_for()
        assert draft.count() == 0
        assert page.locator(".turn .note").text_content() == f"A note {ATTACK}"
        struck = page.locator(".turn .sentence s")
        assert struck.all_text_contents() == [f"He is a pirate. {ATTACK}"]
        assert computed(struck, "textDecorationLine") == "line-through"
        assert page.locator(".turn .badge").all_text_contents() == ["not supported"]
        assert marked(page, 1) == STATEMENTS[0].quote
        assert page.evaluate("window.hacked") is None


def test_the_chat_answers_by_a_model_over_a_real_server(page: Page, server: LlmServer, tmp_path: Path) -> None:
    (path,) = write(tmp_path, bridge="The bridge\n\nThe bridge cost 40 million. It will open in May.\n")
    fill(tmp_path / "archive", path)
    server.reply(*"The bridge cost 40 million [1]. A tunnel was flooded by protesters [1].")
    with opened(tmp_path / "archive", model_of(server)) as assistant, serving(assistant) as address:
        page.goto(address)
        turn = ask(page, "What did the bridge cost?")
        assert turn.locator(".sentence p").first.evaluate("p => p.firstChild.textContent") == (
            "The bridge cost 40 million."
        )
        assert turn.locator(".sentence s").all_text_contents() == ["A tunnel was flooded by protesters."]
        assert marked(page, 1) == "The bridge cost 40 million."
        server.status = 500
        page.fill("#question textarea", "What did the bridge cost?")
        page.press("#question textarea", "Enter")
        page.locator(".turn .note").wait_for()
        assert page.locator(".turn .note").text_content() == (
            "The language model gave no usable answer (HTTP 500); these are quotations."
        )
