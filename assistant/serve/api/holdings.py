"""What the API answers of the archive itself, one schema with the command line's ``--json``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.serve.answers import ArticleId, Day, End, Language, Path, Shown, Start


class ArticleFacts(Shown):
    """What an article's page states; null where it does not."""

    article: ArticleId
    path: Path
    title: str | None
    source: str | None = Field(description="The outlet.")
    url: str | None
    author: str | None
    published: Day | None
    agency: str | None
    dateline: str | None
    language: Language


class Span(Shown):
    """A marked run of an article's text; every kind but the title is kept out of answers."""

    start: Start
    end: End
    kind: Literal["title", "section", "date", "dateline", "agency", "repeat", "boilerplate", "teaser"]


class Article(ArticleFacts):
    """An article with the exact text that offsets count into: what `isnad archive show --json` prints."""

    text: str
    spans: list[Span]
    copies: list[str] = Field(description="The ids of the articles that print the same story, nearly word for word.")


class Articles(Shown):
    """Articles in the order in which they came, as `isnad archive list --json` prints them all."""

    total: int = Field(ge=0, description="How many there are on all pages.")
    articles: list[ArticleFacts]


class Outlet(Shown):
    """An outlet and the number of its articles; null for those that state none."""

    source: str | None
    articles: int


class Vectors(Shown):
    """How vectors are searched: in how many of how many lists, and what share of the nearest that finds."""

    lists: int
    read: int
    recall: float


class Stats(Shown):
    """What the archive holds: what `isnad archive stats --json` prints."""

    articles: int
    passages: int
    languages: dict[str, int] = Field(description="Articles by language.")
    sources: list[Outlet]
    published_from: Day | None
    published_to: Day | None
    encoder: str
    dimensions: int
    generation: int = Field(description="Grows with every change of the archive.")
    stories_in_copies: int
    copies: int
    vectors: Vectors | None
    bytes: int


class Duplicate(Shown):
    """An article that has the text of another one."""

    path: Path
    of: str


class Rejected(Shown):
    """What could not be read, and why."""

    path: Path
    reason: str


class Decoded(Shown):
    """A file that is not in UTF-8."""

    path: Path
    encoding: str


class Unmatched(Shown):
    """A file of which no record has a field that was to be read."""

    path: Path
    field: str


class Report(Shown):
    """What became of what was sent: what `isnad ingest --json` prints."""

    added: int
    updated: int
    unchanged: int
    duplicates: list[Duplicate]
    rejected: list[Rejected]
    rejects: str | None
    encodings: list[Decoded]
    unmatched: list[Unmatched]
    near_duplicates: list[Duplicate]
    removed: list[str]


class Taking(Shown):
    """How the last taking in stands: `done` counts articles; the report is there once it is finished."""

    state: Literal["none", "working", "finished", "failed", "stopped"]
    files: int
    done: int
    report: Report | None
    reason: str | None = Field(description="Why it failed.")


class Removed(Shown):
    """An article that was removed."""

    article: ArticleId
    path: Path


class Refusal(Shown):
    """Why a request was not done."""

    code: str = Field(description="One word for programs; it goes with the status.")
    message: str = Field(description="One line for people: what is wrong, with which value, and what to do.")


class Error(Shown):
    """A request that was not done."""

    error: Refusal
