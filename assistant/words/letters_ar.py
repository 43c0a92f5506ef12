"""Latin names that Arabic spells by the names of their letters: آي بي إم, «آر تي بي إف». Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.words.lexicon import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEWEST = 2
"""Letters of a name that is spelt so, at least."""

_LETTERS = {
    word: letters
    for letters, names in {
        "a": "إيه ايه أيه", "[bp]": "بي", "c": "سي", "d": "دي", "e": "إي", "f": "إف أف", "[gj]": "جي", "h": "إتش اتش",
        "i": "آي", "j": "جيه جاي", "k": "كيه كاي", "l": "إل أل", "m": "إم أم", "n": "إن أن", "o": "أو", "q": "كيو",
        "r": "آر أر", "s": "إس أس", "t": "تي", "u": "يو", "v": "في ڤي", "w": "دبليو دابليو", "x": "إكس", "y": "واي",
        "z": "زد زي",
    }.items()
    for word in folded(names)
}  # fmt: skip


def find_spelt(words: Sequence[str]) -> Iterator[tuple[range, re.Pattern[str]]]:
    """Yield the places of each run of folded words that spells a name, with the Latin letters that it may be of."""
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and words[last] in _LETTERS:
            last += 1
        if last - first >= FEWEST:
            yield range(first, last), re.compile("".join(_LETTERS[word] for word in words[first:last]))
        first = max(last, first + 1)
