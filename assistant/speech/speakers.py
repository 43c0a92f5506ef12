"""Whether the speaker that a question names is the one that an article names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.speech.mentions import name_part
from assistant.words.bodies import acronym_of, find_bodies
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import ROLES_AR, ROLES_EN, STOP_WORDS, folded
from assistant.words.names import name_similarity, same_spelling, spelling
from assistant.words.offices import DELEGATES, offices_of, same_office, words_of
from index.batches import batches
from index.sounds import Sounds, sound_likeness, sounds
from index.text import detect_language, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from assistant.words.matching import Matcher
    from index.followers.statement_index import StatementIndex
    from index.followers.statement_rows import Mentions
    from index.types import Language

SAME_NAME = 0.8
"""Similarity of sound from which two spellings name one person."""

AS_NEAR = 0.06
"""What the similarity of a name may lack of the nearest one's: where someone is called الجبير, Jubeir is not جباري."""

MAY_SOUND = 0.35
"""Likeness of sound below which no two words of the two scripts reach `SAME_NAME`."""

GIVEN = 0.6
"""Similarity of sound across the scripts below which two first names are two persons'.

Of 247 people's names in both scripts all but 2 % reach it with their own first name, or share a word of it; 4 % do with
another's.
"""

SAME_WORD = 0.6
"""Grade from which a word of an office or a country is the same in both languages."""

AT_ONCE = 4_096
"""Words that are compared with one at a time."""


class SpeakerWords:
    """The words by which speakers are mentioned, each once, folded, to find those that spell a name."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words: dict[Language, list[str]] = {"ar": [], "en": []}
        for word in words:
            self._words["en" if word.isascii() else detect_language(word)].append(word)
        # What a script's words are found by is made when the first name asks for it.
        self._spelled: dict[Language, dict[str, set[str]]] = {}
        self._sounds: dict[Language, Sounds] = {}

    def of_offices(self, offices: Collection[str]) -> list[str]:
        """Return the words for one of some offices."""
        known = frozenset().union(*map(words_of, offices))
        return [word for words in self._words.values() for word in words if word.removeprefix("ال") in known]

    def near(self, name: str) -> set[str]:
        """Return the words that may be this one of a name: by letters in its script, or the likest in sound."""
        own: Language = detect_language(name)
        spelled, across = self._spelled_in(own), self._sounding_like(name, "ar" if own == "en" else "en")
        least = max(SAME_NAME, max(across.values(), default=0.0) - AS_NEAR)
        likest = {word for word, similarity in across.items() if similarity >= least}
        return spelled.get(name, set()) | spelled.get(spelling(name), set()) | likest

    def _spelled_in(self, language: Language) -> dict[str, set[str]]:
        if language not in self._spelled:
            spelled: dict[str, set[str]] = {}
            for word in self._words[language]:
                for form in {word, spelling(word)} - {""}:
                    spelled.setdefault(form, set()).add(word)
            self._spelled[language] = spelled
        return self._spelled[language]

    def _sounding_like(self, name: str, language: Language) -> dict[str, float]:
        """Return the words of a language that may sound like a name of the other one, with their similarities."""
        words = self._words[language]
        if not words:
            return {}
        if language not in self._sounds:
            self._sounds[language] = Sounds.of(words)
        (likeness,) = sound_likeness(Sounds.of([name]), self._sounds[language])
        likely = (words[place] for place in np.flatnonzero(likeness >= MAY_SOUND).tolist())
        return {word: name_similarity(name, word) for word in likely}


class SpeakerMatcher:
    """Finds one speaker among those of several articles."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def select(self, speaker: str, named: Iterable[Mentions]) -> set[Mentions]:
        """Return which of several speakers, each as all forms in which one article names them, is the one meant.

        A person is told by the last word of their name, unless the words before it are another person's, and where some
        are called by it, by them alone; an office or a country by all of its words. Where an article gives the name of
        an office's holder, that person is taken in the other articles as well, and under the last name alone where
        nobody else goes by it.
        """
        everyone = set(named)
        if called := self._called(speaker, everyone):
            return called
        found = {mentions for mentions in self._meant(speaker, everyone) if self.is_same(speaker, mentions)}
        if _own_name(speaker) or not _telling(speaker):
            return found  # «the minister» is nobody's office more than another's
        holders = {tuple(name) for mentions in found for mention in mentions if (name := name_part(mention))}
        holders = {name for name in holders if len(name) > 1} or holders
        families = {name[-1] for name in holders}
        bare = {mentions: set(map(_bare_name, mentions)) - {""} for mentions in everyone}
        # Each name is compared once, whoever has it.
        meant = {name for name in set().union(*bare.values()) if any(_alike(name, family) for family in families)}
        given = {mentions: _names_in(mentions) for mentions, names in bare.items() if not meant.isdisjoint(names)}
        same = {mentions for mentions, names in given.items() if any(_names_person(one, names) for one in holders)}
        others = {words[-1] for mentions in given.keys() - same for words in given[mentions]}
        alone = {mentions: words[-1] for mentions in same if (words := _only_last(given[mentions]))}
        shared = {name for name in alone.values() if any(_alike(name, other) for other in others)}
        return found | {mentions for mentions in same if alone.get(mentions) not in shared}

    def find(self, speaker: str, index: StatementIndex, words: SpeakerWords | None = None) -> set[Mentions]:
        """Return the same among all who speak in an archive, whose words are read from the index unless they are given.

        Who is asked for by a name or an office that some have costs no look at all the others.
        """
        words = words or SpeakerWords(index.speaker_words())
        if _names_holder(speaker):
            return self._holders(speaker, index, words, words.near)
        if called := self.find_called(speaker, index, words):
            return called
        offices = _offices(speaker)
        return self.select(speaker, index.speakers(words.of_offices(offices)) if offices else index.speakers())

    def find_called(self, speaker: str, index: StatementIndex, words: SpeakerWords) -> set[Mentions]:
        """Return those among all who speak in an archive who are called by the speaker's own name, and nobody else.

        Where it is an office with more than its own words, the Turkish minister's, they are who hold that, under the
        names that their offices stand beside.
        """
        if _names_holder(speaker):
            return self._holders(speaker, index, words, lambda name: {name})
        name = _own_name(speaker)
        near = index.speakers(words.near(name[-1])) if name else ()
        return {mentions for mentions in near if self.is_same(speaker, mentions)}

    def _holders(
        self, speaker: str, index: StatementIndex, words: SpeakerWords, spelled: Callable[[str], set[str]]
    ) -> set[Mentions]:
        """Return who holds an office in an archive, with those whose last name is one of the forms of a holder's."""
        offices = _offices(speaker)
        holding = {one for one in index.speakers(words.of_offices(offices)) if _may_hold(_all_offices(one), offices)}
        found = self.select(speaker, holding)
        families = {name[-1] for mentions in found for mention in mentions if (name := name_part(mention))}
        return self.select(speaker, holding.union(index.speakers({form for one in families for form in spelled(one)})))

    def _called(self, speaker: str, everyone: set[Mentions]) -> set[Mentions]:
        """Return those who are called by the speaker's own name, in letters or in sound."""
        name = _own_name(speaker)
        if not name:
            return set()
        having = _by_word(everyone)
        near = SpeakerWords(list(having)).near(name[-1])
        return {mentions for word in near for mentions in having[word] if self.is_same(speaker, mentions)}

    def _meant(self, speaker: str, everyone: set[Mentions]) -> Iterable[Mentions]:
        """Leave out those whose words rule them out: each word is compared once, whoever has it."""
        name, asked = _own_name(speaker)[-1:], _telling(speaker)
        if not asked and not name:
            return everyone
        having = _by_word(everyone)
        told = (name if name and name[0] in asked else asked[:1]) or name
        chosen = {word for word in having if name and _alike(name[0], word)}
        for some in batches(having, AT_ONCE):
            grades = self._matcher.grades(told, some, {*told, *some} - ROLES_EN)[0]
            chosen.update(word for word, grade in zip(some, grades.tolist(), strict=True) if grade >= SAME_WORD)
        return {mentions for word in chosen for mentions in having[word]}

    def is_same(self, speaker: str, mentions: Iterable[str]) -> bool:
        """Tell whether one of the mentions names the speaker."""
        mentions = list(mentions)
        offices = _offices(speaker)
        known = _all_offices(mentions)
        if offices & DELEGATES and not offices & DELEGATES <= known:
            return False
        name, given = _own_name(speaker), _names_in(mentions)
        if len(name) == 1 and not is_entity(name[0]):  # تركيا sounds like Tariq
            # A single word may be a first name: Recep for Recep Tayyip Erdogan.
            if any(_alike(name[0], word) for words in given for word in words):
                return True
        elif name and any(_alike(name[-1], words[-1]) for words in given):
            return _names_person(name, given)
        if not _may_hold(known, offices):
            return False
        if offices and known & DELEGATES - offices:
            return False
        return any(self._all_said(speaker, mention) for mention in mentions)

    def _all_said(self, speaker: str, mention: str) -> bool:
        asked = _telling(speaker)
        given = _said_in(mention)
        if not asked:
            return True
        names = {word for word in (*asked, *given) if word not in ROLES_EN}
        # Within one script a name is told by its letters: the vectors of two surnames may be close.
        least = 1.0 if detect_language(speaker) == detect_language(mention) else SAME_WORD
        grades = self._matcher.grades(asked, given, names, by_meaning=least < 1.0)
        countries = [is_entity(word) for word in given]
        grades[np.ix_([not is_entity(word) for word in asked], countries)] = 0.0
        return bool(np.all(grades.max(axis=1) >= least))


def _by_word(everyone: Iterable[Mentions]) -> dict[str, list[Mentions]]:
    """Return who is mentioned by each folded word."""
    having: dict[str, list[Mentions]] = {}
    for mentions in everyone:
        for word in frozenset().union(*map(_words, mentions)):
            having.setdefault(word, []).append(mentions)
    return having


_GLUE = folded("the a an of for to in and mr mrs ms dr باسم")
"""Words that join those of an office and tell none from another."""


def _telling(speaker: str) -> list[str]:
    """Return the words of a speaker's name that are no office and tell it from others."""
    words = _said_in(speaker)
    return [word for word, office in zip(words, offices_of(words), strict=True) if word not in _GLUE and not office]


@lru_cache(1 << 17)
def _words(mention: str) -> frozenset[str]:
    return frozenset(_said_in(mention))


def _said_in(name: str) -> list[str]:
    """Return the folded words of a name, with one word in the place of those that name a body: UN."""
    words: list[str] = [token.text for token in tokens(name)]
    for body, places in reversed(list(find_bodies(words))):
        words[places.start : places.stop] = [acronym_of(body)]
    return words


def _own_name(speaker: str) -> list[str]:
    return [word for word in name_part(speaker) if word not in ROLES_AR and word not in ROLES_EN]


def _names_holder(speaker: str) -> bool:
    """Tell whether a speaker goes by an office with more than its own words, and by no name."""
    return bool(not _own_name(speaker) and _offices(speaker) and _telling(speaker))


def _all_offices(mentions: Iterable[str]) -> frozenset[str]:
    """Return the offices by which someone is mentioned."""
    return frozenset().union(*map(_offices, mentions))


def _may_hold(known: Collection[str], offices: Collection[str]) -> bool:
    """Tell whether who is mentioned by some offices may hold all of others."""
    return all(any(same_office(office, other) for other in known) for office in offices)


@lru_cache(1 << 17)
def _offices(mention: str) -> frozenset[str]:
    return frozenset(filter(None, offices_of([token.text for token in tokens(mention)])))


def _alike(first: str, second: str) -> bool:
    if detect_language(first) == detect_language(second):
        return first == second or same_spelling(first, second)
    latin, arabic = (first, second) if first.isascii() else (second, first)
    # A name may sound like a country: Araqchi is no Iraqi.
    return name_similarity(first, second) >= SAME_NAME and (is_entity(latin) or not is_entity(arabic))


def _names_in(mentions: Iterable[str]) -> list[list[str]]:
    return [name for mention in mentions if (name := name_part(mention))]


def _names_person(name: Sequence[str], given: Iterable[list[str]]) -> bool:
    """Tell whether the names given to one person may be this name: two Haddads may be brothers."""
    family = [words[:-1] for words in given if _alike(name[-1], words[-1])]
    first = [words for words in family if words]
    return bool(family) and (len(name) == 1 or not first or any(_may_be(name[:-1], words) for words in first))


def _only_last(names: list[list[str]]) -> list[str]:
    """Return the longest of one person's names where it is a last name alone, else nothing."""
    longest = max(names, key=len)
    return longest if all(word in _JOINING for word in longest[:-1]) else []


_JOINING = folded("al el bin ben ibn bint abu abd van von de della بن ابن بنت ابو عبد")
"""Words within names that tell none from another."""


def _may_be(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether two persons' first names may be one: one of them sounds alike, or shortens the other."""
    if _one_given("".join(first), "".join(second)):
        return True
    ours, theirs = ([word for word in words if word not in _JOINING] for words in (first, second))
    return not ours or not theirs or any(_one_given(one, other) for one in ours for other in theirs)


def _one_given(first: str, second: str) -> bool:
    short, long = sorted((sounds(first), sounds(second)), key=len)
    least = SAME_NAME if detect_language(first) == detect_language(second) else GIVEN
    return name_similarity(first, second) >= least or (len(short) > 1 and long.startswith(short))


def ends_as_named(speaker: str, mentions: Iterable[str]) -> bool:
    """Tell whether a speaker's own name ends as one that somebody is mentioned by: أرمان is no Hermann Pohl."""
    name = _own_name(speaker)
    return bool(name) and any(_alike(name[-1], words[-1]) for words in _names_in(mentions))


def may_be_named(speaker: str, mentions: Iterable[str]) -> bool:
    """Tell whether a speaker goes by a name that somebody may have: theirs begins with it, or they are called by none.

    Where one of the investigators speaks, a sentence may tell who that is; where another minister does, it does not.
    """
    own, given = _own_name(speaker), [name for name in _names_in(mentions) if name[0] not in STOP_WORDS]  # «أحد»
    return bool(own) and (not given or any(_names_person(own[:count], given) for count in range(1, len(own) + 1)))


@lru_cache(1 << 17)
def _last_name(mention: str) -> str:
    """Return the last word of a person's own name, "" where the mention has none."""
    return (name_part(mention) or [""])[-1]


@lru_cache(1 << 17)
def _bare_name(mention: str) -> str:
    """Return the last word of a name that is mentioned without an office."""
    return "" if _offices(mention) else _last_name(mention)
