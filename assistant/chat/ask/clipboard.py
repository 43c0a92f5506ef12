"""An answer as HTML to be pasted elsewhere, its citations as footnotes. Pure.

As text it is what `assistant.rendering.answers.answer_text` makes.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from assistant.rendering.answers import source_line, stated
from assistant.rendering.highlights import find_highlights, split_runs
from assistant.rendering.wording import ALSO, VERDICTS

if TYPE_CHECKING:
    from assistant.types import Answer, Sentence
    from index.types import Language


def answer_footnotes(answer: Answer) -> str:
    """Return an answer as paragraphs with ``[n]``, and where each citation is from: title, outlet, date and place.

    A declined question is its reason alone.
    """
    notes = "".join(f'<p dir="auto"><em>{escape(note)}</em></p>' for note in stated(answer))
    if answer.declined:
        return f'{notes}<p dir="auto"><em>{escape(answer.reason or "")}</em></p>'
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    paragraphs = "".join(
        f'<p dir="auto">{_sentence(sentence, answer.language)}'
        + "".join(f"<sup>[{numbers[citation]}]</sup>" for citation in sentence.citations)
        + "</p>"
        for sentence in answer.sentences
    )
    listed = "".join(
        f"<li>{escape(source_line(citation.article))} ({citation.start}–{citation.end})"
        + "".join(f"; {ALSO[answer.language]} {escape(source_line(other))}" for other in citation.also)
        + "</li>"
        for citation in answer.citations
    )
    direction = "rtl" if answer.language == "ar" else "ltr"
    return f'<div dir="{direction}" lang="{answer.language}">{notes}{paragraphs}<ol>{listed}</ol></div>'


def _sentence(sentence: Sentence, language: Language) -> str:
    text = sentence.text
    pieces = split_runs(0, len(text), find_highlights(sentence))
    written = "".join(
        f"<strong>{escape(text[start:end])}</strong>" if asked else escape(text[start:end])
        for start, end, asked in pieces
    )
    verdict = VERDICTS[language].get(sentence.support)
    return (f"<s>{written}</s>" if sentence.struck else written) + (f" ({verdict})" if verdict else "")
