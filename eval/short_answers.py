"""Exact match and token F1 of short answers, as SQuAD scores them, and the same with Arabic spelling folded. Pure."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from index.text import fold_text

Normalize = Callable[[str], str]

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w\w)")


def normalize(text: str) -> str:
    """Lower the letters, drop ASCII punctuation and English articles, and join the words by single spaces.

    It is `normalize_answer` of SQuAD's official evaluation script (Rajpurkar et al. 2016, 2018), to the letter.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def normalize_folded(text: str) -> str:
    """Normalize with the spelling of both languages folded as search folds it (`index.text.fold_text`).

    Diacritics, tatweel and the forms of alef, yeh, teh marbuta and digits make no difference; punctuation and symbols
    of any script go, and with the English articles the Arabic one, as in MLQA's script (Lewis et al. 2020), here at the
    beginning of a word only.
    """
    letters = "".join(letter for letter in fold_text(text) if unicodedata.category(letter)[0] not in "PS")
    return " ".join(_ARABIC_ARTICLE.sub("", _ARTICLES.sub(" ", letters)).split())


def exact_match(answer: str, references: Sequence[str], normalized: Normalize = normalize) -> float:
    """1 if the answer is one of at least one reference once both are normalized, else 0 (SQuAD's `exact_match`)."""
    return float(any(normalized(answer) == normalized(reference) for reference in references))


def token_f1(answer: str, references: Sequence[str], normalized: Normalize = normalize) -> float:
    """The best F1 of the answer's words with those of a reference: ``2PR / (P + R)`` (SQuAD's `f1`).

    P is the share of the answer's words that the reference has, R that of the reference's words that the answer has,
    each word as often as it stands there. Where one of the two has no word, it is 1 if both have none, as in SQuAD 2.0.
    """
    return max(_token_f1(normalized(answer).split(), normalized(reference).split()) for reference in references)


def _token_f1(answer: Sequence[str], reference: Sequence[str]) -> float:
    if not answer or not reference:
        return float(answer == reference)
    shared = (Counter(answer) & Counter(reference)).total()
    if not shared:
        return 0.0
    precision, recall = shared / len(answer), shared / len(reference)
    return 2 * precision * recall / (precision + recall)
