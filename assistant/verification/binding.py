"""Whether the numbers and names of a sentence belong to the same things in its evidence."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.verification.absence import NAMED, OTHER_NAME, is_titled, is_told
from assistant.verification.content import HOURS, NO_NAMES, same_number
from assistant.verification.measures import Displacement, Move, displaced, exchanged, surplus
from assistant.verification.roles import WHERE, Found, swapped
from assistant.words.gazetteer import is_entity, same_entity
from assistant.words.matching import SOUNDS_ALIKE
from assistant.words.names import name_similarity
from assistant.words.numerals import ORDINALS
from assistant.words.offices import portfolios, without_joined
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.verification.alignment import Alignment
    from assistant.verification.content import Content
    from assistant.words.quantities import Quantity
    from index.text import Token

SAME_PLACE = 0.9
"""Grade from which a place is the same one, where the sentence says where: in Tehran is not of Iran."""

OTHER_CLAUSE = 5
"""As many words farther off is a word of another clause."""

NAMES = 0.5
"""What a name beside a number tells of what that belongs to; a name beside another one tells nothing of it."""

NEAR_ASKED, NEAR_GIVEN, FAR_GIVEN = 3.0, 14.0, 6.0
"""Words from a number or name at which another one counts for a third: in the sentence, in the same clause of its
evidence, and in another one of that."""

SMALL = 2
"""Numbers up to this that a sentence has in words are often not written as such: «يومين», "both"."""


_LETTERED = re.compile(r"[^\W\d_]+-?(\d+)|(\d+)[^\W\d_]+")
"""A number written onto a word: Q4, 3months, «سهلول1»."""

_DUAL = re.compile(r"\w{3}(?:ان|ين)$")
"""The ending of what Arabic counts as two."""


_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}
"""Numbers in capitals that are no words."""


class Fits(NamedTuple):
    """How well each word around a number or name is said around each of some runs of the evidence."""

    each: NDArray[np.float64]
    """Shape (runs, words)."""
    weights: NDArray[np.float64]
    """What each word counts, together 1."""

    @property
    def mean(self) -> NDArray[np.float64]:
        """The weighted mean of each run, shape (runs,)."""
        return self.each @ self.weights


class Fitted(NamedTuple):
    """How well the runs of the evidence fit a number or name, where they begin, and which of them are the same."""

    fits: Fits
    starts: list[int]
    same: list[bool]

    @property
    def own(self) -> list[int]:
        """Where the same one begins."""
        return [start for start, is_same in zip(self.starts, self.same, strict=True) if is_same]


class Binding:
    """The numbers and names of a sentence, each with the places of the evidence that may be the same.

    `speakers` are the names of who is known to say the evidence, which says "we" for their country.
    """

    def __init__(self, aligned: Alignment, speakers: Sequence[str] = ()) -> None:
        self._aligned, self._asked, self._given = aligned, aligned.asked, aligned.given
        self._title = aligned.title
        counted = self._given.counted
        self._others = [
            number for number in range(len(self._given.words)) if self._given.is_name(number) and number not in counted
        ]
        self._known = [token.text for speaker in speakers for token in tokens(speaker)]
        self.names = [Found(run, self._same_name(run)) for run in self._runs()]
        self._named = [number for run, _ in self.names for number in run]

    def signals(self) -> dict[str, float]:
        """Tell how many numbers and names the evidence lacks, how much better another one fits where one stands.

        `exchanged` is how much speaks for two of them that have changed places, 0 to 2.
        """
        numbers, moved_numbers = self._numbers()
        names, moved_names = self._names()
        return {**numbers, **names, "exchanged": max(exchanged(moved_numbers), exchanged(moved_names))}

    def _numbers(self) -> tuple[dict[str, float], list[Move]]:
        """Measure the numbers."""
        missing = [number for number in self._asked.numbers if not self.is_given(number)]
        fitted: list[Fitted] = []
        duals = self._duals()
        for number in self._asked.numbers:
            alike = [other for other in self._given.numbers if self._is_of_kind(number, other)]
            same = [self._same(number, other) for other in alike] + [number.value == SMALL] * len(duals)
            if any(same):
                runs = [self._given.places(other.start, other.end) for other in alike] + [[place] for place in duals]
                fits = self._fits(self._asked.places(number.start, number.end), runs, NAMES)
                fitted.append(Fitted(fits, [run[0] for run in runs], same))
        moved = _moves(fitted)
        return {
            "number_missing": float(len(missing)),
            "number_elsewhere": max((one.surplus for one in moved), default=0.0),
            "number_moved": max((one.found.amount for one in moved), default=0.0),
        }, moved

    def _is_of_kind(self, number: Quantity, other: Quantity) -> bool:
        """Tell whether a number of the evidence counts what one of the sentence may: a share, a sum, or so many."""
        if other.ordinal or other.percent != number.percent:
            return False
        return self._same(number, other) or self._asked.is_money(number) == self._given.is_money(other)

    def is_given(self, number: Quantity) -> bool:
        """Tell whether the evidence holds a number, or need not write it as such."""
        given = any(self._same(number, other) for other in self._given.numbers)
        given = given or any(same_number(number, self._asked, other, self._title) for other in self._title.numbers)
        given = given or any(day.year == number.value for day in (*self._given.dates, *self._title.dates))
        given = given or self._is_name(number)
        given = given or (number.ordinal and any(_place(word.text) == number.value for word in self._given.words))
        given = given or any(_roman(self._given, word) == number.value for word in self._given.words)
        given = given or (number.value == SMALL and self._has_dual(self._asked.unit(number)))
        given = given or any(
            letters and str(number.value) in letters.groups()
            for letters in (_LETTERED.fullmatch(word.text) for word in self._given.words)
        )
        if given or number.value > SMALL or self._asked.unit(number) is not None:
            return given
        figure = any(sign.isdigit() for sign in self._asked.text[number.start : number.end])
        return not figure or number.value == 1 or any(_DUAL.search(word.text) for word in self._given.words)

    def _is_name(self, number: Quantity) -> bool:
        """Tell whether an Arabic number is one by its letters, and the evidence has a name like it: وست, West."""
        (place, *more) = self._asked.places(number.start, number.end)
        word = self._asked.words[place].text
        return not (more or word.isascii() or word.isdecimal()) and any(
            other.isascii() and name_similarity(word, other) >= SOUNDS_ALIKE for other in self._given.capitals
        )

    def _duals(self) -> list[int]:
        """Return the words of the evidence that may count two of what the sentence does: جنديين, two soldiers."""
        twos = [number for number in self._asked.numbers if number.value == SMALL and not number.ordinal]
        if not twos or any(self._same(number, other) for number in twos for other in self._given.numbers):
            return []
        return [
            place
            for place, word in enumerate(self._given.words)
            if _DUAL.search(word.text)
            and not is_entity(word.text)
            and self._aligned.grades[:, place].max() >= OTHER_NAME
        ]

    def _has_dual(self, unit: int | None) -> bool:
        """Tell whether the evidence has two of a unit of time in one word: العامين."""
        bare = (without_joined(word.text) for word in self._given.words)
        return unit is not None and any(HOURS.get(word) == unit and _DUAL.search(word) for word in bare)

    def _same(self, number: Quantity, other: Quantity) -> bool:
        return same_number(number, self._asked, other, self._given)

    def _names(self) -> tuple[dict[str, float], list[Move]]:
        """Measure the names."""
        fitted: list[Fitted] = []
        for run in self._whole_names():
            same = self._same_name(run)
            kind = is_entity(self._asked.words[run[0]].text)
            others = [
                other
                for other in self._others
                if self._aligned.grades[run, other].max() < OTHER_NAME
                and is_entity(self._given.words[other].text) == kind
            ]
            if same:
                places = [[place] for place in (*same, *others)]
                kept = [place[0] in same for place in places]
                fits = self._fits(run, places)
                fitted.append(Fitted(fits, [place[0] for place in places], kept))
        moved = _moves(fitted)
        return {
            "name_missing": float(np.log1p(len(self.missing_names()))),
            "name_elsewhere": max((one.surplus for one in moved), default=0.0),
            "name_moved": max((one.found.amount for one in moved), default=0.0),
            "swapped": swapped(self._aligned, self.names),
        }, moved

    def missing_names(self) -> list[int]:
        """Return the words of the sentence that are names which the evidence lacks; whose words it is counts apart."""
        missing = [
            number
            for run, _ in self.names
            for number in run
            if not self._aligned.speaking[number]
            and not self._same_name([number])
            and not is_told(self._aligned, number)
            and not self._is_known(self._asked.words[number].text)
        ]
        return sorted({*missing, *self._other_ministries()})

    def _other_ministries(self) -> Iterator[int]:
        """Yield the words of the sentence that tell of a ministry, where the evidence names others alone."""
        mine, theirs, titled = (
            portfolios([word.text for word in side.words]) for side in (self._asked, self._given, self._title)
        )
        for place, portfolio in mine.items():
            if theirs and portfolio not in {*theirs.values(), *titled.values()} and not self._aligned.speaking[place]:
                yield place

    def titled_names(self) -> list[int]:
        """Return the words of the sentence that are names which the title has."""
        return [number for run, _ in self.names for number in run if is_titled(self._aligned, number)]

    def _is_known(self, word: str) -> bool:
        return any(word == known or same_entity(word, known) for known in self._known)

    def _same_name(self, run: Sequence[int]) -> list[int]:
        """Return the words of the evidence that are the same name."""
        before = self._asked.words[run[0] - 1].text if run[0] else ""
        least = SAME_PLACE if before in WHERE and self._asked.is_name(run[0]) else NAMED
        return [int(place) for place in np.flatnonzero((self._aligned.grades[list(run)] >= least).any(axis=0))]

    def _whole_names(self) -> list[list[int]]:
        """Return the names of the sentence, those that only a particle parts as one: Yasser Al-Qahtani."""
        whole: list[list[int]] = []
        for run, _ in self.names:
            between = range(whole[-1][-1] + 1, run[0]) if whole else range(0)
            if whole and len(between) == 1 and self._asked.words[between[0]].text in NO_NAMES:
                whole[-1] = [*whole[-1], *run]
            else:
                whole.append(run)
        return whole

    def _runs(self) -> list[list[int]]:
        """Return the runs of words of the sentence that are names, by themselves or by those of the evidence."""
        # A capital in one script shows which words of the other are names.
        shown = np.asarray((self._aligned.grades[:, self._others] >= NAMED).any(axis=1), np.bool_)
        names = [
            number
            for number in range(len(self._asked.words))
            if (self._asked.is_name(number) or shown[number] or (number == 0 and self._sounds_alike(number)))
            and number not in self._aligned.counted
            and not self._aligned.framing[number]
            and self._asked.words[number].text not in NO_NAMES
        ]
        return [[number for _, number in run] for _, run in groupby(enumerate(names), lambda pair: pair[1] - pair[0])]

    def _sounds_alike(self, number: int) -> bool:
        """Tell whether a first word with a capital is written in the other script of the evidence as it sounds."""
        word = self._asked.words[number]
        if not self._asked.text[word.start].isupper() or self._aligned.grades[number].max() < NAMED:
            return False
        return any(
            not other.text.isascii()
            and any(
                name_similarity(word.text, form) >= SOUNDS_ALIKE for form in (other.text, other.text.removeprefix("ال"))
            )
            for other in self._given.words
        )

    def _fits(self, places: Sequence[int], others: Sequence[Sequence[int]], names: float = 0.0) -> Fits:
        """Return how well what stands around some words is said around each of some runs of the evidence."""
        aligned, asked, given = self._aligned, self._asked, self._given
        telling = aligned.telling.copy()
        telling[self._named] *= names
        telling[list(places)] = 0.0
        beside = np.flatnonzero(telling)
        far = np.maximum(np.maximum(places[0] - beside, beside - places[-1]) - 1, 0)
        far = far + OTHER_CLAUSE * (asked.clause[beside] != asked.clause[places[0]])
        weights = telling[beside] * np.exp(-far / NEAR_ASKED)
        every = np.arange(len(given.words))
        each = np.zeros((len(others), len(beside)))
        for row, other in enumerate(others):
            away = np.maximum(np.maximum(other[0] - every, every - other[-1]) - 1, 0)
            decay = np.exp(-away / np.where(given.clause == given.clause[other[0]], NEAR_GIVEN, FAR_GIVEN))
            each[row] = (aligned.grades[beside] * decay).max(axis=1)
        return Fits(each, weights / max(float(weights.sum()), 1e-9))


def _moves(fitted: Sequence[Fitted]) -> list[Move]:
    """Return where numbers or names belong: not where another one of the sentence stands that fits there best."""
    settled: set[int] = set()
    for one in fitted:
        if not displaced(one.fits.each, one.fits.weights, one.same).amount:
            settled.add(one.starts[int(np.where(one.same, one.fits.mean, -1.0).argmax())])
    return [_move(one, settled) for one in fitted]


def _move(one: Fitted, settled: set[int]) -> Move:
    """Return where a number or name belongs, if not where others stand that are settled."""
    kept = [
        row
        for row, (start, is_same) in enumerate(zip(one.starts, one.same, strict=True))
        if is_same or start not in settled
    ]
    fits, same = Fits(one.fits.each[kept], one.fits.weights), [one.same[row] for row in kept]
    found = displaced(fits.each, fits.weights, same)
    other = None if found.other is None else one.starts[kept[found.other]]
    return Move(Displacement(found.amount, other), surplus(fits.mean, same), one.own)


def _place(word: str) -> int | None:
    """Return the place in an order that a word of either language says, definite or not: رابع."""
    return ORDINALS.get(word.removeprefix("ال"))


def _roman(content: Content, word: Token) -> int | None:
    return _ROMAN.get(content.text[word.start : word.end])
