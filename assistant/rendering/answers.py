"""Answers, hits and articles to JSON objects and terminal text. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from assistant.rendering.wording import ALSO, NEAREST, UNDERSTOOD, VERDICTS, name_filters, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.types import Answer, Citation, Narrowed, Sentence
    from index.types import Article, Hit, Language

Json = dict[str, object]

ISOLATE, POP = "\u2068", "\u2069"
"""First strong isolate and its end: they keep "[1]" in place within text of the other direction."""

NEAREST_SHOWN = 3
"""Passages that are shown of a declined question."""


def json_text(value: object) -> str:
    """Return an object as JSON, in the letters that it is written in."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def answer_json(answer: Answer) -> Json:
    """Return an answer as the command line and the API print it."""
    numbers = _numbers(answer)
    return {
        "question": answer.question,
        "understood": answer.understood,
        "language": answer.language,
        "declined": answer.declined,
        "reason": answer.reason,
        "notes": list(answer.notes),
        "filters": _filters_json(answer.narrowed) if answer.narrowed else None,
        "sentences": [
            {
                "text": sentence.text,
                "citations": [numbers[citation] for citation in sentence.citations],
                "support": sentence.support.value,
            }
            for sentence in answer.sentences
        ],
        "citations": [_citation_json(number, citation) for citation, number in numbers.items()],
        "passages": [
            {
                "article": hit.passage.article.id,
                "path": hit.passage.article.path,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 4),
            }
            for hit in answer.passages
        ],
        "seconds": round(answer.seconds, 4),
    }


def _filters_json(narrowed: Narrowed) -> Json:
    filters = narrowed.filters
    return {
        "from": filters.published_from.isoformat() if filters.published_from else None,
        "to": filters.published_to.isoformat() if filters.published_to else None,
        "source": names_of(filters.source) or None,
        "language": filters.language,
        "author": names_of(filters.author) or None,
        "speaker": narrowed.speaker,
        "from_question": narrowed.from_question,
    }


def _citation_json(number: int, citation: Citation) -> Json:
    article = citation.article
    return {
        "n": number,
        "article": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "published": _date(article),
        "language": article.language,
        "speaker": citation.speaker,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "highlights": [[start, end] for start, end in citation.highlights],
        "dates": [{"start": one.start, "end": one.end, "date": one.day.isoformat()} for one in citation.resolved],
        "also": [
            {"article": other.id, "path": other.path, "title": other.title, "source": other.source}
            for other in citation.also
        ],
    }


def hits_json(query: str, hits: Iterable[Hit]) -> Json:
    """Return the result of a search."""
    return {
        "query": query,
        "hits": [
            {
                "article": hit.passage.article.id,
                "path": hit.passage.article.path,
                "title": hit.passage.article.title,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "text": hit.passage.text,
                "score": round(hit.score, 4),
            }
            for hit in hits
        ],
    }


def article_json(article: Article, *, with_text: bool) -> Json:
    """Return an article's facts, and with them the text that offsets count into where asked for."""
    facts: Json = {
        "article": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "published": _date(article),
        "agency": article.agency,
        "dateline": article.dateline,
        "language": article.language,
    }
    if with_text:
        facts["text"] = article.text
        facts["spans"] = [{"start": span.start, "end": span.end, "kind": span.kind.value} for span in article.spans]
    return facts


def place_json(article: Article, start: int, end: int) -> Json:
    """Return a run of an article as other libraries keep it beside the run's text."""
    return {
        "article": article.id,
        "path": article.path,
        "title": article.title,
        "source": article.source or article.agency,
        "published": _date(article),
        "start": start,
        "end": end,
    }


def articles_json(articles: Iterable[Article], total: int) -> Json:
    """Return a list of articles, all or a part of so many."""
    return {"total": total, "articles": [article_json(article, with_text=False) for article in articles]}


def _date(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


_DIRECTING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that set the direction of what follows; an article's own would upset the lines around them."""


def on_one_line(text: str) -> str:
    """Return a text with one space for each run of white space, and without what sets the direction of text."""
    return re.sub(r"\s+", " ", _DIRECTING.sub("", text))


def is_right_to_left(text: str) -> bool:
    """Tell whether a text holds letters that are written from right to left."""
    return any(bidirectional(character) in ("R", "AL") for character in text)


def source_line(article: Article) -> str:
    """Return where a citation comes from, in one line: title, outlet or agency, date, path."""
    facts = (article.title, article.source or article.agency, _date(article), article.path)
    lines = [on_one_line(fact) for fact in facts if fact]
    return " · ".join(f"{ISOLATE}{line}{POP}" if is_right_to_left(line) else line for line in lines)


def answer_text(answer: Answer) -> str:
    """Return an answer for a terminal: sentences with their numbers, then the citations; or why it is declined.

    The first line says how a follow-up question was understood, the next which articles were searched where these were
    not all; what there is to note comes after that.
    """
    if answer.understood:
        line = f"{UNDERSTOOD[answer.language]} {ISOLATE}{on_one_line(answer.understood)}{POP}"
        return f"{line}\n\n{answer_text(replace(answer, understood=None))}"
    notes = [line for note in stated(answer) for line in (on_one_line(note), "")]
    if answer.declined:
        passages = [hit.passage for hit in answer.passages[:NEAREST_SHOWN]]
        nearest = [f"  · {shortened(passage.text)}\n    {source_line(passage.article)}" for passage in passages]
        return "\n".join(
            [*notes, on_one_line(answer.reason or ""), *(["", NEAREST[answer.language]] if nearest else []), *nearest]
        )
    numbers = _numbers(answer)
    lines = notes
    for sentence in answer.sentences:
        marks = " ".join(f"{ISOLATE}[{numbers[citation]}]{POP}" for citation in sentence.citations)
        lines += [" ".join(filter(None, (_sentence_line(sentence), marks, verdict(sentence, answer.language)))), ""]
    for citation, number in numbers.items():
        lines.append(f"[{number}] {source_line(citation.article)} · {citation.start}–{citation.end}")
        lines += [f"    {ALSO[answer.language]} {source_line(other)}" for other in citation.also]
    return "\n".join(lines)


def stated(answer: Answer) -> tuple[str, ...]:
    """Return what is said before an answer: which articles were searched where these were not all, and the notes."""
    narrowed = name_filters(answer.narrowed, answer.language) if answer.narrowed else ""
    return (*filter(None, (narrowed,)), *answer.notes)


def _numbers(answer: Answer) -> dict[Citation, int]:
    return {citation: number for number, citation in enumerate(answer.citations, 1)}


def _sentence_line(sentence: Sentence) -> str:
    """Return a sentence on one line, a quotation in it kept apart from words of the other direction."""
    text, line, position = sentence.text, "", 0
    for start, end in isolated_runs(sentence):
        line += f"{on_one_line(text[position:start])}{ISOLATE}{on_one_line(text[start:end])}{POP}"
        position = end
    return line + on_one_line(text[position:])


def isolated_runs(sentence: Sentence) -> list[tuple[int, int]]:
    """Return where the quotations of a sentence stand that has letters written from right to left, else nothing."""
    runs: list[tuple[int, int]] = []
    position = 0
    for citation in sentence.citations if is_right_to_left(sentence.text) else ():
        start = sentence.text.find(citation.quote, position)
        if start >= 0:
            position = start + len(citation.quote)
            runs.append((start, position))
    return runs


def verdict(sentence: Sentence, language: Language) -> str:
    """Return the verdict on a sentence in brackets, where its citations do not support it as a whole."""
    said = VERDICTS[language].get(sentence.support)
    return f"({said})" if said else ""


def shortened(text: str, length: int = 160) -> str:
    """Return a text on one line, cut after a word where it is longer."""
    line = on_one_line(text).strip()
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def hits_text(hits: Iterable[Hit], *, whole: bool = False) -> str:
    """Return the result of a search for a terminal, or a line that says there is none.

    Long passages are cut, unless they are asked for as a `whole`.
    """
    lines = [
        f"{number}. {source_line(hit.passage.article)} · {hit.passage.start}–{hit.passage.end} · {hit.score:.2f}\n"
        f"   {on_one_line(hit.passage.text).strip() if whole else shortened(hit.passage.text, 300)}"
        for number, hit in enumerate(hits, 1)
    ]
    return "\n".join(lines) or "nothing found"


def article_text(article: Article) -> str:
    """Return an article for a terminal: its facts, then its text."""
    facts = {name: value for name, value in article_json(article, with_text=False).items() if value is not None}
    lines = [f"{name:<10} {on_one_line(str(value))}" for name, value in facts.items()]
    return "\n".join([*lines, "", article.text])
