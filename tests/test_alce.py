"""ALCE's citation recall and precision against cases worked by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from eval.alce import Agreement, Verdict, agreement, alce_precision, alce_recall, judge_sentence


def _supports(sentence: str, citations: Sequence[set[str]]) -> bool:
    return set(sentence) <= set().union(*citations)


@pytest.mark.parametrize(
    ("sentence", "citations", "verdict"),
    [
        ("a", [{"a"}], Verdict(True, 1, 1)),
        ("a", [{"b"}], Verdict(False, 0, 1)),
        ("a", [], Verdict(False, 0, 0)),
        ("ab", [{"a"}, {"b"}], Verdict(True, 2, 2)),  # only together
        ("ab", [{"a", "b"}, {"c"}], Verdict(True, 1, 2)),  # the second says nothing of it
        ("ab", [{"a"}, {"b"}, {"c"}], Verdict(True, 2, 3)),
        ("ab", [{"a", "b"}, {"a", "b"}], Verdict(True, 2, 2)),  # each would do alone
        ("ab", [{"a", "b"}, {"b"}], Verdict(True, 1, 2)),  # a part of what the first says
        ("abc", [{"a"}, {"b"}], Verdict(False, 0, 2)),
    ],
)
def test_a_citation_counts_where_all_support_the_sentence_and_it_is_needed(
    sentence: str, citations: list[set[str]], verdict: Verdict
) -> None:
    assert judge_sentence(sentence, citations, _supports) == verdict


def test_recall_is_of_sentences_and_precision_of_citations() -> None:
    verdicts = [Verdict(True, 1, 2), Verdict(False, 0, 1), Verdict(False, 0, 0)]
    assert (alce_recall(verdicts), alce_precision(verdicts)) == (1 / 3, 1 / 3)
    assert alce_precision([Verdict(False, 0, 0)]) == 0


def test_agreement_is_corrected_for_chance() -> None:
    """Three of four alike; by chance .75 * .5 + .25 * .5 = .5 of them would be."""
    assert agreement([True, True, True, False], [True, True, False, False]) == Agreement(4, 0.75, 0.5)
    assert agreement([True, True], [True, True]) == Agreement(2, 1.0, None)
