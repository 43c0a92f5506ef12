"""The page of the archive: its articles in a list, what it holds, and files to be added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.chat.archive.routes import archive_routes
from assistant.chat.frame import STATIC, Page, Part
from assistant.chat.interface import in_both
from assistant.holdings.intake import MOST_BYTES, MOST_FILES
from index.reading import FORMATS

if TYPE_CHECKING:
    from assistant.desk import Desk

HINT = (
    f"{', '.join(FORMATS)}, also packed as gz, xz or zst; at most {MOST_FILES:,} files and {MOST_BYTES // 2**20} MB at"
    " once. A file takes the place of one that was uploaded under the same name.",
    f"الصيغ: {'، '.join(FORMATS)}، ومضغوطة أيضًا بصيغة gz أو xz أو zst؛ وفي المرة الواحدة {MOST_FILES:,} ملف و"
    f"{MOST_BYTES // 2**20} ميغابايت على الأكثر. يحلّ الملف محلّ ملف سبق رفعه بالاسم نفسه.",
)
LEAD = (
    "The articles that answers and verdicts cite: find one, and open it.",
    "المقالات التي تستشهد بها الأجوبة والأحكام: ابحث عن مقال وافتحه.",
)
UPLOAD = f"""
<details class="add">
  <summary>{in_both("Add files", "أضف ملفات")}</summary>
  <form class="upload">
    <label class="file"><input type="file" name="file" class="unseen" multiple>
      <span class="button">{in_both("Choose files…", "اختر الملفات…")}</span> <bdi class="chosen"></bdi></label>
    <label><span>{in_both("Outlet, where all come from one", "المصدر، إن كانت كلها من مصدر واحد")}</span>
      <input name="source" dir="auto" maxlength="200"></label>
    <p class="hint">{in_both(*HINT)}</p>
    <p class="problem" role="alert"></p>
    <div class="actions"><button type="submit" class="primary">{in_both("Upload", "ارفع")}</button></div>
    <progress class="sending" max="1" value="0" hidden></progress>
  </form>
  <div class="taken" role="status"></div>
</details>
"""
REMOVE = f"""
<div class="removal" hidden>
  <p><bdi class="selected"></bdi> {in_both("selected", "محدَّد")}</p>
  <button type="button" class="remove">{in_both("Remove…", "احذف…")}</button>
</div>
<dialog class="confirm" aria-labelledby="confirm-name">
  <h2 id="confirm-name">{in_both("Remove from the archive?", "حذف من الأرشيف؟")}</h2>
  <p>{
    in_both(
        "These articles go, and with them what they say in future answers. Their files stay where they are.",
        "ستُحذف هذه المقالات ولن يُستشهد بها بعد الآن. أما ملفاتها فتبقى في مكانها.",
    )
}</p>
  <ul></ul>
  <p class="problem" role="alert"></p>
  <form method="dialog"><button value="keep" autofocus>{in_both("Keep", "أبقِها")}</button>
    <button value="remove" class="danger">{in_both("Remove", "احذف")}</button></form>
</dialog>
"""
CATALOGUE = """
<h2 id="archive-name" class="page-name">{name}</h2>
<p class="lead">{lead}</p>
<section class="catalogue" aria-labelledby="archive-name" data-most-files="{files}" data-most-bytes="{size}">
  {upload}
  <div class="narrowing"></div>
  <p class="problem" role="alert"></p>
  <details class="figures"><summary>{figures}</summary><div class="plots"></div><div class="held"></div></details>
  {remove}
  <div class="listing" aria-live="polite" aria-busy="true"></div>
</section>
"""


def parts(desk: Desk) -> tuple[Part, ...]:
    """Return the page's parts; what is in them comes over `archive_routes`."""
    edits = desk.page_intake is not None
    html = CATALOGUE.format(
        name=in_both("Archive", "الأرشيف"),
        lead=in_both(*LEAD),
        figures=in_both("Figures and facts", "أرقام وحقائق"),
        files=MOST_FILES,
        size=MOST_BYTES,
        upload=UPLOAD if edits else "",
        remove=REMOVE if edits else "",
    )
    return (Part("catalogue", html, (STATIC / "archive.js",)),)


PAGE = Page("archive", "Archive", "الأرشيف", parts, archive_routes)
