"""What people labelled, a JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import QuestionSetError

if TYPE_CHECKING:
    from pathlib import Path

Split = Literal["development", "test"]
"""The half that was looked at while the program was made, and the half of which only figures were seen."""


class Labelled(BaseModel):
    """A labelled thing; a field that it does not have is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelledRecord(Labelled):
    """What is labelled in one article: of a record of a file, or, where `record` is None, of a whole file."""

    file: str
    record: str | None
    article: str


Kind = TypeVar("Kind", bound=Labelled)


def read_labelled(file: Path, kind: type[Kind], name: str) -> list[Kind]:
    """Read the lines of a file. Raises QuestionSetError where one is no such thing, by the name of the thing."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(kind.model_validate_json(line))
        except ValidationError as error:
            raise QuestionSetError(f"'{file}' line {number} is no {name}: {error.errors()[0]['msg']}") from error
    return found
