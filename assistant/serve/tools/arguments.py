"""What each tool takes; the descriptions are read by the models that call them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.asking import Name, Names, Narrowing
from assistant.questions.checking import LONGEST
from assistant.verification.quotations import LONGEST as LONGEST_QUOTATION
from index.types import Language

if TYPE_CHECKING:
    from pydantic import ValidationError

SHOWN = 3
"""Wrong arguments that are named at a time."""

_Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Arguments(BaseModel):
    """What a tool is called with; what it does not know is refused, and null is as good as left out."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _leave_out(cls, given: object) -> object:
        return {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else given


class _Within(Arguments):
    """Which articles are looked into."""

    published_from: Annotated[
        Name, Field(alias="from", description="Only articles from this day on, as 2020-02-17.")
    ] = ""
    published_to: Annotated[Name, Field(alias="to", description="Only articles up to this day, as 2020-02-17.")] = ""
    source: Annotated[Names, Field(description="Only articles of these outlets, named as the archive names them.")] = []
    author: Annotated[Names, Field(description="Only articles of these authors; a part of the byline will do.")] = []
    language: Annotated[
        Language | None,
        Field(description="Only articles in this language. Leave it out: either language finds articles in both."),
    ] = None

    def narrowing(self) -> Narrowing:
        """Return the same as it is typed on the pages, where an empty field narrows nothing."""
        given = self.model_dump(include=set(Narrowing.model_fields), exclude_none=True)
        return Narrowing(**given)


class Ask(_Within):
    """The arguments of `ask`."""

    question: Annotated[
        _Text,
        Field(description="One question in Arabic or English that can be understood by itself, without earlier ones."),
    ]
    speaker: Annotated[Name, Field(description="Only what this person or body said, named in either script.")] = ""
    lang: Annotated[
        Language | None,
        Field(description="The language of the words around quotations; the question's own unless given."),
    ] = None


class Search(_Within):
    """The arguments of `search`."""

    query: Annotated[
        _Text,
        Field(description="A question or some words, in Arabic or English; it finds passages in both languages."),
    ]
    speaker: Annotated[Name, Field(description="Only articles that quote or report this person or body.")] = ""
    limit: Annotated[int, Field(ge=1, le=50, description="How many passages to return at most.")] = 10


class CheckQuote(Arguments):
    """The arguments of `check_quote`."""

    quote: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_QUOTATION,
            description="The words to look for, in the language of the article, without who said them.",
        ),
    ]
    limit: Annotated[int, Field(ge=1, le=200, description="How many places to return at most.")] = 20


class WhoSaid(_Within):
    """The arguments of `who_said`."""

    speaker: Annotated[
        Name, Field(description="Only what this person, office or body said, named in either script.")
    ] = ""
    about: Annotated[str, Field(max_length=LONGEST, description="Only what is said on this topic, in a few words.")] = (
        ""
    )
    published_from: Annotated[
        Name, Field(alias="from", description="Only what was said from this day on, as 2020-02-17.")
    ] = ""
    published_to: Annotated[
        Name, Field(alias="to", description="Only what was said up to this day, as 2020-02-17.")
    ] = ""
    limit: Annotated[int, Field(ge=1, le=200, description="How many statements to return at most.")] = 50
    offset: Annotated[
        int, Field(ge=0, le=1_000_000, description="How many of the statements to pass over, the oldest first.")
    ] = 0


def complaint(error: ValidationError) -> str:
    """Return in one line what is wrong with arguments; what was given is not repeated."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    said = [f"{_place(one['loc'])}: {one['msg'][:1].lower()}{one['msg'][1:]}" for one in wrong[:SHOWN]]
    more = len(wrong) - len(said)
    return "the arguments cannot be used: " + "; ".join([*said, *([f"and {more} more"] if more > 0 else [])])


def _place(keys: tuple[int | str, ...]) -> str:
    return ".".join(map(str, keys))[:60] or "their names"
