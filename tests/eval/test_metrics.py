"""Every measure against a case worked by hand."""

from __future__ import annotations

import math

import pytest

from eval.metrics import (
    Run,
    article_ranks,
    average_precision,
    citation_precision,
    citation_recall,
    evidence_hit_at_k,
    intersection_over_union,
    match,
    mean,
    ndcg_at_k,
    overlap,
    percentile,
    ranks,
    recall_at_k,
    reciprocal_rank,
    statement_f1,
)

GOLD = [Run("a", 10, 20), Run("b", 0, 5)]
BESIDE, FIRST, SECOND, BOTH_ENDS = Run("a", 20, 30), Run("a", 19, 25), Run("b", 4, 9), Run("a", 0, 100)


def test_runs_overlap_when_they_share_a_code_point_of_one_article() -> None:
    assert overlap(Run("a", 0, 5), Run("a", 4, 9))
    assert overlap(Run("a", 0, 9), Run("a", 4, 5))
    assert not overlap(Run("a", 0, 5), Run("a", 5, 9))
    assert not overlap(Run("a", 0, 5), Run("b", 0, 5))
    assert not overlap(Run("a", 3, 3), Run("a", 0, 9))


@pytest.mark.parametrize(
    ("ranked", "k", "recall"),
    [
        ([], 5, 0.0),
        ([FIRST], 1, 1.0),  # one passage can reach one gold run at most
        ([BESIDE, FIRST], 1, 0.0),
        ([BESIDE, FIRST], 5, 0.5),
        ([FIRST, BOTH_ENDS], 5, 0.5),  # one gold run found twice is found once
        ([FIRST, BESIDE, SECOND], 2, 0.5),
        ([FIRST, BESIDE, SECOND], 3, 1.0),
    ],
)
def test_recall_counts_the_gold_that_the_first_passages_reach(ranked: list[Run], k: int, recall: float) -> None:
    assert recall_at_k(ranks(ranked, GOLD), k) == recall


def test_recall_is_never_over_one_when_a_passage_holds_two_gold_runs() -> None:
    assert recall_at_k(ranks([BOTH_ENDS], [Run("a", 10, 20), Run("a", 30, 40)]), 1) == 1.0


@pytest.mark.parametrize(("ranked", "score"), [([], 0), ([FIRST], 1), ([BESIDE, SECOND], 1 / 2), ([BESIDE] * 3, 0)])
def test_reciprocal_rank_is_of_the_first_relevant_passage(ranked: list[Run], score: float) -> None:
    assert reciprocal_rank(ranks(ranked, GOLD)) == score


def test_recall_that_is_not_capped_is_of_all_gold() -> None:
    assert recall_at_k((1, 2, None), 1) == 1
    assert recall_at_k((1, 2, None), 1, capped=False) == 1 / 3
    assert recall_at_k((1, 2, None), 5, capped=False) == recall_at_k((1, 2, None), 5) == 2 / 3


def test_reciprocal_rank_may_be_cut_off() -> None:
    assert (reciprocal_rank((4, 3), 3), reciprocal_rank((4, 3), 2)) == (1 / 3, 0)


def test_an_article_is_ranked_by_its_first_passage() -> None:
    ranked = [Run("c", 0, 9), Run("a", 90, 99), Run("c", 9, 12), Run("b", 5, 6)]
    assert article_ranks(ranked, [*GOLD, Run("d", 0, 1)]) == (2, 3, None)


def test_average_precision_is_the_mean_of_the_precisions_at_what_was_found() -> None:
    assert average_precision((2, 1, 5)) == (1 / 1 + 2 / 2 + 3 / 5) / 3
    assert average_precision((3, None)) == 1 / 3 / 2
    assert average_precision((None,)) == 0


def test_ndcg_is_the_discounted_gain_over_that_of_the_best_order() -> None:
    assert ndcg_at_k((1, 2), 10) == 1
    assert ndcg_at_k((3, None), 10) == (1 / math.log2(4)) / (1 / math.log2(2) + 1 / math.log2(3))
    assert ndcg_at_k((3,), 2) == 0
    assert ndcg_at_k((1, 2), 10, grades=[1, 3]) == (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))
    assert ndcg_at_k((1, None, None), 1) == 1  # the best order of three has one place among the first one, too


def test_two_gold_runs_that_one_passage_is_the_first_to_reach_are_one_thing_to_find() -> None:
    assert average_precision((2, 2)) == 1 / 2
    assert ndcg_at_k((2, 2, None), 10, grades=[1, 3, 1]) == (3 / math.log2(3)) / (3 + 1 / math.log2(3))


def test_intersection_over_union_is_0_for_runs_that_are_apart_and_1_for_the_same() -> None:
    one = Run("a", 0, 4)
    others = [Run("a", 0, 4), Run("a", 2, 6), Run("a", 4, 6), Run("b", 0, 4)]
    assert [intersection_over_union(one, other) for other in others] == [1, 1 / 3, 0, 0]


def test_each_run_is_matched_once_and_the_best_pair_first() -> None:
    labelled = [Run("a", 0, 10), Run("a", 12, 20)]
    assert match([Run("a", 0, 6), Run("a", 0, 9), Run("a", 14, 18), Run("a", 19, 30)], labelled) == {1: 0, 2: 1}
    assert statement_f1([Run("a", 0, 6), Run("a", 0, 9), Run("a", 14, 18)], labelled) == 2 * 2 / (3 + 2)
    assert statement_f1([], labelled) == 0


def test_evidence_hits_when_any_of_the_first_k_citations_is_gold() -> None:
    assert evidence_hit_at_k([BESIDE, FIRST], GOLD, 1) == 0
    assert evidence_hit_at_k([BESIDE, FIRST], GOLD, 3) == 1
    assert evidence_hit_at_k([BESIDE, BESIDE, BESIDE, FIRST], GOLD, 3) == 0
    assert evidence_hit_at_k([], GOLD, 3) == 0


def test_citation_precision_and_recall_count_runs_that_overlap() -> None:
    assert citation_precision([FIRST, BESIDE, Run("a", 10, 11), Run("c", 0, 5)], GOLD) == 0.5
    assert citation_recall([FIRST, BESIDE, Run("a", 10, 11), Run("c", 0, 5)], GOLD) == 0.5
    assert citation_recall([FIRST, SECOND], GOLD) == 1
    assert citation_precision([], GOLD) is None
    assert citation_recall([], GOLD) == 0


def test_percentiles_interpolate_between_the_nearest_ranks() -> None:
    assert percentile([4, 1, 3, 2], 50) == 2.5
    assert percentile([1, 2, 3, 4, 5], 95) == pytest.approx(4.8)  # rank 1 + 0.95 * 4 = 4.8
    assert percentile([7], 95) == 7


def test_the_mean_is_the_arithmetic_one() -> None:
    assert mean([1, 0, 0.5]) == 0.5
