"""How far a sentence denies what its evidence says, or the evidence what the sentence says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.verification.polarity import HEDGES, is_near_negator, is_negative, is_negator
from assistant.words.opposites import sides

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.verification.alignment import Alignment
    from assistant.verification.content import Content
    from assistant.verification.polarity import Negation

FADES = 0.7
"""What each further word that a negator governs counts beside the one before it: the first is what is denied."""

NEGATED = 4
"""Telling words after a negator that are looked at."""

BEFORE, AFTER = 6, 3
"""Words before and after one within which a negation may mean it."""

WINDOW = 6
"""Words around an opposite that tell whether both sides speak of the same thing."""

EDGE = 0.1
"""Share of the words of the evidence that say the sentence which may lie away from the others, at each end."""

MUCH_LONGER = 1.5
"""As many times the words of the sentence as evidence has at most that says nothing else."""

SAID = 0.5
"""Grade from which what the evidence denies first is something that the sentence says."""

SAYING = 0.8
"""Grade from which a verb of saying is the same one."""

HEDGE = 4
"""Words after a hedge that it makes uncertain."""


def polarity(aligned: Alignment) -> dict[str, float]:
    """Tell how far what one side negates the other affirms, by words that say the same, 0 to 1."""
    back = {partner: place for place, partner in aligned.partners.items()}
    asked = [_conflict(aligned, negation, aligned.partners, given=False) for negation in aligned.asked.negations]
    given = [_conflict(aligned, negation, back, given=True) for negation in aligned.given.negations]
    negators = [any(is_negator(word.text) for word in side.words) for side in (aligned.asked, aligned.given)]
    return {
        "negation_asked": max((conflict for conflict, _ in asked), default=0.0),
        "negation_given": max((conflict for conflict, _ in given), default=0.0),
        "negation_shared": max((agreement for _, agreement in (*asked, *given)), default=0.0),
        "negation_once": float(negators[0] != negators[1]),
        "denied_alone": _denied_alone(aligned),
        **_negators(aligned),
        "hedged": _hedged(aligned),
    }


def _denied_alone(aligned: Alignment) -> float:
    """Tell whether the sentence denies something, and neither its evidence nor the title has a word that does."""
    asked = aligned.asked
    denies = any(_denies_a_clause(asked, one) for one in asked.negations)
    held = (*aligned.given.words, *aligned.title.words)
    return float(denies and not any(is_negative(word.text) for word in held))


def _negators(aligned: Alignment) -> dict[str, float]:
    """Tell by how many negators the sentence has more, and how many fewer, than the stretch of evidence that says it.

    Words that deny by themselves may stand for a negator on the other side, and so may each of a pair of opposites.
    """
    asked, given = aligned.asked, aligned.given
    partners = sorted(aligned.partners.values())
    if not partners:
        return {"negators_more": 0.0, "negators_fewer": 0.0}
    first, last = np.quantile(partners, (EDGE, 1 - EDGE)).astype(int).tolist()
    if len(given.words) <= MUCH_LONGER * len(asked.words):
        first, last = 0, len(given.words)
    stretch = given.words[max(0, first - BEFORE) : last + AFTER + 1]
    mine = sum(_denies_a_clause(asked, one) for one in asked.negations)
    said = aligned.grades.max(axis=0) >= SAID
    theirs = sum(
        max(0, first - AFTER) <= one.place <= last + AFTER
        and _denies_a_clause(given, one)
        and (not one.focus or bool(said[one.focus[0]]))
        for one in given.negations
    )
    loose = sum(is_negative(word.text) for word in asked.words) - mine
    loose_given = sum(is_negative(word.text) for word in stretch) - theirs
    more = max(0, mine - theirs - max(0, loose_given))
    fewer = theirs > max(0, loose) and not mine
    return {"negators_more": float(more > 0), "negators_fewer": float(fewer)}


def _denies_a_clause(content: Content, negation: Negation) -> bool:
    """Tell whether a negation is of more than the next words: to leave «دون تغيير» out denies nothing."""
    return not is_near_negator(content.words[negation.place].text)


def _conflict(
    aligned: Alignment, negation: Negation, partners: Mapping[int, int], *, given: bool
) -> tuple[float, float]:
    """Return the shares of what a negator denies that the other side affirms, and that it denies as well."""
    own, other = (aligned.given, aligned.asked) if given else (aligned.asked, aligned.given)
    weights = aligned.told if given else aligned.tells
    focus = negation.focus[:NEGATED]
    if not focus:
        return 0.0, 0.0
    counts = np.array([FADES**number * weights[place] for number, place in enumerate(focus)])
    said = np.zeros(len(focus))
    denied = np.zeros(len(focus), np.bool_)
    for number, place in enumerate(focus):
        partner = partners.get(place)
        if partner is None and not own.words[place].text.isdecimal():
            partner = _saying(aligned, place, given=given)
        if partner is not None:
            said[number] = aligned.grades[partner, place] if given else aligned.grades[place, partner]
            opposed = _opposed(own.words[place].text, other.words[partner].text)
            denied[number] = _is_denied(other, partner) != opposed
    if said[0] >= SAID:  # What is denied first is what is denied, and what nobody says beside it tells nothing.
        denied |= denied[0]
        counts = np.where(denied[0] | (said > 0), counts, 0.0)
    return float(np.average(said * ~denied, weights=counts)), float(np.average(said * denied, weights=counts))


def _saying(aligned: Alignment, place: int, *, given: bool) -> int | None:
    """Return the word of the other side that says one which only frames: a verb of saying can be denied as well."""
    framing = aligned.framing[place] if not given else not aligned.told_telling[place]
    row = aligned.grades[:, place] if given else aligned.grades[place]
    partner = int(row.argmax())
    return partner if framing and row[partner] >= SAYING else None


def _is_denied(content: Content, place: int) -> bool:
    """Tell whether a word is negated, or may be: the places of negators differ more than their presence."""
    near = content.words[max(0, place - BEFORE) : place + AFTER + 1]
    return content.sign[place] < 0 or any(is_negative(word.text) for word in near)


def _opposed(first: str, second: str) -> bool:
    mine, theirs = sides(first), sides(second)
    return any(mine[group] != theirs[group] for group in mine.keys() & theirs.keys())


def _hedged(aligned: Alignment) -> float:
    """Return how well the sentence says, without a hedge, a word that the evidence makes a possibility."""
    if any(word.text in HEDGES for word in aligned.asked.words):
        return 0.0
    hedged = 0.0
    for number, word in enumerate(aligned.given.words):
        if word.text in HEDGES and number + 1 < len(aligned.given.words):
            after = aligned.grades[:, number + 1 : number + 1 + HEDGE].max(axis=1)
            hedged = max(hedged, float((after * aligned.telling).max()))
    return hedged
