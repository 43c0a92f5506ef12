"""Reported speech: who says what in an article, and how they stand to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stance(StrEnum):
    """How a speaker stands to what they say, as the outlet's verb tells it."""

    SAID = "said"
    STRESSED = "stressed"
    ANNOUNCED = "announced"
    DENIED = "denied"
    ACCUSED = "accused"
    WARNED = "warned"
    EXPECTED = "expected"
    BELIEVED = "believed"
    REGRETTED = "regretted"
    DEMANDED = "demanded"
    PROMISED = "promised"
    PRAISED = "praised"
    CRITICISED = "criticised"
    AGREED = "agreed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech in an article; all offsets are code points into the article's text.

    `speaker` is the fullest form in which the article names who speaks, wherever it does; `mentions` holds every form,
    in the order of first use. ``[start, end)`` is the run that belongs to the statement, the speaker and the verb
    included; it lies in `sentence`, or, where an interview's answer or a poem goes on, in that run of sentences.
    `words` is the run of what is said, without those two; it is `direct` where it is wholly a quotation. `verb` is None
    where a quotation goes on without one. `role`, the speaker's office, `addressee` and `said_on`, the day of the
    saying, are None where the article does not state them.
    """

    sentence: tuple[int, int]
    start: int
    end: int
    words: tuple[int, int]
    verb: tuple[int, int] | None
    stance: Stance
    direct: bool
    speaker: str
    mentions: tuple[str, ...]
    role: str | None
    addressee: tuple[int, int] | None
    said_on: date | None
