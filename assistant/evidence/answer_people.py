"""The people and bodies that a sentence names, and which of them a question for a person asks for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.coverage import SAID
from assistant.evidence.holders import calls_holder, holds_office
from assistant.evidence.written_names import Name, find_written, particles_of
from assistant.speech.mentions import name_part
from assistant.words.lexicon import BODIES_AR, folded
from assistant.words.offices import office_of
from index.text import letter_offset, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.evidence.coverage import Coverage
    from index.text import Token

_COMPANY = folded("co corp corporation cos inc llc ltd plc group holdings")
"""Words of an English name that is a company's."""

_BEFORE = 2
"""Words before a name that may begin that of a company."""


def find_people(covered: Coverage, number: int) -> list[tuple[int, int]]:
    """Return the people or bodies of a sentence that a question asks for: code points into the sentence.

    Where it asks who holds an office, it is the name beside that office; else nobody whom it names is asked for. Where
    it asks who said something, it is whoever says it; else the only name in the clause that says what is asked, or
    several that are joined. Where that leaves a choice, it is nobody: a guess is worse than a gap.
    """
    text = covered.page.text(number)
    words = tokens(text)
    grades = covered.word_grades(number)
    said = grades.max(axis=0, initial=0.0) >= SAID
    speakers = list(_speakers(covered, number, words))
    written = {*_known(covered, words), *find_written(covered, text, words)}
    # Who is called by an office and a name of definite words speaks under both: محافظ البنك الشاذلي العياري.
    found = written | {name for name, _, _ in speakers if not any(_holds(name, other) for other in written)}
    names = _whole(_without_office(words, name) for name in found)
    question = covered.asked.question
    new = [name for name in names if not _is_said(said, words, name)]
    if question.offices:
        people = [name for name in names if not _is_body(words, name) and not _is_company(words, name)]
        if question.held_office:
            # Whoever holds an office is near to it in meaning, and so may seem named by it: Merkel by a chancellor.
            new = [name for name in people if not _is_asked(covered, words, name)]
        held = [name for name in people if name in new and holds_office(covered, number, words, name, people)]
        held = [name for name in held if not _begins_company(covered.page.article.text, text, words, name)]
        held += [
            name
            for name, _, mentions in speakers
            if name_part(text[slice(*_run(text, words, name))])
            and not _is_company(words, name)
            and not _is_asked(covered, words, name)
            and any(calls_holder(covered, mentions, phrase) for phrase in question.offices)
        ]
        return _runs(text, words, held)
    if question.asks_who_says:
        telling = [
            name
            for speaker, told, _ in speakers
            for name in new
            if name.first <= speaker.first and speaker.last <= name.last and any(said[place] for place in told)
        ]
        return _runs(text, words, telling[:1])
    told_by = {name for name, _, _ in speakers}
    return _runs(text, words, _nearest(covered, number, words, [name for name in new if name not in told_by]))


def _holds(name: Name, other: Name) -> bool:
    """Tell whether a name begins with more words than another one, and ends with it."""
    return name.first < other.first and name.last == other.last


def _without_office(words: Sequence[Token], name: Name) -> Name:
    """Cut what a person is off a name that stands before it: سامي الخطيب وزير الزراعة."""
    if not _is_body(words, name):
        for place in range(name.first + 2, name.last):
            if office_of(words[place].text):
                return name._replace(last=place)
    return name


def _is_said(said: NDArray[np.bool_], words: Sequence[Token], name: Name) -> bool:
    """Tell whether the question names a name: a person by the last word of it, a body by the first."""
    return bool(said[name.first if _is_body(words, name) else name.last - 1])


def _is_asked(covered: Coverage, words: Sequence[Token], name: Name) -> bool:
    """Tell whether all words of a name stand in the question."""
    asked = {word.text for word in tokens(covered.asked.question.text)}
    return asked.issuperset(word.text for word in words[name.first : name.last])


def _is_body(words: Sequence[Token], name: Name) -> bool:
    return particles_of(words[name.first].text)[1] in BODIES_AR


def _is_company(words: Sequence[Token], name: Name) -> bool:
    return any(word.text in _COMPANY for word in words[name.first : name.last])


def _begins_company(article: str, text: str, words: Sequence[Token], name: Name) -> bool:
    """Tell whether the two words before a name begin a company's name in the article: American President Cos."""
    if name.first < _BEFORE:
        return False
    before = text[words[name.first - _BEFORE].start : words[name.first - 1].end]
    return bool(re.search(rf"{re.escape(before)}(?:\s+[A-Z]\w*)?\s+(?i:{'|'.join(_COMPANY)})\b", article))


def _runs(text: str, words: Sequence[Token], names: Iterable[Name]) -> list[tuple[int, int]]:
    return sorted({_run(text, words, name) for name in names})


def _run(text: str, words: Sequence[Token], name: Name) -> tuple[int, int]:
    return letter_offset(text, words[name.first], name.joined), words[name.last - 1].end


def _whole(names: Iterable[Name]) -> list[Name]:
    """Return the names that are no part of another one."""
    names = set(names)
    return sorted(
        name
        for name in names
        if not any(other != name and other.first <= name.first and name.last <= other.last for other in names)
    )


def _speakers(
    covered: Coverage, number: int, words: Sequence[Token]
) -> Iterator[tuple[Name, list[int], tuple[str, ...]]]:
    """Yield those who speak in a sentence by the name that it gives them, with the words said and all their names."""
    start, _ = covered.page.sentences[number]
    for statement in covered.page.standing_in(number):
        told = [
            place for place, word in enumerate(words) if statement.words[0] <= start + word.start < statement.words[1]
        ]
        outside = [
            place
            for place, word in enumerate(words)
            if statement.start <= start + word.start < statement.end and place not in told
        ]
        for mention in sorted(statement.mentions, key=len, reverse=True):
            wanted = name_part(mention) or [word.text for word in tokens(mention)]
            found = next((name for name in _places_of(wanted, words) if name.first in outside), None)
            if found:
                yield found, told, statement.mentions
                break


def _places_of(wanted: Sequence[str], words: Sequence[Token]) -> Iterator[Name]:
    for first in range(len(words) - len(wanted) + 1):
        written = [word.text for word in words[first : first + len(wanted)]]
        for joined in range(2 if len(written[0]) > len(wanted[0]) and written[0][0] in "وبلفك" else 1):
            if [written[0][joined:], *written[1:]] == list(wanted):
                yield Name(first, first + len(wanted), joined)


def _known(covered: Coverage, words: Sequence[Token]) -> Iterator[Name]:
    """Yield the names of those who speak anywhere in the article."""
    for mention in {mention for statement in covered.page.statements for mention in statement.mentions}:
        if name := name_part(mention):
            yield from _places_of(name, words)


def _nearest(covered: Coverage, number: int, words: Sequence[Token], names: Sequence[Name]) -> list[Name]:
    """Return the name of the clause that says the most of the question; several only where they are joined.

    Of others it is the one right beside a word that is asked about: «التي أدرجها مجلس الأمن».
    """
    text = covered.page.text(number)
    runs = {_run(text, words, name): name for name in names}
    best = covered.most_asked(number, sorted(runs))
    if not all(_are_joined(text, words, runs[one].last, runs[other].first) for one, other in pairwise(best)):
        nearest = covered.nearest_topic(number, best)
        best = nearest if len(nearest) == 1 else []
    return [runs[run] for run in best]


def _are_joined(text: str, words: Sequence[Token], end: int, start: int) -> bool:
    if end < start:
        return end + 1 == start and words[end].text == "and"
    return words[start].text.startswith("و") or text[words[end - 1].end : words[start].start].strip() in {",", "،"}
