"""What a cited speaker says elsewhere in the archive, as HTML: a line a statement, with what opens it. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from assistant.chat.messages import MESSAGES
from assistant.chat.reader.article import Run, RunKind, chip_html
from assistant.chat.reader.messages import READER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.speech.statement_search import Told
    from index.statement import Statement
    from index.types import Language


def said_at(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The statement of an article that shares most with a run of it; None where none shares anything."""
    shared = [(min(end, said.end) - max(start, said.start), said) for said in statements]
    return max((one for one in shared if one[0] > 0), key=lambda one: one[0], default=(0, None))[1]


def other_statements_html(told: Sequence[Told], speaker: str, language: Language) -> str:
    """Other statements of a speaker, in the order given; nothing where there are none."""
    if not told:
        return ""
    heading = escape(READER[language].said).replace("{speaker}", f"<bdi>{escape(' '.join(speaker.split()))}</bdi>")
    items = "".join(_item(one, number, language) for number, one in enumerate(told, 1))
    direction = MESSAGES[language].direction
    return f'<div class="chip-group" lang="{language}" dir="{direction}"><h3>{heading}</h3><ol>{items}</ol></div>'


def _item(told: Told, number: int, language: Language) -> str:
    article, said = told
    words = MESSAGES[language]
    chip = chip_html(RunKind.CITATION, Run(number, said.start, said.end), article, language, said.speaker)
    day = f"<time>{told.day.isoformat()}</time>" if told.day else escape(words.no_date)
    outlet = escape(article.source or article.agency or words.no_outlet)
    text = escape(" ".join(article.text[slice(*said.words)].split()))
    return (
        f'<li>{chip}<div><p class="fact">{day} · <bdi>{outlet}</bdi></p>'
        f'<p class="words" dir="auto" lang="{article.language}">{text}</p></div></li>'
    )
