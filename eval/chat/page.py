"""The page for evaluating: a question set asked with its progress, stored runs, one of them with its figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chat.frame import SAYING, Page, Part
from assistant.chat.interface import in_both, words_of
from eval.chat.routes import evaluation_routes
from eval.chat.sets import MOST_BYTES
from eval.chat.words import SAID
from eval.page.page import REPORT_STYLE

if TYPE_CHECKING:
    from assistant.desk import Desk

STATIC = Path(__file__).parent / "static"

WORDS = words_of(
    {
        "asking": ("{set}: {done} of {total} asked", "{set}: طُرح {done} من {total}"),
        "drafts": ("drafts, not asked: {drafts}", "مسودات لم تُطرح: {drafts}"),
        "reading": ("Reading the set…", "جارٍ قراءة المجموعة…"),
        "stopped": ("Stopped; nothing was stored.", "أُوقف، ولم يُحفظ شيء."),
        "finished": ("Finished: {name}", "انتهى: {name}"),
        "opening": ("Opening…", "جارٍ الفتح…"),
        "empty": ("There is no set; paste one, or open a file.", "لا مجموعة هنا، ألصِق واحدة أو افتح ملفًا."),
        "large": SAID["too_large"],
        "not-text": ("This file is no text in UTF-8; convert it first.", "هذا الملف ليس نصًا بترميز UTF-8، حوّله أولًا."),
        "fault": (
            "This met a fault of the program; the terminal that serves this page shows it.",
            "أصاب البرنامج خلل، وتفصيله في الطرفية التي تُشغّل هذه الصفحة.",
        ),
        "gone": ("The program cannot be reached. Was it stopped?", "تعذّر الوصول إلى البرنامج. هل أُوقف؟"),
    }
)
EVALUATION = f"""
<h2 class="page-name">{in_both("Evaluation", "التقييم")}</h2>
<p class="lead">{
    in_both(
        "Ask a set of questions whose evidence is known, and see where the answers go wrong.",
        "اطرح مجموعة أسئلة أدلّتها معروفة، وانظر أين تخطئ الأجوبة.",
    )
}</p>
<form class="check ask-set" novalidate data-most-bytes="{MOST_BYTES}">
  <label class="choose-set"><span>{in_both("Question set", "مجموعة الأسئلة")}</span>
    <select name="chosen"></select></label>
  <div class="own" hidden>
    <label class="unseen" for="own-set">{in_both("The set, a question a line", "المجموعة، سؤال في كل سطر")}</label>
    <textarea id="own-set" rows="6" dir="auto" spellcheck="false" aria-describedby="set-hint set-fault"></textarea>
    <p id="set-hint" class="note">{
    in_both("A question a line, each a JSON object:", "سؤال في كل سطر، وكل سطر كائن JSON:")
} <code dir="ltr">{{"id": "1", "question": "…", "language": "ar", "gold": [{{"article": "a.txt", "text": "…"}}]}}</code>
    {in_both("or", "أو")} <code dir="ltr">"unanswerable": true</code></p>
  </div>
  <p id="set-fault" class="fault" role="alert"></p>
  <div class="actions">
    <button type="submit" class="primary">{in_both("Run", "ابدأ")}</button>
    <button type="button" class="stop" hidden>{in_both("Stop", "أوقِف")}</button>
    <label class="file" hidden><input type="file" accept=".jsonl,application/jsonl,text/plain" class="unseen">
      <b>{in_both("Open a file", "افتح ملفًا")}</b></label>
  </div>
  <div class="going">
    <progress max="1" value="0" aria-labelledby="run-state" hidden></progress>
    <p id="run-state" class="state" role="status"></p>
  </div>
</form>
<div id="evaluated">
  <section class="stored" aria-labelledby="stored-name">
    <h2 id="stored-name">{in_both("Stored runs", "التقييمات المحفوظة")}</h2>
    <div class="listed"></div>
  </section>
  <section class="opened-run" aria-live="off"></section>
</div>
<dialog class="confirm-delete" aria-labelledby="delete-name">
  <h2 id="delete-name">{in_both("Delete this run?", "حذف هذا التقييم؟")}</h2>
  <p><bdi class="which"></bdi></p>
  <form method="dialog" class="actions"><button value="keep" autofocus>{in_both("Keep", "أبقِه")}</button>
    <button value="delete" class="danger">{in_both("Delete", "احذف")}</button></form>
</dialog>
{WORDS}
"""


def parts(desk: Desk) -> tuple[Part, ...]:  # noqa: ARG001 - a page is of a desk
    """Return the page's parts; its script asks `evaluation_routes` for all that is in them."""
    return (Part("evaluation", EVALUATION, (SAYING, STATIC / "evaluation.js")),)


PAGE = Page(
    "evaluation",
    "Evaluation",
    "التقييم",
    parts,
    evaluation_routes,
    (REPORT_STYLE, STATIC / "evaluation.css"),
)
