"""Two verdicts on a citation: whether the quotation exists, and whether the cited runs support a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.lexicon import STOP_WORDS
from assistant.types import Support
from index.errors import QuestionError
from index.text import fold, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistant.types import Citation
    from index.types import Article

SUPPORTED, PARTIAL = 0.9, 0.5
"""Shares of a sentence's telling words that its citations must hold."""

SHORTEST, LONGEST = 2, 20_000
"""Code points that a quotation may have once folded."""


class Existence(StrEnum):
    """Whether a quotation stands in the archive."""

    VERBATIM = "verbatim"
    FOLDED = "folded"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: code points ``[start, end)`` of an article's text, and how exactly."""

    article: Article
    start: int
    end: int
    existence: Existence

    @property
    def quote(self) -> str:
        return self.article.text[self.start : self.end]


_EDGES = " \t\r\n\"'“”‘’«»„…"


def find_quotation(quotation: str, articles: Iterable[Article]) -> list[Place]:
    """Return every place where a quotation stands, verbatim ones first.

    A folded place differs from the quotation in diacritics, letter forms, digits, quotation marks or spacing only.
    Raises QuestionError where the quotation is empty, too long, or only marks.
    """
    quotation = quotation.strip(_EDGES)
    needle = fold_text(quotation).strip()
    if len(needle) < SHORTEST or not any(character.isalnum() for character in needle):
        message = "the quotation holds no word; give the words to look for"
        raise QuestionError(message)
    if len(needle) > LONGEST:
        message = f"the quotation has {len(needle):,} characters; the most is {LONGEST:,}"
        raise QuestionError(message)
    places = [place for article in articles for place in _places(quotation, needle, article)]
    return sorted(places, key=lambda place: place.existence is not Existence.VERBATIM)


def _places(quotation: str, needle: str, article: Article) -> Iterator[Place]:
    if needle not in fold_text(article.text):
        return
    folded = fold(article.text)
    pattern = re.compile(rf"(?<!\w){re.escape(needle)}(?!\w)")
    for match in pattern.finditer(folded.text):
        start, end = folded.origin(match.start(), match.end())
        verbatim = article.text[start:end] == quotation
        yield Place(article, start, end, Existence.VERBATIM if verbatim else Existence.FOLDED)


def supports(sentence: str, citations: Sequence[Citation]) -> Support:
    """Judge by words whether the cited runs, taken together, say what a sentence says.

    Every number of the sentence must stand in them; then the share of its telling words that do decides. Words are
    compared by stem, so a sentence in the other language than its citation is at best partial unless it quotes it.
    """
    given = {token.stem for citation in citations for token in tokens(citation.quote)}
    given |= {
        token.stem
        for citation in citations
        for token in tokens(f"{citation.speaker or ''} {citation.article.title or ''}")
    }
    said = [token for token in tokens(sentence) if token.text not in STOP_WORDS and token.text not in _FRAME]
    if not said or any(token.text[0].isdigit() and token.stem not in given for token in said):
        return Support.UNSUPPORTED
    share = sum(token.stem in given for token in said) / len(said)
    if share >= SUPPORTED:
        return Support.SUPPORTED
    return Support.PARTIAL if share >= PARTIAL else Support.UNSUPPORTED


_FRAME = frozenset({"article", "مقال"})
