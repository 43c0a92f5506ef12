"""Renderings: texts whose words are replaced, one by one, with words of the other language.

Word order and grammar are wrong, which a bag of vectors does not see; the words and their company are those of real
texts, which the parallel rows lack.
"""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass
from typing import NamedTuple

from index.training.dictionary import Dictionary
from index.training.folding import fold_words
from index.types import Language


class Rendering(NamedTuple):
    """A text in words of the other language: as many as were known of `of` words."""

    text: str
    words: int
    of: int

    def is_fit(self, fewest: int, share: float = 0) -> bool:
        """Say whether it says enough: `fewest` words, and more than this share of the text's."""
        return self.words >= fewest and self.words > share * self.of


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws a rendering of each word by weight; the same seed and texts give the same renderings."""

    dictionary: Dictionary
    draws: random.Random

    def render(self, text: str, language: Language) -> Rendering:
        """Render a text that is in `language`; words without a translation are left out."""
        known, candidates, draw = self.dictionary.found[language], self.dictionary.candidates, self.draws.random
        words = fold_words(text)
        rendered = []
        for word in words:
            # The look-up is written out: most of some twenty million words were met before.
            found = known[word] if word in known else candidates(word, language)
            if found:
                sums = found.sums
                rendered.append(found.words[bisect(sums, draw() * sums[-1], 0, len(sums) - 1)])
        return Rendering(" ".join(rendered), len(rendered), len(words))
