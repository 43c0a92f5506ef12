"""The two languages of the interface: which one a person reads, and texts that come in both."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection

    from index.types import Language

COOKIE = "isnad_language"
"""What the browser keeps of the choice between the languages."""


def in_both(english: str, arabic: str) -> str:
    """Text of a page that is the same for everyone, as HTML: the style sheet shows the language that is read."""
    return f'<span lang="en">{escape(english)}</span><span lang="ar">{escape(arabic)}</span>'


def words_of(pairs: Mapping[str, tuple[str, str]]) -> str:
    """Lines that a page's script says, by name, as hidden HTML: the script takes those of the language that is read."""
    spans = "".join(f'<span data-word="{name}">{in_both(*pair)}</span>' for name, pair in pairs.items())
    return f'<div class="words" hidden>{spans}</div>'


def isolated(words: str, **facts: object) -> str:
    """Fill a sentence in as HTML: each fact is escaped, and keeps its own direction within the sentence's."""
    return escape(words).format(**{name: f"<bdi>{escape(str(fact))}</bdi>" for name, fact in facts.items()})


def language_of(request: HTTPConnection) -> Language:
    """The language in which this person reads the interface: as chosen, else the browser's first, else English."""
    chosen = request.cookies.get(COOKIE) or request.headers.get("accept-language", "")
    return "ar" if re.match(r"ar\b", chosen, re.IGNORECASE) else "en"
