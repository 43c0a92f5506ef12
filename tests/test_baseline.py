from __future__ import annotations

import pytest

from eval.baseline import MetricChange, compare
from eval.run import Excerpt, Report, Row
from index.errors import QuestionSetError

GOLD = (Excerpt("a", "a.txt", 0, 4, "gold"),)


def _row(name: str, **scores: float) -> Row:
    return Row("set", name, f"{name}?", "en", "what", "en→ar", GOLD, ("gold",), GOLD, None, None, 0.1, scores)


def _report(metric: str, *scores: float) -> Report:
    return Report(tuple(_row(f"q{number}", **{metric: score}) for number, score in enumerate(scores)))


def test_equal_reports_show_no_change() -> None:
    comparison = compare(_report("hit@1", 1, 0), _report("hit@1", 1, 0))
    assert comparison.metrics == (MetricChange("hit@1", 2, 0.5, 0.5, 0.0, 0.0, regression=False),)
    assert (comparison.rows, comparison.uncompared, comparison.regression) == ((), 0, False)


@pytest.mark.parametrize(("lost", "regression"), [(1, False), (2, True)])
@pytest.mark.parametrize("questions", [7, 76, 1000])
def test_one_lost_question_is_within_the_error_and_two_are_a_regression(
    lost: int, regression: bool, questions: int
) -> None:
    before = _report("hit@1", *[1] * questions)
    after = _report("hit@1", *[0] * lost, *[1] * (questions - lost))
    assert compare(after, before).regression is regression


def test_a_gain_is_no_regression() -> None:
    assert compare(_report("hit@1", 1, 1, 1), _report("hit@1", 0, 0, 0)).regression is False


def test_more_wrong_declines_are_a_regression_and_fewer_are_not() -> None:
    few, many = _report("declined_wrongly", 0, 0, 0, 0), _report("declined_wrongly", 1, 1, 0, 0)
    assert compare(many, few).regression is True
    assert compare(few, many).regression is False
    assert compare(few, many).metrics[0].difference == 0.5
    assert compare(many, few).rows[0].worse == {"declined_wrongly": (0, 1)}


def test_recall_at_1_is_shown_but_is_not_headline() -> None:
    comparison = compare(_report("recall@1", 0, 0, 0), _report("recall@1", 1, 1, 1))
    assert (comparison.metrics[0].difference, comparison.regression) == (-1.0, False)


def test_each_changed_question_is_named_with_its_scores() -> None:
    before = Report((_row("q1", **{"hit@1": 1, "mrr": 0.5}), _row("q2", mrr=1)))
    after = Report((_row("q1", **{"hit@1": 0, "mrr": 1}), _row("q2", mrr=1)))
    [change] = compare(after, before).rows
    assert (change.row, change.better, change.worse) == (after.rows[0], {"mrr": (0.5, 1)}, {"hit@1": (1, 0)})


def test_a_measure_is_compared_where_both_reports_have_it() -> None:
    before = Report((_row("q1", citation_precision=1), _row("q2", citation_precision=0)))
    after = Report((_row("q1", citation_precision=1), _row("q2", **{"hit@1": 0})))
    assert [(c.metric, c.questions) for c in compare(after, before).metrics] == [("citation_precision", 1)]


def test_a_question_that_is_new_or_reworded_is_left_out_and_counted() -> None:
    comparison = compare(_report("hit@1", 1, 0, 0), _report("hit@1", 1))
    assert (comparison.metrics[0].questions, comparison.uncompared) == (1, 2)
    assert comparison.metrics[0].error == 0.0


def test_reports_of_different_sets_are_not_compared() -> None:
    with pytest.raises(QuestionSetError, match="the baseline shares no question with this run"):
        compare(_report("hit@1", 1), Report(()))
