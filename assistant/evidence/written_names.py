"""Names of people and bodies by how a sentence writes them: beside an office in Arabic, in capitals in English."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from assistant.speech.particles_ar import BOUNDARY_AR
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, GROUPS_EN, ROLES_AR, ROLES_EN, STOP_WORDS, folded
from assistant.words.offices import FORMER, office_of
from index.day_words import MONTHS, RELATIVE_DAYS, WEEKDAYS
from index.text import tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from assistant.evidence.coverage import Coverage
    from index.text import Token

NAME_WORDS = (2, 3)
"""Words that a name has which only the office before it tells."""

LONGEST_BODY = 2
"""Words of a body's name after the first: مجلس الأمن الدولي."""

_SON = folded("بن بنت ابن آل")
"""Words that join an Arabic name to that of a father or a family."""

_GIVEN = GIVEN_AR - _SON
_WITHIN = _SON | folded("أبو ابو عبد قائد")
"""Words after which an Arabic name goes on: الباجي قائد السبسي."""

LONGEST_NAME = 6
"""Words that a name before an office has at most: محمد بن سلمان بن عبدالعزيز."""

_REGIONS = folded("منطقة مدينة بلدة قرية إقليم ولاية جهة")
"""Words after an office before the name of the place that it is of: أمين مدينة تبوك."""

_LINKS = folded("of de da del di du la le al el bin ben van von")
"""Small words within an English name."""


class Name(NamedTuple):
    """A name in a sentence, by the numbers of its words; particles written onto the first are letters of `joined`."""

    first: int
    last: int
    joined: int = 0


def find_written(covered: Coverage, text: str, words: Sequence[Token]) -> Iterator[Name]:
    """Yield the names of people and bodies that a sentence of a page writes, by how they are written."""
    if covered.page.article.language == "ar":
        asked = frozenset(word.text for word in tokens(covered.asked.question.text))
        return chain(_after_office(covered, text, words, asked), _before_office(text, words))
    return iter(()) if text.isupper() else _capitals(text, words)


def _after_office(covered: Coverage, text: str, words: Sequence[Token], asked: Collection[str]) -> Iterator[Name]:
    """Yield the names that an office stands before, and the bodies: بوزير الخارجية الأمريكي ريكس تيلرسون.

    A word that is `asked` about is one of the office. Of more words than a name has, those are one that begin with a
    given name, or with a definite one after a nation.
    """
    for number in range(len(words)):
        joined, bare = particles_of(words[number].text)
        if bare not in BODIES_AR and not office_of(bare):
            continue
        first = _office_end(text, words, number, asked)
        if bare in BODIES_AR:
            yield from [Name(number, first, joined)] if first > number + 1 else []
        elif (last := _name_end(covered, text, words, first)) - first in NAME_WORDS:
            yield Name(first, last)


def _office_end(text: str, words: Sequence[Token], number: int, asked: Collection[str]) -> int:
    """Return where the name of an office or a body ends that begins at a word: وزير الخارجية الأمريكي."""
    is_body = particles_of(words[number].text)[1] in BODIES_AR
    end = number + 1
    while (
        end < len(words)
        and _joins(text, words, end)
        and not _opens_definite(text, words, end)
        and not (is_body and (words[end].text.startswith("و") or end - number > LONGEST_BODY))
        and (
            words[end].text.startswith(("ال", "لل"))
            or particles_of(words[end].text)[1] in ROLES_AR
            or words[end].text in asked
            or not _REGIONS.isdisjoint(word.text for word in words[end - 1 : end + 1])
            or (is_entity(words[end].text) and not is_body)
        )
    ):
        end += 1
    return end


def _name_end(covered: Coverage, text: str, words: Sequence[Token], first: int) -> int:
    """Return where the name ends that begins at a word; where it has more words than a name, it is mostly none."""
    last = first
    while (
        last < len(words)
        and last - first <= max(NAME_WORDS)
        and (_joins(text, words, last) if last > first else _follows(text, words, last))
    ):
        opens = last == first and not _opens_definite(text, words, last)
        if words[last].text.startswith("ال") and (opens or words[last - 1].text.endswith("ات")):
            break
        last += 1
    if last - first < max(NAME_WORDS) or not (words[first].text in _GIVEN or _opens_definite(text, words, first)):
        return last
    return first + (max(NAME_WORDS) if _goes_on(covered, words, first) else min(NAME_WORDS))


def _goes_on(covered: Coverage, words: Sequence[Token], first: int) -> bool:
    """Tell whether a name goes on after its second word: رجب طيب أردوغان, whose last word the page says again."""
    given, second, third = (word.text for word in words[first : first + max(NAME_WORDS)])
    if third.startswith("ال") or {particles_of(given)[1], particles_of(second)[1]} & _WITHIN:
        return True
    return not second.startswith("ال") and (third in _GIVEN or covered.page.says_again(third))


def _opens_definite(text: str, words: Sequence[Token], place: int) -> bool:
    """Tell whether a name of definite words begins at one, after a comma or a nation: الحكومة التونسية الحبيب الصيد."""
    pair = [word.text for word in words[place : place + 2]]
    if len(pair) < len(NAME_WORDS) or not pair[0].startswith("ال") or not _joins(text, words, place + 1):
        return False
    if not FORMER.isdisjoint(pair) or any(particles_of(word)[1] in ROLES_AR for word in pair[:1]):
        return False
    after_nation = is_entity(words[place - 1].text) and not is_entity(pair[0])
    return after_nation or (pair[1].startswith("ال") and not _joins(text, words, place))


def _before_office(text: str, words: Sequence[Token]) -> Iterator[Name]:
    """Yield the names that begin with a given name and stand before an office: أحمد عيد رئيس الاتحاد."""
    for number in range(1, len(words)):
        if not office_of(words[number].text) or not _stands_beside(text, words, number):
            continue
        for first in range(number - 2, max(-1, number - LONGEST_NAME - 1), -1):
            if office_of(words[first + 1].text) or not _joins(text, words, first + 1):
                break
            if words[first].text in _GIVEN and (first == 0 or words[first - 1].text not in _SON):
                yield Name(first, number)
                break


def particles_of(word: str) -> tuple[int, str]:
    """Return how many letters of a word are particles before an office, and the word without them and the article."""
    for particle in ("", "و", "ب", "ل", "وب", "ول"):
        if word.startswith(particle) and (bare := word.removeprefix(particle).removeprefix("ال")) in ROLES_AR:
            return len(particle), bare
    return 0, word


def _follows(text: str, words: Sequence[Token], place: int) -> bool:
    """Tell whether a name may begin at a word, after a comma or without."""
    return _stands_beside(text, words, place) and _is_name_word(words[place].text)


def _stands_beside(text: str, words: Sequence[Token], place: int) -> bool:
    """Tell whether nothing stands between a word and the one before it, but for a comma."""
    return text[words[place - 1].end : words[place].start].strip() in ("", "،", ",")


def _joins(text: str, words: Sequence[Token], place: int) -> bool:
    gap = text[words[place - 1].end : words[place].start].strip()
    return not gap and _is_name_word(words[place].text)


def _is_name_word(word: str) -> bool:
    return (
        word[0].isalpha()
        and word not in STOP_WORDS
        and word not in BOUNDARY_AR
        and word not in SAY_AR
        and word not in RELATIVE_DAYS
        and word not in WEEKDAYS
        and not word.endswith(("ها", "هم", "يره", "يرته"))
    )


def _capitals(text: str, words: Sequence[Token]) -> Iterator[Name]:
    """Yield the runs of capital letters, offices before them taken off: U.S. Treasury Secretary James Baker."""
    place = 0
    while place < len(words):
        first = place
        while place < len(words) and _is_capital(text, words, place, first):
            place += 1
        if place == first:
            place += 1
            continue
        run = list(range(first, place))
        while run and words[run[-1]].text in _LINKS:
            run.pop()
        roles = [at for at in run if words[at].text in ROLES_EN and words[at].text not in GROUPS_EN]
        if roles and roles[-1] < run[-1]:
            run = [at for at in run if at > roles[-1]]
        elif roles and not any(words[at].text in GROUPS_EN for at in run):
            continue
        while len(run) > 1 and _opens_no_name(words, run[0]):
            run.pop(0)
        if not run or (len(run) == 1 and (run[0] == 0 or is_entity(words[run[0]].text))):
            continue
        yield Name(run[0], run[-1] + 1)


def _opens_no_name(words: Sequence[Token], place: int) -> bool:
    """Tell whether a word with a capital letter stands before a name, or only opens the sentence: Four Turkish."""
    return (
        is_entity(words[place].text)
        or words[place].text in STOP_WORDS
        or (place == 0 and is_entity(words[place + 1].text))
    )


def _is_capital(text: str, words: Sequence[Token], place: int, first: int) -> bool:
    word = words[place]
    gap = text[words[place - 1].end : word.start] if place > first else ""
    if gap.strip(" .") or word.text in MONTHS or word.text in WEEKDAYS:
        return False
    if text[word.start].isupper():
        return True
    following = words[place + 1] if place + 1 < len(words) else None
    return place > first and word.text in _LINKS and bool(following and text[following.start].isupper())
