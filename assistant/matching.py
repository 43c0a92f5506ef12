"""How well a word of a question is said by a word of an article, within and across the two languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.gazetteer import same_entity
from assistant.lexicon import STOP_WORDS
from assistant.names import name_similarity, same_spelling
from index.text import detect_language, stem

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from index.types import Vectors, Words

UNRELATED, SAME = 0.22, 0.58
"""Cosines of two words' vectors below which they share nothing, and above which one says the other.

Nine in ten words have no unrelated word above 0.25 among the 40 of a sentence, in each of the four directions.
"""

SOUNDS_ALIKE = 0.8
"""Similarity of sound from which two spellings are taken for one name."""

SAME_ROOT = 0.6
"""Grade of two Arabic words of the same consonants, such as a broken plural and its singular: زعيم، زعماء."""

TELLING = 35.0
"""Norm of a word's vector from which it counts in full; function words have about a quarter of it."""


class WordEncoder(Protocol):
    """Gives the vectors and the pieces of words; the bundled model does."""

    def encode_words(self, texts: Sequence[str]) -> list[Words]: ...

    def split_words(self, words: Sequence[str]) -> list[list[str]]: ...


_BEFORE = frozenset(
    ["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ول", "وب", "ولل", "وبال", "س", "وس"]
)
_LONG_VOWELS = re.compile("[اويء]")
_ARABIC_ENDING = re.compile(r"(?<=\w{3})(?:هما|يه|ها|هم|هن|نا|ين|ون|ان|ات|تين|تان|ه|ا|ي)$")
_ENGLISH_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word with what matching needs to know of it.

    `core` is the word without the particles that Arabic joins before it; `forms` are the word and what is left of it
    without article and endings; `empty` marks a word that carries no topic.
    """

    text: str
    arabic: bool
    core: str
    forms: tuple[str, ...]
    stem: str
    root: str
    empty: bool


class Matcher:
    """Grades word pairs from 0 (unrelated) to 1 (the same), and weighs words by how much they tell.

    Two words match by stem, by spelling or sound (names), by the country or body that they name, or by the cosine of
    their vectors in the bundled model, the best of their forms. Words once seen are kept.
    """

    def __init__(self, encoder: WordEncoder) -> None:
        self._encoder = encoder
        self._words: dict[str, _Word] = {}
        self._units: dict[str, Vectors] = {}
        self._norms: dict[str, float] = {}

    def weights(self, words: Sequence[str]) -> Vectors:
        """Return how much each word tells, 0.2 to 1, shape (len(words),), by the norm that training gave its vector."""
        self._see(words)
        norms = np.array([self._norms[word] for word in words], np.float32)
        return np.clip(norms / TELLING, 0.2, 1.0)

    def grades(
        self, question: Sequence[str], article: Sequence[str], names: Container[str] = (), *, by_meaning: bool = True
    ) -> Vectors:
        """Return how well each question word is said by each article word, shape (len(question), len(article)).

        `names` are the Latin words, of either side, that are written as names: they are compared by sound with Arabic
        ones. Without `by_meaning` the vectors have no say. All words are folded.
        """
        if not question or not article:
            return np.zeros((len(question), len(article)), np.float32)
        self._see([*question, *article])
        asked, given = [self._words[word] for word in question], [self._words[word] for word in article]
        if by_meaning:
            graded = np.clip((self._cosines(asked, given) - UNRELATED) / (SAME - UNRELATED), 0.0, 1.0)
        else:
            graded = np.zeros((len(asked), len(given)), np.float32)
        for row, first in enumerate(asked):
            for column, second in enumerate(given):
                if second.empty:
                    graded[row, column] = 0.0
                elif graded[row, column] < 1.0:
                    graded[row, column] = max(float(graded[row, column]), _same(first, second, names))
        return graded

    def _cosines(self, asked: list[_Word], given: list[_Word]) -> Vectors:
        rows = np.stack([self._units[form] for word in asked for form in word.forms])
        columns = np.stack([self._units[form] for word in given for form in word.forms])
        by_row = np.maximum.reduceat(rows @ columns.T, _starts(asked), axis=0)
        return np.maximum.reduceat(by_row, _starts(given), axis=1)

    def _see(self, words: Sequence[str]) -> None:
        """Take in the words not met before."""
        missing = [word for word in dict.fromkeys(words) if word not in self._words]
        if not missing:
            return
        for word, pieces in zip(missing, self._encoder.split_words(missing), strict=True):
            self._words[word] = _word(word, pieces)
        forms = [form for word in missing for form in self._words[word].forms]
        forms = [form for form in dict.fromkeys(forms) if form not in self._units]
        for form, encoded in zip(forms, self._encoder.encode_words(forms), strict=True):
            vector = encoded.vectors.sum(axis=0)
            self._norms[form] = float(np.linalg.norm(vector))
            self._units[form] = vector / max(self._norms[form], 1e-9)


def _starts(words: list[_Word]) -> list[int]:
    starts, total = [], 0
    for word in words:
        starts.append(total)
        total += len(word.forms)
    return starts


def _word(text: str, pieces: list[str]) -> _Word:
    if detect_language(text) != "ar":
        lemmas = [
            text.removesuffix(end) + put
            for end, put in _ENGLISH_ENDINGS
            if text.endswith(end) and len(text) > len(end) + 3
        ]
        return _Word(text, False, text, tuple(dict.fromkeys([text, *lemmas])), stem(text), text, text in STOP_WORDS)
    first = 0
    while first < len(pieces) - 1 and pieces[first] in _BEFORE:
        first += 1
    core = "".join(pieces[first:])
    if not core.isalnum() or len(core) < 2:
        core = text
    bare = core.removeprefix("ال") if len(core) > 4 else core
    forms = dict.fromkeys([text, core, bare, _ARABIC_ENDING.sub("", core), _ARABIC_ENDING.sub("", bare)])
    # With its article before it, a word that begins like a particle (وزارة) keeps its first letter when stemmed.
    return _Word(text, True, core, tuple(forms), stem("ال" + bare), _LONG_VOWELS.sub("", _ARABIC_ENDING.sub("", bare)), text in STOP_WORDS)


def _same(first: _Word, second: _Word, names: Container[str]) -> float:
    """Grade two words by what their letters tell: stem, spelling, country, or sound across the scripts."""
    if first.arabic == second.arabic:
        if first.stem == second.stem or same_spelling(first.core, second.core):
            return 1.0
        if first.arabic and first.root == second.root and len(first.root) >= 3:
            return SAME_ROOT
    else:
        latin, arabic = (first, second) if second.arabic else (second, first)
        if (
            latin.text in names
            and max(name_similarity(latin.text, form) for form in (arabic.text, arabic.core)) >= SOUNDS_ALIKE
        ):
            return 1.0
    return max(same_entity(first.core, second.core), same_entity(first.text, second.text))
