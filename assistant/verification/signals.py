"""What agrees and what differs between a sentence and its evidence, as the numbers that a verdict is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.speech.particles_ar import ATTRIBUTION_AR
from assistant.speech.reporting_ar import SAY_AR, SAYING_AR
from assistant.speech.reporting_en import SAY_EN, SAYING_EN
from assistant.verification.content import Content, same_day, same_number
from assistant.verification.lacks import Lack, LackKind
from assistant.verification.measures import (
    UNSAID,
    average,
    distance,
    longest_run,
    places_beside,
    spread,
    surplus,
    weakest,
)
from assistant.verification.polarity import HEDGES, is_negator, sides
from assistant.words.lexicon import STOP_WORDS, folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from assistant.speech.speakers import SpeakerMatcher
    from assistant.words.matching import Matcher
    from assistant.words.quantities import Quantity
    from index.dates import FoundDate

SIGNALS = (
    "said", "said_words", "weakest_two", "weakest_five", "weakest_clause", "best_clause", "unsaid", "unsaid_run",
    "length", "number_missing", "number_elsewhere", "date_missing", "date_differs", "name_missing", "name_elsewhere",
    "other_speaker", "same_speaker", "unnamed_speaker", "negation_asked", "negation_given", "negation_once",
    "opposite", "hedged", "likeness", "sentence_likeness",
)  # fmt: skip
"""The signals, in the order of `Comparison.signals`."""

LENIENT = 0.05, 0.45
"""Cosines that grades of 0 and 1 stand for here: a paraphrase is farther from its source than a question's word."""

CLAUSE = 1.0
"""Weight from which a clause is measured by itself."""

SAID = 0.5
"""Grade from which a word is said."""

NAMED, OTHER_NAME = 0.8, 0.5
"""Grades from which a name is the same one, and below which it is another."""

CONTEXT, OTHER_CLAUSE = 4, 5
"""Words around a number or name that tell what it belongs to; a word of another clause is as many words farther off."""

NEAR_ASKED, NEAR_GIVEN = 8.0, 4.0
"""Words from a number or name at which another one counts for a third, in the sentence and in its evidence."""

ALIGNED, WINDOW = 0.4, 5
"""Grade from which two words may say the same, and words around the one that must be said around the other."""

SMALL = 2
"""Numbers up to this are often not written as such: «يومين», "both"."""

HEDGE = 4
"""Words after a hedge that it makes uncertain."""

_FRAME = (
    frozenset(SAY_AR) | frozenset(SAY_EN) | frozenset(SAYING_AR) | frozenset(SAYING_EN) | frozenset(ATTRIBUTION_AR)
    | folded("according added statement remarks comments country بلاده تصريح تصريحات بيان يوم")
)  # fmt: skip
"""Words that tell who says something, which is compared by itself."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence is held against: the cited words, who is known to say them, and the day of the article."""

    text: str
    speakers: tuple[str, ...] = ()
    published: date | None = None


DENIED, OPPOSITE = 0.75, 0.4
"""Share of the words common to a sentence and its evidence that one side negates, and how much better an opposite fits
than the same word, from which the one denies what the other says."""


class Comparison:
    """A sentence beside its evidence, word by word."""

    def __init__(
        self, asked: Content, given: Content, evidence: Evidence, matcher: Matcher, speakers: SpeakerMatcher
    ) -> None:
        self._asked, self._given, self._evidence, self._speakers = asked, given, evidence, speakers
        words = [word.text for word in asked.words]
        self._grades = matcher.grades(
            words, [word.text for word in given.words], asked.capitals | given.capitals, cosines=LENIENT
        )
        self._tells = matcher.weights(words).astype(float)
        self._framing = np.array([_frames(word) for word in words], np.bool_)
        self._speaking = np.zeros(len(words), np.bool_)
        for said in asked.statements:
            for mention in said.mentions:
                at = asked.text.find(mention)
                self._speaking[asked.places(at, at + len(mention)) if at >= 0 else []] = True
        runs = [(item.start, item.end) for item in asked.numbers] + [(item.start, item.end) for item in asked.dates]
        self._counted = {place for run in runs for place in asked.places(*run)}

    def signals(self, likeness: tuple[float, float]) -> NDArray[np.float64]:
        """Return the signals in the order of `SIGNALS`, shape (signals,).

        `likeness` are the cosines of the sentence with the whole evidence, and with the nearest of its sentences.
        """
        if not self._asked.words or not self._given.words:
            return np.zeros(len(SIGNALS))
        found = dict(zip(("likeness", "sentence_likeness"), likeness, strict=True))
        found |= self._numbers() | self._dates() | self._names() | self._attribution() | self._polarity()
        found |= self._coverage()
        return np.array([found[name] for name in SIGNALS])

    def lacks(self) -> tuple[Lack, ...]:
        """Return the numbers, dates and names that the evidence lacks, whose words it is not, and what it denies."""
        if not self._asked.words or not self._given.words:
            return ()
        found = [Lack(LackKind.NUMBER, one.start, one.end) for one in self._asked.numbers if not self._is_given(one)]
        found += [
            Lack(LackKind.DATE, one.start, one.end) for one in self._asked.dates if True not in self._agreeing(one)
        ]
        others = [number for number in range(len(self._given.words)) if self._given.is_name(number)]
        for number in self._named(others):
            if not self._speaking[number] and not (self._grades[number] >= NAMED).any():
                word = self._asked.words[number]
                found.append(Lack(LackKind.NAME, word.start, word.end))
        if self._attribution()["other_speaker"]:
            said = max(self._asked.statements, key=lambda statement: statement.end - statement.start)
            start = self._asked.text.find(said.speaker)
            if start >= 0:
                found.append(Lack(LackKind.SPEAKER, start, start + len(said.speaker)))
        polarity = self._polarity()
        denied = max(polarity["negation_asked"], polarity["negation_given"]) >= DENIED
        if (polarity["negation_once"] and denied) or polarity["opposite"] >= OPPOSITE:
            found.append(Lack(LackKind.NEGATION, 0, len(self._asked.text)))
        return tuple(sorted(found, key=lambda lack: lack.start))

    def _coverage(self) -> dict[str, float]:
        """Measure how much of the sentence is said, and how well its weakest part."""
        grades = self._grades.max(axis=1).astype(float)
        weights = np.where(self._framing | self._speaking, 0.0, self._tells)
        for number in self._asked.numbers:
            places = self._asked.places(number.start, number.end)
            grades[places], weights[places] = self._is_given(number), self._tells[places]
        for day in self._asked.dates:
            places = self._asked.places(day.start, day.end)
            grades[places], weights[places] = True in self._agreeing(day), self._tells[places]
        if not weights.any():
            weights = self._tells
        told = np.flatnonzero(weights)
        grades, weights, clause = grades[told], weights[told], self._asked.clause[told]
        said = float(np.average(grades, weights=weights))
        parts = [
            float(np.average(grades[clause == part], weights=weights[clause == part]))
            for part in np.unique(clause)
            if weights[clause == part].sum() >= CLAUSE
        ]
        return {
            "said": said,
            "weakest_clause": min(parts, default=said),
            "best_clause": max(parts, default=said),
            "said_words": float(np.average(grades >= SAID, weights=weights)),
            "weakest_two": weakest(grades, weights, 2),
            "weakest_five": weakest(grades, weights, 5),
            "unsaid": float(np.log1p((grades < UNSAID) @ weights)),
            "unsaid_run": float(np.log1p(longest_run(grades, weights))),
            "length": float(np.log1p(len(told))),
        }

    def _is_given(self, number: Quantity) -> bool:
        given = any(self._same(number, other) for other in self._given.numbers)
        return given or (number.value <= SMALL and self._asked.unit(number) is None)

    def _same(self, number: Quantity, other: Quantity) -> bool:
        return same_number(number, self._asked, other, self._given)

    def _numbers(self) -> dict[str, float]:
        """Tell how many numbers the evidence lacks, and how much better another number fits where one stands."""
        missing, elsewhere = 0, 0.0
        for number in self._asked.numbers:
            if not self._is_given(number):
                missing += 1
                continue
            alike = [other for other in self._given.numbers if other.percent == number.percent and not other.ordinal]
            same = [self._same(number, other) for other in alike]
            fits = self._fits(
                self._asked.places(number.start, number.end),
                [self._given.places(other.start, other.end) for other in alike],
            )
            if any(same):
                elsewhere = max(elsewhere, surplus(fits, same))
        return {"number_missing": float(missing), "number_elsewhere": elsewhere}

    def _fits(self, places: Sequence[int], others: Sequence[Sequence[int]]) -> NDArray[np.floating]:
        """Return how well what stands around some words is said around each of some runs of the evidence."""
        telling = [
            place for place in np.flatnonzero(~self._framing).tolist()
            if place not in places and place not in self._counted
        ]  # fmt: skip
        far = {
            place: distance(place, places) + OTHER_CLAUSE * (self._asked.clause[place] != self._asked.clause[places[0]])
            for place in telling
        }
        nearest = sorted(telling, key=far.__getitem__)[:CONTEXT]
        weights = np.exp([(1 - distance(place, places)) / NEAR_ASKED for place in nearest])
        fits = np.zeros(len(others), np.float32)
        if not nearest:
            return fits
        for row, other in enumerate(others):
            decay = np.exp([-max(distance(at, other) - 1, 0) / NEAR_GIVEN for at in range(len(self._given.words))])
            decay *= np.where(self._given.clause == self._given.clause[other[0]], 1.0, 0.6)
            fits[row] = np.average((self._grades[nearest] * decay).max(axis=1), weights=weights)
        return fits

    def _agreeing(self, day: FoundDate) -> list[bool | None]:
        return [same_day(day, other, None, self._evidence.published) for other in self._given.dates]

    def _dates(self) -> dict[str, float]:
        agreeing = [self._agreeing(day) for day in self._asked.dates]
        missing = [found for found in agreeing if True not in found]
        return {"date_missing": float(len(missing)), "date_differs": float(sum(False in found for found in missing))}

    def _names(self) -> dict[str, float]:
        """Tell how many names the evidence lacks, and how much better another name fits where one stands."""
        missing, elsewhere = 0, 0.0
        others = [number for number in range(len(self._given.words)) if self._given.is_name(number)]
        for number in self._named(others):
            same = np.flatnonzero(self._grades[number] >= NAMED).tolist()
            if not same:
                missing += not self._speaking[number]
                continue
            places = [*same, *(other for other in others if self._grades[number, other] < OTHER_NAME)]
            fits = self._fits([number], [[place] for place in places])
            elsewhere = max(elsewhere, surplus(fits, [place in same for place in places]))
        return {"name_missing": float(np.log1p(missing)), "name_elsewhere": elsewhere}

    def _named(self, others: Sequence[int]) -> list[int]:
        """Return the words of the sentence that are names, by themselves or by those of the evidence."""
        # A capital in one script shows which words of the other are names.
        shown = np.asarray((self._grades[:, others] >= NAMED).any(axis=1), np.bool_)
        return [
            number
            for number in range(len(self._asked.words))
            if (self._asked.is_name(number) or shown[number])
            and number not in self._counted
            and not self._framing[number]
        ]

    def _attribution(self) -> dict[str, float]:
        """Tell whether the speaker of the sentence is the one whose words the evidence holds."""
        found = dict.fromkeys(("other_speaker", "same_speaker", "unnamed_speaker"), 0.0)
        if not self._asked.statements:
            return found
        said = max(self._asked.statements, key=lambda statement: statement.end - statement.start)
        words = [place for place in self._asked.places(*said.words) if not self._framing[place]]
        known = self._evidence.speakers or self._speaker_of(words)
        if known:
            same = any(self._speakers.is_same(mention, known) for mention in said.mentions)
            found["same_speaker" if same else "other_speaker"] = 1.0
        else:
            named = [place for place in np.flatnonzero(self._speaking).tolist() if not self._framing[place]]
            found["unnamed_speaker"] = float(bool(named) and self._grades[named].max() < OTHER_NAME)
        return found

    def _speaker_of(self, words: Sequence[int]) -> tuple[str, ...]:
        """Return how the evidence names whoever says the most of some words of the sentence."""
        best = 0.0
        speaker: tuple[str, ...] = ()
        for statement in self._given.statements:
            places = self._given.places(*statement.words)
            if places and words:
                share = float(np.average(self._grades[np.ix_(words, places)].max(axis=1), weights=self._tells[words]))
                if share > best:
                    best, speaker = share, statement.mentions
        return speaker if best >= UNSAID else ()

    def _polarity(self) -> dict[str, float]:
        """Tell how far what one side negates the other affirms, by words that say the same."""
        telling = np.where(self._framing, 0.0, self._tells)
        aligned = self._aligned(telling)
        differs = {place: self._asked.sign[place] != self._given.sign[other] for place, other in aligned.items()}
        asked = [place for place in aligned if self._asked.sign[place] < 0]
        given = [place for place, other in aligned.items() if self._given.sign[other] < 0]
        negators = [any(is_negator(word.text) for word in side.words) for side in (self._asked, self._given)]
        found = {
            "negation_asked": average(differs, telling, asked),
            "negation_given": average(differs, telling, given),
            "negation_once": float(negators[0] != negators[1]),
            "opposite": self._opposite(telling),
            "hedged": 0.0,
        }
        if not any(word.text in HEDGES for word in self._asked.words):
            for number, word in enumerate(self._given.words):
                if word.text in HEDGES and number + 1 < len(self._given.words):
                    after = self._grades[:, number + 1 : number + 1 + HEDGE].max(axis=1)
                    found["hedged"] = max(found["hedged"], float((after * telling).max()))
        return found

    def _aligned(self, telling: NDArray[np.float64]) -> dict[int, int]:
        """Return the word of the evidence that each word of the sentence is said by, with what stands around it."""
        around = spread(self._grades, WINDOW - 1)
        aligned = {}
        for place in np.flatnonzero(telling).tolist():
            row = self._grades[place]
            if place in self._counted or row.max() < ALIGNED:
                continue
            beside = [
                near for near in range(max(0, place - WINDOW), min(len(telling), place + WINDOW + 1)) if near != place
            ]
            weights = telling[beside]
            context = weights @ around[beside] / max(float(weights.sum()), 1e-6)
            aligned[place] = int(np.argmax(np.where(row >= ALIGNED, row + context, -1.0)))
        return aligned

    def _opposite(self, telling: NDArray[np.float64]) -> float:
        """Return how much better what stands around an opposite fits, where a word of the sentence has one."""
        given: dict[int, list[tuple[int, int]]] = {}
        for place, word in enumerate(self._given.words):
            for group, side in sides(word.text).items():
                given.setdefault(group, []).append((side * int(self._given.sign[place]), place))
        around = spread(self._grades, WINDOW + 1)
        plain = np.array([not sides(word.text) for word in self._asked.words]) * telling
        worst = 0.0
        for place, word in enumerate(self._asked.words):
            for group, side in sides(word.text).items():
                held = given.get(group, [])
                beside = places_beside(place, len(telling), WINDOW + 1)
                weights = plain[beside]
                fits = weights @ around[beside][:, [other for _, other in held]] / max(float(weights.sum()), 1e-6)
                meant = side * int(self._asked.sign[place])
                worst = max(worst, surplus(fits, [other == meant for other, _ in held]))
        return worst


def _frames(word: str) -> bool:
    return word in STOP_WORDS or word in _FRAME or word.removeprefix("و") in _FRAME or is_negator(word)
