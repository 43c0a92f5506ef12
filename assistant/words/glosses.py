"""Words of one language said in a word of the other, as a reading aid: a machine's guess where it is sure, no more.

Countries and bodies come from the gazetteer. Every other word is compared, by the vectors of the bundled model, with
the frequent words of the archive in the other language, which come as the articles write them. An archive with few
English words borrows those that the model itself knows as one piece.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from assistant.words.gazetteer import translate_entity
from assistant.words.lexicon import STOP_WORDS
from assistant.words.vocabulary import Word, WordEncoder
from index.errors import UnknownArticleError
from index.followers.nearest_signs import NearestSigns
from index.text import fold_text
from index.types import Filters
from index.words import Script, script, unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.types import Archive, Language, Vectors

SURE: dict[Language, float] = {"en": 0.65, "ar": 0.7}
"""Cosine from which an archive's word is a gloss in that language: nine in ten or more are right."""

SURE_OF_BORROWED = 0.8
"""The same for a word that the model alone knows: some of those are no whole words."""

ARTICLES, CHARACTERS = 4_000, 3_000
"""Articles of a language that its words are taken from, and how much of each."""

LEAST_COUNT = 3
"""How often they must hold a word: rarer ones are misprints and names."""

MOST_WORDS = 30_000
"""Words of a language, the most frequent ones, that a gloss is chosen from."""

FEW_WORDS = 5_000
"""Words below which an archive is short of a language."""

SHORTEST = 3
"""Letters of a word that is compared by its vector."""

NEAR = 48
"""Words that are compared exactly."""

MOST_KNOWN = 50_000
"""Words whose glosses are remembered."""

GROWTH = 0.1
"""Share of the articles that may come or go before the words are taken anew."""

_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652\u0670]+[^\W\d_]*)*")
_SCRIPTS: dict[Language, Script] = {"ar": Script.ARABIC, "en": Script.LATIN}

_NO_ENDING = re.compile(
    r"(?:[jquvi]|[^i]c|[bcdfgkpt][lr]|ie|([bcdghjkmnprtvwxz])\1|(?:ct|at|it)ur|[lrn]it|tar|[^fleor]f|[^aeiourlsy]m|(?<!i)sm|nom|log"
    r"|(?<=\w{4})(?<![aeiou])[aiou]t|(?<!s)(?<=\w{4})is)$"
)
"""How English words rarely end, and the stems of them that a vocabulary of pieces holds often do: ministr, operat."""

SAME_STEM = 0.5
"""Cosine of a piece and the same with a vowel after it, from which it is no word without: celebrat, celebrate."""


class WordModel(WordEncoder, Protocol):
    """Gives the vectors of words, and the pieces that it is made of."""

    def pieces(self) -> list[str]:
        """Every piece of the vocabulary, folded."""
        ...


class _Words(NamedTuple):
    """Words to choose a gloss from: folded, as they are shown, to be found by the signs of their vectors' numbers."""

    folded: list[str]
    shown: list[str]
    sure: float
    signs: NearestSigns


class Glosses:
    """Finds glosses in an archive; threads may share it. The first asked for waits until the words are gathered."""

    def __init__(self, archive: Archive, model: WordModel) -> None:
        self._archive = archive
        self._model = model
        self._lock = threading.Lock()
        self._articles = -1
        self._words: dict[Language, _Words | None] = {}
        self._known: dict[tuple[Language, str], str | None] = {}

    def find(self, words: Iterable[str], language: Language) -> dict[str, str]:
        """Return a gloss in a language for those of some words, as they are written, that have a sure one."""
        asked = {word: fold_text(word) for word in words if script(word) is not _SCRIPTS[language]}
        found = {word: _entity(word, folded) for word, folded in asked.items() if script(word) is not Script.OTHER}
        compared = {
            word: asked[word]
            for word, gloss in found.items()
            if gloss is None and len(asked[word]) >= SHORTEST and asked[word] not in STOP_WORDS
        }
        with self._lock:
            self._gather(language)
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            missing = [word for word in dict.fromkeys(compared.values()) if (language, word) not in self._known]
            if missing and (chosen := self._words[language]):
                self._known |= {(language, word): gloss for word, gloss in self._nearest(missing, chosen).items()}
            found |= {word: self._known.get((language, folded)) for word, folded in compared.items()}
        return {word: gloss for word, gloss in found.items() if gloss}

    def _nearest(self, words: Sequence[str], chosen: _Words) -> dict[str, str | None]:
        known = [Word.of(*pair) for pair in zip(words, self._model.split_words(words), strict=True)]
        forms = [list(dict.fromkeys(_forms(word))) for word in known]
        owners = np.repeat(np.arange(len(words)), [len(each) for each in forms])
        units = self._units([form for each in forms for form in each])
        near = chosen.signs.search(np.packbits(units > 0, axis=1), NEAR)
        rows, places = np.unique(near, return_inverse=True)
        texts = [chosen.folded[row] for row in rows.tolist()]
        alone = [_stands_alone(*pair) for pair in zip(texts, self._model.split_words(texts), strict=True)]
        likeness = np.where(alone, units @ self._units(texts).T, -1.0)
        best = np.take_along_axis(likeness, places.reshape(near.shape), axis=1)
        glosses: dict[str, str | None] = {}
        for number, word in enumerate(words):
            own = np.flatnonzero(owners == number)
            form, place = np.unravel_index(int(best[own].argmax()), (len(own), near.shape[1]))
            sure = best[own[form], place] >= chosen.sure
            glosses[word] = chosen.shown[int(near[own[form], place])] if sure else None
        return glosses

    def _units(self, words: Sequence[str]) -> Vectors:
        return unit(self._model.sum_words(words))

    def _gather(self, language: Language) -> None:
        """Take the words of a language from the archive, unless that is done and not much has changed since."""
        count = self._archive.count_articles()
        if abs(count - self._articles) > GROWTH * self._articles:
            self._articles = count
            self._words.clear()
            self._known.clear()
        if language not in self._words:
            self._words[language] = self._gathered(language)

    def _gathered(self, language: Language) -> _Words | None:
        shown = self._frequent(language)
        sure = SURE[language]
        if language == "en" and len(shown) < FEW_WORDS:
            shown = dict.fromkeys(self._whole_pieces(), "") | shown
            sure = SURE_OF_BORROWED
        folded = list(shown)
        if not folded:
            return None
        signs = np.packbits(self._units(folded) > 0, axis=1)
        return _Words(folded, [shown[word] or word for word in folded], sure, NearestSigns(signs))

    def _frequent(self, language: Language) -> dict[str, str]:
        """Return the archive's frequent words of a language, folded, each with its most frequent spelling."""
        articles = list(self._archive.paths(Filters(language=language)).values())
        written: Counter[str] = Counter()
        for name in articles[:: len(articles) // ARTICLES + 1]:
            with suppress(UnknownArticleError):  # removed by another process since
                written.update(_WORD.findall(self._archive.article(name).text[:CHARACTERS]))
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for spelling, count in written.most_common():
            word = fold_text(spelling)
            counts[word] += count
            shown.setdefault(word, spelling)
        kept = (
            word
            for word, count in counts.most_common()
            if count >= LEAST_COUNT
            and len(word) >= SHORTEST
            and word.isalpha()
            and word not in STOP_WORDS
            and script(word) is _SCRIPTS[language]
        )
        return {word: shown[word] for word in islice(kept, MOST_WORDS)}

    def _whole_pieces(self) -> list[str]:
        """Return the English words that the model knows as one piece, as far as a piece tells that it is a word."""
        pieces = [
            piece
            for piece in self._model.pieces()
            if len(piece) >= SHORTEST and piece.isalpha() and piece not in STOP_WORDS and script(piece) is Script.LATIN
        ]
        units, places = self._units(pieces), {piece: place for place, piece in enumerate(pieces)}

        def is_stem(piece: str) -> bool:
            longer = [places[piece + vowel] for vowel in "ey" if piece + vowel in places]
            return len(piece) > SHORTEST and bool((units[longer] @ units[places[piece]] > SAME_STEM).any())

        return [piece for piece in pieces if not _NO_ENDING.search(piece) and not is_stem(piece)]


def _entity(word: str, folded: str) -> str | None:
    """Return what the gazetteer says; a Latin word must be written as a name is."""
    return translate_entity(folded) if word[0].isupper() or script(word) is Script.ARABIC else None


def _forms(word: Word) -> Iterable[str]:
    """Yield an Arabic word whole, and without what it joins before it; an English one as it is."""
    yield word.text
    if word.arabic:
        yield word.core
        yield word.core.removeprefix("ال") if len(word.core) > 4 else word.core


def _stands_alone(word: str, pieces: Sequence[str]) -> bool:
    """Tell whether an Arabic word joins nothing but the article before it; an English one never does."""
    return Word.of(word, pieces).core.removeprefix("ال") == word.removeprefix("ال")
