"""Whether a sentence holds the sort of thing that a question asks for: a date, a number, a cause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.lexicon import CAUSES, NUMBER_WORDS
from assistant.question import Kind
from index.dates import WEEKDAYS, find_dates
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.evidence import Coverage

CLOSE = 4
"""Words between a number and what it counts, at most."""

NEEDED = frozenset({Kind.WHEN, Kind.HOW_MANY})
"""Kinds of question that no sentence answers without a thing of their sort."""


def holds_answer(kind: Kind, covered: Coverage, number: int) -> bool:
    """Tell whether a sentence holds the sort of thing that a question of this kind asks for.

    Only dates, numbers and causes can be told by their form; for every other kind the answer is yes. A number must
    stand close to a word that the question asks about: four Turkish soldiers are no four Russian ones.
    """
    page = covered.page
    if kind is Kind.WHEN:
        text = page.text(number)
        return bool(find_dates(text)) or bool(_AGO.search(fold_text(text)))
    if kind is Kind.HOW_MANY:
        asked = {word.text for word in tokens(covered.asked.question.text)}
        return _counts(page.words(number), covered.topical(number), asked)
    if kind is Kind.WHY:
        return not CAUSES.isdisjoint(page.words(number))
    return True


_AGO = re.compile(
    r"(?<!\w)(?:قبل (?:يومين|\w+ (?:ايام|اسابيع|اشهر|سنوات|يوم\w*))|(?:الاسبوع|الشهر|العام) الماضي"
    r"|(?:last|next) (?:week|month|year)|\w+ (?:days|weeks|months|years) ago|في وقت (?:لاحق|سابق))(?!\w)"
)


def _counts(words: Sequence[str], asked_about: NDArray[np.bool_], asked: Container[str]) -> bool:
    """Tell whether a number that the question does not name stands close to a word asked about, shape (len(words),)."""
    numbers = (place for place in range(len(words)) if words[place] not in asked and _is_number(words, place))
    return any(asked_about[max(0, place - CLOSE) : place + CLOSE + 1].any() for place in numbers)


def _is_number(words: Sequence[str], place: int) -> bool:
    word = words[place]
    if word in WEEKDAYS:
        return False  # الاثنين is Monday, though it is two as well
    bare = word.removeprefix("و").removeprefix("ال")
    if word[0].isdigit() or word in NUMBER_WORDS or bare in NUMBER_WORDS:
        return True
    # A dual states two. Its ending is a plural's as well, so its adjective must agree: جنديين تركيين.
    following = words[place + 1] if place + 1 < len(words) else ""
    return bool(_DUAL.match(word) and _DUAL.match(following))


_DUAL = re.compile(r"^(?!ال)\w{3,}(?:ين|ان)$")
