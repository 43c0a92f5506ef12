"""Follow-up questions made whole by a language model, in words of the conversation alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.questions.checking import check_question
from assistant.questions.languages import question_language
from assistant.questions.patterns import ASKING
from assistant.words.lexicon import STOP_WORDS
from assistant.writers.llm_client import ModelError
from index.errors import QuestionError
from index.text import fold_text, tokens
from prompts import fence_for, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.writers.llm_client import LanguageModel

LOOKED_BACK = 5
"""Earlier questions that a follow-up may lean on."""

LONGEST_REWRITE = 500
"""Code points that a rewritten question may have."""

PATIENCE = 15.0
"""Seconds that the model may take: the answer has not been begun."""


def rewrite(model: LanguageModel, question: str, history: Sequence[str]) -> str | None:
    """Return a follow-up as a question that stands alone, in its own language; None where it is to be taken as it is.

    `history` are the questions before it, oldest first. So it is where the model fails, and where it brings in a word
    that neither the question nor those before it hold: it would ask something else.
    """
    earlier = [" ".join(asked.split()) for asked in history[-LOOKED_BACK:]]
    if not earlier:
        return None
    question = " ".join(question.split())
    template = load(f"rewrite.{question_language(question)}")
    prompt = template.fill(fence=fence_for([*earlier, question]), history="\n".join(earlier), question=question)
    written = ""
    try:
        for piece in model.stream(prompt, PATIENCE):
            written += piece
            if len(written) > LONGEST_REWRITE:
                return None
        made = check_question(written)
    except (ModelError, QuestionError):
        return None
    return made if _is_made_of(made, question, earlier) else None


def _is_made_of(made: str, question: str, earlier: Sequence[str]) -> bool:
    """Tell whether a rewritten question is one line of the conversation's words, and another than the question."""
    if "\n" in made or question_language(made) != question_language(question) or fold_text(made) == fold_text(question):
        return False
    known = {token.stem for text in (*earlier, question) for token in tokens(text)}
    return all(token.stem in known or token.text in STOP_WORDS | ASKING for token in tokens(made))
