"""Whether the numbers and names of a sentence belong to the same things in its evidence."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.verification.content import NO_NAMES, same_number
from assistant.verification.measures import displaced, distance, surplus
from assistant.verification.roles import WHERE, Found, swapped
from assistant.words.gazetteer import same_entity
from assistant.words.matching import SOUNDS_ALIKE
from assistant.words.names import name_similarity
from index.text import detect_language, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.verification.alignment import Alignment
    from assistant.words.quantities import Quantity

NAMED, OTHER_NAME = 0.8, 0.5
"""Grades from which a name is the same one, and below which it is another."""

TRANSLATED, ACRONYM = 0.6, 5
"""Grade from which a name that is made of common words is said in the other script: League; letters of the longest
acronym."""

SAME_PLACE = 0.9
"""Grade from which a place is the same one, where the sentence says where: in Tehran is not of Iran."""

CONTEXT, OTHER_CLAUSE = 4, 5
"""Words around a number or name that tell what it belongs to; a word of another clause is as many words farther off."""

NEAR_ASKED, NEAR_GIVEN, FAR_GIVEN = 4.0, 10.0, 6.0
"""Words from a number or name at which another one counts for a third: in the sentence, in the same clause of its
evidence, and in another one of that."""

SMALL = 2
"""Numbers up to this that a sentence has in words are often not written as such: «يومين», "both"."""


_LETTERED = re.compile(r"[a-z]{1,3}-?(\d+)")
"""A number behind letters that stand for what it counts: Q4."""

_DUAL = re.compile(r"\w{3}(?:ان|ين)$")
"""The ending of what Arabic counts as two."""


class Fits(NamedTuple):
    """How well each word around a number or name is said around each of some runs of the evidence."""

    each: NDArray[np.float64]
    """Shape (runs, words)."""
    weights: NDArray[np.float64]
    """What each word counts."""

    @property
    def mean(self) -> NDArray[np.float64]:
        """The weighted mean of each run, shape (runs,)."""
        return np.average(self.each, axis=1, weights=self.weights) if self.weights.size else np.zeros(len(self.each))


class Binding:
    """The numbers and names of a sentence, each with the places of the evidence that may be the same.

    `speakers` are the names of who is known to say the evidence, which says "we" for their country.
    """

    def __init__(self, aligned: Alignment, speakers: Sequence[str] = ()) -> None:
        self._aligned, self._asked, self._given = aligned, aligned.asked, aligned.given
        counted = self._given.counted
        self._others = [
            number for number in range(len(self._given.words)) if self._given.is_name(number) and number not in counted
        ]
        self._known = [token.text for speaker in speakers for token in tokens(speaker)]
        self.names = [Found(run, self._same_name(run)) for run in self._runs()]

    def numbers(self) -> dict[str, float]:
        """Tell how many numbers the evidence lacks, and how much better another number fits where one stands."""
        missing = [number for number in self._asked.numbers if not self.is_given(number)]
        elsewhere, moved = 0.0, 0.0
        for number in self._asked.numbers:
            alike = [other for other in self._given.numbers if other.percent == number.percent and not other.ordinal]
            same = [self._same(number, other) for other in alike]
            if any(same):
                runs = [self._given.places(other.start, other.end) for other in alike]
                fits = self._fits(self._asked.places(number.start, number.end), runs)
                elsewhere = max(elsewhere, surplus(fits.mean, same))
                moved = max(moved, displaced(fits.each, fits.weights, same))
        return {"number_missing": float(len(missing)), "number_elsewhere": elsewhere, "number_moved": moved}

    def is_given(self, number: Quantity) -> bool:
        """Tell whether the evidence holds a number, or need not write it as such."""
        given = any(self._same(number, other) for other in self._given.numbers)
        given = given or any(day.year == number.value for day in self._given.dates)
        given = given or any(
            letters and letters[1] == str(number.value)
            for letters in (_LETTERED.fullmatch(word.text) for word in self._given.words)
        )
        if given or number.value > SMALL or self._asked.unit(number) is not None:
            return given
        figure = any(sign.isdigit() for sign in self._asked.text[number.start : number.end])
        return not figure or number.value == 1 or any(_DUAL.search(word.text) for word in self._given.words)

    def _same(self, number: Quantity, other: Quantity) -> bool:
        return same_number(number, self._asked, other, self._given)

    def bound_names(self) -> dict[str, float]:
        """Tell how many names the evidence lacks, and how much better another name fits where one stands."""
        elsewhere, moved = 0.0, 0.0
        for run, same in self.names:
            others = [other for other in self._others if self._aligned.grades[run, other].max() < OTHER_NAME]
            if same:
                places = [[place] for place in (*same, *others)]
                kept = [place[0] in same for place in places]
                fits = self._fits(run, places)
                elsewhere = max(elsewhere, surplus(fits.mean, kept))
                moved = max(moved, displaced(fits.each, fits.weights, kept))
        return {
            "name_missing": float(np.log1p(len(self.missing_names()))), "name_elsewhere": elsewhere,
            "name_moved": moved, "swapped": swapped(self._aligned, self.names),
        }  # fmt: skip

    def missing_names(self) -> list[int]:
        """Return the words of the sentence that are names which the evidence lacks; whose words it is counts apart."""
        return [
            number
            for run, _ in self.names
            for number in run
            if not self._aligned.speaking[number]
            and not self._same_name([number])
            and not self._is_translated(number)
            and not self._is_known(self._asked.words[number].text)
        ]

    def _is_translated(self, number: int) -> bool:
        """Tell whether a name of Latin letters may be one that the Arabic evidence translates, or writes out."""
        word = self._asked.words[number]
        if not word.text.isascii() or detect_language(self._given.text) != "ar":
            return False
        written = self._asked.text[word.start : word.end]
        return len(written) <= ACRONYM and written.isupper() or bool(self._aligned.grades[number].max() >= TRANSLATED)

    def _is_known(self, word: str) -> bool:
        return any(word == known or same_entity(word, known) for known in self._known)

    def _same_name(self, run: Sequence[int]) -> list[int]:
        """Return the words of the evidence that are the same name."""
        before = self._asked.words[run[0] - 1].text if run[0] else ""
        least = SAME_PLACE if before in WHERE else NAMED
        return [int(place) for place in np.flatnonzero((self._aligned.grades[list(run)] >= least).any(axis=0))]

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

    def _fits(self, places: Sequence[int], others: Sequence[Sequence[int]]) -> Fits:
        """Return how well what stands around some words is said around each of some runs of the evidence."""
        aligned = self._aligned
        telling = [
            place for place in np.flatnonzero(~aligned.framing).tolist()
            if place not in places
        ]  # fmt: skip
        far = {
            place: distance(place, places) + OTHER_CLAUSE * (self._asked.clause[place] != self._asked.clause[places[0]])
            for place in telling
        }
        nearest = sorted(telling, key=far.__getitem__)[:CONTEXT]
        weights = np.exp([(1 - distance(place, places)) / NEAR_ASKED for place in nearest])
        every = np.arange(len(self._given.words))
        each = np.zeros((len(others), len(nearest)))
        for row, other in enumerate(others):
            away = np.maximum(np.maximum(other[0] - every, every - other[-1]) - 1, 0)
            decay = np.exp(-away / np.where(self._given.clause == self._given.clause[other[0]], NEAR_GIVEN, FAR_GIVEN))
            each[row] = (aligned.grades[nearest] * decay).max(axis=1) if nearest else 0.0
        return Fits(each, weights)
