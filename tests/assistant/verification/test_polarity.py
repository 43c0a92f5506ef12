"""Which words are negated."""

from __future__ import annotations

import pytest

from assistant.verification.polarity import clauses, is_negator, negations, signs
from index.text import fold_text, tokens


def _negated(text: str) -> list[str]:
    words = tokens(text)
    return [word.text for word, sign in zip(words, signs(text, words).tolist(), strict=True) if sign < 0]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The bridge did not open in May, and it cost much.", ["open", "in", "may"]),
        (
            "Moscow denied that it had sent any troops to the border.",
            [*["that", "it", "had", "sent", "any", "troops", "to", "the", "border"]],
        ),
        ("They left without a word to anyone.", ["a", "word", "to", "anyone"]),
        ("He doesn't know.", ["know"]),
        ("The bridge opened.", []),
        ("لم يفتح الجسر، وكلف كثيرا", ["يفتح", "الجسر"]),
        ("نفى الوزير وجود خلاف", ["الوزير", "وجود", "خلاف"]),
        ("بسبب عدم الاستقرار في المنطقة الشمالية", ["الاستقرار", "في", "المنطقه"]),
        ("لن يصبح نافذا إلا بعد التصويت", []),
        ("It will not open until May", []),
        ("not only the bridge opened", []),
        ("The court ruled out an appeal", ["out", "an", "appeal"]),
        ("سيصمد ما لم يعد النازحون", []),
        ("ووصل فلا يعود", ["يعود"]),
        ("وفشل الفريق", ["الفريق"]),
        ("عدد لا يقل عن عشرة", []),
        ("دي لا رو رئيس اللجنة", []),
        ("no fewer than ten", []),
    ],
)
def test_a_negator_governs_the_next_words_of_its_clause(text: str, negated: list[str]) -> None:
    assert _negated(text) == negated


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("نفت قوات الدعم السريع ذلك", []),
        ("نفى نائب الوزير أن المدارس ستفتح", ["المدارس", "ستفتح"]),
        ("They no longer search", ["search"]),
    ],
)
def test_who_denies_is_not_denied(text: str, denied: list[str]) -> None:
    words = tokens(text)
    (negation,) = negations(text, words)
    assert [words[place].text for place in negation.focus] == denied


def test_two_negators_undo_each_other() -> None:
    assert _negated("He denied that it was not safe there.") == ["that", "it", "was", "not"]


def test_marks_part_clauses() -> None:
    text = "It opened, he said; it cost much"
    assert clauses(text, tokens(text)).tolist() == [0, 0, 1, 1, 2, 2, 2]


def test_negators_of_both_languages_are_known() -> None:
    assert [is_negator(fold_text(word)) for word in ("not", "isn't", "denied", "لم", "نفت", "bridge", "قال")] == [
        *[True] * 5,
        False,
        False,
    ]
