"""The name of who holds an Arabic office, after its place or between commas. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import TITLES_AR, is_boundary, is_known
from assistant.speech.reporting_ar import THAT_AR
from assistant.speech.reports import COMMA
from assistant.speech.speaker_ar import OPENS_CLAUSE, PARTS_NAME, PLACE_AR, gap_before, speaker_end
from assistant.words.lexicon import GIVEN_AR, PEOPLE_AR, ROLES_AR, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

FARTHEST_NAME = 9
"""Words of the place between an office and its holder's name."""

LONGEST_APPOSITION = 6
"""Words of a name between two commas."""

LEAST_ADDRESSEE = 4
"""Letters of a word with «ل» joined that is more than a name like «لؤي»."""

_JOINED_LAM = re.compile("^لل?")

_OF_OFFICE = folded("في لدى حول من عن على")


def name_after_place(run: WordRun, first: int, last: int) -> int:
    """Return where a speaker ends whose name stands after the place of the office, or `last` where none does.

    «مدير المعهد في تونس، سالم الحموي، أن», «مدير الشرطة في عسير العقيد سالم الحموي أن».
    """
    office = first < last < len(run.words) and _is_office(run.folded[first])
    named = first < last < len(run.words) and run.folded[last] in GIVEN_AR
    if (office or named) and COMMA.search(run.gaps[last]):
        return max(last, _apposition_end(run, last))
    if not office or not (run.folded[last] in _OF_OFFICE or run.folded[last].startswith(("ب", "ل"))):
        return last
    for number in range(last + 1, min(last + FARTHEST_NAME, len(run.words))):
        word, gap = run.folded[number], run.gaps[number]
        if word in THAT_AR or OPENS_CLAUSE.search(gap_before(run, number)):
            break
        if COMMA.search(gap):
            closes = _apposition_end(run, number)
            return closes if closes > number else last
        if word in TITLES_AR and run.folded[number - 1] not in PLACE_AR:
            end = speaker_end(run, number)
            return end if end > number + 1 else last
    return last


def _is_office(word: str) -> bool:
    """Tell whether a word is of an office or for a person, with «ل» joined and the article or without."""
    bare = _JOINED_LAM.sub("", word)
    return any(form in ROLES_AR or form in PEOPLE_AR for form in (word, bare))


def _apposition_end(run: WordRun, first: int) -> int:
    """Return where a name between a comma and a comma, «أن» or a place ends; `first` where none stands there."""
    for last in range(first, min(first + LONGEST_APPOSITION, len(run.words))):
        word = run.folded[last]
        if last > first + 1 and (COMMA.search(run.gaps[last]) or word in THAT_AR or word in PLACE_AR):
            return last
        if last > first + 1 and word.startswith("ل") and len(word) > LEAST_ADDRESSEE:
            return last
        if is_boundary(word) or (last > first and PARTS_NAME.search(gap_before(run, last))):
            return first
        if word.startswith("ال") and last == first and not is_known(word.removeprefix("ال")):
            return first
    return len(run.words) if first + 1 < len(run.words) <= first + LONGEST_APPOSITION else first
