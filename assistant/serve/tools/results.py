"""The shape of what each tool returns, from which its output schema is made: what the command line prints as JSON."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from assistant.types import Support
from assistant.verification.quotations import Existence
from index.types import Language, Stance

Start = Annotated[int, Field(description="Where it begins in the article's text, in Unicode code points.")]
End = Annotated[int, Field(description="Where it ends, exclusive.")]
ArticleId = Annotated[str, Field(description="The article's id; its text is the resource isnad://articles/{id}.")]
Day = Annotated[str | None, Field(description="A day as 2020-02-17; null where it is not stated.")]
Existing = Annotated[
    Existence,
    Field(
        description="verbatim: to the letter; folded: the same but for diacritics, letter forms, digits, quotation "
        "marks or spacing; absent: nowhere."
    ),
]


class _Place(BaseModel):
    article: ArticleId
    path: str
    start: Start
    end: End


class _Within(BaseModel):
    """What the search was narrowed to."""

    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    source: list[str] | None
    language: Language | None
    author: list[str] | None
    speaker: str | None
    from_question: Annotated[bool, Field(description="Whether the days were read from the question.")]


class _Sentence(BaseModel):
    text: str
    citations: Annotated[list[int], Field(description="The numbers `n` of the citations that it rests on.")]
    support: Annotated[Support, Field(description="How well its citations support it, as far as a program can tell.")]


class _Date(BaseModel):
    start: Start
    end: End
    date: str


class _Copy(BaseModel):
    article: ArticleId
    path: str
    title: str | None
    source: str | None


class _Citation(_Place):
    n: int
    title: str | None
    source: Annotated[str | None, Field(description="The outlet; null where it is not stated.")]
    published: Day
    language: Language
    speaker: Annotated[str | None, Field(description="Who says it, where it is a statement.")]
    quote: Annotated[str, Field(description="The exact words of the article from start to end.")]
    highlights: Annotated[list[list[int]], Field(description="Start and end of the words that were asked for.")]
    dates: Annotated[list[_Date], Field(description="Days that are told by their distance, as 'yesterday'.")]
    also: Annotated[list[_Copy], Field(description="Other articles that print the same story.")]


class _Passage(_Place):
    score: float


class Answer(BaseModel):
    """An answer, as `isnad ask --json` prints it."""

    question: str
    understood: Annotated[str | None, Field(description="How a follow-up question was understood.")]
    language: Language
    declined: Annotated[bool, Field(description="Whether the archive does not answer the question.")]
    reason: Annotated[str | None, Field(description="Why it was declined.")]
    notes: list[str]
    filters: _Within | None
    sentences: list[_Sentence]
    citations: list[_Citation]
    passages: Annotated[list[_Passage], Field(description="The nearest passages; where declined, they are no answer.")]
    seconds: float


class _Hit(_Place):
    title: str | None
    text: Annotated[str, Field(description="The exact words of the article from start to end.")]
    score: Annotated[float, Field(description="Higher is nearer.")]


class Hits(BaseModel):
    """Passages, as `isnad search --json` prints them, the best first."""

    query: str
    hits: list[_Hit]


class _Difference(BaseModel):
    given: str
    found: str
    start: Start


class _Found(_Place):
    title: str | None
    quote: Annotated[str, Field(description="The exact words of the article from start to end.")]
    exists: Existing
    differences: Annotated[list[_Difference], Field(description="Where the article writes it otherwise.")]


class Places(BaseModel):
    """The verdict on a quotation, as `isnad check --quote --json` prints it; and how many places there are in all."""

    quote: str
    exists: Existing
    places: list[_Found]
    total: Annotated[int, Field(description="How many places there are, returned or not.")]


class _Statement(_Place):
    speaker: str
    role: str | None
    verb: str | None
    stance: Stance
    direct: Annotated[bool, Field(description="Whether the article puts it in quotation marks.")]
    text: Annotated[str, Field(description="The words said, exactly as the article has them.")]
    published: Day
    said_on: Day


class Statements(BaseModel):
    """Statements, as `isnad statements --json` prints them, the oldest first; and how many there are in all."""

    statements: list[_Statement]
    total: Annotated[int, Field(description="How many statements there are, returned or not.")]
