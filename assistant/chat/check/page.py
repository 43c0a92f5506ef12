"""The page for checking: a text or a quotation, and the verdicts on it as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.chat.check.routes import check_routes
from assistant.chat.check.verdicts import SIGNS, WORDS
from assistant.chat.frame import SAYING, STATIC, Page, Part
from assistant.chat.interface import in_both, words_of
from assistant.types import Support
from assistant.verification.audit import LONGEST_TEXT
from assistant.verification.quotations import LONGEST

if TYPE_CHECKING:
    from assistant.desk import Desk

SAID = words_of(
    {
        "text-hint": (
            "Paste an article, a report or an answer of any assistant.",
            "ألصِق مقالًا أو تقريرًا أو جوابًا من أي مساعد آلي.",
        ),
        "quotation-hint": ("Paste the words of a quotation.", "ألصِق كلمات الاقتباس."),
        "empty": ("There is nothing to check; paste a text first.", "لا شيء للتحقق منه، ألصِق نصًا أولًا."),
        "long": ("This has {length} characters; the most is {most}.", "عدد المحارف {length}، والحد الأقصى {most}."),
        "not-text": ("This file is no text in UTF-8; convert it first.", "هذا الملف ليس نصًا بترميز UTF-8، حوّله أولًا."),
        "reading": ("Looking through the articles: {read} of {of}", "البحث في المقالات: {read} من {of}"),
        "checking": ("Checked: {done} of {total}", "جرى التحقق من {done} من {total}"),
        "working": ("Reading the text…", "جارٍ قراءة النص…"),
        "stopped": ("Stopped", "أُوقف التحقق"),
        "sentences": ("Sentences: {total}", "الجمل: {total}"),
        "fault": (
            "This met a fault of the program; the terminal that serves this page shows it.",
            "أصاب البرنامج خلل عند هذا النص، وتفصيله في الطرفية التي تُشغّل هذه الصفحة.",
        ),
        "gone": ("The program cannot be reached. Was it stopped?", "تعذّر الوصول إلى البرنامج. هل أُوقف؟"),
        "copied": ("Copied", "نُسخ"),
        "title": ("Check against the archive", "التحقق مقارنةً بالأرشيف"),
    }
)
FILTERS = "".join(
    f'<button type="button" class="toggle {support}" data-only="{support}" aria-pressed="false">'
    f'<span aria-hidden="true">{SIGNS[support]}</span> '
    f'{in_both(WORDS["en"].support[support], WORDS["ar"].support[support])} <bdi class="count">0</bdi></button>'
    for support in Support
)
CHECK = f"""
<h2 class="page-name">{in_both("Check", "تحقّق")}</h2>
<p class="lead">{
    in_both(
        "Hold a text or a quotation against the archive: every verdict names the words that it rests on.",
        "قارن نصًا أو اقتباسًا بما في الأرشيف: كل حكم يذكر الكلمات التي يستند إليها.",
    )
}</p>
<form class="check" novalidate data-longest-text="{LONGEST_TEXT}" data-longest-quotation="{LONGEST}">
  <fieldset class="switch"><legend class="unseen">{in_both("What is checked", "ما الذي يُتحقق منه")}</legend>
    <label><input type="radio" name="kind" value="text" checked>{in_both("A text", "نص")}</label>
    <label><input type="radio" name="kind" value="quotation">{in_both("A quotation", "اقتباس")}</label>
  </fieldset>
  <label class="unseen" for="checked">{
    in_both("Text or quotation to check", "النص أو الاقتباس المطلوب التحقق منه")
}</label>
  <textarea id="checked" rows="7" dir="auto" spellcheck="false" aria-describedby="check-fault"></textarea>
  <p id="check-fault" class="fault" role="alert"></p>
  <div class="actions">
    <button type="submit" class="primary">{in_both("Check", "تحقّق")}</button>
    <button type="button" class="stop" hidden>{in_both("Stop", "أوقِف")}</button>
    <label class="file"><input type="file" accept=".txt,.md,text/plain,text/markdown" class="unseen">
      <span class="button">{in_both("Open a text file", "افتح ملفًا نصيًا")}</span></label>
  </div>
</form>
<section class="report" hidden aria-labelledby="report-name">
  <h2 id="report-name" class="unseen">{in_both("Verdicts", "الأحكام")}</h2>
  <p class="state" role="status"></p>
  <div class="filters" role="group" hidden>
    <button type="button" class="toggle all" data-only="" aria-pressed="true">{in_both("All", "الكل")}
      <bdi class="count">0</bdi></button>{FILTERS}</div>
  <div class="outcomes"></div>
  <div class="keep" hidden>
    <button type="button" data-keep="copy">{in_both("Copy as Markdown", "انسخ بصيغة Markdown")}</button>
    <button type="button" data-keep="md">{in_both("Download Markdown", "نزّل Markdown")}</button>
    <button type="button" data-keep="json">{in_both("Download JSON", "نزّل JSON")}</button>
    <span role="status" class="kept"></span>
  </div>
</section>
{SAID}
"""


def parts(desk: Desk) -> tuple[Part, ...]:  # noqa: ARG001 - a page is of a desk
    """Return the page's parts; its script asks `check_routes` for the verdicts."""
    return (Part("check", CHECK, (SAYING, STATIC / "check.js")),)


PAGE = Page("check", "Check", "تحقّق", parts, check_routes)
