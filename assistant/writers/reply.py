"""What a language model replied, as claims with the numbers of their passages, or as of no use. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.questions.languages import is_foreign, question_language
from assistant.verification.quotations import without_quotations
from assistant.writers.markers import Marker
from index.sentences import sentences
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.rendering.wording import Trouble
    from index.types import Language

LONGEST_REPLY = 6_000
"""Code points that a reply may have; a model that writes on has lost its way."""

LOOPING_WORDS, LOOPING_SHARE = 40, 0.25
"""A reply of so many words, of which fewer than this share are distinct, says the same over and over."""

TOLD_FROM = 4
"""Words that it takes to tell the language of a reply."""

_PLACE = "\ufffc"
"""Stands for a marker while the text is cleaned."""

_LIST = re.compile(rf"(?im)^\W*(?:sources?|references|citations|المصادر|المراجع)[\W{_PLACE}]*$.*", re.DOTALL)
"""A list of sources at the end; the citations come from the program."""

_LINE_MARKUP = re.compile(r"(?m)^[ \t]*(?:#{1,6}|[-*•]|\d{1,2}[.)])[ \t]+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BEFORE_MARKER = re.compile(rf"[ \t]+(?={_PLACE}+(?:[\s.,،;؛:!?؟)»”\"]|\Z))")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a reply, without markers, and the numbers that they held."""

    text: str
    numbers: tuple[int, ...]


def claims(parts: Iterable[str | Marker]) -> list[Claim]:
    """Return the sentences of a reply, each once, with the numbers that the markers in or after it hold.

    A marker that stands before the first word of a line belongs to the sentence that it opens.
    """
    marked, markers = "", []
    for part in parts:
        if isinstance(part, Marker):
            markers.append(part.numbers)
        marked += _PLACE if isinstance(part, Marker) else part.replace(_PLACE, "")
    for pattern, replacement in ((_LINE_MARKUP, ""), (_BOLD, r"\1"), (_LIST, ""), (_BEFORE_MARKER, "")):
        marked = pattern.sub(replacement, marked)
    pieces = marked.split(_PLACE)
    text = "".join(pieces)
    found = sentences(text)
    numbers: list[list[int]] = [[] for _ in found]
    place = 0
    for piece, held in zip(pieces, markers, strict=False):  # those of the list of sources are left over
        place += len(piece)
        if found:
            numbers[_owner(text, place, found)] += held
    told: dict[str, Claim] = {}
    for (start, end), owned in zip(found, numbers, strict=True):
        claim = Claim(" ".join(text[start:end].split()), tuple(dict.fromkeys(owned)))
        told.setdefault(fold_text(claim.text), claim)
    return list(told.values())


def _owner(text: str, place: int, found: list[tuple[int, int]]) -> int:
    """Return which sentence a marker at a place belongs to."""
    line = text.rfind("\n", 0, place) + 1
    opens = not text[line:place].strip() and text[place:].partition("\n")[0].strip()
    begun = sum(start <= place if opens else start < place for start, _ in found)
    if opens and not any(start == place for start, _ in found):
        begun += 1  # spaces stand between the marker and the sentence that it opens
    return min(max(begun - 1, 0), len(found) - 1)


def trouble_of(reply: str, language: Language) -> Trouble | None:
    """Return why a reply is of no use, or None: it holds no word, goes round in circles, or is in another language.

    Quotations keep the language of their article, and do not count.
    """
    words = [token.text for token in tokens(reply)]
    if not words:
        return "empty"
    if len(reply) > LONGEST_REPLY or (len(words) >= LOOPING_WORDS and len(set(words)) < LOOPING_SHARE * len(words)):
        return "rubbish"
    own = without_quotations(reply)
    if len(tokens(own)) >= TOLD_FROM and (is_foreign(own) or question_language(own) != language):
        return "language"
    return None
