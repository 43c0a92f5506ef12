"""What the browser sends when it asks."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.asking import Narrowing
from assistant.questions.follow_up import REMEMBERED

TurnName = Annotated[str, Field(max_length=64)]
TurnNames = Annotated[list[TurnName], Field(max_length=1000)]


class Asked(BaseModel):
    """A question, and the questions before it in its conversation, oldest first, as they were understood.

    `conversation` is the one that its turn is kept in, `before` are the turns that the page shows before it, and
    `replaced` those whose place it takes.
    """

    model_config = ConfigDict(extra="forbid")

    question: str
    history: Annotated[list[str], Field(max_length=REMEMBERED)] = []
    filters: Narrowing = Narrowing()
    conversation: TurnName | None = None
    before: TurnNames = []
    replaced: TurnNames = []
