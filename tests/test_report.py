"""The tables of a report and of a comparison, as a terminal shows them."""

from __future__ import annotations

from dataclasses import replace

from eval.baseline import compare, scores_of
from eval.report import comparison_table, to_table
from eval.run import Report
from eval.scored import Scored
from tests.rows import ENDS, LATE, REPORT, RIGHT


def test_the_tables_are_aligned_and_name_the_questions_got_wrong() -> None:
    shown = to_table(replace(REPORT, labelled=(Scored("support", "a", "x", {"verdict": 1.0}),)))
    assert (
        shown
        == """\
system isnad, commit c0ffee
set seeds, sha256 555555555555

measure              mean  95 % interval  questions
recall@1            1.000    1.000–1.000          2
recall@10           0.833    0.500–1.000          3
mrr                 1.000    1.000–1.000          2
hit@1               0.333    0.000–1.000          3
hit@3               1.000    1.000–1.000          2
citation_precision  0.750    0.500–1.000          2
citation_recall     0.500    0.000–1.000          3
alce_recall         1.000    1.000–1.000          2
declined_rightly    1.000    1.000–1.000          1
declined_wrongly    0.333    0.000–1.000          3

                 questions    R@1   R@10    MRR  hit@1  hit@3  cite P  cite R  ALCE R  d.right  d.wrong  p50 ms  p95 ms

all                      4  1.000  0.833  1.000  0.333  1.000   0.750   0.500   1.000      1/1      1/3      30      57

language ar              2      -  1.000      -  0.000      -       -   0.000       -      1/1      1/1      50      59
language en              2  1.000  0.750  1.000  0.500  1.000   0.750   0.750   1.000        -      0/2      20      20

kind said                3  1.000  0.833  1.000  0.333  1.000   0.750   0.500   1.000        -      1/3      20      38
kind who                 1      -      -      -      -      -       -       -       -      1/1        -      60      60

direction ar→ar          1      -  1.000      -  0.000      -       -   0.000       -        -      1/1      40      40
direction en→ar          2  1.000  0.750  1.000  0.500  1.000   0.750   0.750   1.000        -      0/2      20      20

d.right: unanswerable questions declined; d.wrong: answerable ones declined; the rest is of answerable ones

declined, though an article answers it  1
right                                   3

seeds ar-01  ماذا قال؟  — declined, though an article answers it

labelled set      mean  95 % interval  things
support verdict  1.000    1.000–1.000       1
"""
    )


def test_each_outcome_is_counted_and_said_in_words_the_gravest_first() -> None:
    shown = to_table(Report(tuple(ENDS.values())))
    assert (
        shown[shown.index("\nerror") + 1 :]
        == """\
error                                                                 1
answered, though no article answers it                                1
declined, though an article answers it                                1
the evidence was not retrieved                                        1
the evidence was retrieved, and not chosen                            1
the right article was chosen, and the wrong run of it                 1
the evidence is cited, and a sentence says what its citations do not  1
right                                                                 1

seeds ar-02  ماذا قال؟  — error: too long
seeds ar-none-02  ماذا قال؟  — answered, though no article answers it
seeds ar-01  ماذا قال؟  — declined, though an article answers it
seeds en-06  What did he say?  — the evidence was not retrieved
seeds en-05  What did he say?  — the evidence was retrieved, and not chosen
seeds en-04  What did he say?  — the right article was chosen, and the wrong run of it
seeds en-03  What did he say?  — the evidence is cited, and a sentence says what its citations do not
"""
    )


def test_confidence_and_judges_are_summed_up_where_there_are_any() -> None:
    sure = replace(RIGHT, confidence=1.0, judged={"verifier": (True,), "nli": (True,)})
    unsure = replace(LATE, confidence=0.25, judged={"verifier": (True,), "nli": (False,)})
    assert (
        "area under the risk–coverage curve 0.250, expected calibration error 0.125\n"
        "verifier and NLI agree on 0.500 of 2 sentences (kappa 0.000)\n"
    ) in to_table(Report((sure, unsure)))
    assert "area" not in to_table(REPORT)


def test_the_comparison_says_what_got_better_and_worse_and_what_is_noise() -> None:
    before = Report(
        tuple(replace(RIGHT, id=f"q{n}", scores={"hit@1": 1.0, "citation_recall": 0.5, "mrr": 1.0}) for n in range(8))
    )
    lost = [replace(row, scores={"hit@1": 0.0, "citation_recall": 0.5, "mrr": 1.0}) for row in before.rows[:6]]
    gained = [replace(row, scores={"hit@1": 1.0, "citation_recall": 1.0, "mrr": 1.0}) for row in before.rows[6:7]]
    after = Report((*lost, *gained, before.rows[7], RIGHT))
    shown = comparison_table(compare(scores_of(after), {one.key: one.scores for one in scores_of(before)}))
    assert (
        shown
        == """\
measure          questions  before  after  better by      p
hit@1                    8   1.000  0.250     -0.750  0.031  REGRESSION
citation_recall          8   0.500  0.562     +0.062  1.000       noise
1 of 9 questions are not in the baseline
worse  seeds q0  What did he say?  — hit@1 1.00 → 0.00
worse  seeds q1  What did he say?  — hit@1 1.00 → 0.00
worse  seeds q2  What did he say?  — hit@1 1.00 → 0.00
worse  seeds q3  What did he say?  — hit@1 1.00 → 0.00
worse  seeds q4  What did he say?  — hit@1 1.00 → 0.00
worse  seeds q5  What did he say?  — hit@1 1.00 → 0.00
better  seeds q6  What did he say?  — citation_recall 0.50 → 1.00
"""
    )


def test_of_several_sets_each_is_compared_by_itself_and_all_together() -> None:
    rows = [replace(RIGHT, set=name, id=str(n), scores={"hit@1": 1.0}) for name in ("one", "two") for n in range(6)]
    worse = [replace(row, scores={"hit@1": 0.0}) if row.set == "two" else row for row in rows]
    known = {one.key: one.scores for one in scores_of(Report(tuple(rows)))}
    shown = comparison_table(compare(scores_of(Report(tuple(worse))), known))
    assert shown.splitlines()[:4] == [
        "measure    questions  before  after  better by      p",
        "all hit@1         12   1.000  0.500     -0.500  0.031  REGRESSION",
        "two hit@1          6   1.000  0.000     -1.000  0.031  REGRESSION",
        "worse  two 0  What did he say?  — hit@1 1.00 → 0.00",
    ]


def test_nothing_that_differs_is_said_so() -> None:
    known = {one.key: one.scores for one in scores_of(REPORT)}
    assert comparison_table(compare(scores_of(REPORT), known)) == "no measure differs from the baseline\n"
