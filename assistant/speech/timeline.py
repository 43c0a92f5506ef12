"""Statements to JSON, to a table, and to a timeline for the terminal. Pure."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.rendering.answers import ISOLATE, POP, Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistant.speech.statement_search import Told

UNDATED = "no date"


def statements_json(told: Sequence[Told]) -> Json:
    """Return statements as the command line and the API print them; `start` and `end` delimit the words said."""
    return {"statements": [_statement_json(one) for one in told]}


def _statement_json(told: Told) -> Json:
    article, said = told
    start, end = said.words
    return {
        "article": article.id,
        "path": article.path,
        "speaker": said.speaker,
        "role": said.role,
        "verb": article.text[slice(*said.verb)] if said.verb else None,
        "stance": said.stance.value,
        "direct": said.direct,
        "start": start,
        "end": end,
        "text": article.text[start:end],
        "published": article.published.isoformat() if article.published else None,
        "said_on": said.said_on.isoformat() if said.said_on else None,
    }


COLUMNS = (
    *("day", "speaker", "role", "verb", "stance", "direct", "text", "source", "title", "path", "article"),
    *("start", "end", "published", "said_on"),
)


def statements_csv(told: Iterable[Told]) -> Iterator[str]:
    """Yield statements as the lines of a table, its heading first.

    It begins with a byte order mark, by which spreadsheets know UTF-8; what they would take for a formula is led by an
    apostrophe.
    """
    yield "\ufeff" + _csv_line(COLUMNS)
    for one in told:
        facts = _statement_json(one) | {"source": one.article.source or one.article.agency, "title": one.article.title}
        facts["day"] = one.day.isoformat() if one.day else None
        yield _csv_line([_cell(facts[name]) for name in COLUMNS])


def _csv_line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(fact: object) -> str:
    text = "" if fact is None else str(fact)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def statements_text(told: Sequence[Told]) -> str:
    """Return statements as a timeline, a heading for each day."""
    if not told:
        return "no statement"
    days = []
    for day, group in groupby(told, key=lambda one: one.day):
        days.append("\n".join([day.isoformat() if day else UNDATED, *map(_line, group)]))
    return "\n\n".join(days)


def _line(told: Told) -> str:
    article, said = told
    start, end = said.words
    words = " ".join(article.text[start:end].split())
    marks = ("“", "”") if said.direct else ("", "")
    role = f" ({_isolated(said.role)})" if said.role and said.role not in said.speaker else ""
    told_by = f"{_isolated(said.speaker)}{role} · {said.stance.value}: {_isolated(marks[0] + words + marks[1])}"
    return f"  {told_by}\n    {_isolated(article.title or article.path)} · {article.path} · {start}–{end}"


def _isolated(words: str) -> str:
    return f"{ISOLATE}{' '.join(words.split())}{POP}"
