"""Whether a sentence holds the sort of thing that a question asks for: a date, a number, a cause."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.lexicon import CAUSES
from assistant.quantities import find_quantities
from assistant.question import Kind
from index.dates import find_dates
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from assistant.evidence import Coverage
    from index.text import Token

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
        return _counts(page.text(number), covered.topical(number), _numbers_of(covered.asked.question.text))
    if kind is Kind.WHY:
        return not CAUSES.isdisjoint(page.words(number))
    return True


_AGO = re.compile(
    r"(?<!\w)(?:قبل (?:يومين|\w+ (?:ايام|اسابيع|اشهر|سنوات|يوم\w*))|(?:الاسبوع|الشهر|العام) الماضي"
    r"|(?:last|next) (?:week|month|year)|\w+ (?:days|weeks|months|years) ago|في وقت (?:لاحق|سابق))(?!\w)"
)


@lru_cache(maxsize=64)
def _numbers_of(question: str) -> frozenset[Fraction]:
    """Return the numbers that a question names, which is asked of every sentence."""
    return frozenset(found.value for found in find_quantities(question))


def _counts(text: str, asked_about: NDArray[np.bool_], asked: Container[Fraction]) -> bool:
    """Tell whether a number that the question does not name stands close to a word asked about, shape (words,)."""
    words = tokens(text)
    numbers = [
        (found.start, found.end) for found in find_quantities(text) if found.value not in asked and not found.ordinal
    ]
    places = (
        place
        for place, word in enumerate(words)
        if any(start <= word.start < end for start, end in numbers) or _is_dual(words, place)
    )
    return any(asked_about[max(0, place - CLOSE) : place + CLOSE + 1].any() for place in places)


def _is_dual(words: Sequence[Token], place: int) -> bool:
    """Tell whether an Arabic dual states two. Its ending is a plural's as well, so its adjective must agree."""
    following = words[place + 1].text if place + 1 < len(words) else ""
    return bool(_DUAL.match(words[place].text) and _DUAL.match(following))


_DUAL = re.compile(r"^(?!ال)\w{3,}(?:ين|ان)$")
