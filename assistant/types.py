"""An answer and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.question import Question
    from index.types import Article, Hit, Language


class Support(StrEnum):
    """Whether the cited runs, taken together, say what a sentence says."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A day that a text tells by its distance from the day of writing: code points ``[start, end)``, and the day."""

    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True)
class Citation:
    """A run of one article's text that a sentence of the answer rests on.

    `highlights` are the runs within it that name what was asked for, in order and apart, as code points into the
    article's text; `resolved` are those of them that are a day counted from the article's date. `also` are the other
    articles that print the same words, or nearly.
    """

    article: Article
    start: int  # code points into article.text
    end: int
    speaker: str | None = None  # who says these words, where the article states it
    highlights: tuple[tuple[int, int], ...] = ()
    resolved: tuple[Resolved, ...] = ()
    also: tuple[Article, ...] = ()

    @property
    def quote(self) -> str:
        """The cited words, taken from the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, the citations that it rests on, and the verdict on their support."""

    text: str
    citations: tuple[Citation, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program replies: sentences with citations, or a reason why there are none.

    `passages` are the nearest passages, best first; for a declined question they are no answer.
    """

    question: str
    language: Language
    sentences: tuple[Sentence, ...]
    reason: str | None
    passages: tuple[Hit, ...]
    seconds: float

    @property
    def declined(self) -> bool:
        """Whether the question has no answer here."""
        return not self.sentences

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order of first use; the first is number 1."""
        return tuple(dict.fromkeys(c for s in self.sentences for c in s.citations))


class Writer(Protocol):
    """Writes the sentences of an answer from ranked passages; no sentence means a decline."""

    def write(self, question: Question, hits: tuple[Hit, ...], language: Language) -> Draft:
        """Write the sentences that answer a question, worded in a language, from hits, the best first."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer gives back: cited sentences, or the reason why there are none."""

    sentences: tuple[Sentence, ...]
    reason: str | None = None
