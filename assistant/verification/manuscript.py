"""A text that is to be checked: its sentences and the quotations in them, without markup and lists of sources. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.verification.quotations import quotations_in
from index.sentences import sentences
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTED_WORDS = 3
"""Words from which what stands in quotation marks is a quotation; fewer are a title or a word held at a distance."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the text: as it reads without markup, its line, counted from 1, and what it quotes."""

    text: str
    line: int
    quotations: tuple[str, ...]


def read_claims(text: str) -> list[Claim]:
    """Return the sentences of a plain text or of Markdown in reading order.

    Left out are headings, tables, code, lists of sources, citation markers such as ``[1]``, questions, and sentences
    without a word. A block quotation is a quotation as a whole.
    """
    return [claim for paragraph in _paragraphs(text) for claim in _claims(paragraph)]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[str, ...]  # each without markup
    first: int  # the number of its first line
    quoted: bool
    flowing: bool  # whether its lines run on: those of a block quotation and of an item in a list


_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)")
_RULE = re.compile(r"\s{0,3}(?:[-=*_]\s*){3,}$")
_BLOCK_QUOTE = re.compile(r"\A(?:\s{0,3}>\s?)+")
_ITEM = re.compile(r"\A\s*(?:[-*+•–]|\d{1,3}[.)])\s+")
_TABLE = re.compile(r"\s*\|")
_REFERENCE = re.compile(r"\s*(?:\[\^?[\d٠-٩]+\]:?|【[\d٠-٩]+】)\s*\S")
_SOURCES = re.compile(
    r"\W*(?:sources?|references?|citations?|notes?|bibliography|works cited|المصادر|المراجع|مصادر|مراجع|الهوامش)\W*$",
    re.IGNORECASE,
)
"""A heading, or a line by itself, after which nothing but sources is listed."""


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Yield the runs of lines that hold prose; an item of a list is one by itself."""
    lines: list[str] = []
    first, quoted, listed, in_code, in_sources = 1, False, False, False, False
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        if _FENCE.match(raw):
            in_code = not in_code
        quotes = bool(_BLOCK_QUOTE.match(raw))
        line = _BLOCK_QUOTE.sub("", raw, count=1) if quotes else raw
        heading = bool(_HEADING.match(line))
        if heading or _SOURCES.match(line):
            in_sources = bool(_SOURCES.match(line.lstrip("# ")))
        item = bool(_ITEM.match(line))
        plain = not (in_code or in_sources or heading or _leaves_out(line))
        if lines and (not plain or item or quotes != quoted):
            yield _Paragraph(tuple(lines), first, quoted, flowing=quoted or listed)
            lines = []
        if plain:
            if not lines:
                first, quoted, listed = number, quotes, item
            lines.append(_without_markup(_ITEM.sub("", line, count=1)))


def _leaves_out(line: str) -> bool:
    return not line.strip() or any(form.match(line) for form in (_FENCE, _RULE, _TABLE, _REFERENCE, _SOURCES))


_INLINE = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\s*[\u2066-\u2068]?(?:\[\^?[\d٠-٩]+(?:\s*[-–,،]\s*[\d٠-٩]+)*\]|【[^】]*】)[\u2069]?"), ""),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*\\])\*(?=\S)([^*]+?)(?<![\s\\])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_\\])_(?=\S)([^_]+?)(?<![\s\\])_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]<>#&~|])"), r"\1"),
)


def _without_markup(line: str) -> str:
    for form, put in _INLINE:
        line = form.sub(put, line)
    return line.strip()


def _claims(paragraph: _Paragraph) -> Iterator[Claim]:
    text = (" " if paragraph.flowing else "\n").join(paragraph.lines)
    for start, end in sentences(text):
        sentence = text[start:end]
        if not any(word.text[0].isalnum() for word in tokens(sentence)) or sentence.rstrip("\"'”»’)").endswith(
            ("?", "؟")
        ):
            continue
        line = paragraph.first + (0 if paragraph.flowing else text.count("\n", 0, start))
        quotations = (sentence,) if paragraph.quoted else tuple(_quotations(sentence))
        yield Claim(" ".join(sentence.split()), line, quotations)


def _quotations(sentence: str) -> list[str]:
    return [quotation for quotation in quotations_in(sentence) if len(tokens(quotation)) >= QUOTED_WORDS]
