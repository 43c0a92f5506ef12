"""The parts of a sentence that its evidence does not bear out: pure."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


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
