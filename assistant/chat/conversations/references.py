"""Cited articles as entries of a bibliography, RIS and BibTeX, each with its quotations. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.chat.conversations.store import KeptTurn


@dataclass(frozen=True, slots=True)
class Reference:
    """An article that was cited, and what was cited of it.

    `facts` are those of `assistant.rendering.answers.article_json`; `citations` are as ``isnad ask --json`` prints
    them, in the order of the text, each run once.
    """

    facts: dict[str, Any]
    citations: tuple[dict[str, Any], ...]

    @property
    def title(self) -> str:
        """Its title, or the name of its file where the page states none."""
        return str(self.facts["title"] or PurePath(self.facts["path"]).name)

    @property
    def outlet(self) -> str:
        """Who published it; empty where the page states no one."""
        return str(self.facts["source"] or self.facts["agency"] or "")

    @property
    def notes(self) -> list[str]:
        """Every quotation with its place in the text, in code points, and its speaker."""
        return [
            f"Characters {one['start']}-{one['end']}"
            + (f", {one['speaker']}" if one["speaker"] else "")
            + f": “{one['quote']}”"
            for one in self.citations
        ]


def references(turns: Iterable[KeptTurn]) -> list[Reference]:
    """Return the articles that turns cite, in the order of first citation."""
    facts: dict[str, dict[str, Any]] = {}
    runs: dict[str, dict[tuple[int, int], dict[str, Any]]] = {}
    for turn in turns:
        cited: Any = turn.answer["citations"]
        for one in cited:
            facts.setdefault(one["article"], turn.articles[one["article"]])
            runs.setdefault(one["article"], {}).setdefault((one["start"], one["end"]), one)
    return [Reference(facts[id], tuple(run for _, run in sorted(found.items()))) for id, found in runs.items()]


def ris(cited: Sequence[Reference]) -> str:
    """Return the entries in RIS: type NEWS, one tag a line, lines that end as the format asks.

    A byline is left whole, as the format's surname first cannot be told in it.
    """
    return "".join(f"{tag}  - {_line(value)}\r\n" for one in cited for tag, value in _tags(one))


def _tags(one: Reference) -> Iterable[tuple[str, str]]:
    facts = one.facts
    yield "TY", "NEWS"
    yield "TI", one.title
    if facts["author"]:
        yield "AU", facts["author"].replace("*", " ")  # which the format forbids here
    if one.outlet:
        yield "T2", one.outlet.replace("*", " ")
    if facts["published"]:
        year, month, day = facts["published"].split("-")
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}"
    if facts["url"]:
        yield "UR", facts["url"]
    yield "LA", facts["language"]
    yield "DB", "Isnad"
    yield "AN", facts["article"]
    for note in (f"Archived from {facts['path']}", *one.notes):
        yield "N1", note
    yield "ER", ""


def bibtex(cited: Sequence[Reference]) -> str:
    """Return the entries in BibTeX: @article of an outlet, @misc where none is stated; Arabic stays as it is."""
    return "\n".join(
        f"@{'article' if one.outlet else 'misc'}{{{_key(one)},\n"
        + "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(one))
        + "}\n"
        for one in cited
    )


def _key(one: Reference) -> str:
    year = (one.facts["published"] or "")[:4]
    return f"isnad{year}-{sha256(one.facts['article'].encode()).hexdigest()[:10]}"


def _fields(one: Reference) -> Iterable[tuple[str, str]]:
    facts = one.facts
    yield "title", f"{{{_escaped(one.title)}}}"  # twice in braces: letters keep their case, a byline is one name
    if facts["author"]:
        yield "author", f"{{{_escaped(facts['author'])}}}"
    if one.outlet:
        yield "journal", _escaped(one.outlet)
    else:
        yield "howpublished", _escaped(facts["path"])
    if facts["published"]:
        year, month, day = facts["published"].split("-")
        yield "year", year
        yield "month", str(int(month))
        yield "day", str(int(day))
        yield "date", facts["published"]
    if facts["url"]:
        yield "url", _URL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), facts["url"])
    yield "language", {"ar": "arabic", "en": "english"}[facts["language"]]
    yield "note", _escaped("; ".join((f"Archived from {facts['path']}", *one.notes)))


_URL = re.compile(r"[\\{}\s\"<>^`|]")
"""What an address may not hold, and would upset the braces around it."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # not \{, since BibTeX counts braces without a look at what stands before them
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in _line(text))


def _line(text: str) -> str:
    """A text on one line, without control characters and those that set the direction of what follows."""
    kept = (" " if character.isspace() else character for character in text)
    visible = "".join(one for one in kept if unicodedata.category(one) not in ("Cc", "Cs") and one not in _DIRECTING)
    return " ".join(visible.split())


_DIRECTING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
