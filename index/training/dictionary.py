"""Which words a word may be rendered as: dictionaries, and word translations learnt from parallel rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from index.training.alignment import WordPair
from index.training.corpora import Row
from index.training.folding import fold_words
from index.types import Language

Counts = dict[str, dict[str, float]]

# How far a dictionary is trusted; a translation is drawn in proportion.
TRUST = {"muse": 4, "unbis": 3, "awn3": 2}
# fmt: off
PREFIXES = (
    "", "وال", "بال", "كال", "فال", "ولل", "لل", "ال",
    "وب", "ول", "و", "ب", "ل", "ف", "ك", "س", "وسي", "سي", "وي", "وت", "ي", "ت", "ن",
)
SUFFIXES = (
    "", "هما", "ها", "هم", "هن", "كم", "نا", "ات", "ون", "ين", "ان", "تين", "تان", "وا", "يه", "ه", "ي", "ت", "ا",
)
CLITICS = ("و", "ال", "ب", "ل", "وال", "بال", "لل", "ف", "ك")  # what an aligned word is found behind
# fmt: on
ENGLISH_ENDINGS = {"": [""], "s": [""], "es": [""], "ed": ["", "e"], "ing": ["", "e"], "ies": ["y"], "ly": [""]}
SHORTEST_STEM = 2  # letters
SHORTEST_BEHIND_CLITICS = 3  # letters
LEARNT_SHARE = 0.75  # of the draws, where a word is both learnt and in a dictionary

# Of a learnt pair, before a word is rendered by it: the product of both probabilities, and how often.
LEAST_JOINT, LEAST_TIMES = 0.02, 0.8


class Candidates(NamedTuple):
    """What a word may be rendered as, and the running sums of their weights."""

    words: tuple[str, ...]
    sums: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Folded words and the words of the other language that they may be rendered as, by weight.

    `terms` and `learnt` go from the words of each language to the other; what is found is kept.
    """

    terms: dict[Language, Counts]
    learnt: dict[Language, Counts]
    found: dict[Language, dict[str, Candidates | None]] = field(default_factory=lambda: {"ar": {}, "en": {}})

    @classmethod
    def from_rows(cls, terms: Iterable[Row], names: Iterable[Row], learnt: Iterable[WordPair]) -> Dictionary:
        """Build from rows of (English, Arabic, dataset); a name is taken only where no term says otherwise."""
        return cls(_read_terms(terms, names), _read_learnt(learnt))

    def candidates(self, word: str, language: Language) -> Candidates | None:
        """Return what a folded word of a language may be rendered as, None where nothing is known; numbers stay."""
        found = self.found[language]
        if word not in found:
            found[word] = self._find(word, language)
        return found[word]

    def _find(self, word: str, language: Language) -> Candidates | None:
        if word.isdigit():
            return Candidates((word,), (1.0,))
        in_terms = find_arabic(word, self.terms["ar"]) if language == "ar" else find_english(word, self.terms["en"])
        learnt = (
            _find_behind_clitics(word, self.learnt["ar"]) if language == "ar" else find_english(word, self.learnt["en"])
        )
        parts = [(in_terms, 1 - LEARNT_SHARE if learnt else 1), (learnt, LEARNT_SHARE if in_terms else 1)]
        weights: Counter[str] = Counter()
        for counts, share in parts:
            total = sum(counts.values()) if counts else 0
            for other, count in (counts or {}).items():
                weights[other] += share * count / total  # type: ignore[assignment]  # typeshed counts in whole numbers
        return Candidates(tuple(weights), tuple(accumulate(weights.values()))) if weights else None


def find_arabic(word: str, known: Counts) -> dict[str, float] | None:
    """Look an Arabic word up: the fewest affix letters are stripped that make it known."""
    suffixes = [suffix for suffix in SUFFIXES if word.endswith(suffix)]
    cheapest, best = 99, None
    for prefix in PREFIXES:
        if not word.startswith(prefix):
            continue
        for suffix in suffixes:
            letters = len(prefix) + len(suffix)
            if letters - 1 >= cheapest or len(word) - letters < SHORTEST_STEM:
                continue
            stem = word[len(prefix) : len(word) - len(suffix)]
            # A feminine noun loses its ending before a suffix: "سيار" of "سيارات" is listed as "سياره".
            for form, cost in ((stem, letters), (stem + "ه", letters - 1)):
                if cost < cheapest and form in known:
                    cheapest, best = cost, known[form]
    return best


def find_english(word: str, known: Counts) -> dict[str, float] | None:
    """Look an English word up, as it is or without its ending."""
    bases = (
        word[: len(word) - len(ending)] + base
        for ending, added in ENGLISH_ENDINGS.items()
        if word.endswith(ending)
        for base in added
    )
    return next((known[base] for base in bases if base in known), None)


def _find_behind_clitics(word: str, known: Counts) -> dict[str, float] | None:
    if word in known:
        return known[word]
    bases = (word.removeprefix(clitic) for clitic in CLITICS if word.startswith(clitic))
    return next((known[base] for base in bases if len(base) >= SHORTEST_BEHIND_CLITICS and base in known), None)


def _read_terms(terms: Iterable[Row], names: Iterable[Row]) -> dict[Language, Counts]:
    to_english: Counts = defaultdict(lambda: defaultdict(float))
    to_arabic: Counts = defaultdict(lambda: defaultdict(float))
    for english, arabic, dataset in _folded(terms):
        if " " not in arabic:
            to_english[arabic][english] += TRUST.get(dataset, 1)
            if " " not in english:
                to_arabic[english][arabic] += TRUST.get(dataset, 1)
    of_terms = (frozenset(to_english), frozenset(to_arabic))
    for english, arabic, _ in _folded(names):
        if " " in english or " " in arabic:
            continue
        if arabic not in of_terms[0]:
            to_english[arabic][english] += 1
        if english not in of_terms[1]:
            to_arabic[english][arabic] += 1
    return {"ar": _plain(to_english), "en": _plain(to_arabic)}


def _folded(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        english, arabic = (" ".join(fold_words(text)) for text in (row.left, row.right))
        if english and arabic:
            yield Row(english, arabic, row.dataset)


def _read_learnt(pairs: Iterable[WordPair]) -> dict[Language, Counts]:
    to_english: Counts = defaultdict(dict)
    to_arabic: Counts = defaultdict(dict)
    for english, arabic, forward, backward, times in pairs:
        if forward * backward >= LEAST_JOINT and times >= LEAST_TIMES:
            # Its probability, less where the other direction doubts it.
            to_english[arabic][english] = forward * backward**0.5
            to_arabic[english][arabic] = backward * forward**0.5
    return {"ar": _plain(to_english), "en": _plain(to_arabic)}


def _plain(counts: Counts) -> Counts:
    return {word: dict(others) for word, others in counts.items()}
