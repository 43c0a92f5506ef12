"""What a text tells of who said what."""

from __future__ import annotations

from assistant.speech.statements import find_statements
from tests.parts.librarian import article

Told = tuple[str, str]


def told(*sentences: str) -> list[Told]:
    """Speaker and words of each statement of a text, a line a sentence."""
    text = "\n\n".join(sentences)
    return [(said.speaker, text[slice(*said.words)]) for said in find_statements(article("a.txt", text))]
