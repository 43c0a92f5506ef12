"""One turn of the conversation as HTML: a question and its answer, decline or error. Pure.

Its numbers name the places in articles that they open; the articles themselves stay on the server. The words of a turn
are in the language of its answer, those of its buttons in both, as all the page's.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from assistant.chat.ask.clipboard import answer_footnotes
from assistant.chat.interface import in_both
from assistant.chat.messages import MESSAGES
from assistant.chat.reader.article import Run, RunKind, article_label, chip_html
from assistant.rendering.answers import answer_text, stated
from assistant.rendering.highlights import find_highlights, split_runs
from assistant.rendering.wording import ALSO, DRAFT, UNDERSTOOD, VERDICTS
from assistant.types import Support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.types import Answer, Citation, Sentence
    from index.types import Article, Language

OPENING = re.compile(r"[“”\"«»‘’']*\Z")
CLOSING = re.compile(r"\A[“”\"«»‘’']*[.،,;؛:]?\s*")
"""What belongs to a quotation from the words around it."""
THUMB = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2.5 9h3v8h-3zM5.5 9.5 9 2.6c1.3 0 2.2.9 2 2.3L10.5 8h5.2'
    'c1 0 1.7.9 1.5 1.9l-1.2 5.6c-.2.9-.9 1.5-1.8 1.5H5.5"/></svg>'
)
"""A thumb up; the style sheet turns it down."""
SHOWN_QUESTION = 400
"""Code points of a question that its turn repeats; a longer one is cut, with its length."""


def pending_html(question: str, language: Language, draft: str = "", *, opening: bool = False) -> str:
    """A question that has no answer yet, with what a language model has written so far, which nothing has verified.

    With it comes, hidden, what to say if there never will be an answer: because of a fault, or as it was stopped.
    """
    words = MESSAGES[language]
    written = f'<p class="draft" dir="auto">{escape(draft)}</p>' if draft else ""
    doing = DRAFT[language] if draft else words.opening if opening else words.searching
    return _turn(
        question,
        language,
        f'<div class="pending"><p>{escape(doing)}</p>{written}</div>'
        f'<div class="fault" hidden>{_error(words.error, words.failed)}</div>'
        f'<p class="stopped" hidden>{escape(words.stopped)}</p>',
        _tools(),
    )


def error_html(question: str, language: Language, message: str) -> str:
    """A question that could not be asked, and why, in one line."""
    return _turn(question, language, _error(MESSAGES[language].error, message), _tools())


def answer_html(answer: Answer) -> str:
    """A question with its answer, or with the reason why there is none and the nearest passages."""
    notes = "".join(f'<p class="note" dir="auto">{escape(note)}</p>' for note in stated(answer))
    body = _declined(answer) if answer.declined else _answered(answer)
    return _turn(answer.question, answer.language, _understood(answer) + notes + body, _tools(answer))


def _understood(answer: Answer) -> str:
    """How a follow-up question was understood."""
    if answer.understood is None:
        return ""
    return f'<p class="understood">{escape(UNDERSTOOD[answer.language])} <bdi>{escape(answer.understood)}</bdi></p>'


def _turn(question: str, language: Language, body: str, tools: str) -> str:
    whole = escape(question)
    if len(question) > SHOWN_QUESTION:
        question = MESSAGES[language].too_long.format(start=question[:SHOWN_QUESTION], length=len(question))
    return (
        f'<article class="turn chip-group" data-question="{whole}">'
        f'<h2 class="question" dir="auto">{escape(question)}</h2>'
        f'<div class="reply" lang="{language}" dir="{MESSAGES[language].direction}">{body}</div>{tools}</article>'
    )


def _tools(answer: Answer | None = None) -> str:
    """What can be done with a turn, in the interface's language: asked again, edited; an answer copied and judged."""
    again = _button("retry", "Ask again", "أعد السؤال") + _button("edit", "Edit", "عدّل السؤال")
    if answer is None:
        return f'<div class="tools">{again}</div>'
    copied = f' data-text="{escape(answer_text(answer))}" data-html="{escape(answer_footnotes(answer))}"'
    return (
        f'<div class="tools">{_button("copy", "Copy", "انسخ", copied)}{again}<span class="opinion">'
        f"{_thumb('up', 'A good answer', 'جواب جيد')}{_thumb('down', 'A bad answer', 'جواب سيئ')}</span></div>"
    )


def _button(action: str, english: str, arabic: str, attributes: str = "") -> str:
    return f'<button type="button" class="tool" data-do="{action}"{attributes}>{in_both(english, arabic)}</button>'


def _thumb(verdict: str, english: str, arabic: str) -> str:
    return (
        f'<button type="button" class="tool thumb" data-do="judge" data-verdict="{verdict}" aria-pressed="false">'
        f'{THUMB}<span class="unseen">{in_both(english, arabic)}</span></button>'
    )


def _error(heading: str, message: str) -> str:
    return f'<div class="error" role="alert"><h3>{escape(heading)}</h3><p dir="auto">{escape(message)}</p></div>'


def _answered(answer: Answer) -> str:
    words = MESSAGES[answer.language]
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    chips = {
        citation: chip_html(
            RunKind.CITATION,
            Run(number, citation.start, citation.end, citation.highlights),
            citation.article,
            answer.language,
            citation.speaker,
        )
        for citation, number in numbers.items()
    }
    supported = sum(sentence.support is Support.SUPPORTED for sentence in answer.sentences)
    badge = words.supported_one if len(answer.sentences) == 1 else words.supported
    verdict = words.verdict.format(citations=len(numbers), seconds=answer.seconds)
    sources = "".join(
        f'<li class="source">{_source(article)}'
        f'<span class="chips">{"".join(chips[c] for c in numbers if c.article == article)}</span></li>'
        + _also([c for c in numbers if c.article == article], answer.language)
        for article in dict.fromkeys(c.article for c in numbers)
    )
    return (
        f'<div class="answer">{"".join(_sentence(sentence, chips, answer.language) for sentence in answer.sentences)}'
        f'</div><section class="sources"><h3>{escape(words.sources)}</h3><ul>{sources}</ul></section>'
        '<details class="audit"><summary>'
        f'<span class="support {"supported" if supported == len(answer.sentences) else "partial"}">'
        f"{escape(badge.format(supported=supported, sentences=len(answer.sentences)))}</span> "
        f'<span class="verdict">{escape(verdict)}</span></summary><div class="findings"></div></details>'
    )


def _declined(answer: Answer) -> str:
    words = MESSAGES[answer.language]
    passages = [hit.passage for hit in answer.passages]
    nearest = "".join(
        f"<li>{chip_html(RunKind.PASSAGE, Run(number, p.start, p.end), p.article, answer.language)}"
        f'<div><p class="source">{_source(p.article)}</p>'
        f'<p class="excerpt" dir="auto" lang="{p.article.language}">{escape(p.text)}</p></div></li>'
        for number, p in enumerate(passages, 1)
    )
    listed = f'<h4>{escape(words.nearest)}</h4><ol class="nearest">{nearest}</ol>' if passages else ""
    return (
        f'<div class="declined"><h3>{escape(words.declined)}</h3><p dir="auto">{escape(answer.reason or "")}</p>'
        f"{listed}</div>"
    )


def _sentence(sentence: Sentence, chips: dict[Citation, str], language: Language) -> str:
    badge = VERDICTS[language].get(sentence.support)
    end = f'<span class="chips">{"".join(chips[citation] for citation in sentence.citations)}</span>' + (
        f' <bdi class="badge {sentence.support}">{escape(badge)}</bdi>' if badge else ""
    )
    pieces, highlights = paragraphs_of(sentence), find_highlights(sentence)
    last = len(pieces) - 1
    opening, closing = ("<s>", "</s>") if sentence.struck else ("", "")
    return (
        '<div class="sentence">'
        + "".join(
            f'<{tag} dir="auto">{opening}{_marked(sentence.text, start, stop, highlights)}{closing}'
            f"{end if place == last else ''}</{tag}>"
            for place, (tag, start, stop) in enumerate(pieces)
        )
        + "</div>"
    )


def _marked(text: str, start: int, end: int, highlights: Sequence[tuple[int, int]]) -> str:
    """A stretch of a sentence with what was asked for marked in it."""
    return "".join(
        f'<mark class="asked">{escape(text[first:last])}</mark>' if asked else escape(text[first:last])
        for first, last, asked in split_runs(start, end, highlights)
    )


def paragraphs_of(sentence: Sentence) -> list[tuple[str, int, int]]:
    """A sentence as paragraphs, each a tag and a run of its text; a quotation in the other direction stands apart.

    Run together, the lines of the one would be set in the direction of the other.
    """
    whole, position = sentence.text, 0
    pieces: list[tuple[str, int, int]] = []
    for citation in sentence.citations:
        text = whole[position:]
        quote = " ".join(citation.quote.split())
        before, found, after = text.partition(quote if quote in text else citation.quote)
        if not found or {_direction(before), _direction(after)} <= {_direction(found), None}:
            continue
        lead, tail = OPENING.sub("", before), CLOSING.sub("", after)
        end = len(whole) - len(tail)
        if lead:
            pieces.append(("p", position, position + len(lead)))
        pieces.append(("blockquote", position + len(lead), end))
        position = end
    if position < len(whole):
        pieces.append(("p", position, len(whole)))
    return pieces


def _direction(text: str) -> str | None:
    """The direction of the first letter, as `dir="auto"` finds it; None where there is no letter."""
    return next((kind.replace("AL", "R") for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), None)


def _also(citations: Sequence[Citation], language: Language) -> str:
    """The other articles that print the words of an article's citations, under that article."""
    others = dict.fromkeys(other for citation in citations for other in citation.also)
    return "".join(f'<li class="source also"><span>{ALSO[language]}</span>{_source(other)}</li>' for other in others)


def _source(article: Article) -> str:
    facts = [article.source or article.agency, article.published and article.published.isoformat()]
    return f'<bdi class="name">{escape(article_label(article))}</bdi>' + "".join(
        f'<bdi class="fact">{escape(fact)}</bdi>' for fact in facts if fact
    )
