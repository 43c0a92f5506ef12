"""The people and bodies that a sentence names, and which of them a question for a person asks for."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from assistant.evidence.coverage import SAID
from assistant.speech.mentions import name_part
from assistant.speech.particles_ar import BOUNDARY_AR
from assistant.speech.reporting_ar import SAY_AR
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, GROUPS_EN, ROLES_AR, ROLES_EN, STOP_WORDS, folded, office_of
from index.day_words import MONTHS, RELATIVE_DAYS, WEEKDAYS
from index.text import letter_offset, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.evidence.coverage import Coverage
    from index.text import Token

OFFICE = 8
"""Words before a name, or after it, among which its office is looked for."""

NAME_WORDS = (2, 3)
"""Words that a name has which only the office before it tells."""

LONGEST_BODY = 2
"""Words of a body's name after the first: مجلس الأمن الدولي."""

_SON = folded("بن بنت ابن آل")
"""Words that join an Arabic name to that of a father or a family."""

_GIVEN = GIVEN_AR - _SON
LONGEST_NAME = 6
"""Words that a name before an office has at most: محمد بن سلمان بن عبدالعزيز."""

_LINKS = folded("of de da del di du la le al el bin ben van von")
"""Small words within an English name."""


class _Name(NamedTuple):
    """A name in a sentence, by the numbers of its words; particles written onto the first are letters of `joined`."""

    first: int
    last: int
    joined: int = 0


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
    found = {*_known(covered, words), *_written(covered, text, words), *(name for name, _, _ in speakers)}
    names = _whole(_without_office(words, name) for name in found)
    question = covered.asked.question
    new = [name for name in names if not _is_said(said, words, name)]
    if question.offices:
        people = [name for name in names if not _is_body(words, name)]
        if question.held_office:
            # Whoever holds an office is near to it in meaning, and so may seem named by it: Merkel by a chancellor.
            new = [name for name in people if not _is_asked(covered, words, name)]
        held = [name for name in people if name in new and _holds_office(covered, number, words, name, people)]
        held += [
            name
            for name, _, mentions in speakers
            if name_part(text[slice(*_run(text, words, name))])
            and not _is_asked(covered, words, name)
            and any(covered.calls_holder(mentions, phrase) for phrase in question.offices)
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


def _without_office(words: Sequence[Token], name: _Name) -> _Name:
    """Cut what a person is off a name that stands before it: سامي الخطيب وزير الزراعة."""
    if not _is_body(words, name):
        for place in range(name.first + 2, name.last):
            if office_of(words[place].text):
                return name._replace(last=place)
    return name


def _is_said(said: NDArray[np.bool_], words: Sequence[Token], name: _Name) -> bool:
    """Tell whether the question names a name: a person by the last word of it, a body by the first."""
    return bool(said[name.first if _is_body(words, name) else name.last - 1])


def _is_asked(covered: Coverage, words: Sequence[Token], name: _Name) -> bool:
    """Tell whether all words of a name stand in the question."""
    asked = {word.text for word in tokens(covered.asked.question.text)}
    return asked.issuperset(word.text for word in words[name.first : name.last])


def _is_body(words: Sequence[Token], name: _Name) -> bool:
    return _parted(words[name.first].text)[1] in BODIES_AR


def _runs(text: str, words: Sequence[Token], names: Iterable[_Name]) -> list[tuple[int, int]]:
    return sorted({_run(text, words, name) for name in names})


def _run(text: str, words: Sequence[Token], name: _Name) -> tuple[int, int]:
    return letter_offset(text, words[name.first], name.joined), words[name.last - 1].end


def _whole(names: Iterable[_Name]) -> list[_Name]:
    """Return the names that are no part of another one."""
    names = set(names)
    return sorted(
        name
        for name in names
        if not any(other != name and other.first <= name.first and name.last <= other.last for other in names)
    )


def _speakers(
    covered: Coverage, number: int, words: Sequence[Token]
) -> Iterator[tuple[_Name, list[int], tuple[str, ...]]]:
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


def _places_of(wanted: Sequence[str], words: Sequence[Token]) -> Iterator[_Name]:
    for first in range(len(words) - len(wanted) + 1):
        written = [word.text for word in words[first : first + len(wanted)]]
        for joined in range(2 if len(written[0]) > len(wanted[0]) and written[0][0] in "وبلفك" else 1):
            if [written[0][joined:], *written[1:]] == list(wanted):
                yield _Name(first, first + len(wanted), joined)


def _known(covered: Coverage, words: Sequence[Token]) -> Iterator[_Name]:
    """Yield the names of those who speak anywhere in the article."""
    for mention in {mention for statement in covered.page.statements for mention in statement.mentions}:
        if name := name_part(mention):
            yield from _places_of(name, words)


def _written(covered: Coverage, text: str, words: Sequence[Token]) -> Iterator[_Name]:
    if covered.page.article.language == "ar":
        return chain(_after_office(text, words), _before_office(text, words))
    return iter(()) if text.isupper() else _capitals(text, words)


def _after_office(text: str, words: Sequence[Token]) -> Iterator[_Name]:
    """Yield the names that an office stands before, and the bodies: بوزير الخارجية الأمريكي ريكس تيلرسون."""
    for number in range(len(words)):
        joined, bare = _parted(words[number].text)
        if bare not in BODIES_AR and not office_of(bare):
            continue
        first = number + 1
        while (
            first < len(words)
            and _joins(text, words, first)
            and not (bare in BODIES_AR and (words[first].text.startswith("و") or first - number > LONGEST_BODY))
            and (
                words[first].text.startswith(("ال", "لل"))
                or _parted(words[first].text)[1] in ROLES_AR
                or (is_entity(words[first].text) and bare not in BODIES_AR)
            )
        ):
            first += 1
        if bare in BODIES_AR:
            yield from [_Name(number, first, joined)] if first > number + 1 else []
            continue
        last = first
        while (
            last < len(words)
            and last - first <= max(NAME_WORDS)
            and (_joins(text, words, last) if last > first else _follows(text, words, last))
        ):
            if words[last].text.startswith("ال") and (last == first or words[last - 1].text.endswith("ات")):
                break
            last += 1
        if last - first in NAME_WORDS:
            yield _Name(first, last)


def _before_office(text: str, words: Sequence[Token]) -> Iterator[_Name]:
    """Yield the names that begin with a given name and stand before an office: أحمد عيد رئيس الاتحاد."""
    for number in range(1, len(words)):
        if not office_of(words[number].text) or not _stands_beside(text, words, number):
            continue
        for first in range(number - 2, max(-1, number - LONGEST_NAME - 1), -1):
            if office_of(words[first + 1].text) or not _joins(text, words, first + 1):
                break
            if words[first].text in _GIVEN and (first == 0 or words[first - 1].text not in _SON):
                yield _Name(first, number)
                break


def _parted(word: str) -> tuple[int, str]:
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


def _capitals(text: str, words: Sequence[Token]) -> Iterator[_Name]:
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
        yield _Name(run[0], run[-1] + 1)


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


def _holds_office(covered: Coverage, number: int, words: Sequence[Token], name: _Name, names: Sequence[_Name]) -> bool:
    """Tell whether the office that is asked about stands beside a name, and no other name nearer to it."""
    text = covered.page.text(number)
    before = max([other.last for other in names if other.last <= name.first] + [name.first - OFFICE, 0])
    after = min([other.first for other in names if other.first >= name.last] + [name.last + OFFICE, len(words)])
    # A comma may stand between an office and its holder, and within the office none.
    parted = [at for at in range(before + 1, name.first) if text[words[at - 1].end : words[at].start].strip(' "«»“”')]
    beside = [slice(max([before, *parted]), name.first)]
    apart = text[words[name.last - 1].end : words[min(name.last, len(words) - 1)].start].strip()
    own = {office_of(word) for phrase in covered.asked.question.offices for word in phrase} - {None}
    if apart == "," or (name.last < len(words) and office_of(words[name.last].text) in own and not apart.strip("،")):
        beside.append(slice(name.last, after))
    for phrase in covered.asked.question.offices:
        said = covered.says_office(number, phrase)
        for places in beside:
            saying = [bool(row[places].any()) for row in said]
            needed = [one for word, one in zip(phrase, saying, strict=True) if office_of(word) or is_entity(word)]
            if all(needed) and sum(saying) * 2 > len(saying):
                return True
    return False


def _nearest(covered: Coverage, number: int, words: Sequence[Token], names: Sequence[_Name]) -> list[_Name]:
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
