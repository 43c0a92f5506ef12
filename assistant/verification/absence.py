"""Whether evidence that lacks a name of a sentence tells of it all the same: by its title, in short, in translation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.words.gazetteer import entity_names, is_entity
from assistant.words.lexicon import STOP_WORDS
from assistant.words.matching import SOUNDS_ALIKE
from assistant.words.names import name_similarity
from index.text import detect_language

if TYPE_CHECKING:
    from assistant.verification.alignment import Alignment
    from assistant.verification.content import Content

NAMED, OTHER_NAME = 0.8, 0.5
"""Grades from which a name is the same one, and below which it is another."""

TRANSLATED, ACRONYM = 0.6, 5
"""Grade from which a name that is made of common words is said in the other script: League; letters of the longest
acronym."""

SOUNDS_NEAR, SHORTENED = 0.7, 3
"""Similarity of sound from which a name is told in the other script; first letters that stand for a name."""


def is_told(aligned: Alignment, number: int) -> bool:
    """Tell whether a word of the sentence, a name that no word of the evidence is, need not be missing there."""
    return (
        is_titled(aligned, number)
        or _is_capital(aligned, number)
        or _is_at_home(aligned, number)
        or _is_translated(aligned, number)
        or _is_shortened(aligned, number)
    )


def is_titled(aligned: Alignment, number: int) -> bool:
    """Tell whether the title has a word of the sentence."""
    return bool(aligned.titled[number] >= NAMED)


def _is_capital(aligned: Alignment, number: int) -> bool:
    """Tell whether a country is named where the evidence names its capital, or the reverse: Moscow, Russia."""
    return is_entity(aligned.asked.words[number].text) and bool(aligned.grades[number].max() >= OTHER_NAME)


def _is_at_home(aligned: Alignment, number: int) -> bool:
    """Tell whether a country may be the article's own, where that names none: a paper at home need not."""
    named = (word.text for word in (*aligned.given.words, *aligned.title.words))
    return bool(entity_names(aligned.asked.words[number].text)) and not any(map(entity_names, named))


def _is_translated(aligned: Alignment, number: int) -> bool:
    """Tell whether a name of Latin letters may be one that the Arabic evidence translates, or writes out."""
    word = aligned.asked.words[number]
    if not word.text.isascii() or detect_language(aligned.given.text) != "ar":
        return False
    written = aligned.asked.text[word.start : word.end]
    if len(written) <= ACRONYM and written.isupper() or aligned.grades[number].max() >= TRANSLATED:
        return True
    if is_entity(word.text):
        return False
    others = [other.text for other in (*aligned.given.words, *aligned.title.words) if not other.text.isascii()]
    if any(name_similarity(word.text, other) >= SOUNDS_NEAR for other in others):
        return True
    joined = _joined_with(aligned.asked, number)
    return any(name_similarity(name, other) >= SOUNDS_ALIKE for name in joined for other in others)


def _joined_with(content: Content, number: int) -> list[str]:
    """Return a word with the one before it and the one after, where both are capital: Arabic joins Le Pen, لوبان."""
    around, capitals = content.words[max(0, number - 1) : number + 2], content.capitals
    return [
        first.text + second.text
        for first, second in pairwise(around)
        if first.text not in STOP_WORDS and {first.text, second.text} <= capitals
    ]


def _is_shortened(aligned: Alignment, number: int) -> bool:
    """Tell whether the evidence has the first letters of a name, and a full stop: Ill., Illinois."""
    name, given = aligned.asked.words[number].text, aligned.given
    return any(
        len(word.text) >= SHORTENED and name.startswith(word.text) and given.text[word.end : word.end + 1] == "."
        for word in given.words
    )
