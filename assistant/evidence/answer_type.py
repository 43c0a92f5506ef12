"""The thing of the sort that a question asks for, where a sentence holds it: a date, a number, a cause, a name."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.answer_people import find_people
from assistant.evidence.answer_places import find_places
from assistant.evidence.causes import find_causes
from assistant.evidence.coverage import SAID
from assistant.questions.question import Kind
from assistant.words.lexicon import CAUSES, STOP_WORDS
from assistant.words.quantities import find_quantities
from index.dates import find_dates, find_hours
from index.eras import find_eras
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evidence.coverage import Coverage
    from index.text import Token

Runs = list[tuple[int, int]]

CLOSE = 4
"""Words between a number and what it counts, at most."""

COUNTED = 0.15
"""What the thing counted tells of which number is asked for: of four soldiers killed and five wounded, either."""

ALIKE = 0.75
"""Share of the best number's votes from which another number may be the one that is asked for as well."""

AND = 3
"""Words that a comma or an «and» between a number and a word stands for."""

EFFECT = 0.4
"""Share of a question that the effect of a cause says where the question asks for that cause."""

NEEDED = frozenset({Kind.WHEN, Kind.HOW_MANY})
"""Kinds of question that no sentence answers without a thing of their sort."""


def find_asked_for(kind: Kind, covered: Coverage, number: int) -> Runs:
    """Return where a sentence holds what a question of this kind asks for: code points into the sentence, in order.

    It is a date of what is asked about, a number close to what is counted, a word of cause, a person or body, a place;
    of other kinds nothing can be told by its form.
    """
    match kind:
        case Kind.WHEN:
            return _dates(covered, number)
        case Kind.HOW_MANY:
            return _numbers(covered, number)
        case Kind.WHY:
            return [(word.start, word.end) for word in tokens(covered.page.text(number)) if word.text in CAUSES]
        case Kind.WHO:
            return find_people(covered, number)
        case Kind.WHERE:
            return find_places(covered, number)
        case _:
            return []


def tells_cause(covered: Coverage, number: int) -> bool | None:
    """Tell whether a sentence names a cause of what is asked about; None where it names none of anything.

    It does where the effect says more of the question than the cause, and at least `EFFECT` of it: a sentence in which
    what is asked about is the cause of something else gives no reason for it.
    """
    text, grades = covered.page.text(number), covered.word_grades(number)
    told = find_causes(text, tokens(text))
    if not told:
        return None
    sides = [[float(grades[:, side].max(axis=1, initial=0.0) @ covered.asked.weights) for side in one] for one in told]
    if any(effect >= EFFECT and effect > cause for cause, effect in sides):
        return True
    return False if any(cause >= EFFECT and cause > effect for cause, effect in sides) else None


def _dates(covered: Coverage, number: int) -> Runs:
    """Find the dates of what is asked about; the day of a saying answers only where the question asks for a saying."""
    text, question = covered.page.text(number), covered.asked.question
    found = [one.run for one in find_dates(text)]
    found += [(start, end) for start, end in find_eras(text) if not any(start < e and s < end for s, e in found)]
    if _HOUR.search(fold_text(question.text)):
        found += find_hours(text)
    if not question.asks_who_says:
        told = covered.page.attributions(number)
        found = [(start, end) for start, end in found if not any(first <= start < last for first, last in told)]
    return covered.most_asked(number, sorted(found))


_HOUR = re.compile(r"\b(?:hour|time|ساعه|الساعه)\b")


_UNIT = (
    r"(?:second|minute|hour|day|week|month|year|decade)s?|"
    r"(?:يوم|ايام|يوما|يومين|يومان|اسبوع|اسابيع|اسبوعا|اسبوعين|اسبوعان|شهر|اشهر|شهور|شهرا|شهرين|شهران|"
    r"عام|اعوام|عاما|عامين|عامان|سنه|سنوات|سنتين|سنتان|ساعه|ساعات|ساعتين|ساعتان|دقيقه|دقائق|دقيقتين|عقد|عقود|عقدين)"
)
_SPELL = re.compile(rf"(?:\S+[\s-]+){{0,3}}?(?:{_UNIT})(?!\w)")
"""A folded number that counts time, with what it counts: two days, يومين."""
LONGEST_UNIT = 9
"""Code points after a number in which its unit stands."""


@lru_cache(maxsize=64)
def _asks_how_long(question: str) -> bool:
    """Tell whether a question names a unit of time, or asks how long or how old without one."""
    return bool(
        re.search(
            rf"(?<!\w)(?:ال)?(?:{_UNIT}|long|old|age|aged|عمر\w*|مده|استغرق\w*|دام\w*)(?!\w)", fold_text(question)
        )
    )


@lru_cache(maxsize=64)
def _numbers_of(question: str) -> frozenset[Fraction]:
    """Return the numbers that a question names, its years too, which is asked of every sentence."""
    years = (Fraction(word.text) for word in tokens(question) if word.text.isdecimal())
    return frozenset(found.value for found in find_quantities(question)).union(years)


def _numbers(covered: Coverage, number: int) -> Runs:
    """Find the number of what is asked about, with what it counts: four Turkish soldiers are no four Russian ones."""
    text, asked = covered.page.text(number), _numbers_of(covered.asked.question.text)
    words, topical = tokens(text), covered.topical(number)
    found = [(one.start, one.end) for one in find_quantities(text) if one.value not in asked and not one.ordinal]
    if not _asks_how_long(covered.asked.question.text):
        found = [run for run in found if not _SPELL.match(fold_text(text[slice(*run)] + text[run[1] :][:LONGEST_UNIT]))]
    counting = {end for _, end in found}
    found += [
        (word.start, words[place + 1].end)
        for place, word in enumerate(words)
        if _is_dual(words, place) and words[max(0, place - 1)].end not in counting  # ثلاثة مواطنين
    ]
    spans = {
        (places[0], places[-1]): run
        for run in sorted(found)
        if (places := [place for place, word in enumerate(words) if run[0] < word.end and word.start < run[1]])
        and topical.any()
        and not any(first < run[1] and run[0] < last for first, last in _times(text))
    }
    if not any(topical[_close(span)].any() for span in spans):
        return []
    counted = topical | covered.says(number, covered.asked.question.counted)
    near = [span for span in spans if counted[_close(span)].any()]
    votes = _votes(covered, number, words, near)
    best = [span for span, vote in zip(near, votes, strict=True) if vote >= ALIKE * max(votes)]
    runs: Runs = []
    for span in best:
        start, end = spans[span]
        if not runs or start >= runs[-1][1]:  # a number may count what is a number itself: خمسة أسابيع ويومين
            runs.append((start, max(end, _counted(covered, number, words, span[1]))))
    return runs


@lru_cache(maxsize=4096)
def _times(text: str) -> Runs:
    """Return where a sentence tells a day or an hour, whose numbers count nothing."""
    return [*find_hours(text), *(one.run for one in find_dates(text))]


def _close(span: tuple[int, int]) -> slice:
    return slice(max(0, span[0] - CLOSE), span[1] + CLOSE + 1)


def _votes(covered: Coverage, number: int, words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[float]:
    """Let every word of the question that the sentence says speak for the numbers nearest to it, by nearness."""
    grades, text = covered.word_grades(number), covered.page.text(number)
    counted = covered.asked.question.counted
    votes = [0.0] * len(spans)
    for term, weight, row in zip(covered.asked.terms, covered.asked.weights.tolist(), grades, strict=True):
        said = np.flatnonzero(row >= SAID).tolist()
        if said:
            distances = [min(_distance(text, words, span, place) for place in said) for span in spans]
            for at, distance in enumerate(distances):
                if distance == min(distances) < CLOSE:
                    votes[at] += weight * (COUNTED if term in counted else 1.0) / (1 + distance)
    return votes


def _distance(text: str, words: Sequence[Token], span: tuple[int, int], place: int) -> int:
    """Return how many words part a number from a word, what joins two clauses counted as several."""
    first, last = span
    if first <= place <= last:
        return 0
    low, high = (last, place) if place > last else (place, first)
    parted = any(
        words[at].text == "and"
        or (words[at].text.startswith("و") and len(words[at].text) > 3)
        or any(mark in ",،;؛" for mark in text[words[at - 1].end : words[at].start])
        for at in range(low + 1, high + 1)
    )
    return high - low + AND * parted


def _counted(covered: Coverage, number: int, words: Sequence[Token], last: int) -> int:
    """Return where what a number counts ends, where the question names it: four [Turkish soldiers]."""
    text, named = covered.page.text(number), covered.says(number, covered.asked.question.counted)
    end = words[last].end
    for place in range(last + 1, min(last + CLOSE, len(words))):
        if text[words[place - 1].end : words[place].start].strip("- \u00a0") or words[place].text in STOP_WORDS:
            break
        if named[place]:
            end = words[place].end
    return end


def _is_dual(words: Sequence[Token], place: int) -> bool:
    """Tell whether an Arabic dual states two. Its ending is a plural's as well, so its adjective must agree."""
    following = words[place + 1].text if place + 1 < len(words) else ""
    return bool(_DUAL.match(words[place].text) and _DUAL.match(following))


_DUAL = re.compile(r"^(?!ال)\w{3,}(?:ين|ان)$")
