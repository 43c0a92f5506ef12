from __future__ import annotations

import re
import string
from collections import Counter
from random import Random

import pytest

from eval.short_answers import exact_match, normalize, normalize_folded, token_f1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The  Quick, brown-fox!", "quick brownfox"),
        ("an apple a day", "apple day"),
        ("Theatre", "theatre"),
        ("في «القاهرة»، ١٢ مايو", "في «القاهرة»، ١٢ مايو"),
        ("the", ""),
    ],
)
def test_plain_normalization_knows_english_alone(text: str, plain: str) -> None:
    assert normalize(text) == plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The  Quick, brown-fox!", "quick brownfox"),
        ("في «القاهرة»، ١٢ مايو", "في قاهره 12 مايو"),
        ("إلى مُدَرِّسٍ وعـــلى أحمد", "الي مدرس وعلي احمد"),
        ("$1,500", "1500"),
        ("ال الم", "ال الم"),  # too short to be an article and a word
    ],
)
def test_folded_normalization_knows_the_spelling_of_both_languages(text: str, folded: str) -> None:
    assert normalize_folded(text) == folded


def test_an_exact_match_is_with_any_reference() -> None:
    assert exact_match("the Moscow", ["Kiev", "moscow."]) == 1
    assert exact_match("to Moscow", ["Kiev", "Moscow"]) == 0
    assert (exact_match("القاهره", ["القاهرة"]), exact_match("القاهره", ["القاهرة"], normalize_folded)) == (0, 1)


def test_token_f1_is_the_best_over_the_references() -> None:
    """Two of three words are two of the reference's four: P 2/3, R 1/2, F1 4/7."""
    assert token_f1("in May 2020", ["June 2020", "on 3 May 2020"]) == pytest.approx(4 / 7)
    assert token_f1("May May", ["May"]) == pytest.approx(2 / 3)
    assert (token_f1("", ["May"]), token_f1("the", ["a"])) == (0, 1)


# The definitions of SQuAD's official evaluation script, version 2.0, as published, to be held against.


def official_normalize(s: str) -> str:
    def remove_articles(text: str) -> str:
        regex = re.compile(r"\b(a|an|the)\b", re.UNICODE)
        return re.sub(regex, " ", text)

    def white_space_fix(text: str) -> str:
        return " ".join(text.split())

    def remove_punc(text: str) -> str:
        exclude = set(string.punctuation)
        return "".join(ch for ch in text if ch not in exclude)

    return white_space_fix(remove_articles(remove_punc(s.lower())))


def official_exact(a_gold: str, a_pred: str) -> int:
    return int(official_normalize(a_gold) == official_normalize(a_pred))


def official_f1(a_gold: str, a_pred: str) -> float:
    gold_toks = official_normalize(a_gold).split()
    pred_toks = official_normalize(a_pred).split()
    common = Counter(gold_toks) & Counter(pred_toks)
    num_same = sum(common.values())
    if len(gold_toks) == 0 or len(pred_toks) == 0:
        return int(gold_toks == pred_toks)
    if num_same == 0:
        return 0
    precision = 1.0 * num_same / len(pred_toks)
    recall = 1.0 * num_same / len(gold_toks)
    return (2 * precision * recall) / (precision + recall)


PIECES = (
    "The",
    "a",
    "an",
    "Cairo",
    "cairo,",
    "U.S.",
    "(2020)",
    "2020",
    "--",
    "القاهرة",
    "في",
    "“May”",
    "may",
    "\t",
    "É",
)


def test_scores_equal_the_official_ones_on_random_cases() -> None:
    chance = Random(7)

    def text() -> str:
        return " ".join(chance.choices(PIECES, k=chance.randint(0, 6)))

    unequal = []
    for _ in range(1000):
        answer, references = text(), [text() for _ in range(chance.randint(1, 3))]
        exact = max(official_exact(reference, answer) for reference in references)
        f1 = max(official_f1(reference, answer) for reference in references)
        if (exact_match(answer, references), token_f1(answer, references)) != (exact, f1):
            unequal.append((answer, references))
    assert unequal == []
