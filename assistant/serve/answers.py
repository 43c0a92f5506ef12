"""What programs are answered, one schema with the command line's ``--json``: answers, passages, statements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["ar", "en"]
Support = Literal["supported", "partial", "unsupported", "contradicted"]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
ArticleId = Annotated[str, Field(description="The article's id, which names this very text.")]
Path = Annotated[str, Field(description="Where the article was read from.")]
Start = Annotated[int, Field(ge=0, description="Where it begins in the article's text, in code points.")]
End = Annotated[int, Field(ge=0, description="Where it ends: the first code point behind it.")]


class Shown(BaseModel):
    """What every response is: no other field than those described."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Run(Shown):
    """A run of an article's text."""

    article: ArticleId
    path: Path
    start: Start
    end: End


class Filters(Shown):
    """What the articles that were searched had to be, and whose statements were asked for."""

    published_from: Day | None = Field(alias="from")
    published_to: Day | None = Field(alias="to")
    source: list[str] | None
    language: Language | None
    author: list[str] | None
    speaker: str | None
    from_question: bool = Field(description="Whether the days were read in the question.")


class AnswerSentence(Shown):
    """A sentence of an answer."""

    text: str
    citations: list[int] = Field(description="The numbers `n` of the citations that it rests on.")
    support: Support = Field(description="Whether the cited runs, taken together, say it.")


class DayTold(Shown):
    """A day that the quotation tells by its distance from the article's own, as «yesterday»."""

    start: Start
    end: End
    date: Day


class AlsoIn(Shown):
    """Another article that prints the same words, or nearly."""

    article: ArticleId
    path: Path
    title: str | None
    source: str | None


class Citation(Run):
    """A run of one article's text: `quote` is exactly ``text[start:end]`` of the article."""

    n: int = Field(ge=1)
    title: str | None
    source: str | None = Field(description="The outlet.")
    published: Day | None
    language: Language
    speaker: str | None = Field(description="Who says these words, where the article states it.")
    quote: str
    highlights: list[tuple[int, int]] = Field(
        description="The runs within it that name what was asked for: code points into the article's text."
    )
    dates: list[DayTold]
    also: list[AlsoIn]


class NearPassage(Run):
    """A passage near the question; of one that is declined it is no answer."""

    score: float = Field(description="Higher is nearer; scores compare within one response only.")


class Answer(Shown):
    """An answer in cited sentences, or a decline with its reason: what `isnad ask --json` prints."""

    question: str
    understood: str | None = Field(description="The question that was answered, where the one asked follows up others.")
    language: Language
    declined: bool = Field(description="Whether the archive holds no answer.")
    reason: str | None = Field(description="Why it is declined.")
    notes: list[str] = Field(description="How the answer came about, where that is not as asked for.")
    filters: Filters | None = Field(description="Null where the whole archive was searched.")
    sentences: list[AnswerSentence]
    citations: list[Citation]
    passages: list[NearPassage]
    seconds: float


class Hit(NearPassage):
    """A passage that was found."""

    title: str | None
    text: str


class Hits(Shown):
    """Passages, the nearest first: what `isnad search --json` prints."""

    query: str
    hits: list[Hit]


class Quotation(Run):
    """A run of an article, and its words."""

    title: str | None
    quote: str


class Difference(Shown):
    """Where the article writes a quotation otherwise; either side may be empty."""

    given: str
    found: str
    start: Start


class Place(Quotation):
    """Where a quotation stands, and how: verbatim, or folded where only its spelling differs."""

    exists: Literal["verbatim", "folded"]
    differences: list[Difference]


class Places(Shown):
    """Whether a quotation exists, and every place where it stands: `isnad check --quote --json`."""

    quote: str
    exists: Literal["verbatim", "folded", "absent"]
    places: list[Place]


class Absent(Shown):
    """A quotation that stands in no article."""

    quote: str
    exists: Literal["absent"]


class Lack(Shown):
    """A part of a sentence that its evidence does not bear out."""

    kind: Literal["number", "date", "name", "speaker", "negation"]
    text: str


class Finding(Shown):
    """The verdict on a sentence of a text."""

    text: str
    line: int = Field(ge=1, description="The line of the text that it stands on.")
    support: Support
    passes: bool
    evidence: list[Quotation]
    lacks: list[Lack]
    quotations: list[Place | Absent]


class Audit(Shown):
    """The verdicts on every sentence of a text: what `isnad check --json` prints."""

    passes: bool = Field(description="Whether no sentence is unsupported or contradicted, and no quotation absent.")
    supported: int = Field(ge=0)
    total: int = Field(ge=0)
    sentences: list[Finding]


class Said(Run):
    """A statement; `start` and `end` delimit the words said, without the speaker and the verb."""

    speaker: str
    role: str | None = Field(description="The speaker's office, where the article states it.")
    verb: str | None
    stance: str = Field(description="How the speaker stands to it, as the outlet's verb tells: said, denied, warned …")
    direct: bool = Field(description="Whether it is wholly a quotation.")
    text: str
    published: Day | None
    said_on: Day | None


class Told(Shown):
    """Statements by the day of the saying: what `isnad statements --json` prints."""

    statements: list[Said]
