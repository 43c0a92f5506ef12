"""Where the clauses of a sentence part, by its marks and the words that open one: pure."""

from __future__ import annotations

import re
from itertools import pairwise

from index.text import fold, fold_text

_HELD = ("المقرر", "المتوقع", "المنتظر", "المرتقب", "المحتمل", "يتوقع", "ينتظر", "قبل", "بعد", "منذ")
"""Words with which «أن» parts nothing: من المقرر أن تبدأ."""

_OPENERS = "ان انه انها انهم التي الذي الذين حيث بينما فيما that which who whose where while"
_PARTS = re.compile(
    r"[,;!?\"()\[\]\n]|:(?!\d)|\.(?=\s|$)| - |"
    + "".join(rf"(?<!\b{fold_text(word)} )" for word in _HELD)
    + rf"\b(?:{'|'.join(_OPENERS.split())})\b"
)


def find_clauses(text: str) -> list[tuple[int, int]]:
    """Return the clauses of a text as code points ``[start, end)``, which together are all of it.

    A clause begins with the mark or the word that parts it from the one before. It is a rough reading: what stands
    between two commas is a clause, be it one word.
    """
    folded = fold(text)
    edges = {folded.offsets[match.start()] for match in _PARTS.finditer(folded.text)}
    return list(pairwise([0, *sorted(edges - {0}), len(text)])) if text else []
