"""Whether the speaker of a sentence is the one whose words its evidence holds."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from assistant.verification.alignment import says
from assistant.verification.content import NO_NAMES
from assistant.words.gazetteer import is_entity, same_entity
from assistant.words.lexicon import GROUPS_EN, ROLES_EN, STOP_WORDS, folded
from assistant.words.naming import find_names
from assistant.words.offices import DELEGATES, office_of, portfolios
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.speech.speakers import SpeakerMatcher
    from assistant.verification.alignment import Alignment
    from assistant.verification.content import Content
    from assistant.words.matching import Matcher
    from index.statement import Statement

SAID_BY, NEARLY = 0.4, 0.05
"""Share of a sentence's words from which a statement of the evidence may be the one meant, and how much less than the
best another may say and still be meant."""

SAME_MENTION, OTHER_MENTION = 0.75, 0.6
"""Share of a mention's words from which another one names the same speaker, and below which it names somebody else."""

TRANSLATED_MENTION = 0.45
"""The same between the two scripts."""

CONCENTRATED = 0.3
"""What the share of a statement that the sentence says counts beside the share of the sentence that it says."""


AROUND = 12
"""Words after the speaker of the evidence that may still name him: the grammar cuts names short."""

_ACRONYM = re.compile(r"(?:[Tt]he )?[A-Z]{2,5}")
"""The short form of a body, which the other script may write out."""

_PARTS = folded("as while whereas when after before but and who بينما فيما حين بعد بعدما قبل علما أن إن لكن عندما")
"""Words at which what is told of a speaker ends."""

_GENERAL = folded("""
    company firm corporation it he she they الشركة المؤسسة statement report release communique document text filing
    البيان التقرير البلاغ الخبر النص الوثيقة المصدر
""")
"""Words for a speaker whom the text has named before."""

_CARRIES = folded("نقل نقلت نشر نشرت نشرته نشرها بث بثت أورد أوردت carried published quoted cited reported")
"""Words beside who hands on what another one says."""

BESIDE = 2
"""Words between a speaker and the verb of saying, on either side."""

_MEDIA = folded("tweet post statement account remarks تغريدة تدوينة منشور حساب بيان تصريح تصريحات")
"""Words for where somebody says something."""

_OUR_OWN = re.compile(r"\w{3,}نا|our|we|نحن")
"""What the first person has, by whom the evidence names nobody: حساباتنا."""

_NARRATORS = folded("writer author columnist commentator narrator كاتب كاتبة مؤلف مقال كاتبه راوي")
"""Words for who writes the article, whom it does not name."""


class Attribution(Enum):
    """What the evidence says of the sentence's speaker."""

    NONE = auto()  # the sentence names no speaker, or the evidence leaves open whose words it holds
    SAME = auto()
    OTHER = auto()
    UNNAMED = auto()  # the speaker is nowhere in the evidence


def attribute(
    aligned: Alignment, speakers: SpeakerMatcher, matcher: Matcher, known: Sequence[str]
) -> tuple[Attribution, Statement | None]:
    """Return how the speaker of a sentence stands to the evidence, and the statement of the sentence.

    `known` are the names of who is known to say the evidence.
    """
    asked = aligned.asked
    if not asked.statements:
        return Attribution.NONE, None
    said = max(asked.statements, key=lambda statement: statement.end - statement.start)
    if not known and _is_narrator(said.speaker):
        return Attribution.NONE, said
    meant = _statements_of(aligned, said)
    candidates = [statement.mentions for statement in meant]
    if known:
        candidates.insert(0, tuple(known))
    if not candidates:
        named = [place for place in np.flatnonzero(aligned.speaking).tolist() if not aligned.framing[place]]
        nobody = bool(named) and float(max(aligned.grades[named].max(), aligned.titled[named].max())) < OTHER_MENTION
        return (Attribution.UNNAMED if nobody else Attribution.NONE), said
    likeness = 0.0
    for mentions in candidates:
        if any(speakers.is_same(mention, mentions) for mention in said.mentions):
            return Attribution.SAME, said
        likeness = max(likeness, max(_likeness(first, other, matcher) for first in said.mentions for other in mentions))
    if likeness >= SAME_MENTION or any(_is_named_beside(aligned, statement) for statement in meant):
        return Attribution.SAME, said
    mentioned = [mention for mentions in candidates for mention in mentions]
    if _may_be_one_of(aligned, said, mentioned):
        return Attribution.NONE, said
    # Who is known to say the evidence leaves nothing open, but that a translation may have other words.
    is_translated = all(mention.isascii() != said.speaker.isascii() for mention in mentioned)
    is_other = likeness < TRANSLATED_MENTION if is_translated else bool(known) or likeness < OTHER_MENTION
    return (Attribution.OTHER if is_other else Attribution.NONE), said


def _may_be_one_of(aligned: Alignment, said: Statement, mentioned: Sequence[str]) -> bool:
    """Tell whether nothing shows that the sentence's speaker is another one than those whom the evidence mentions."""
    if any(_may_be_short_for(said.speaker, mention) for mention in mentioned):
        return True
    if all(any(_OUR_OWN.fullmatch(word.text) for word in tokens(mention)) for mention in mentioned):
        return True
    if _is_titled(aligned, said) and not any(map(_is_named, mentioned)):
        return True  # the company, of which the title tells which one it is
    return _is_general(said.speaker) or _speaks_in(aligned, said)


def _is_narrator(speaker: str) -> bool:
    return any(word.text.removeprefix("ال") in _NARRATORS for word in tokens(speaker))


def _may_be_short_for(first: str, second: str) -> bool:
    """Tell whether one of two mentions is a short form that may stand for the other: PKK, or VW for Volkswagen.

    In one script its letters stand in the other one, in their order.
    """
    if first.isascii() != second.isascii():
        return bool(_ACRONYM.fullmatch(first if first.isascii() else second))
    short, long = sorted((first, second), key=len)
    if not _ACRONYM.fullmatch(short):
        return False
    return bool(re.match(".*".join(short.split()[-1].lower()), long.lower().removeprefix("the ")))


def _is_named(mention: str) -> bool:
    """Tell whether a mention has a name, and not only what somebody is: the company, the Italian firm."""
    words = tokens(mention)
    named = find_names([word.text for word in words])
    named |= {
        number
        for number, word in enumerate(words)
        if mention[word.start].isupper() and (number or word.text not in STOP_WORDS | GROUPS_EN | ROLES_EN)
    }
    return any(not is_entity(words[number].text) for number in named)


def _is_general(speaker: str) -> bool:
    """Tell whether a speaker is called by what many are: the company, he."""
    words = [word.text for word in tokens(speaker) if word.text not in STOP_WORDS]
    return all(word in _GENERAL for word in words)


def _speaks_in(aligned: Alignment, said: Statement) -> bool:
    """Tell whether the evidence has the sentence's speaker right beside a verb of saying, whatever else it has."""
    named = _named(aligned, said)
    spoken = [
        place
        for one in aligned.given.statements
        for mention in one.mentions
        for place in _places(aligned.given, mention)
    ]
    if not named or (spoken and float(aligned.grades[np.ix_(named, spoken)].max()) >= SAME_MENTION):
        return False  # nobody, or who says something else
    grades = aligned.grades[named]
    if float(np.average(grades.max(axis=1), weights=aligned.tells[named])) < SAME_MENTION:
        return False
    places = np.flatnonzero(grades.max(axis=0) >= SAME_MENTION).tolist()
    words = aligned.given.words
    beside = {other for place in places for other in range(max(0, place - BESIDE), min(len(words), place + BESIDE + 1))}
    near = {words[other].text.removeprefix("و") for other in beside.difference(places)}
    return any(map(says, near)) or not _CARRIES.isdisjoint(near)


def _is_titled(aligned: Alignment, said: Statement) -> bool:
    """Tell whether the title has the whole name of the sentence's speaker."""
    named = _named(aligned, said)
    return bool(named) and bool((aligned.titled[named] >= SAME_MENTION).all())


def _named(aligned: Alignment, said: Statement) -> list[int]:
    """Return the words of the sentence that name its speaker."""
    places = {place for mention in said.mentions for place in _places(aligned.asked, mention)}
    return sorted(
        place for place in places if not aligned.framing[place] and aligned.asked.words[place].text not in NO_NAMES
    )


def _places(content: Content, mention: str) -> list[int]:
    at = content.text.find(mention)
    return content.places(at, at + len(mention)) if at >= 0 else []


def _is_named_beside(aligned: Alignment, statement: Statement) -> bool:
    """Tell whether a statement of the evidence tells more of its speaker than its mention, and names the sentence's."""
    given = aligned.given
    at = next(
        (at for mention in statement.mentions if (at := given.text.find(mention, statement.start, statement.end)) >= 0),
        -1,
    )
    if at < 0:
        return False
    (first, *_) = given.places(at, at + 1)
    others = set(given.places(*statement.words))
    if statement.addressee:
        others.update(given.places(*statement.addressee))
    for other in given.statements:
        if other is not statement and other.start > at:
            others.update(given.places(other.start, other.end))
    telling = []
    for place in range(first, min(first + AROUND, len(given.words))):
        if place in others or given.words[place].start >= statement.sentence[1] or given.words[place].text in _PARTS:
            break
        telling.append(place)
    named = [place for place in np.flatnonzero(aligned.speaking).tolist() if not aligned.framing[place]]
    if not named or not telling:
        return False
    grades = aligned.grades[np.ix_(named, telling)].max(axis=1)
    return float(np.average(grades, weights=aligned.tells[named])) >= SAME_MENTION


def _statements_of(aligned: Alignment, said: Statement) -> list[Statement]:
    """Return the statements of the evidence that may hold the words of a sentence, the likeliest if it stands out."""
    words = [place for place in aligned.asked.places(*said.words) if not aligned.framing[place]]
    scored = []
    for statement in aligned.given.statements:
        start, end = statement.words
        # A statement that is not told from the next one ends where that begins.
        end = min((other.start for other in aligned.given.statements if start < other.start < end), default=end)
        places = aligned.given.places(start, end)
        if not places or not words:
            continue
        part = aligned.grades[np.ix_(words, places)]
        share = float(np.average(part.max(axis=1), weights=aligned.tells[words]))
        if share >= SAID_BY:
            of_it = float(np.average(part.max(axis=0), weights=aligned.told[places]))
            scored.append((share + CONCENTRATED * of_it, statement))
    best = max((score for score, _ in scored), default=0.0)
    return [statement for score, statement in scored if score >= best - NEARLY]


def _likeness(first: str, other: str, matcher: Matcher) -> float:
    """Return how much of one mention the other says, the better of the two ways; 0 where they name two.

    A mention may be cut too long or too short by a word. A country tells two offices apart, and an office alone says
    nothing of who else holds one.
    """
    words, others = (
        [token.text for token in tokens(mention) if token.text not in _MEDIA] for mention in (first, other)
    )
    if not words or not others or _delegates(words) != _delegates(others) or _are_of_two(words, others):
        return 0.0
    capitals = {token.text for text in (first, other) for token in tokens(text) if text[token.start].isupper()}
    grades = matcher.grades(words, others, capitals)
    likeness = float(np.average(grades.max(axis=1), weights=matcher.weights(words)))
    if all(office_of(word) for word in others):
        return likeness
    return max(likeness, float(np.average(grades.max(axis=0), weights=matcher.weights(others))))


def _are_of_two(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether both name a country or a body, or a ministry, and none the same."""
    ministries = set(portfolios(words).values()), set(portfolios(others).values())
    if all(ministries) and ministries[0].isdisjoint(ministries[1]):
        return True
    mine, theirs = list(filter(is_entity, words)), list(filter(is_entity, others))
    return bool(mine and theirs) and not any(same_entity(one, two) for one in mine for two in theirs)


def _delegates(words: Sequence[str]) -> set[str]:
    return {office for word in words if (office := office_of(word)) in DELEGATES}
