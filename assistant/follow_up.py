"""Follow-up questions made whole from the conversation, without a language model. Pure.

«And what did Peskov say?» after «What did Lavrov say about Turkey?» is «What did Peskov say about Turkey?».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.context_ar import read_context as read_arabic
from assistant.context_en import read_context as read_english
from assistant.follow_up_ar import rewrite_arabic
from assistant.follow_up_en import rewrite_english
from assistant.gazetteer import is_entity
from assistant.languages import is_foreign, question_language
from assistant.question import LONGEST, check_question
from index.errors import QuestionError
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.context import Context

LOOKED_BACK = 5
"""Earlier questions that a follow-up may lean on."""

_LONGEST_REMARK = 2
"""Words of a remark that leaves nothing to follow up."""

REMEMBERED = 20
"""Earlier questions that are themselves made whole; what was asked before them has no part in what follows."""


def rewrite(question: str, history: Sequence[str]) -> str | None:
    """Return a follow-up as a question that stands alone, in its own language; None where it stands alone as it is.

    `history` are the questions before it, each standing alone, oldest first; those that cannot be worked on are passed
    over. Raises QuestionError where the question cannot be worked on.
    """
    question = check_question(question)
    contexts = [context for earlier in reversed(history[-LOOKED_BACK:]) if (context := _context(earlier))]
    if not contexts or is_foreign(question):
        return None
    made = (rewrite_arabic if question_language(question) == "ar" else rewrite_english)(question, contexts)
    return made if made and len(made) <= LONGEST else None


def _context(text: str) -> Context | None:
    try:
        check_question(text)
    except QuestionError:
        return None
    if is_foreign(text):
        return None
    context = (read_arabic if question_language(text) == "ar" else read_english)(text)
    return context if context.said or context.clause or context.passive or _names_something(text) else None


def _names_something(text: str) -> bool:
    """Tell whether words that ask nothing can be followed up, unlike «thanks»: they name somebody, or are several."""
    words = tokens(text)
    return len(words) > _LONGEST_REMARK or any(
        is_entity(word.text) or (text[word.start].isupper() and word.start > 0) for word in words
    )


def stand_alone(questions: Sequence[str]) -> list[str]:
    """Return the questions of a conversation as they stand alone, oldest first, those that cannot be worked on left out.

    Questions that stand alone already stay as they are.
    """
    standing: list[str] = []
    for question in questions[-REMEMBERED:]:
        try:
            standing.append(rewrite(question, standing) or question)
        except QuestionError:
            continue
    return standing
