"""The shape of what the tools return that give a part of the whole: what the command line prints, and of how many."""

from __future__ import annotations

from pydantic import Field

from assistant.serve import answers


class Places(answers.Places):
    """The verdict on a quotation, as `isnad check --quote --json` prints it; and how many places there are in all."""

    total: int = Field(description="How many places there are, returned or not.")


class Statements(answers.Told):
    """Statements, as `isnad statements --json` prints them, the oldest first; and how many there are in all."""

    total: int = Field(description="How many statements there are, returned or not.")
