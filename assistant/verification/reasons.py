"""Why a sentence got its verdict: in what it agrees with its evidence, and in what it differs; and where. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.verification.content import Content


class LackKind(StrEnum):
    """What the evidence may lack."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    SPEAKER = "speaker"
    NEGATION = "negation"


class Lack(NamedTuple):
    """A part of a sentence that its evidence does not bear out: code points ``[start, end)``, and what it is.

    For `negation` that is the whole sentence, which says the opposite.
    """

    kind: LackKind
    start: int
    end: int


Subject = Literal[
    "quoted", "words", "numbers", "number_elsewhere", "dates", "date_differs", "names", "name_elsewhere", "speaker",
    "speaker_unnamed", "denial", "opposite", "hedge",
]  # fmt: skip
"""What is compared: words by the share that is said, numbers, dates and names by how many are missing."""

NOTICED = 0.25
"""By how much another number, name or opposite must fit better, or a word be hedged or denied, to be told of."""

MOVED, SWAPPED = 0.4, 0.6
"""How much of what tells a number from another one, or around two names in the other order, must be said for that."""

_DIFFERING: dict[Subject, dict[str, float]] = {
    "number_elsewhere": {"number_elsewhere": NOTICED, "number_moved": MOVED},
    "name_elsewhere": {"name_elsewhere": NOTICED, "swapped": SWAPPED},
    "denial": {"negation_asked": NOTICED, "negation_given": NOTICED},
    "opposite": {"opposite": NOTICED},
    "hedge": {"hedged": NOTICED},
}

MOST_SAID = 0.75
"""Share of a sentence's telling words from which it agrees with evidence that says them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in which a sentence agrees with its evidence or differs from it.

    `amount` is a share of words, 0 to 1, or the number of things that are missing.
    """

    subject: Subject
    agrees: bool
    amount: float = 0.0


QUOTED = Reason("quoted", agrees=True)
"""A sentence that says nothing besides its quotations."""


def reasons_of(sentence: Content, signals: Mapping[str, float]) -> tuple[Reason, ...]:
    """Return what the signals of a sentence tell, by their names; what it does not hold is not told of."""
    return tuple(_reasons(sentence, signals))


def _reasons(sentence: Content, found: Mapping[str, float]) -> Iterator[Reason]:
    yield Reason("words", found["said_words"] >= MOST_SAID, found["said_words"])
    if sentence.numbers:
        yield Reason("numbers", not found["number_missing"], found["number_missing"])
    if sentence.dates:
        missing = found["date_missing"] - found["date_differs"]
        if found["date_differs"]:
            yield Reason("date_differs", agrees=False, amount=found["date_differs"])
        if missing or not found["date_differs"]:
            yield Reason("dates", not missing, missing)
    names = round(np.expm1(found["name_missing"]))
    another = found["other_speaker"] or found["unnamed_speaker"]  # whose name is told of by itself
    if names or (not another and any(map(sentence.is_name, range(len(sentence.words))))):
        yield Reason("names", not names, names)
    if found["same_speaker"] or found["other_speaker"]:
        yield Reason("speaker", not found["other_speaker"])
    if found["unnamed_speaker"]:
        yield Reason("speaker_unnamed", agrees=False)
    for subject, told in _DIFFERING.items():
        if any(found[signal] >= least for signal, least in told.items()):
            yield Reason(subject, agrees=False)
