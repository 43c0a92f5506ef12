"""What the page for asking has for keeping conversations: a bar above the one that is open, and the list of all."""

from __future__ import annotations

from assistant.chat.conversations.exports import FORMATS
from assistant.chat.frame import STATIC, Part
from assistant.chat.interface import in_both

FILES = "".join(f'<li><a download data-format="{name}">{kind.name}</a></li>' for name, kind in FORMATS.items())
BAR = f"""
<div class="kept-bar">
  <button type="button" class="quiet list-opener" aria-haspopup="dialog">{
    in_both("Conversations", "المحادثات")
}</button>
  <p class="current" dir="auto"></p>
  <p class="unkept-note" hidden>{in_both("Not kept", "لا تُحفظ")}</p>
  <button type="button" class="quiet begin" hidden>{in_both("New conversation", "محادثة جديدة")}</button>
  <details class="pop share" hidden>
    <summary>{in_both("Share", "مشاركة")}</summary>
    <div class="panel">
      <p>{
    in_both(
        "Whoever can open this page and has the link reads this conversation, also what is asked later. They cannot"
        " change it.",
        "يستطيع كل من لديه الرابط ويمكنه فتح هذه الصفحة أن يقرأ هذه المحادثة وما يُضاف إليها لاحقًا، من دون أن يغيّر"
        " فيها شيئًا.",
    )
}</p>
      <button type="button" class="firm make-link">{in_both("Make a link", "أنشئ رابطًا")}</button>
      <div class="linked" hidden>
        <input type="text" readonly dir="ltr" aria-labelledby="link-name">
        <span id="link-name" class="unseen">{in_both("Link", "الرابط")}</span>
        <button type="button" class="firm copy-link">{in_both("Copy the link", "انسخ الرابط")}</button>
        <button type="button" class="quiet stop-sharing">{in_both("Stop sharing", "أوقف المشاركة")}</button>
      </div>
    </div>
  </details>
  <details class="pop export" hidden>
    <summary>{in_both("Export", "تصدير")}</summary>
    <div class="panel"><ul>{FILES}</ul></div>
  </details>
</div>
<p class="shared-note">{
    in_both(
        "A conversation that was shared with you, to be read only.",
        "محادثة شاركها معك شخص آخر، للقراءة فقط.",
    )
}</p>
<p class="kept-told" role="status"></p>
<aside class="kept-aside" aria-labelledby="kept-name">
  <div class="kept-list">
    <header>
      <h2 id="kept-name">{in_both("Conversations", "المحادثات")}</h2>
      <button type="button" class="quiet begin">{in_both("New", "جديدة")}</button>
      <button type="button" class="icon close"><span class="unseen">{in_both("Close", "أغلق")}</span>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8"/></svg></button>
    </header>
    <label class="unseen" for="kept-words">{in_both("Search the conversations", "ابحث في المحادثات")}</label>
    <input type="search" id="kept-words" dir="auto" maxlength="200" autocomplete="off">
    <div class="days"></div>
  </div>
</aside>
<dialog class="kept-dialog" aria-labelledby="kept-name"></dialog>
"""


KEPT = Part("kept", BAR, (STATIC / "conversations.js",))
"""It stands at the head of the column."""
