"""What a question for a number has counted. Pure."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.words.lexicon import STOP_WORDS, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.text import Token

_HOW_MANY = folded("many much number عدد كم بكم وكم")
_AUXILIARIES = folded("were was are is did do does have has had will would can could الذين التي الذي اللذين")


def find_counted(words: Sequence[Token]) -> frozenset[str]:
    """Return the words of what is counted, of all words of a question: how many [Turkish soldiers] were killed."""
    asking = next((at for at, word in enumerate(words) if word.text in _HOW_MANY), 0)
    accusative = list(takewhile(_is_accusative, words[asking + 1 :]))
    if accusative:
        return frozenset(word.text for word in accusative)  # كم عسكريا تركيا جرح
    run: list[str] = []
    for word in words[asking + 1 :]:
        if not run and word.text in _AUXILIARIES:
            return frozenset()  # how much does it pay
        if word.text in _HOW_MANY:
            run = []  # كم بلغ عدد القتلى
        elif word.text not in STOP_WORDS:
            run.append(word.text)
        elif run:
            # Without an auxiliary the last of them is what they did: how many soldiers died in.
            return frozenset(run if word.text in _AUXILIARIES or len(run) == 1 else run[:-1])
    return frozenset(run[:1])


def _is_accusative(word: Token) -> bool:
    return not word.text.isascii() and word.text.endswith("ا") and word.text not in STOP_WORDS
