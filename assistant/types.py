"""An answer and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.questions.question import Question
    from index.types import Article, Filters, Hit, Language


class Support(StrEnum):
    """Whether the cited runs, taken together, say what a sentence says."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


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

    @property
    def struck(self) -> bool:
        """Whether its citations do not bear it out: it is shown, if at all, struck out."""
        return self.support in (Support.UNSUPPORTED, Support.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the articles that were searched for an answer had to be, and whose statements were asked for.

    `from_question` tells that the days were read in the question.
    """

    filters: Filters
    speaker: str | None = None
    from_question: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program replies: sentences with citations, or a reason why there are none.

    `passages` are the nearest passages, best first; for a declined question they are no answer. `understood` is the
    question that was answered where the one asked follows up others; None where it stands alone. `notes` tell how the
    answer came about, where that is not as asked for. `narrowed` is None where the whole archive was searched.
    """

    question: str
    language: Language
    sentences: tuple[Sentence, ...]
    reason: str | None
    passages: tuple[Hit, ...]
    seconds: float
    understood: str | None = None
    notes: tuple[str, ...] = ()
    narrowed: Narrowed | None = None

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


class StreamingWriter(Protocol):
    """A writer by a language model, whose words can be read while it writes."""

    def stream(self, question: Question, hits: tuple[Hit, ...], language: Language) -> Iterator[str | Draft]:
        """Yield what is written, not verified yet, piece by piece, and at last the verified draft."""
        ...

    def rewrite(self, question: str, history: Sequence[str]) -> str | None:
        """Return a follow-up to earlier questions as one that stands alone; None where it is to be taken as it is."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer gives back: cited sentences, or the reason why there are none; and what is to be said of them."""

    sentences: tuple[Sentence, ...]
    reason: str | None = None
    notes: tuple[str, ...] = ()
