"""The page for asking: the conversation, the question box and what it is narrowed to.

Turns come over `ask_routes`, not as events of gradio's, whose queue takes longer than the answer: a question is one
request, and what it streams ends where the reader stops it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.chat.ask.routes import ask_routes
from assistant.chat.conversations.bar import KEPT
from assistant.chat.frame import STATIC, Page, Part
from assistant.chat.interface import in_both

if TYPE_CHECKING:
    from assistant.desk import Desk

WELCOME = (
    "Ask about the archive. Every sentence of an answer carries a number; press it to see the very words in the"
    " article.",
    "اسأل عمّا في الأرشيف. تحمل كل جملة من الجواب رقمًا، اضغطه لترى الكلمات نفسها في المقال.",
)
OPENING = ("The archive is opening…", "يُفتح الأرشيف…")
EMPTY = ("The archive is empty.", "الأرشيف فارغ.")
ADD = (
    "Add articles to it with this command; this page sees them once you come back to it.",
    "أضف إليه مقالات بهذا الأمر، وستراها هذه الصفحة متى عدت إليها.",
)
FAILED = (
    "The archive could not be opened; the terminal that serves this page says why.",
    "تعذّر فتح الأرشيف، والسبب مذكور في الطرفية التي تُشغّل هذه الصفحة.",
)
CONVERSATION = f"""
<h2 id="conversation-name" class="unseen">{in_both("Conversation", "المحادثة")}</h2>
<p class="said unseen" role="status"></p>
<div class="log" role="log" aria-labelledby="conversation-name" tabindex="0">
  <div class="welcome" data-state="" role="status">
    <p class="when-opening">{in_both(*OPENING)}</p>
    <p class="when-failed">{in_both(*FAILED)}</p>
    <p class="when-ready">{in_both(*WELCOME)}</p>
    <div class="when-empty">
      <p>{in_both(*EMPTY)}</p>
      <p>{in_both(*ADD)}</p>
      <p dir="ltr"><code>isnad ingest PATH</code></p>
    </div>
    <div class="examples when-ready"></div>
  </div>
</div>
"""

SLIDERS = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2 6h8M14 6h4M2 14h3M9 14h9"/>'
    '<circle cx="12" cy="6" r="2"/><circle cx="7" cy="14" r="2"/></svg>'
)
ARROW = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 16V4M5 9l5-5 5 5"/></svg>'
SQUARE = '<svg viewBox="0 0 20 20" aria-hidden="true"><rect x="5.5" y="5.5" width="9" height="9" rx="1.5"/></svg>'


def _field(name: str, english: str, arabic: str, control: str) -> str:
    """A labelled field of the filters, with the line that says what is wrong with it."""
    return (
        f'<div class="field" data-field="{name}"><label for="filter-{name}">{in_both(english, arabic)}</label>'
        f'{control.format(attributes=f"""id="filter-{name}" name="{name}" aria-describedby="refused-{name}" """)}'
        f'<p class="refused" id="refused-{name}" role="alert" dir="auto"></p></div>'
    )


DAY = '<input type="date" {attributes}>'
NAME = '<input type="text" dir="auto" maxlength="200" autocomplete="off" {attributes}>'
OUTLET = f'{NAME.replace("{attributes}", "list=outlets {attributes}")}<datalist id="outlets"></datalist>'
LANGUAGES = (
    "<select {attributes}>"
    '<option value="" data-en="Both" data-ar="كلتاهما"></option>'
    '<option value="ar" data-en="Arabic" data-ar="العربية"></option>'
    '<option value="en" data-en="English" data-ar="الإنجليزية"></option></select>'
)
FILTERS = (
    _field("published_from", "From", "من تاريخ", DAY)
    + _field("published_to", "To", "إلى تاريخ", DAY)
    + _field("source", "Outlet", "المصدر", OUTLET)
    + _field("language", "Language of articles", "لغة المقالات", LANGUAGES)
    + _field("speaker", "Only statements by", "تصريحات المتكلم", NAME)
)
BOX = f"""
<form novalidate>
  <fieldset id="filters" hidden>
    <legend class="unseen">{in_both("Filters", "تصفية المقالات")}</legend>
    {FILTERS}
  </fieldset>
  <p class="editing" hidden>
    {
    in_both(
        "The new answer takes the place of this turn and of those after it.",
        "سيحل الجواب الجديد محل هذا السؤال وما بعده.",
    )
}
    <button type="button" class="leave">{in_both("Leave it as it is", "اتركه كما هو")}</button>
  </p>
  <ul class="narrowed"></ul>
  <div class="line">
    <label class="unseen" for="question-text">{in_both("Question", "السؤال")}</label>
    <textarea id="question-text" rows="1" dir="auto" enterkeyhint="send" aria-describedby="refused-question"
      data-en="Ask a question" data-ar="اطرح سؤالًا"></textarea>
    <button type="button" class="fold" aria-expanded="false" aria-controls="filters">
      {SLIDERS}<span class="word">{in_both("Filters", "تصفية")}</span></button>
    <button type="submit" class="submit-button">{ARROW}<span class="unseen">{in_both("Ask", "اسأل")}</span></button>
    <button type="button" class="stop" hidden>{SQUARE}<span>{in_both("Stop", "أوقف")}</span></button>
  </div>
  <p class="refused" id="refused-question" role="alert" dir="auto"></p>
</form>
"""


def parts(desk: Desk) -> tuple[Part, ...]:  # noqa: ARG001 - a page is of a desk
    """Return the page's parts. The conversation lives in the browser; the server sends one turn at a time."""
    return (
        KEPT,
        Part("conversation", CONVERSATION, (STATIC / "ask.js",)),
        Part("question", BOX, (STATIC / "question.js",)),
    )


PAGE = Page("", "Ask", "اسأل", parts, ask_routes)
