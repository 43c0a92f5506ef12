"""Whether a question can be worked on: its length and its characters. Pure."""

from __future__ import annotations

import unicodedata

from index.errors import QuestionError

LONGEST = 2_000
"""Code points that a question may have."""

_OVERRIDES = frozenset("\u202a\u202b\u202d\u202e")
"""Bidirectional embeddings and overrides, which make a text look like another one."""


def check_question(text: str) -> str:
    """Return a question trimmed; raises QuestionError where it cannot be worked on."""
    for character in text:
        control = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\r\t"
        if control or character in _OVERRIDES:
            message = f"the question holds the control character U+{ord(character):04X}; remove it"
            raise QuestionError(message)
    text = text.strip()
    if not text:
        message = "the question is empty; write one in Arabic or English"
        raise QuestionError(message)
    if len(text) > LONGEST:
        message = f"the question has {len(text):,} characters; the most is {LONGEST:,}"
        raise QuestionError(message)
    if not any(character.isalnum() for character in text):
        message = f"the question {text[:20]!r} holds no word; write one in Arabic or English"
        raise QuestionError(message)
    return text
