"""What every page has: the head with the way to the other pages, and the article beside the page's own column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from assistant.chat.interface import in_both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import APIRouter

    from assistant.chat.interface import Labels
    from assistant.desk import Desk

STATIC = Path(__file__).parent / "static"
READER_SCRIPTS = ("reader.js", "glosses.js")
CURRENT = ' aria-current="page"'
READER = f"""
<section id="reader" tabindex="0" aria-labelledby="reader-name">
  <h2 id="reader-name" class="unseen">{in_both("Article", "المقال")}</h2>
  <div class="opened"></div>
  <div class="empty"><p>{in_both("The article opens here.", "يُفتح المقال هنا.")}</p></div>
</section>
<p id="opened" role="status" class="unseen"></p>
"""
"""The article that is open; `reader.js` asks the server for it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the application: where it is, what it is called, and what lays its own column out.

    `path` is what stands after the address, "" for the first page. `lay_out` is called within the column. `routes` are
    what the page asks for over HTTP, `styles` the style sheets of a page that lies in a layer above.
    """

    path: str
    english: str
    arabic: str
    lay_out: Callable[[Desk, Labels], None]
    routes: Callable[[Desk], APIRouter] | None = None
    styles: tuple[Path, ...] = ()


def lay_out(page: Page, pages: Sequence[Page], desk: Desk, labels: Labels) -> None:
    """Lay out a page inside the current `gr.Blocks`."""
    gr.HTML(_head(page, pages), elem_id="masthead", apply_default_css=False, js_on_load=None)
    with gr.Row(elem_id="workspace", elem_classes=f"page-{page.path or 'ask'}"):
        with gr.Column(elem_id="desk"):
            page.lay_out(desk, labels)
        with gr.Column(elem_id="reading"):
            gr.HTML(
                html_template=READER,
                js_on_load="".join((STATIC / name).read_text(encoding="utf-8") for name in READER_SCRIPTS),
                apply_default_css=False,
            )


def _head(page: Page, pages: Sequence[Page]) -> str:
    links = "".join(
        f'<a href="./{other.path}"{CURRENT if other is page else ""}>{in_both(other.english, other.arabic)}</a>'
        for other in pages
    )
    return (
        f'<a class="skip" href="./{page.path}#desk">{in_both("Skip to the page", "انتقل إلى الصفحة")}</a>'
        '<h1>Isnad <span lang="ar" class="name">إسناد</span></h1>'
        f"<nav>{links}</nav>"
        '<form method="post" action="./logout" class="sign-out">'
        f'<button type="submit">{in_both("Sign out", "تسجيل الخروج")}</button></form>'
        '<p class="languages">'
        '<a href="./language/ar" lang="ar" hreflang="ar" class="to-arabic">العربية</a>'
        '<a href="./language/en" lang="en" hreflang="en" class="to-english">English</a></p>'
    )
