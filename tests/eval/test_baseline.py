"""Scores held against earlier ones: what is noise, what is a regression, and what is below a floor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.baseline import ALL, Baseline, MetricChange, Verdict, compare
from eval.scored import Scored
from index.errors import QuestionSetError


def _scored(name: str, identifier: str, **scores: float) -> Scored:
    return Scored(name, identifier, f"{identifier}?", scores)


def _run(metric: str, *scores: float) -> list[Scored]:
    return [_scored("set", f"q{number}", **{metric: score}) for number, score in enumerate(scores)]


def _known(*scored: Scored) -> Baseline:
    return {one.key: one.scores for one in scored}


def test_equal_scores_show_no_change() -> None:
    comparison = compare(_run("hit@1", 1, 0), _known(*_run("hit@1", 1, 0)))
    assert comparison.metrics == (MetricChange("set", "hit@1", 2, 0.5, 0.5, 0.0, 1.0),)
    assert (comparison.metrics[0].verdict, comparison.rows, comparison.uncompared) == (Verdict.SAME, (), 0)
    assert (comparison.regression, comparison.below_floor) == (False, ())


@pytest.mark.parametrize(("lost", "verdict"), [(1, "noise"), (5, "noise"), (6, "regression")])
@pytest.mark.parametrize("questions", [7, 76, 1000])
def test_six_lost_questions_of_none_gained_are_no_chance_and_five_may_be(
    lost: int, verdict: str, questions: int
) -> None:
    comparison = compare(
        _run("hit@1", *[0] * lost, *[1] * (questions - lost)), _known(*_run("hit@1", *[1] * questions))
    )
    assert [change.verdict for change in comparison.metrics] == [Verdict(verdict)]
    assert comparison.regression is (verdict == "regression")


@pytest.mark.parametrize(("lost", "below"), [(0, False), (1, False), (2, True)])
def test_a_floor_gives_way_by_one_question_and_no_more(lost: int, below: bool) -> None:
    comparison = compare(_run("hit@1", *[0] * lost, *[1] * (76 - lost)), _known(*_run("hit@1", *[1] * 76)))
    assert bool(comparison.below_floor) is below


def test_what_is_held_back_counts_and_is_listed_nowhere() -> None:
    before, after = _run("hit@1", 1, 1), [_scored("set", "q0", **{"hit@1": 0.0}), *_run("hit@1", 1, 0)[1:]]
    comparison = compare([replace(after[0], held_back=True), after[1]], _known(*before))
    assert (comparison.metrics[0].after, [change.row.id for change in comparison.rows]) == (0.0, ["q1"])


def test_a_gain_is_better_and_never_a_regression() -> None:
    comparison = compare(_run("hit@1", *[1] * 6), _known(*_run("hit@1", *[0] * 6)))
    assert (comparison.metrics[0].verdict, comparison.regression) == (Verdict.BETTER, False)


def test_more_wrong_declines_are_worse_and_fewer_are_better() -> None:
    few, many = _run("declined_wrongly", *[0] * 7), _run("declined_wrongly", *[1] * 6, 0)
    assert compare(many, _known(*few)).metrics[0].verdict is Verdict.REGRESSION
    better = compare(few, _known(*many))
    assert better.metrics[0].verdict is Verdict.BETTER
    assert better.metrics[0].difference == pytest.approx(6 / 7)
    assert better.rows[0].better == {"declined_wrongly": (1, 0)}


def test_a_measure_that_is_not_headline_may_be_worse_and_breaks_no_floor() -> None:
    comparison = compare(_run("recall@1", *[0] * 6), _known(*_run("recall@1", *[1] * 6)))
    assert (comparison.metrics[0].verdict, comparison.regression) == (Verdict.WORSE, False)
    assert comparison.below_floor == ()


def test_a_loss_in_one_set_is_not_made_up_for_by_another() -> None:
    before = [_scored(name, str(number), understood=0.0) for name in ("one", "two") for number in range(8)]
    after = [_scored(one.set, one.id, understood=float(one.set == "one")) for one in before]
    comparison = compare(before, _known(*after))
    assert {change.set: change.verdict for change in comparison.metrics} == {
        ALL: Verdict.REGRESSION,
        "one": Verdict.REGRESSION,
        "two": Verdict.SAME,
    }
    assert [change.set for change in comparison.below_floor] == ["one"]


def test_each_changed_question_is_named_with_its_scores() -> None:
    before = [_scored("set", "q1", **{"hit@1": 1, "mrr": 0.5}), _scored("set", "q2", mrr=1)]
    after = [_scored("set", "q1", **{"hit@1": 0, "mrr": 1}), _scored("set", "q2", mrr=0.99999)]
    [change] = compare(after, _known(*before)).rows
    assert (change.row, change.better, change.worse) == (after[0], {"mrr": (0.5, 1)}, {"hit@1": (1, 0)})


def test_a_measure_is_compared_where_both_have_it() -> None:
    before = [_scored("set", "q1", citation_precision=1), _scored("set", "q2", citation_precision=0)]
    after = [_scored("set", "q1", citation_precision=1), _scored("set", "q2", **{"hit@1": 0})]
    assert [(c.metric, c.questions) for c in compare(after, _known(*before)).metrics] == [("citation_precision", 1)]


def test_a_question_that_is_new_or_reworded_is_left_out_and_counted() -> None:
    reworded = Scored("set", "q1", "other words", {"hit@1": 0.0})
    comparison = compare(
        [*_run("hit@1", 1), reworded, _scored("set", "q9", **{"hit@1": 1})], _known(*_run("hit@1", 1, 1))
    )
    assert (comparison.metrics[0].questions, comparison.questions, comparison.uncompared) == (1, 3, 2)


def test_runs_of_different_sets_are_not_compared() -> None:
    with pytest.raises(QuestionSetError, match="the baseline shares no question with this run"):
        compare(_run("hit@1", 1), {})
