"""The time that an earlier question asks about, in the questions after it: في أغسطس؟, And Peskov? Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from assistant.questions.languages import question_language
from assistant.questions.period import find_period
from assistant.questions.question import Kind, read_question
from assistant.questions.times import TimeReader

if TYPE_CHECKING:
    from assistant.questions.times import Period
    from index.types import Language

_LEADS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"^(?:(?:and|but|so|then|what|how|about|of)\b,?\s+)*", re.IGNORECASE),
    "ar": re.compile(r"^(?:و?ماذا عن |وعن |و\s*|عن )?"),
}
_IN: dict[Language, str] = {"en": "in", "ar": "في"}
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d")
_ANY_DAY = date(2000, 1, 1)  # where words for a time stand is the same on every day


def find_time(question: str) -> Period | None:
    """Return where the words stand for the time that a question asks about; None where it asks about none."""
    return find_period(read_question(question), date.max.replace(year=2100))


def at_another_time(question: str, before: str, time: Period | None) -> str | None:
    """Return the question before with the time of a follow-up that is nothing but another: «وفي أغسطس؟».

    A month takes the year of the one before it. Where the question before names no time, this one comes at its end.
    """
    asked = question.rstrip(" ?؟!.")
    language = question_language(question)
    words = _LEADS[language].sub("", asked)
    if time is None:
        if read_question(before).kind is Kind.WHEN or _YEAR.search(before) or language != question_language(before):
            return None
        end = len(before.rstrip(" ?؟!."))
        start, gap = end, " "
    else:
        start, end, gap = time.start, time.end, ""
    for phrase in (words, f"{_IN[language]} {words}"):
        found = TimeReader(phrase, _ANY_DAY, _ANY_DAY).phrases()
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(phrase)):
            years = _YEAR.findall(before[start:end])
            lacking = years and not found[0].counted and not _YEAR.search(phrase)
            return f"{before[:start]}{gap}{phrase}{f' {years[-1]}' if lacking else ''}{before[end:]}"
    return None


def at_the_same_time(made: str, time: Period, before: str) -> str:
    """Return a follow-up that was made whole with the time of the question before, unless it has its own."""
    whole, mark = made.rstrip(" ?؟"), made[len(made.rstrip(" ?؟")) :]
    phrase = before[time.start : time.end]
    same = question_language(made) == question_language(before)
    if not same or TimeReader(made, _ANY_DAY, _ANY_DAY).phrases() or read_question(made).kind is Kind.WHEN:
        return made
    return f"{whole} {phrase[0].lower()}{phrase[1:]}{mark}"
