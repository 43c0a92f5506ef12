"""The page for asking: the conversation, the question box and its examples, and the article beside them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict
from uuid import uuid4

import gradio as gr
from gradio.events import api

from assistant.chat.turn import answer_html, error_html, pending_html
from assistant.follow_up import REMEMBERED
from assistant.render import answer_json
from index.errors import IsnadError
from index.text import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.types import Answer

SCRIPT = Path(__file__).parent / "ask.js"

FAILED = """() => {
    for (const pending of document.querySelectorAll(".turn .pending")) {
        pending.nextElementSibling.hidden = false;
        pending.remove();
    }
}"""
"""What the browser does when the server met a fault: no question waits for ever."""

PACE = 0.1
"""Seconds between two states of a draft that the browser is sent."""

CONVERSATION = """
<div class="log" role="log" aria-label="Conversation · المحادثة" tabindex="0">
  <div class="welcome">
    <p dir="ltr" lang="en">Ask about the archive. Every sentence of an answer carries a number; press it to see the very
    words in the article.</p>
    <p dir="rtl" lang="ar">اسأل عمّا في الأرشيف. تحمل كل جملة من الجواب رقمًا، اضغطه لترى الكلمات نفسها في المقال.</p>
  </div>
</div>
"""
READER = """
<section id="reader" aria-label="Article · المقال" tabindex="0">
  <div class="opened"></div>
  <div class="empty">
    <p dir="ltr" lang="en">The article opens here.</p>
    <p dir="rtl" lang="ar">يُفتح المقال هنا.</p>
  </div>
</section>
<p id="opened" role="status"></p>
"""


class Answerer(Protocol):
    """What the page asks; `assistant.ask.Assistant` is one."""

    def ask(self, question: str, /, *, history: Sequence[str] = ()) -> Answer:
        """Answer a question that may follow up earlier ones; raises IsnadError where it cannot be worked on."""
        ...

    def stream(self, question: str, /, *, history: Sequence[str] = ()) -> Iterator[str | Answer]:
        """Yield what is written before it is verified, and at last the answer. Raises IsnadError as `ask`."""
        ...


class Turn(TypedDict):
    """What the page receives: a turn again under the same id takes the place of the first."""

    id: str
    html: str


def ask_page(assistant: Answerer, examples: Sequence[str]) -> None:
    """Lay out the page inside the current `gr.Blocks`, and wire it to the assistant.

    The conversation lives in the browser: the server sends one turn at a time, and keeps of each opened page the last
    questions as they were understood.
    """
    asked_before = gr.State([])
    with gr.Row(elem_id="workspace"):
        with gr.Column(elem_id="asking"):
            conversation = gr.HTML(
                html_template=CONVERSATION,
                js_on_load=SCRIPT.read_text(encoding="utf-8"),
                apply_default_css=False,
                elem_id="conversation",
            )
            with gr.Row(elem_id="examples"):
                buttons = [gr.Button(example, elem_classes="example", size="sm") for example in examples]
            box = gr.Textbox(
                label="Question · السؤال",
                placeholder="Ask a question  ·  اطرح سؤالًا",
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                submit_btn=True,
                autofocus=True,
                elem_id="question",
            )
        with gr.Column(elem_id="reading"):
            gr.HTML(html_template=READER, js_on_load=None, apply_default_css=False)

    def converse(question: str, history: list[str]) -> Iterator[tuple[Turn, str, list[str]]]:
        turn = uuid4().hex
        language = detect_language(question)
        yield Turn(id=turn, html=pending_html(question, language)), "", history
        draft, shown = "", time.monotonic()
        try:
            for piece in assistant.stream(question, history=history):
                if not isinstance(piece, str):
                    asked = [*history, piece.understood or piece.question][-REMEMBERED:]
                    yield Turn(id=turn, html=answer_html(piece)), "", asked
                    continue
                draft += piece
                if time.monotonic() - shown > PACE:
                    yield Turn(id=turn, html=pending_html(question, language, draft)), "", history
                    shown = time.monotonic()
        except IsnadError as error:
            yield Turn(id=turn, html=error_html(question, language, str(error))), question, history

    def ask(question: str, history: list[str] | None = None) -> str:
        """Answer one question, which may follow up earlier ones; the text is what `isnad ask --json` prints."""
        # As a text, since gradio's clients take every object with a "path" for a file to be downloaded.
        try:
            return json.dumps(answer_json(assistant.ask(question, history=history or ())), ensure_ascii=False)
        except IsnadError as error:
            raise gr.Error(str(error), print_exception=False) from error

    for source, event in [(box, box.submit), *((button, button.click) for button in buttons)]:
        asked = event(
            converse,
            inputs=[source, asked_before],
            outputs=[conversation, box, asked_before],
            show_progress="hidden",
            concurrency_id="ask",
            api_visibility="private",
        )
        asked.failure(None, js=FAILED, api_visibility="private")
    api(ask, api_name="ask", concurrency_id="ask")
