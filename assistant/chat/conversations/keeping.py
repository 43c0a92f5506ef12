"""Where a question is asked: after which kept turns, and in whose conversation its answer is kept."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.chat.ask.turns import Turn
from assistant.chat.conversations.kept_answer import restore_answer
from assistant.chat.conversations.store import KeptTurn
from assistant.questions.follow_up import REMEMBERED
from index.errors import ConversationsError, UnknownArticleError, UnknownConversationError

if TYPE_CHECKING:
    from assistant.chat.ask.form import Asked
    from assistant.chat.conversations.store import Conversations
    from assistant.desk import Desk
    from assistant.rendering.answers import Json
    from assistant.types import Answer

_log = logging.getLogger(__name__)


def recall(desk: Desk, name: str, person: str | None, token: str | None) -> Turn | None:
    """Return a kept turn of this person, or shared under a token; None where it is not kept, or cites what is gone."""
    if desk.conversations is None:
        return None
    try:
        *before, kept = desk.conversations.find_turn(name, person, token)
        answer = restore_answer(kept.answer, desk.assistant.archive)
    except (ConversationsError, UnknownArticleError):
        return None
    return Turn(answer, tuple(one.understood or one.question for one in before[-REMEMBERED:]))


@dataclass(frozen=True, slots=True)
class Place:
    """A question that was sent, by whom, and what keeps conversations; either is None where nothing is kept."""

    asked: Asked
    conversations: Conversations | None
    person: str | None

    def history(self) -> tuple[str, ...]:
        """The questions before it that the page shows, as they were understood; the browser's own where none is kept.

        What another page added to the conversation is not among them: nobody would follow up what they do not see.
        """
        if self.conversations and self.person and self.asked.conversation:
            try:
                kept = self.conversations.load(self.person, self.asked.conversation)
            except ConversationsError:
                return tuple(self.asked.history)
            turns = [turn for turn in kept.turns if turn.id in self.asked.before]
            return tuple(turn.understood or turn.question for turn in turns[-REMEMBERED:])
        return tuple(self.asked.history)

    def keep(self, turn: str, answer: Answer, html: str) -> Json:
        """Keep the answer as a turn; what the browser is to know of it is empty where that cannot be done.

        Where the conversation was deleted meanwhile, another begins.
        """
        if not self.conversations or not self.person:
            return {}
        filters = self.asked.filters.model_dump()
        kept = KeptTurn.from_answer(turn, answer, html, time.time(), filters)
        try:
            try:
                listed = self.conversations.keep(self.person, self.asked.conversation, kept, self.asked.replaced)
            except UnknownConversationError:
                listed = self.conversations.keep(self.person, None, kept)
        except ConversationsError as error:
            _log.warning("%s", error)
            return {}
        return {"conversation": listed.id, "title": listed.title}
