"""Whether two names of a sentence do to each other what they do in its evidence: by the order around the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.words.lexicon import folded
from assistant.words.opposites import sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.verification.alignment import Alignment
    from assistant.verification.content import Content

BESIDE = 3
"""Words around two names that may be what the one does to the other."""

OFFICE = 4
"""Words between "by" and the name: by his Iraqi counterpart Fuad Hussein."""

SAID = 0.9
"""Grade from which a word is the same one."""

_MUTUAL = folded("""
    met meet meets meeting talks talked discussed agreed signed between with and or both each
    التقى التقت لقاء اجتمع اجتماع محادثات مباحثات بحث اتفق اتفقت وقع بين مع و أو كل
""")
"""Words for what two do alike."""

WHERE = folded("in at near off في قرب قبالة")
"""Words right before the name of a place that something happens at."""

_PLACED = WHERE | folded("""
    from to towards across of around إلى من جنوب شمال شرق غرب جنوبي شمالي شرقي غربي مدينة بلدة قرية جزيرة ولاية محافظة
""")
"""Words up to two places before the name of a place, which does nothing."""

_BY = folded("by قبل يد أيدي بواسطة جانب")
"""Words before who does it, where the other one is named first."""

_AGAINST = folded("over against than على أمام ضد")
"""Words between two that stand in one order only."""


class Found(NamedTuple):
    """A name of the sentence: its words, and the words of the evidence that are the same name."""

    run: list[int]
    same: list[int]


def swapped(aligned: Alignment, names: Sequence[Found]) -> float:
    """Return how well what stands around two names is said around the same two in the other order, 0 to 1.

    In both languages who does it is named before whom it is done to, but for the passive; words that say opposite
    things turn the order as well: who beats and who loses.
    """
    doing = [
        found
        for found in names
        if found.same and not aligned.speaking[found.run].any() and not _is_place(aligned.asked, found.run[0])
    ]
    pairs = [_turned(aligned, first, second) for first, second in zip(doing, doing[1:], strict=False)]
    return max([*pairs, _turned_around(aligned)])


def _turned(aligned: Alignment, first: Found, second: Found) -> float:
    """Return how well what stands around two names is said around them in the other order; 0 in the same one."""
    asked, given = aligned.asked, aligned.given
    if asked.clause[first.run[0]] != asked.clause[second.run[0]] or set(first.same) & set(second.same):
        return 0.0
    one, other = min(((a, b) for a in first.same for b in second.same), key=lambda pair: abs(pair[0] - pair[1]))
    mine = range(max(0, first.run[0] - BESIDE), min(len(asked.words), second.run[-1] + BESIDE + 1))
    theirs = range(max(0, min(one, other) - BESIDE), min(len(given.words), max(one, other) + BESIDE + 1))
    named = {*first.run, *second.run, *aligned.counted}
    telling = [place for place in mine if aligned.telling[place] and place not in named]
    if not telling or _has(asked, range(first.run[0], second.run[-1]), _MUTUAL):
        return 0.0
    passive = _is_done_by(asked, first.run[0], second.run[0]) != _is_done_by(given, one, other)
    if not (one > other) ^ passive ^ _is_converse(aligned, telling, theirs):
        return 0.0
    said = aligned.grades[np.ix_(telling, list(theirs))].max(axis=1)
    held = {side for place in theirs for side in sides(given.words[place].text).items()}
    said[[not held.isdisjoint(sides(asked.words[place].text).items()) for place in telling]] = 1.0  # won, beat
    return float(np.average(said, weights=aligned.telling[telling]))


def _turned_around(aligned: Alignment) -> float:
    """Return 1 where the words on both sides of "over" or «على» have changed places, else 0."""
    for place, word in enumerate(aligned.asked.words):
        if word.text not in _AGAINST or not 0 < place < len(aligned.asked.words) - 1:
            continue
        before, after = aligned.grades[place - 1], aligned.grades[place + 1]
        for other, same in enumerate(aligned.given.words):
            if same.text == word.text and 0 < other < len(aligned.given.words) - 1:
                crossed = min(before[other + 1], after[other - 1])
                if crossed >= SAID and max(before[other - 1], after[other + 1]) < SAID:
                    return float(crossed)
    return 0.0


def _is_place(asked: Content, number: int) -> bool:
    return _has(asked, range(max(0, number - 2), number), _PLACED)


def _is_done_by(content: Content, *names: int) -> bool:
    """Tell whether one of the names is told by "by", an office between them or not."""
    return any(_has(content, range(max(0, name - OFFICE), name), _BY) for name in names)


def _has(content: Content, places: Iterable[int], words: frozenset[str]) -> bool:
    return any(content.words[place].text in words for place in places)


def _is_converse(aligned: Alignment, mine: Iterable[int], theirs: Iterable[int]) -> bool:
    """Tell whether some words of the sentence say the opposite of some of the evidence."""
    found: dict[int, set[int]] = {}
    for place in theirs:
        for group, side in sides(aligned.given.words[place].text).items():
            found.setdefault(group, set()).add(side)
    return any(
        group in found and side not in found[group]
        for place in mine
        for group, side in sides(aligned.asked.words[place].text).items()
    )
