"""Reporting verbs and their speakers in English sentences. Pure.

The speaker stands before the verb (Lavrov said), after it ("...," said Lavrov), or is the last one (he added).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.reporting_en import (
    ADVERBS_EN,
    BOUNDARY_EN,
    HELD_EN,
    NEEDS_OBJECT_EN,
    NEEDS_THAT_EN,
    PROGRESSIVE_EN,
    SAY_EN,
    SAYING_EN,
    SHOWS_EN,
    TELL_EN,
    WEAK_SAY_EN,
)
from assistant.speech.reports import LONGEST_SPEAKER, Report
from assistant.words.lexicon import GROUPS_EN, ROLES_EN, folded, office_of
from index.day_words import WEEKDAYS

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

BELOW = 12
"""Words that may stand between «that» and a verb below it."""

LONGEST_APPOSITION = 14
"""Words between the two commas of "Smith, an analyst with the bank, said"."""

LONGEST_DATA = 14
"""Words of "A survey of analysts around the region", at most."""

LONGEST_HEARERS = 2
"""Words of whom a spokesman tells at the end of a sentence."""

LONGEST_TITLE = 4
"""Letters of a title or an initial that a stop may follow within a name: Gen., J."""

LONGEST_GROUP = 4
"""Words of a speaker without a name or an office, at most."""

_DETERMINERS = folded("the a an one some many several most two three other")
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_RELATIVES = frozenset({"what", "which", "whom", "who"})
_WITHIN_NAME = frozenset({"of", "for", "in", "at", "and"})
_RULES = folded("law laws rule rules plan plans terms schedule agreement accord formula size needs type which what how")
_BEING = frozenset({"is", "are", "was", "were"})
_DATA = folded("""
    figures data statistics survey surveys poll polls study studies report reports results letter documents records
    estimates research findings
""")
_PARTS_DATA = folded("that and but while which who if although though as")
_JOINS = frozenset({"and", "of", "for", "to"})
_FUNCTION = folded("the a an of for to and his her their its 's s mr us former special state")
_PARTS_NAME = re.compile(r"[,:\"“”;()]|\.(?:\s|$)")
_PARTS_CLAUSES = re.compile(r"[,;:\"“”]")
_CLOSES_QUOTATION = re.compile('["”,]')
_CLOSES_CLAUSE = re.compile('[,.;:"“”]')
_AFTER_SPEAKER = folded("in on at after during who of while as from through when with before by")


def find_report(run: WordRun, number: int) -> Report | None:
    """Return the report that a word of an English sentence makes, None where it makes none."""
    word = run.folded[number]
    if word == "according" and run.folded[number + 1 : number + 2] == ["to"]:
        last = _source_end(run, number + 2)
        return Report(number, number + 2, last, nested=False) if last > number + 2 else None
    if word in SAYING_EN and not run.is_capital(number) and _says_on(run, number):
        return Report(number, number, number, nested=False)
    if word in PROGRESSIVE_EN and number and run.folded[number - 1] in _BEING:
        return _find_progressive(run, number)
    if word in SHOWS_EN:
        return _find_shown(run, number)
    if word not in SAY_EN or run.is_capital(number):
        return None
    if word == "asked" and run.folded[number + 1 : number + 2] == ["not"]:
        return None
    following = run.folded[number + 1 : number + 2]
    if following == ["by"] or (word == "called" and "," in run.gaps[number]) or (word in NEEDS_OBJECT_EN and following == ["to"]):
        return None  # predicted by the polls, attributed to the weather
    if word in NEEDS_THAT_EN and not _opens_clause(run, number):
        return None
    if number > 1 and run.folded[number - 1] in _PRONOUNS and run.folded[number - 2] in _RELATIVES:
        return None  # what it contends was a commitment
    nested = _is_below(run, number)
    if _carries_on(run, number):
        nested = nested or (word in HELD_EN and any(other in SAY_EN for other in run.folded[:number]))
        return Report(number, number, number, nested)
    after = _speaker_after(run, number + 1) if _may_come_first(run, number) else number + 1
    if after > number + 1 and _closes(run, after):
        return Report(number, number + 1, after, nested)
    first, last = _speaker_before(run, number)
    if first < last:
        return Report(number, first, last, nested)
    finite = after < len(run.words) and run.folded[after] in _FINITE
    return Report(number, number + 1, after, nested) if after > number + 1 and not finite else None


def _source_end(run: WordRun, first: int) -> int:
    """Return where the source after "according to" ends, in small letters too; `first` where it is a rule or a plan."""
    last = first
    while last < len(run.words) and last - first < LONGEST_SPEAKER:
        ends = run.folded[last] in BOUNDARY_EN and not (run.folded[last] in _WITHIN_NAME and last > first)
        if ends or (last > first and _PARTS_NAME.search(_gap(run, last))):
            break
        last += 1
    return first if last > first and run.folded[last - 1] in _RULES else last


def _find_progressive(run: WordRun, number: int) -> Report | None:
    """Find who speaks in "The ministry is projecting a crop of"."""
    first, last = _speaker_before(run, number - 1)
    return Report(number, first, last, _is_below(run, number)) if first < last else None


def _find_shown(run: WordRun, number: int) -> Report | None:
    """Find the figures, the survey or the document of "Ministry figures show": all words of the clause before."""
    first = _verb_group(run, number)
    last = first
    while first > 0 and last - first < LONGEST_DATA:
        before = run.folded[first - 1]
        if before in _PARTS_DATA or before in SAY_EN or (first < last and _PARTS_NAME.search(_gap(run, first))):
            break
        first -= 1
    if _is_below(run, number) or _DATA.isdisjoint(run.folded[first:last]):
        return None
    return Report(number, first, last, nested=False)


def _may_come_first(run: WordRun, number: int) -> bool:
    """Tell whether a verb may stand before its speaker: after what is said, or at the start."""
    return number == 0 or bool(_CLOSES_QUOTATION.search(run.gaps[number]))


def _closes(run: WordRun, number: int) -> bool:
    """Tell whether a clause ends before a word: the name there is no subject of what follows."""
    return (
        number == len(run.words)
        or bool(_CLOSES_CLAUSE.search(run.gaps[number]))
        or run.folded[number] in _AFTER_SPEAKER
    )


def _carries_on(run: WordRun, number: int) -> bool:
    """Tell whether the last speaker says on: "he added", "and warned that"."""
    if not number:
        return False
    before = _verb_group(run, number)
    if before and run.folded[before - 1] in _PRONOUNS:
        return True
    joined = before and run.folded[before - 1] in {"and", "but"}
    said_before = any(word in SAY_EN for word in run.folded[: before - 1]) and run.folded[number] not in WEAK_SAY_EN
    return bool(joined) and (said_before or run.folded[number + 1 : number + 2] == ["that"])


def closes_sentence(run: WordRun, report: Report) -> bool:
    """Tell whether a report stands at the end of its sentence, after a comma: what is before is what it reports."""
    begins = subject_start(run, report)
    hearers = LONGEST_HEARERS if report.verb >= 0 and run.folded[report.verb] in TELL_EN else 0
    return report.ends + hearers >= len(run.words) and begins > 0 and "," in run.gaps[begins]


def _opens_clause(run: WordRun, number: int) -> bool:
    """Tell whether a verb is followed by a clause or a quotation, or ends what it reports."""
    following = run.folded[number + 1 : number + 2]
    return following == ["that"] or not following or bool(run.gaps[number + 1].strip()) or ("," in run.gaps[number])


def _says_on(run: WordRun, number: int) -> bool:
    """Tell whether a participle goes on with what the subject of its clause says: ", adding that"."""
    return bool(number) and run.gaps[number].strip() in {",", '",', ',"', "”", ",”"}


def subject_start(run: WordRun, report: Report) -> int:
    """Return the number of a report's first word, the pronoun of its verb among them: he added."""
    if report.named:
        return report.begins
    before = _verb_group(run, report.verb)
    return before - 1 if before and run.folded[before - 1] in _PRONOUNS else report.verb


def _is_below(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands below another reporting verb: after «that», or in «said Britain expected»."""
    for before in range(number - 1, max(-1, number - BELOW), -1):
        if run.folded[before] == "that":
            return True
        if run.folded[before] in {"and", "but", "while"} or _PARTS_CLAUSES.search(run.gaps[before + 1]):
            return False
        if run.folded[before] in SAY_EN and not run.is_capital(before):
            return True
    return False


def _is_name(run: WordRun, number: int) -> bool:
    return run.is_capital(number) or run.folded[number] in ROLES_EN


def _names_someone(run: WordRun, first: int, last: int) -> bool:
    return any(
        run.folded[number] not in _FUNCTION | _PRONOUNS and (_is_name(run, number) or run.folded[number] in GROUPS_EN)
        for number in range(first, last)
    )


def _gap(run: WordRun, number: int) -> str:
    """Return what stands before a word, without the stop of an initial or a title: J. Smith, Mr. Smith."""
    gap = run.gaps[number]
    shortened = number and len(run.folded[number - 1]) <= LONGEST_TITLE and run.is_capital(number - 1)
    return gap.removeprefix(".") if shortened else gap


def _speaker_after(run: WordRun, first: int) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    last = first
    while last < len(run.words) and last - first < LONGEST_SPEAKER and _is_name(run, last):
        if last > first and _PARTS_NAME.search(_gap(run, last)):
            break
        last += 1
    return last if _names_someone(run, first, last) else first


def _is_adverb(run: WordRun, number: int) -> bool:
    word = run.folded[number]
    return word in ADVERBS_EN or (word.endswith("ly") and not run.is_capital(number))


def _verb_group(run: WordRun, number: int) -> int:
    """Return the number of the first word of "on Monday also said", the verb's own where nothing belongs to it."""
    while number:
        before = run.folded[number - 1]
        if _CLOSES_CLAUSE.search(run.gaps[number]):
            break
        if _is_adverb(run, number - 1):
            number -= 1
        elif before in WEEKDAYS and number > 1 and run.folded[number - 2] == "on":
            number -= 2
        else:
            break
    return number


def _speaker_before(run: WordRun, verb: int) -> tuple[int, int]:
    """Return the words that name the speaker of a verb after them, an empty run where none does."""
    number = _verb_group(run, verb)
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
    first = number if _PARTS_NAME.search(gap) else _walk_back(run, number)
    if 1 < first < number and run.folded[first - 1] in {"who", "which"}:
        first = _walk_back(run, first - 1)  # a member of the board which regulates the system said
    someone = _names_someone(run, first, number) or _is_some_group(run, first, number)
    return (first, number) if someone else (number, number)


_OPENS_APPOSITION = folded("of at with from for a an the who which")


def _before_appositions(run: WordRun, last: int) -> int:
    """Return where the name begins whose appositions end before a word; that word where there is none.

    William Raferty, of Smith Barney said; Hal Weiss, chairman, president and chief executive, of Rocky Mount, said.
    """
    start = last - 1
    while start > 0 and not _CLOSES_CLAUSE.search(run.gaps[start].replace(",", "")):
        start -= 1
    commas = [number for number in range(max(start, 0) + 1, last) if "," in run.gaps[number]]
    if not commas or not (run.folded[commas[-1]] in _OPENS_APPOSITION or _is_all_small(run, commas[-1], last)):
        return last
    for begin, end in zip([start, *commas], commas, strict=False):
        name = next((at for at in range(begin, end) if not _is_adverb(run, at)), end)
        between = run.folded[end:last]
        relative = between[0] in {"who", "which"} and "," in run.gaps[last]
        group = relative and end - name <= LONGEST_GROUP and run.folded[name] in _DETERMINERS
        if not (group or _is_all_name(run, name, end)):
            continue
        if len(between) > 2 * LONGEST_APPOSITION or (not relative and not _FINITE.isdisjoint(between)):
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


_FINITE = folded("is are was were be been has have had will would can could may might must do does did who which that")


def _is_some_group(run: WordRun, first: int, last: int) -> bool:
    """Tell whether a few small words are people or a body: the left-wingers, a report."""
    if first < last and run.folded[last - 1] in GROUPS_EN:
        return True
    return 1 < last - first <= LONGEST_GROUP and run.folded[first] in _DETERMINERS


def _walk_back(run: WordRun, number: int) -> int:
    """Return where the name that ends before a word begins."""
    first = number
    while first > 0 and number - first < LONGEST_SPEAKER:
        word = run.folded[first - 1]
        if first < number and _PARTS_NAME.search(_gap(run, first)):
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
        if run.folded[opening] in SAY_EN.keys() | _PRONOUNS:
            break
        gap = _gap(run, opening).strip()
        if gap.endswith("),") and _is_all_name(run, opening, number):
            opens = next((at for at in range(opening, 0, -1) if "(" in run.gaps[at]), opening)
            return _walk_back(run, opens), number  # the head of the department (CACEX), Robert Hadley, told
        if gap == ",":
            first = _walk_back(run, opening)
            whole = number - first <= LONGEST_SPEAKER and run.folded[opening] not in BOUNDARY_EN
            return (first, number if whole else opening) if _names_someone(run, first, opening) else (number, number)
        if _PARTS_NAME.search(gap):
            break
    first = _walk_back(run, number)
    named = first == 0 and run.is_capital(number - 1) and _names_someone(run, first, number)
    return (first, number) if named else (number, number)
