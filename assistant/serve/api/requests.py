"""What the API is sent: the fields of every request, as its description tells them and its fuzzing holds them."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assistant.asking import Narrowing
from assistant.questions.checking import LONGEST
from assistant.questions.follow_up import REMEMBERED
from assistant.verification.audit import LONGEST_TEXT
from assistant.verification.quotations import LONGEST as LONGEST_QUOTATION
from index.dates import read_day

MOST_PASSAGES = 1000
MOST_STATEMENTS = 1000
MOST_LISTED = 500
"""What one response may hold."""

MOST_ARTICLES = 10_000
"""Articles that may be sent as JSON at once; more go as a file of JSON lines."""


def _day(value: str) -> str:
    if read_day(value) is None:
        raise ValueError(f"{value!r} is no day; write it as 2020-02-17")
    return value


def _name(value: str) -> str:
    if not any(map(str.isalnum, value)) or any(unicodedata.category(character) == "Cc" for character in value):
        raise ValueError(f"{value!r} is no name; leave the field out for all")
    return value


Day = Annotated[str, Field(max_length=10, json_schema_extra={"format": "date"}), AfterValidator(_day)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_name)]
Names = Annotated[list[Name], Field(max_length=20)]
Question = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Sent(BaseModel):
    """What every request is: no unknown field, and no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Within(Sent):
    """What articles must be to be searched; a field that is left out, or null, narrows nothing."""

    published_from: Day | None = Field(None, alias="from", description="Only articles from this day on.")
    published_to: Day | None = Field(None, alias="to", description="Only articles up to this day.")
    source: Names | None = Field(None, description="Only articles of this outlet, or of one of several.")
    author: Names | None = Field(None, description="Only articles of this author, or of one of several.")
    language: Literal["ar", "en"] | None = Field(None, description="Only articles in this language.")

    def narrowing(self, speaker: str | None = None) -> Narrowing:
        """Return it as pages send it."""
        return Narrowing(
            published_from=self.published_from or "",
            published_to=self.published_to or "",
            source=self.source or [],
            author=self.author or [],
            language=self.language or "",
            speaker=speaker or "",
        )


class Ask(Within):
    """A question."""

    question: Question = Field(description="The question, in Arabic or English.")
    history: Annotated[list[Question], Field(max_length=REMEMBERED)] | None = Field(
        None, description="The questions before it in its conversation, oldest first, which it may follow up."
    )
    lang: Literal["ar", "en"] | None = Field(
        None, description="The language of the words around quotations; the question's own unless set."
    )
    speaker: Name | None = Field(None, description="Quote only what this speaker said.")
    writer: Literal["extractive", "llm"] = Field(
        "extractive",
        description="Who writes the answer: the extractive writer quotes whole sentences; llm is the language model"
        " that the server has, if any.",
    )
    stream: bool = Field(
        False, description="Send the answer as server-sent events, as with `accept: text/event-stream`."
    )


class Search(Within):
    """Words to search for."""

    query: Question = Field(description="A question or some words, in Arabic or English.")
    k: int = Field(10, ge=1, le=MOST_PASSAGES, description="The most passages to find.")
    speaker: Name | None = Field(None, description="Only articles that quote or report this speaker.")


class Check(Sent):
    """What is to be checked: a quotation, or a text; one of the two."""

    quote: str | None = Field(None, min_length=1, max_length=LONGEST_QUOTATION, description="A quotation to look for.")
    text: str | None = Field(
        None,
        min_length=1,
        max_length=LONGEST_TEXT,
        description="Prose, a Markdown answer of any assistant, or an answer of this API, as text.",
    )

    @model_validator(mode="after")
    def _is_one(self) -> Check:
        if (self.quote is None) == (self.text is None):
            raise ValueError("give either a quote or a text")
        return self


class Statements(Within):
    """Whose statements are wanted, and on what; the days are those of the saying, or else of the article."""

    speaker: Name | None = Field(None, description="Only what this speaker said.")
    about: Question | None = Field(None, description="Only what is said on this topic.")
    offset: int = Field(0, ge=0, le=10**9, description="Statements to pass over.")
    limit: int = Field(100, ge=1, le=MOST_STATEMENTS, description="The most statements to give.")


class Listed(Within):
    """Which articles to list."""

    # What an address holds is text: its numbers are read from it.
    model_config = ConfigDict(extra="forbid", strict=False)

    offset: int = Field(0, ge=0, le=10**9, description="Articles to pass over.")
    limit: int = Field(100, ge=1, le=MOST_LISTED, description="The most articles to list.")


class Sending(Sent):
    """How articles are taken in."""

    model_config = ConfigDict(extra="forbid", strict=False)

    wait: bool = Field(True, description="Answer when all is taken in, with the report; else at once.")


class SentArticle(Sent):
    """An article that is to be taken in; what is not known of it is left out."""

    text: str = Field(min_length=1, description="Its text, which is kept unchanged; offsets count into it.")
    id: Name | None = Field(None, description="What it is called; an article sent again under its id is replaced.")
    title: str | None = None
    source: str | None = Field(None, description="The outlet.")
    url: str | None = None
    author: str | None = None
    published: Day | None = None


class SentArticles(Sent):
    """Articles that are to be taken in."""

    articles: Annotated[list[SentArticle], Field(min_length=1, max_length=MOST_ARTICLES)]
