"""Follow-up questions made whole from the conversation, without a language model. Pure.

«And what did Peskov say?» after «What did Lavrov say about Turkey?» is «What did Peskov say about Turkey?».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.conversation import cut_short_ar, cut_short_en, fragments_ar, fragments_en, pronouns_ar, pronouns_en
from assistant.conversation.context_ar import read_context as read_arabic
from assistant.conversation.context_ar import without_conjunction, words_of
from assistant.conversation.context_en import LED
from assistant.conversation.context_en import read_context as read_english
from assistant.conversation.times import at_another_time, at_the_same_time, find_time
from assistant.questions.checking import LONGEST, check_question
from assistant.questions.languages import is_foreign, question_language
from assistant.words.gazetteer import is_entity
from index.errors import QuestionError
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation.context import Context

LOOKED_BACK = 5
"""Earlier questions that a follow-up may lean on."""

LONGEST_FOLLOW_UP = 40
"""Words from which a question says all it needs."""

REMEMBERED = 20
"""Earlier questions that are themselves made whole; what was asked before them has no part in what follows."""

_LONGEST_REMARK = 2
"""Words of a remark that leaves nothing to follow up."""

_LED_AR = re.compile(r"^(?:(?:و|أما|اما|طيب|حسنا|حسنًا|إذن|ثم|لكن|ولكن)\s+)+(?=\S)")
"""What joins an Arabic question to the one before, as a word of its own."""


def rewrite(question: str, history: Sequence[str]) -> str | None:
    """Return a follow-up as a question that stands alone, in its own language; None where it stands alone as it is.

    `history` are the questions before it, each standing alone, oldest first; those that cannot be worked on are passed
    over. The time that the last of them asks about goes on, unless the follow-up names another. Raises QuestionError
    where the question cannot be worked on.
    """
    question = " ".join(check_question(question).split())
    if len(question.split()) > LONGEST_FOLLOW_UP or is_foreign(question):
        return None
    earlier = [one for one in history[-LOOKED_BACK:] if _context(one)]
    if not earlier:
        return None
    asked_before = earlier[-1]
    time = find_time(asked_before)
    if made := at_another_time(question, asked_before, time):
        return made if len(made) <= LONGEST else None
    if time is not None:
        earlier[-1] = time.left_out_of(asked_before)
    made = _rewritten(question, earlier)
    if made and time is not None:
        made = at_the_same_time(made, time, asked_before)
    return made if made and len(made) <= LONGEST else None


def _rewritten(question: str, earlier: Sequence[str]) -> str | None:
    contexts = [context for one in reversed(earlier) if (context := _context(one))]
    if not contexts:
        return None
    asked = question.endswith(("?", "؟"))
    whole = question.rstrip(" ?؟!.")
    return (_in_arabic if question_language(question) == "ar" else _in_english)(whole, contexts, asked=asked)


def _in_english(whole: str, contexts: Sequence[Context], *, asked: bool) -> str | None:
    text, context = LED.sub("", whole), contexts[0]
    led = text != whole
    made = (
        fragments_en.from_bare(text, context)
        or fragments_en.from_fragment(text, context, led=led, asked=asked)
        or pronouns_en.from_pronouns(text, contexts)
        or cut_short_en.from_ellipsis(text, context, led=led)
    )
    return f"{made[0].upper()}{made[1:]}?" if made else None


def _in_arabic(whole: str, contexts: Sequence[Context], *, asked: bool) -> str | None:
    text, context = without_conjunction(_LED_AR.sub("", whole)), contexts[0]
    led, words = text != whole, words_of(text)
    made = words and (
        fragments_ar.from_bare(words, context)
        or fragments_ar.from_fragment(text, words, context, led=led, asked=asked)
        or pronouns_ar.from_pronouns(text, words, contexts)
        or cut_short_ar.from_ellipsis(text, words, context, led=led)
    )
    return f"{made}؟" if made else None


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
    """Return the last questions of a conversation as they stand alone, oldest first.

    Those that cannot be worked on are left out; those that stand alone already stay as they are.
    """
    standing: list[str] = []
    for question in questions[-REMEMBERED:]:
        try:
            standing.append(rewrite(question, standing) or question)
        except QuestionError:
            continue
    return standing
