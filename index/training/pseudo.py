"""Pseudo-parallel text: real news whose words are replaced, one by one, with dictionary translations.

Word order and grammar are wrong, which a bag of vectors does not see; the words and their company are those of real
news, which the parallel rows lack.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from index.training.tokenizer import normalizer

Counts = dict[str, Counter[str]]

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
# fmt: on
ENGLISH_ENDINGS = {"": [""], "s": [""], "es": [""], "ed": ["", "e"], "ing": ["", "e"], "ies": ["y"], "ly": [""]}
SHORTEST_STEM = 2  # letters
WINDOW = 40  # words of a rendered run
WORDS_READ = 120  # of one article: three windows, so that long articles do not crowd out short ones
FEWEST_WORDS = 8  # a rendering with fewer translated words says too little
ARABIC_ROWS, ENGLISH_ROWS = 33_000, 50_000


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Single words and their translations with weights, in both directions, over folded text."""

    to_english: Counts
    to_arabic: Counts
    draws: random.Random
    found: dict[str, Counter[str] | None] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, terms: Iterable[list[str]], names: Iterable[list[str]], seed: int) -> Dictionary:
        """Build from rows of (english, arabic, dataset); a name is taken only where no term says otherwise."""
        to_english: Counts = defaultdict(Counter)
        to_arabic: Counts = defaultdict(Counter)
        fold = normalizer().normalize_str
        for english, arabic, dataset in (row[:3] for row in terms):
            english, arabic = fold(english).strip(), fold(arabic).strip()
            if english and arabic and " " not in arabic:
                to_english[arabic][english] += TRUST.get(dataset, 1)
                if " " not in english:
                    to_arabic[english][arabic] += TRUST.get(dataset, 1)
        for english, arabic in (row[:2] for row in names):
            english, arabic = fold(english).strip(), fold(arabic).strip()
            if not english or not arabic or " " in english or " " in arabic:
                continue
            if arabic not in to_english:
                to_english[arabic][english] += 1
            if english not in to_arabic:
                to_arabic[english][arabic] += 1
        return cls(dict(to_english), dict(to_arabic), random.Random(seed))

    def english(self, word: str) -> str | None:
        """Draw an English translation of a folded Arabic word, by weight; None where there is none.

        Where the word is unknown as it stands, the fewest affix letters are stripped that make it known.
        """
        if word not in self.found:
            self.found[word] = self._stripped(word)
        return self._draw(self.found[word])

    def arabic(self, word: str) -> str | None:
        """Draw an Arabic translation of a lower-case English word, by weight; None where there is none."""
        bases = (
            word[: len(word) - len(ending)] + base
            for ending, added in ENGLISH_ENDINGS.items()
            if word.endswith(ending)
            for base in added
        )
        return self._draw(next((self.to_arabic[base] for base in bases if base in self.to_arabic), None))

    def _draw(self, counts: Counter[str] | None) -> str | None:
        return self.draws.choices(list(counts), list(counts.values()))[0] if counts else None

    def _stripped(self, word: str) -> Counter[str] | None:
        cheapest, best = 99, None
        for prefix in PREFIXES:
            if not word.startswith(prefix):
                continue
            for suffix in SUFFIXES:
                letters = len(prefix) + len(suffix)
                if not word.endswith(suffix) or len(word) - letters < SHORTEST_STEM:
                    continue
                stem = word[len(prefix) : len(word) - len(suffix)]
                # A feminine noun loses its ending before a suffix: "سيار" of "سيارات" is listed as "سياره".
                for form, cost in ((stem, letters), (stem + "ه", letters - 1)):
                    if cost < cheapest and form in self.to_english:
                        cheapest, best = cost, self.to_english[form]
        return best


def pseudo_parallel(
    dictionary: Dictionary, arabic: list[str], english: list[str], seed: int
) -> Iterator[tuple[str, str]]:
    """Yield (text, rendering) of Arabic and of English news, each side up to its share of rows."""
    arabic = random.Random(seed).sample(arabic, len(arabic))
    yield from _render(arabic, dictionary.english, ARABIC_ROWS)
    yield from _render(english, dictionary.arabic, ENGLISH_ROWS)


def _render(texts: list[str], translate: Callable[[str], str | None], limit: int) -> Iterator[tuple[str, str]]:
    normalize = normalizer().normalize_str
    fold = cache(lambda word: re.sub(r"\W", "", normalize(word)))
    count = 0
    for text in texts:
        words = text.split()[:WORDS_READ]
        for start in range(0, len(words), WINDOW):
            window = words[start : start + WINDOW]
            folded = [word for word in map(fold, window) if word]
            rendered = [found for word in folded if (found := word if word.isdigit() else translate(word))]
            if len(rendered) < FEWEST_WORDS:
                continue
            yield " ".join(window), " ".join(rendered)
            count += 1
            if count == limit:
                return
