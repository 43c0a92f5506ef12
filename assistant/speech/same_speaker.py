"""What one speaker says elsewhere in an archive, the speakers told apart by name: quickly, and rather too few.

A person is told by surname and given name; where an article has the surname alone, it is theirs if nearly everyone in
the archive who has it is that person. A ministry or a company without a country in its name might be any.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.speech.mentions import name_part
from assistant.speech.statement_search import Told
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import folded
from assistant.words.names import name_similarity, spelling
from index.errors import UnknownArticleError
from index.sounds import Sounds, sound_likeness
from index.text import detect_language, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.followers.statement_index import StatementIndex
    from index.followers.statement_rows import Mentions, Stored
    from index.statement import Statement
    from index.types import Archive, Article

SAME_SURNAME, SAME_GIVEN_NAME = 0.8, 0.6
"""Similarity of sound from which two spellings are one surname; of two people of one surname, one given name."""

PERHAPS = 0.5
"""Likeness of sound, found for all names at once, from which two surnames are compared closely."""

NEARLY_ALL = 0.8
"""Share of those with a surname and a given name that must be one person for the surname alone to name them."""

_CONFUSED = str.maketrans("غجق", "ggg")
_WORD = re.compile(r"\w+")
_NOBODY = folded("""
    source sources official officials statement report reports note dealer dealers trader traders analyst analysts
    مصدر مصادر مصدران مسؤول مسؤولون مسؤولين بيان تقرير شهود خبير خبراء محلل محللون مراسل
""")
"""Words for speakers that are not named, whatever stands beside them."""


class _Names(NamedTuple):
    """Every speaker of an archive as a line of folded words, and what those words sound like and how they are spelt."""

    state: tuple[str, int]
    speakers: list[Mentions]
    lines: str
    words: list[str]
    sounds: Sounds
    spelt: dict[str, list[str]]

    @classmethod
    def of(cls, state: tuple[str, int], speakers: list[Mentions]) -> _Names:
        """Lay out the speakers, one a line: names are looked up in all of them at once."""
        lines = "\n".join(fold_text(" ".join(" ".join(mentions).split())) for mentions in speakers)
        words = sorted({word for word in _WORD.findall(lines) if len(word) > 1})
        spelt: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            if letters := spelling(word):
                spelt[letters].append(word)
        return cls(state, speakers, lines, words, Sounds.of(words), dict(spelt))

    def having(self, words: Iterable[str]) -> Iterator[Mentions]:
        """Yield the speakers that have one of these words in some mention."""
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
        line, position, last = 0, 0, -1
        for match in pattern.finditer(self.lines):
            line += self.lines.count("\n", position, match.start())
            position = match.start()
            if line != last:
                last = line
                yield self.speakers[line]

    def spellings(self, name: str) -> list[str]:
        """Return the words that are spellings of a name, in either script."""
        language = detect_language(name)
        likeness = sound_likeness(Sounds.of([name]), self.sounds)[0]
        across = [self.words[place] for place in np.flatnonzero(likeness >= PERHAPS).tolist()]
        same = {name, *self.spelt.get(spelling(name), ())}
        return [
            *(word for word in same if detect_language(word) == language),
            *(word for word in across if name_similarity(word, name) >= SAME_SURNAME),
        ]


class SameSpeaker:
    """Finds the other statements of a speaker; threads may share it."""

    def __init__(self, archive: Archive, index: StatementIndex) -> None:
        self._archive = archive
        self._index = index
        self._lock = threading.Lock()
        self._names: _Names | None = None

    def newest(self, said: Statement, article: Article, most: int) -> list[Told]:
        """Return what else the speaker of a statement says in the archive, newest first, at most so many.

        The days are those of the saying, or else of the article; a statement without a day comes last.
        """
        names = self._follow()
        mentions = _same(said.mentions, names)
        days = self._archive.published()
        own = article.id, said.words
        stored = [one for one in self._index.statements(mentions) if (one.article_id, one.statement.words) != own]
        stored.sort(key=lambda one: one.statement.said_on or days.get(one.article_id) or date.min, reverse=True)
        told: list[Told] = []
        for one in stored:
            if len(told) == most:
                break
            told.extend(self._told(one, article))
        return told

    def _told(self, stored: Stored, article: Article) -> Iterator[Told]:
        if stored.article_id == article.id:
            yield Told(article, stored.statement)
            return
        try:
            yield Told(self._archive.article(stored.article_id), stored.statement)
        except UnknownArticleError:  # removed by another process since
            return

    def _follow(self) -> _Names:
        with self._lock:
            self._index.catch_up(self._archive)
            state = self._archive.identity, self._archive.generation
            if self._names is None or self._names.state != state:
                self._names = _Names.of(state, self._index.speakers())
            return self._names


def is_named(mentions: Iterable[str]) -> bool:
    """Tell whether these mentions name somebody who can be found again: a person, or a body with its country."""
    return any(_person(mention) or _body(mention) for mention in mentions)


def _same(mentions: Mentions, names: _Names) -> set[Mentions]:
    """Return the mentions of the speaker with these."""
    asked = _fullest(mentions)
    if not asked:
        bodies = set(map(_body, mentions)) - {""}
        return {
            theirs
            for theirs in (names.having(body.split()[-1] for body in bodies) if bodies else ())
            if not bodies.isdisjoint(map(_body, theirs))
        }
    surname, given = asked[-1], asked[0] if len(asked) > 1 else ""
    spellings = set(names.spellings(surname))
    likely = [(theirs, _fullest(theirs)) for theirs in names.having(spellings)]
    found = [(name[0] if len(name) > 1 else "", theirs) for theirs, name in likely if name and name[-1] in spellings]
    usual = _usual(found)
    wanted = given or usual
    if not wanted and any(name for name, _ in found):
        return set()  # several people, and nothing tells which
    return {theirs for name, theirs in found if _is_same_given(name or usual, wanted)}


def _usual(found: Iterable[tuple[str, Mentions]]) -> str:
    """Return the given name that nearly all have who state one; "" where there is none."""
    given = Counter(name for name, _ in found if name)
    if not given:
        return ""
    commonest = given.most_common(1)[0][0]
    same = sum(count for name, count in given.items() if _is_same_given(name, commonest))
    return commonest if same >= NEARLY_ALL * given.total() else ""


def _is_same_given(first: str, second: str) -> bool:
    if detect_language(first) == detect_language(second):
        return first.translate(_CONFUSED) == second.translate(_CONFUSED)  # with its vowels: محمد and محمود are two
    return name_similarity(first, second) >= SAME_GIVEN_NAME


def _fullest(mentions: Iterable[str]) -> list[str]:
    """Return the longest name of a person among mentions, folded; empty where none is named."""
    return max((_person(mention) for mention in mentions), key=len, default=[])


def _person(mention: str) -> list[str]:
    name = name_part(mention)
    if not name or any(word.text in _NOBODY for word in tokens(mention)) or is_entity(name[-1]):
        return []
    return name


def _body(mention: str) -> str:
    """Return a body as its folded words, where a country or a body that the gazetteer knows is among them."""
    words = [word.text for word in tokens(mention)]
    named = any(map(is_entity, words)) and _NOBODY.isdisjoint(words) and not _person(mention)
    return " ".join(words) if named else ""
