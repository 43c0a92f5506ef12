"""What every page has: the head with the way to the other pages, and the article beside the page's own column. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chat.interface import in_both

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fastapi import APIRouter

    from assistant.desk import Desk

STATIC = Path(__file__).parent / "static"
SAYING = STATIC / "words.js"
"""What says the lines of `interface.words_of`: the first script of a part that holds such lines."""

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
class Part:
    """A part of a page: its HTML, in an element of this id, and the scripts that are given it as `element`."""

    id: str
    html: str
    scripts: tuple[Path, ...] = ()


READING = Part("article", READER, (STATIC / "reader.js", STATIC / "glosses.js"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the application: where it is, what it is called, and the parts of its own column.

    `path` is what stands after the address, "" for the first page. `routes` are what the page asks for over HTTP,
    `styles` the style sheets of a page that lies in a layer above.
    """

    path: str
    english: str
    arabic: str
    parts: Callable[[Desk], Sequence[Part]]
    routes: Callable[[Desk], APIRouter] | None = None
    styles: tuple[Path, ...] = ()


def page_html(page: Page, pages: Sequence[Page], desk: Desk) -> str:
    """Return a page, and behind it the scripts that bring its parts to life, in their order."""
    parts = page.parts(desk)
    column = "".join(map(_laid_out, parts))
    return (
        f'<div id="masthead" class="part">{_head(page, pages)}</div>'
        f'<div id="workspace" class="page-{page.path or "ask"}"><div id="desk">{column}</div>'
        f'<div id="reading">{_laid_out(READING)}</div></div>'
        f"<script>{''.join(map(_started, (*parts, READING)))}</script>"
    )


def _laid_out(part: Part) -> str:
    return f'<div id="{part.id}" class="part">{part.html}</div>'


def _started(part: Part) -> str:
    scripts = "".join(script.read_text(encoding="utf-8") for script in part.scripts)
    return f'((element) => {{\n{scripts}\n}})(document.getElementById("{part.id}"));\n' if scripts else ""


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
