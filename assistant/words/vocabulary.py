"""The words that matching has met, with what it needs to know of each: stem, root, forms and their vectors."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from assistant.words.gazetteer import is_entity, names_entity
from assistant.words.lexicon import STOP_WORDS
from assistant.words.verbs_en import is_base, past
from index.text import detect_language, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.types import Vectors

MOST_WORDS = 60_000
"""Words that are kept: about 270 MB with the bundled model. One word more, and all are forgotten.

Twenty questions asked of 60,000 articles meet 30,000; to learn them anew takes twice as long as all else.
"""

MOST_FORMS = 5
"""Forms that a word has at most; see `Word.forms`."""

SHORTEST_PIECE = 3
"""Letters that one of a word's pieces has where it is more than spelt out."""

SHORTEST_ROOT = 3
"""Consonants from which two Arabic words of the same ones are taken for kin."""


class WordEncoder(Protocol):
    """Gives the vectors and the pieces of words; the bundled model does."""

    def sum_words(self, words: Sequence[str]) -> Vectors:
        """Return the sum of each word's pieces' vectors, shape (len(words), dimensions)."""
        ...

    def split_words(self, words: Sequence[str]) -> list[list[str]]:
        """Return the pieces that the model knows of each word."""
        ...


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word as its letters tell it.

    `core` is the word without the particles that Arabic joins before it; `forms` are the word itself, then what is left
    of it without article and endings; `root` are the consonants of an Arabic word, empty where they are few; `empty`
    marks a word that carries no topic.
    """

    text: str
    arabic: bool
    core: str
    forms: tuple[str, ...]
    stem: str
    root: str
    empty: bool

    @classmethod
    def of(cls, text: str, pieces: Sequence[str]) -> Word:
        """Take a folded word apart, given the pieces that the model knows of it."""
        return _arabic_word(text, pieces) if detect_language(text) == "ar" else _english_word(text)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of some words, in their order.

    `facts` has a row a word: the fields `arabic`, `empty`, `entity`, `figure` and `pieced` (known to the model by its
    pieces alone) are truths, `stem` and `root` are numbers that equal strings share (0 for no root), and `forms`, of
    shape (MOST_FORMS,), are rows of `units`, the first the word's own, repeated where there are fewer. `units` and
    `norms` hold the unit vectors of all forms that were met, and the norms that they had; `spelt` tells of which the
    model knows nothing but letters. The numbers
    compare within one look-up only.
    """

    words: list[Word]
    facts: NDArray[np.void]
    units: Vectors
    norms: Vectors
    spelt: NDArray[np.bool_]


_FACTS = np.dtype(
    [
        ("arabic", "?"),
        ("empty", "?"),
        ("entity", "?"),
        ("figure", "?"),
        ("pieced", "?"),
        ("stem", "<i4"),
        ("root", "<i4"),
        ("forms", "<i4", (MOST_FORMS,)),
    ]
)


class Vocabulary:
    """Knows words by their letters and vectors, and keeps up to `most_words` of them; threads may share it."""

    def __init__(self, encoder: WordEncoder, most_words: int = MOST_WORDS) -> None:
        self._encoder = encoder
        self._most_words = most_words
        self._lock = threading.Lock()
        self._forget()

    def __len__(self) -> int:
        return len(self._words)

    def look_up(self, *groups: Sequence[str]) -> list[Known]:
        """Return what is known of each group of folded words, taking in those not met before."""
        with self._lock:
            self._learn(list(dict.fromkeys(word for group in groups for word in group)))
            places = [[self._places[word] for word in group] for group in groups]
            # A row is written once: who holds these arrays may read them while others add to the vocabulary.
            words, facts, units, norms, spelt = self._words, self._facts, self._units, self._norms, self._spelt
        return [Known([words[place] for place in group], facts[group], units, norms, spelt) for group in places]

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._words: list[Word] = []
        self._facts: NDArray[np.void] = np.zeros(0, _FACTS)
        self._numbers = {"": 0}
        self._rows: dict[str, int] = {}
        self._units: Vectors = np.zeros((0, 0), np.float32)
        self._norms: Vectors = np.zeros(0, np.float32)
        self._spelt: NDArray[np.bool_] = np.zeros(0, np.bool_)

    def _learn(self, words: list[str]) -> None:
        missing = [word for word in words if word not in self._places]
        if not missing:
            return
        if len(self._places) + len(missing) > self._most_words:
            self._forget()
            missing = words
        pieces = self._encoder.split_words(missing)
        learned = [Word.of(*pair) for pair in zip(missing, pieces, strict=True)]
        self._learn_forms(list(dict.fromkeys(form for word in learned for form in word.forms)))
        first = len(self._words)
        self._facts = _with_room(self._facts, first + len(learned))
        for place, word in enumerate(learned, first):
            self._facts[place] = (
                word.arabic,
                word.empty,
                is_entity(word.core) or is_entity(word.text),
                word.text.isdecimal(),
                len(pieces[place - first]) > 1,
                self._number(word.stem),
                self._number(word.root),
                [self._rows[word.forms[at] if at < len(word.forms) else word.text] for at in range(MOST_FORMS)],
            )
            self._places[word.text] = place
        self._words += learned

    def _learn_forms(self, forms: list[str]) -> None:
        """Give each new form a row of vectors."""
        forms = [form for form in forms if form not in self._rows]
        if not forms:
            return
        vectors = self._encoder.sum_words(forms)
        norms = np.linalg.norm(vectors, axis=1)
        first = len(self._rows)
        if not first:
            self._units = np.zeros((0, vectors.shape[1]), np.float32)
        self._units = _with_room(self._units, first + len(forms))
        self._norms = _with_room(self._norms, first + len(forms))
        self._spelt = _with_room(self._spelt, first + len(forms))
        self._units[first : first + len(forms)] = vectors / np.maximum(norms, 1e-9)[:, None]
        self._norms[first : first + len(forms)] = norms
        self._spelt[first : first + len(forms)] = [*map(_is_spelt_out, self._encoder.split_words(forms))]
        self._rows |= {form: row for row, form in enumerate(forms, first)}

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))


_Row = TypeVar("_Row", bound=np.generic)


def _with_room(rows: NDArray[_Row], needed: int) -> NDArray[_Row]:
    """Return the rows, or where they are too few a copy of them with twice the room, zeros at its end."""
    if needed <= len(rows):
        return rows
    larger = np.zeros((max(needed, 2 * len(rows)), *rows.shape[1:]), rows.dtype)
    larger[: len(rows)] = rows
    return larger


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


def _is_spelt_out(pieces: Sequence[str]) -> bool:
    """Tell whether a word is known to the model by single letters and pairs of them alone: ن+في."""
    return len(pieces) > 1 and max(map(len, pieces)) < SHORTEST_PIECE


def _english_word(text: str) -> Word:
    lemmas = [
        text.removesuffix(end) + put for end, put in _ENGLISH_ENDINGS if text.endswith(end) and len(text) > len(end) + 3
    ]
    if is_base([text]):
        lemmas.append(past(text))  # articles tell what was done: arrived is nearer to وصل than arrive is
    forms = tuple(dict.fromkeys([text, *lemmas]))
    return Word(text, arabic=False, core=text, forms=forms, stem=stem(text), root="", empty=text in STOP_WORDS)


_BEFORE = frozenset(
    ["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ول", "وب", "ولل", "وبال", "س", "وس"]
)
_ONE_LETTER = frozenset(particle for particle in _BEFORE if len(particle) == 1)
_LONG_VOWELS = re.compile("[اويء]")
_ARABIC_ENDING = re.compile(r"(?<=\w{3})(?:هما|يه|ها|هم|هن|نا|ين|ون|ان|ات|تين|تان|ه|ا|ي)$")


def _arabic_word(text: str, pieces: Sequence[str]) -> Word:
    first = 0
    while first < len(pieces) - 1 and pieces[first] in _BEFORE:
        first += 1
    core = "".join(pieces[first:])
    if not core.isalnum() or len(core) < 2:
        core = text
    if not names_entity(core) and core[0] in _ONE_LETTER and names_entity(core[1:]):
        core = core[1:]  # the model may know وتركيا as one piece
    bare = core.removeprefix("ال") if len(core) > 4 else core
    ended = _ARABIC_ENDING.sub("", bare)
    shorter = (form for form in (core, bare, _ARABIC_ENDING.sub("", core), ended) if form not in STOP_WORDS)
    forms = tuple(dict.fromkeys([text, *shorter]))  # «آليات» without article and ending would be «إلى»
    root = _LONG_VOWELS.sub("", ended)
    # With its article before it, a word that begins like a particle (وزارة) keeps its first letter when stemmed.
    stemmed = stem(f"ال{bare}")
    return Word(
        text,
        arabic=True,
        core=core,
        forms=forms,
        stem=stemmed,
        root=root if len(root) >= SHORTEST_ROOT else "",
        empty=text in STOP_WORDS,
    )
