"""Who holds an office that a question names, as the sentences and the speakers of an article tell it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.evidence.coverage import SAID
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import STOP_WORDS, folded
from assistant.words.offices import (
    DELEGATES,
    office_of,
    offices_of,
    same_office,
    without_delegated,
    without_former,
)
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from assistant.evidence.coverage import Coverage
    from assistant.evidence.written_names import Name
    from index.text import Token

OFFICE = 8
"""Words before a name, or after it, among which its office is looked for."""

_STATES = folded("جمهورية دولة مملكة ولايات متحدة سلطنة state states republic kingdom federal united")
"""Words of a country's full name, which part its offices from nothing: رئيس الجمهورية التونسية."""

_SMALL = STOP_WORDS | folded("باسم بلسان لدى")
"""Words that join an office to what it is of."""


def keeps_together(covered: Coverage, number: int) -> bool:
    """Tell whether an office of the question is said with the words that belong to it: «وزير الخارجية التركي».

    A sentence that names the Russian minister and the Turks does not name the Turkish minister. Where the article
    begins with the country, a minister of no country is its own.
    """
    phrases = covered.asked.question.office_phrases
    at_first = dict(zip(covered.asked.terms, covered.told_at_first.tolist(), strict=True)) if phrases else {}
    for phrase in phrases:
        said = [np.flatnonzero(places) for places in says_office(covered, number, phrase)]
        holder = phrase == covered.asked.question.held_office  # the minister of defence is not the one of finance
        named = zip(phrase, offices_of(phrase), strict=True)
        needed = (holder or office or (is_entity(word) and at_first[word] < SAID) for word, office in named)
        if any(need and not len(places) for need, places in zip(needed, said, strict=True)):
            return False
        said = [places for places in said if len(places)]
        if any(np.abs(first[:, None] - second).min() > len(phrase) for first, second in pairwise(said)):
            return False
    return True


def says_office(covered: Coverage, number: int, phrase: Sequence[str]) -> NDArray[np.bool_]:
    """Return which words of a sentence say each word of an office, shape (words of the office, of the sentence).

    The office that is held is said by that office alone: a ministry is near a minister in meaning, and is none; nor is
    a vice chairman a chairman, or, unless it is asked who was, a former minister a minister. One that belongs to it may
    be said by its body: the president's spokesman speaks for the presidency.
    """
    question, words, own_offices = covered.asked.question, covered.page.words(number), offices_of(phrase)
    offices = offices_of(words, joined=True)
    offices = without_delegated(offices, DELEGATES.difference(filter(None, own_offices)))
    if phrase == question.held_office and not question.asks_of_former:
        offices = without_former(offices, words)
    rows = covered.word_grades(number)[[covered.asked.terms.index(word) for word in phrase]] >= SAID
    for row, word, own in zip(rows, phrase, own_offices, strict=True):
        if own:
            head = question.is_head(word)
            row[:] = [
                (office is not None and same_office(office, own)) or (said and office is None and not head)
                for office, said in zip(offices, row.tolist(), strict=True)
            ]
    return rows


def holds_office(covered: Coverage, number: int, words: Sequence[Token], name: Name, names: Sequence[Name]) -> bool:
    """Tell whether the office that is asked about stands beside a name, and no other one of the names nearer to it."""
    text = covered.page.text(number)
    phrases = [(phrase, says_office(covered, number, phrase)) for phrase in covered.asked.question.offices]
    # A name within that of the office parts it from nobody: IMF managing director Michel Camdessus.
    within = np.any([row for _, rows in phrases for row in rows], axis=0)
    names = [other for other in names if other == name or not within[other.first : other.last].any()]
    before = max([other.last for other in names if other.last <= name.first] + [name.first - OFFICE, 0])
    after = min([other.first for other in names if other.first >= name.last] + [name.last + OFFICE, len(words)])
    # A comma may stand between an office and its holder, and within the office none.
    parted = [at for at in range(before + 1, name.first) if text[words[at - 1].end : words[at].start].strip(' "«»“”()')]
    beside = [slice(max([before, *parted]), name.first)]
    apart = text[words[name.last - 1].end : words[min(name.last, len(words) - 1)].start].strip()
    own = {office for phrase, _ in phrases for office in offices_of(phrase) if office}
    if apart == "," or (name.last < len(words) and office_of(words[name.last].text) in own and not apart.strip("،")):
        beside.append(slice(name.last, after))
    return any(
        _is_said(covered, phrase, said[:, places], [word.text for word in words[places]])
        for phrase, said in phrases
        for places in beside
    )


def _is_said(covered: Coverage, phrase: Sequence[str], said: NDArray[np.bool_], words: Sequence[str]) -> bool:
    """Tell whether some words say an office: its own words, its country, and most of the others."""
    offices, saying = offices_of(phrase), np.array([row.any() for row in said])
    own = covered.asked.question.names if phrase == covered.asked.question.held_office else ()
    needed = [bool(office) or is_entity(word) or word in own for word, office in zip(phrase, offices, strict=True)]
    if not saying[needed].all() or saying.sum() * 2 <= len(saying):
        return False
    return phrase != covered.asked.question.held_office or _of_country(phrase, offices, said, words)


def _of_country(
    phrase: Sequence[str], offices: Sequence[str | None], said: NDArray[np.bool_], words: Sequence[str]
) -> bool:
    """Tell whether an office is that of its country itself: the president of a Tunisian club is not Tunisia's.

    Nothing stands between the two but words of the office, and those of a country's full name.
    """
    bare = [word.removeprefix("و").removeprefix("لل").removeprefix("ال") for word in words]
    small = [word in _SMALL or other in _STATES for word, other in zip(words, bare, strict=True)]
    passed = np.array([row.any() for row in said.T], np.bool_) | np.array(small, np.bool_)
    held = np.flatnonzero(said[[office is not None for office in offices]].any(axis=0))
    countries = [np.flatnonzero(row) for word, row in zip(phrase, said, strict=True) if is_entity(word)]
    return all(
        any(
            passed[min(one, other) + 1 : max(one, other)].all()
            for one in held
            for other in places
            if one <= other + 1 or words[int(other)].isascii()  # an Arabic country follows its office
        )
        for places in countries
    )


def calls_holder(covered: Coverage, mentions: Iterable[str], phrase: Sequence[str]) -> bool:
    """Tell whether a form in which the article names a speaker says all words of an office, and no deputy."""
    rows = covered.graded[[covered.asked.terms.index(word) for word in phrase]] >= SAID
    known = {word: column for column, word in enumerate(covered.page.vocabulary)}
    own = offices_of(phrase)
    for mention in mentions:
        words = [word.text for word in tokens(mention) if word.text in known]
        offices = offices_of(words)
        said = rows[:, [known[word] for word in words]]
        for row, office in zip(said, own, strict=True):
            if office is not None:
                row[:] = [other is not None and same_office(office, other) for other in offices]
        delegated = DELEGATES.intersection(filter(None, offices)).difference(filter(None, own))
        if words and not delegated and said.any(axis=1).all() and _is_said(covered, phrase, said, words):
            return True
    return False
