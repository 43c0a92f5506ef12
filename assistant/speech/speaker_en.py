"""The words that name a speaker in an English sentence, before the verb or after it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.reporting_en import ADVERBS_EN, BOUNDARY_EN, SAY_EN, WEAK_SAY_EN
from assistant.speech.reports import LONGEST_SPEAKER
from assistant.words.lexicon import GROUPS_EN, ROLES_EN, folded
from assistant.words.offices import office_of
from index.day_words import WEEKDAYS

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun


LONGEST_APPOSITION = 14
"""Words between the two commas of "Smith, an analyst with the bank, said"."""


LONGEST_TITLE = 4
"""Letters of a title or an initial that a stop may follow within a name: Gen., J."""


LONGEST_GROUP = 4
"""Words of a speaker without a name or an office, at most."""


DETERMINERS_EN = folded("the a an one some many several most two three other")


PRONOUNS_EN = frozenset({"he", "she", "they", "it"})


_WITHIN_NAME = frozenset({"of", "for", "in", "at", "and"})


_HANDED_ON = folded("quoted cited released published issued")
_RULES = folded("law laws rule rules plan plans terms schedule agreement accord formula size needs type which what how")


_JOINS = frozenset({"and", "of", "for", "to"})


_FUNCTION = folded("the a an of for to and his her their its 's s mr us former special state")


PARTS_NAME = re.compile(r"[,:\"“”;()]|\.(?:\s|$)")


CLOSES_CLAUSE = re.compile('[,.;:"“”]')


def source_end(run: WordRun, first: int) -> int:
    """Return where the source after "according to" ends, in small letters too; `first` where it is a rule or a plan."""
    last = first
    while last < len(run.words) and last - first < LONGEST_SPEAKER:
        word = run.folded[last]
        ends = word in _HANDED_ON or (word in BOUNDARY_EN and not (word in _WITHIN_NAME and last > first))
        if ends or (last > first and PARTS_NAME.search(gap_before(run, last))):
            break
        last += 1
    return first if last > first and run.folded[last - 1] in _RULES else last


def _is_name(run: WordRun, number: int) -> bool:
    return run.is_capital(number) or run.folded[number] in ROLES_EN


def names_someone(run: WordRun, first: int, last: int) -> bool:
    """Tell whether a run of words holds a name, an office or a word for people."""
    return any(
        run.folded[number] not in _FUNCTION | PRONOUNS_EN and (_is_name(run, number) or run.folded[number] in GROUPS_EN)
        for number in range(first, last)
    )


def gap_before(run: WordRun, number: int) -> str:
    """Return what stands before a word, without the stop of an initial or a title: J. Smith, Mr. Smith."""
    gap = run.gaps[number]
    shortened = number and len(run.folded[number - 1]) <= LONGEST_TITLE and run.is_capital(number - 1)
    return gap.removeprefix(".") if shortened else gap


def speaker_after(run: WordRun, first: int) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    last = first
    while last < len(run.words) and last - first < LONGEST_SPEAKER and _is_name(run, last):
        if last > first and PARTS_NAME.search(gap_before(run, last)):
            break
        last += 1
    return last if names_someone(run, first, last) else first


def _is_adverb(run: WordRun, number: int) -> bool:
    word = run.folded[number]
    return word in ADVERBS_EN or (word.endswith("ly") and not run.is_capital(number))


def verb_group(run: WordRun, number: int) -> int:
    """Return the number of the first word of "on Monday also said", the verb's own where nothing belongs to it."""
    while number:
        before = run.folded[number - 1]
        if CLOSES_CLAUSE.search(run.gaps[number]):
            break
        if _is_adverb(run, number - 1):
            number -= 1
        elif before in WEEKDAYS and number > 1 and run.folded[number - 2] == "on":
            number -= 2
        else:
            break
    return number


def speaker_before(run: WordRun, verb: int) -> tuple[int, int]:
    """Return the words that name the speaker of a verb after them, an empty run where none does."""
    number = verb_group(run, verb)
    after_name = number and (
        run.is_capital(number - 1) or run.folded[number - 1] in GROUPS_EN or office_of(run.folded[number - 1])
    )
    if run.folded[verb] in WEAK_SAY_EN and not after_name:
        return number, number
    if number and run.folded[number - 1] in _JOINS:
        return number, number
    if (first := _before_appositions(run, number)) < number:
        comma = _first_comma(run, first)
        whole = number - first <= LONGEST_SPEAKER and run.folded[comma] not in BOUNDARY_EN
        return first, number if whole else comma
    gap = run.gaps[number].strip()
    if gap.removeprefix(".") == "," and number:
        return _speaker_before_apposition(run, number)
    first = number if PARTS_NAME.search(gap) else _walk_back(run, number)
    if 1 < first < number and run.folded[first - 1] in {"who", "which"}:
        first = _walk_back(run, first - 1)  # a member of the board which regulates the system said
    someone = names_someone(run, first, number) or _is_some_group(run, first, number)
    return (first, number) if someone else (number, number)


_OPENS_APPOSITION = folded("of at with from for a an the who which")


def _before_appositions(run: WordRun, last: int) -> int:
    """Return where the name begins whose appositions end before a word; that word where there is none.

    William Raferty, of Smith Barney said; Hal Weiss, chairman, president and chief executive, of Rocky Mount, said.
    """
    start = last - 1
    while start > 0 and not CLOSES_CLAUSE.search(run.gaps[start].replace(",", "")):
        start -= 1
    commas = [number for number in range(max(start, 0) + 1, last) if "," in run.gaps[number]]
    if not commas or not (run.folded[commas[-1]] in _OPENS_APPOSITION or _is_all_small(run, commas[-1], last)):
        return last
    for begin, end in zip([start, *commas], commas, strict=False):
        name = next((at for at in range(begin, end) if not _is_adverb(run, at)), end)
        between = run.folded[end:last]
        relative = between[0] in {"who", "which"} and "," in run.gaps[last]
        group = relative and end - name <= LONGEST_GROUP and run.folded[name] in DETERMINERS_EN
        if not (group or _is_all_name(run, name, end)):
            continue
        if len(between) > 2 * LONGEST_APPOSITION or (not relative and not FINITE_EN.isdisjoint(between)):
            return last
        return last if not relative and any(word in SAY_EN for word in between) else name
    return last


def _first_comma(run: WordRun, first: int) -> int:
    return next(number for number in range(first + 1, len(run.words)) if "," in run.gaps[number])


_WITHIN = folded("at in with from near")
"""Words between people and their body or place: sources at the exchange."""


def _is_all_small(run: WordRun, first: int, last: int) -> bool:
    return not any(run.is_capital(number) for number in range(first, last))


def _is_all_name(run: WordRun, first: int, last: int) -> bool:
    """Tell whether words are a name with its offices and nothing else."""
    named = any(run.is_capital(number) or run.folded[number] in GROUPS_EN for number in range(first, last))
    return named and all(
        (_is_name(run, number) and run.folded[number] not in BOUNDARY_EN - ROLES_EN)
        or run.folded[number] in GROUPS_EN
        or run.folded[number] in _FUNCTION
        for number in range(first, last)
    )


FINITE_EN = folded(
    "is are was were be been has have had will would can could may might must do does did who which that"
)


def _is_some_group(run: WordRun, first: int, last: int) -> bool:
    """Tell whether a few small words are people or a body: the left-wingers, a report."""
    if first < last and run.folded[last - 1] in GROUPS_EN:
        return True
    return 1 < last - first <= LONGEST_GROUP and run.folded[first] in DETERMINERS_EN


def _walk_back(run: WordRun, number: int) -> int:
    """Return where the name that ends before a word begins."""
    first = number
    while first > 0 and number - first < LONGEST_SPEAKER:
        word = run.folded[first - 1]
        if first < number and PARTS_NAME.search(gap_before(run, first)):
            break
        ends = (word in BOUNDARY_EN and word not in ROLES_EN) or word in SAY_EN or word.isdigit()
        if ends and not (first > 1 and word in _WITHIN and run.folded[first - 2] in GROUPS_EN):
            break
        first -= 1
    while first < number and (run.folded[first] in _JOINS or _is_adverb(run, first)):
        first += 1
    return first


def _speaker_before_apposition(run: WordRun, number: int) -> tuple[int, int]:
    """Find the speaker of "Smith, an analyst with the bank, said": before the comma that opens the apposition."""
    for opening in range(number - 1, max(0, number - LONGEST_APPOSITION), -1):
        if run.folded[opening] in SAY_EN.keys() | PRONOUNS_EN:
            break
        gap = gap_before(run, opening).strip()
        if gap.endswith("),") and _is_all_name(run, opening, number):
            opens = next((at for at in range(opening, 0, -1) if "(" in run.gaps[at]), opening)
            return _walk_back(run, opens), number  # the head of the department (CACEX), Robert Hadley, told
        if gap == ",":
            first = _walk_back(run, opening)
            whole = number - first <= LONGEST_SPEAKER and run.folded[opening] not in BOUNDARY_EN
            return (first, number if whole else opening) if names_someone(run, first, opening) else (number, number)
        if PARTS_NAME.search(gap):
            break
    first = _walk_back(run, number)
    named = first == 0 and run.is_capital(number - 1) and names_someone(run, first, number)
    return (first, number) if named else (number, number)
