"""What agrees and what differs between a sentence and its evidence, as the numbers that a verdict is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.verification.alignment import Alignment
from assistant.verification.attribution import Attribution, attribute
from assistant.verification.binding import Binding
from assistant.verification.content import Content
from assistant.verification.dating import missing_dates
from assistant.verification.denial import polarity
from assistant.verification.measures import UNSAID, longest_run, weakest
from assistant.verification.opposition import opposition
from assistant.verification.reasons import Lack, LackKind
from assistant.verification.substitution import substituted

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from assistant.speech.speakers import SpeakerMatcher
    from assistant.words.matching import Matcher

SIGNALS = (
    "said", "said_words", "weakest_two", "weakest_five", "weakest_clause", "best_clause", "unsaid", "unsaid_run",
    "length", "scattered", "number_missing", "number_elsewhere", "number_moved", "date_missing", "date_differs",
    "name_missing", "name_elsewhere", "name_moved", "swapped", "exchanged", "other_speaker", "same_speaker",
    "unnamed_speaker", "replaced", "negators_more", "negators_fewer",
    "negation_asked", "negation_given", "negation_shared", "negation_once", "denied_alone", "opposite", "contrary",
    "concordant", "hedged", "likeness", "sentence_likeness",
)  # fmt: skip
"""The signals, in the order of `Comparison.signals`."""

CLAUSE = 1.0
"""Weight from which a clause is measured by itself."""

SAID = 0.5
"""Grade from which a word is said."""

STRETCH, STRETCHED = 8, 1.5
"""Words of a stretch of the evidence that may say the sentence: at least so many, and as many times its own."""

ALIKE = 0.6, 0.8
"""Cosines of a sentence and the nearest of its evidence from which the one begins to be, and surely is, a version of
the other, in which each word that differs counts."""

DENIED, OPPOSITE = 0.5, 0.5
"""Share of what a side negates that the other affirms, and how much better an opposite fits than the same word, from
which the one denies what the other says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence is held against: the cited words, who is known to say them, and the day of the article.

    `title`, which stands beside them, tells what they are about: "the company" of a report is that of its title.
    """

    text: str
    speakers: tuple[str, ...] = ()
    published: date | None = None
    title: str = ""


class Comparison:
    """A sentence beside its evidence, word by word; each has at least one."""

    def __init__(
        self, asked: Content, given: Content, evidence: Evidence, matcher: Matcher, speakers: SpeakerMatcher
    ) -> None:
        self._asked, self._given = asked, given
        self._aligned = aligned = Alignment(asked, given, matcher, Content.of(evidence.title))
        self._binding = Binding(aligned, evidence.speakers)
        self._dates = missing_dates(asked, given, evidence.published, aligned.title)
        self._attributed, self._said = attribute(aligned, speakers, matcher, evidence.speakers)

    def signals(self, likeness: tuple[float, float]) -> NDArray[np.float64]:
        """Return the signals in the order of `SIGNALS`, shape (signals,).

        `likeness` are the cosines of the sentence with the whole evidence, and with the nearest of its sentences.
        """
        found = dict(zip(("likeness", "sentence_likeness"), likeness, strict=True))
        found |= self._binding.signals() | polarity(self._aligned)
        found |= opposition(self._aligned)
        near = float(np.clip((likeness[1] - ALIKE[0]) / (ALIKE[1] - ALIKE[0]), 0.0, 1.0))
        found |= {name: near * found[name] for name in ("negators_more", "negators_fewer")}
        found["replaced"] = near * substituted(self._aligned)
        found |= {
            "date_missing": float(len(self._dates)),
            "date_differs": float(sum(self._dates.values())),
            "other_speaker": float(self._attributed is Attribution.OTHER),
            "same_speaker": float(self._attributed is Attribution.SAME),
            "unnamed_speaker": float(self._attributed is Attribution.UNNAMED),
        }
        found |= self._coverage()
        return np.array([found[name] for name in SIGNALS])

    def lacks(self) -> tuple[Lack, ...]:
        """Return the numbers, dates and names that the evidence lacks, whose words it is not, and what it denies."""
        numbers = [one for one in self._asked.numbers if not self._binding.is_given(one)]
        found = [Lack(LackKind.NUMBER, one.start, one.end) for one in numbers]
        found += [Lack(LackKind.DATE, one.start, one.end) for one in self._dates]
        names = [self._asked.words[number] for number in self._binding.missing_names()]
        found += [Lack(LackKind.NAME, word.start, word.end) for word in names]
        if self._attributed is Attribution.OTHER and self._said:
            start = self._asked.text.find(self._said.speaker)
            if start >= 0:
                found.append(Lack(LackKind.SPEAKER, start, start + len(self._said.speaker)))
        signs = polarity(self._aligned) | opposition(self._aligned)
        if max(signs["negation_asked"], signs["negation_given"]) >= DENIED or signs["opposite"] >= OPPOSITE:
            found.append(Lack(LackKind.NEGATION, 0, len(self._asked.text)))
        return tuple(sorted(found, key=lambda lack: lack.start))

    def _coverage(self) -> dict[str, float]:
        """Measure how much of the sentence is said, and how well its weakest part."""
        grades = self._aligned.grades.max(axis=1).astype(float)
        grades[self._binding.titled_names()] = 1.0
        weights = np.where(self._aligned.framing | self._aligned.speaking, 0.0, self._aligned.tells)
        for number in self._asked.numbers:
            places = self._asked.places(number.start, number.end)
            grades[places], weights[places] = self._binding.is_given(number), self._aligned.tells[places]
        for day in self._asked.dates:
            places = self._asked.places(day.start, day.end)
            grades[places], weights[places] = day not in self._dates, self._aligned.tells[places]
        if not weights.any():
            weights = self._aligned.tells
        told = np.flatnonzero(weights)
        scattered = self._scattered(told, weights[told])
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
            "scattered": scattered,
            "length": float(np.log1p(len(told))),
        }

    def _scattered(self, told: NDArray[np.intp], weights: NDArray[np.float64]) -> float:
        """Return how much less of the sentence the best stretch of the evidence says than the whole of it."""
        grades = self._aligned.grades[told]
        size = max(STRETCH, int(STRETCHED * len(self._asked.words)))
        starts = range(max(1, len(self._given.words) - size + 1))
        whole = float(np.average(grades.max(axis=1), weights=weights))
        best = max(float(np.average(grades[:, at : at + size].max(axis=1), weights=weights)) for at in starts)
        return whole - best
