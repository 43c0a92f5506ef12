"""The page of statements: who said what about whom, by filters that its address holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.chat.frame import SAYING, STATIC, Page, Part
from assistant.chat.interface import in_both, words_of
from assistant.chat.statements.routes import statement_routes

if TYPE_CHECKING:
    from assistant.desk import Desk

SAID = words_of(
    {
        "any-speaker": ("In either language", "بالعربية أو الإنجليزية"),
        "any-topic": ("Such as oil prices", "مثل أسعار النفط"),
        "any-outlet": ("All outlets", "كل المصادر"),
        "nothing": ("Fill in at least one field.", "املأ حقلًا واحدًا على الأقل."),
        "order": ("The last day comes before the first.", "اليوم الأخير يسبق اليوم الأول."),
        "searching": ("Searching the statements…", "جارٍ البحث في التصريحات…"),
        "finding": (
            "Who said what is being read from the articles, once: {read} of {of}",
            "تُقرأ التصريحات من المقالات، مرة واحدة: {read} من {of}",
        ),
        "fault": (
            "This met a fault of the program; the terminal that serves this page shows it.",
            "أصاب البرنامج خلل عند هذا البحث، وتفصيله في الطرفية التي تُشغّل هذه الصفحة.",
        ),
        "gone": ("The program cannot be reached. Was it stopped?", "تعذّر الوصول إلى البرنامج. هل أُوقف؟"),
    }
)


def _choice(name: str, value: str, english: str, arabic: str, *, checked: bool = False) -> str:
    on = " checked" if checked else ""
    return f'<label><input type="radio" name="{name}" value="{value}"{on}>{in_both(english, arabic)}</label>'


STATEMENTS = f"""
<h2 id="statements-name" class="page-name">{in_both("Statements", "التصريحات")}</h2>
<p class="lead">{
    in_both(
        "Who said what, and when: every line opens the article at the very words.",
        "مَن قال ماذا ومتى: كل سطر يفتح المقال عند الكلمات نفسها.",
    )
}</p>
<form class="find" novalidate role="search" aria-labelledby="statements-name">
  <div class="field"><label for="speaker">{in_both("Speaker", "المتكلم")}</label>
    <input id="speaker" name="speaker" dir="auto" autocomplete="off" spellcheck="false" list="speakers" maxlength="200">
    <datalist id="speakers"></datalist></div>
  <div class="field"><label for="about">{in_both("Topic", "الموضوع")}</label>
    <input id="about" name="about" dir="auto" autocomplete="off" maxlength="500"></div>
  <div class="field"><label for="source">{in_both("Outlet", "المصدر")}</label>
    <select id="source" name="source"><option value=""></option></select></div>
  <fieldset class="field"><legend>{in_both("Language", "اللغة")}</legend><div class="switch">
    {_choice("language", "", "Both", "كلتاهما", checked=True)}
    {_choice("language", "ar", "Arabic", "العربية")}
    {_choice("language", "en", "English", "الإنجليزية")}</div></fieldset>
  <div class="field days"><label for="from">{in_both("From", "من")}</label>
    <input id="from" name="from" type="date" min="0001-01-01" max="9999-12-31"></div>
  <div class="field days"><label for="to">{in_both("To", "إلى")}</label>
    <input id="to" name="to" type="date" min="0001-01-01" max="9999-12-31"></div>
  <p class="fault" role="alert"></p>
  <div class="actions">
    <button type="submit" class="primary">{in_both("Show", "اعرض")}</button>
    <button type="button" class="clear">{in_both("Clear", "امسح")}</button>
  </div>
</form>
<section class="list" aria-labelledby="list-name">
  <h2 id="list-name" class="unseen">{in_both("Statements found", "التصريحات التي عُثر عليها")}</h2>
  <p class="state" role="status"></p>
  <div class="offered" hidden><p>{in_both("Often quoted in this archive:", "الأكثر ورودًا في هذا الأرشيف:")}</p>
    <div class="names"></div></div>
  <div class="summary"></div>
  <div class="order" hidden>
    <span id="order-name" class="unseen">{in_both("Order", "الترتيب")}</span>
    <div class="switch" role="radiogroup" aria-labelledby="order-name">
      {_choice("order", "newest", "Newest first", "الأحدث أولًا", checked=True)}
      {_choice("order", "oldest", "Oldest first", "الأقدم أولًا")}</div>
    <span class="files"><a class="button" data-kind="json" download>JSON</a>
      <a class="button" data-kind="csv" download>CSV</a></span></div>
  <div class="rows"></div>
  <p class="more-rows"></p>
</section>
{SAID}
"""


def parts(desk: Desk) -> tuple[Part, ...]:  # noqa: ARG001 - a page is of a desk
    """Return the page's parts; its script asks `statement_routes` for the list."""
    return (Part("statements", STATEMENTS, (SAYING, STATIC / "statements.js")),)


PAGE = Page("statements", "Statements", "التصريحات", parts, statement_routes)
