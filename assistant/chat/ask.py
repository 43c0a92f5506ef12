"""The page for asking: the conversation, the question box and its examples."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, TypedDict
from uuid import uuid4

import gradio as gr
from gradio.events import api

from assistant.chat.frame import STATIC, Page
from assistant.chat.interface import in_both
from assistant.chat.turn import answer_html, error_html, pending_html
from assistant.follow_up import REMEMBERED
from assistant.render import answer_json
from index.errors import IsnadError
from index.text import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.chat.desk import Desk
    from assistant.chat.interface import Labels

FAILED = """() => {
    for (const pending of document.querySelectorAll(".turn .pending")) {
        pending.nextElementSibling.hidden = false;
        pending.remove();
    }
}"""
"""What the browser does when the server met a fault: no question waits for ever."""

ASKED_AT_ONCE = 8
"""Questions that are worked on at the same time; more wait."""

PACE = 0.1
"""Seconds between two states of a draft that the browser is sent."""

WELCOME = (
    "Ask about the archive. Every sentence of an answer carries a number; press it to see the very words in the"
    " article.",
    "اسأل عمّا في الأرشيف. تحمل كل جملة من الجواب رقمًا، اضغطه لترى الكلمات نفسها في المقال.",
)
CONVERSATION = f"""
<h2 id="conversation-name" class="unseen">{in_both("Conversation", "المحادثة")}</h2>
<div class="log" role="log" aria-labelledby="conversation-name" tabindex="0">
  <div class="welcome"><p>{in_both(*WELCOME)}</p><div class="examples"></div></div>
</div>
"""


class Turn(TypedDict):
    """What the page receives: a turn again under the same id takes the place of the first."""

    id: str
    html: str


def lay_out(desk: Desk, labels: Labels) -> None:
    """Lay out the page's column, and wire it to the assistant.

    The conversation lives in the browser: the server sends one turn at a time, and keeps of each opened page the last
    questions as they were understood.
    """
    asked_before = gr.State([])
    conversation = gr.HTML(
        html_template=CONVERSATION,
        js_on_load=(STATIC / "ask.js").read_text(encoding="utf-8"),
        apply_default_css=False,
        elem_id="conversation",
    )
    box = gr.Textbox(
        label=labels("Question", "السؤال"),
        placeholder=labels("Ask a question", "اطرح سؤالًا"),
        show_label=False,
        container=False,
        lines=1,
        max_lines=6,
        submit_btn=True,
        autofocus=True,
        elem_id="question",
    )

    def converse(question: str, history: list[str]) -> Iterator[tuple[Turn, str, list[str]]]:
        turn = uuid4().hex
        language = detect_language(question)
        yield Turn(id=turn, html=pending_html(question, language)), "", history
        draft, shown = "", time.monotonic()
        try:
            for piece in desk.assistant.stream(question, history=history):
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
            return json.dumps(answer_json(desk.assistant.ask(question, history=history or ())), ensure_ascii=False)
        except IsnadError as error:
            raise gr.Error(str(error), print_exception=False) from error

    asked = box.submit(
        converse,
        inputs=[box, asked_before],
        outputs=[conversation, box, asked_before],
        show_progress="hidden",
        concurrency_id="ask",
        concurrency_limit=ASKED_AT_ONCE,
        api_visibility="private",
    )
    asked.failure(None, js=FAILED, api_visibility="private")
    api(ask, api_name="ask", concurrency_id="ask")


PAGE = Page("", "Ask", "اسأل", lay_out)
