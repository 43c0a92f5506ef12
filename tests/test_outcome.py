"""What became of a question is one word, the first thing that went wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.outcome import SAID, Outcome, outcome
from eval.run import Row
from tests.rows import BESIDE, DECLINED, ELSEWHERE, ENDS, GOLD, LATE, NOT_RETRIEVED, RIGHT, RIGHTLY, WRONG_RUN


def test_there_is_a_row_for_every_outcome_and_words_for_it() -> None:
    assert {outcome(row): row for row in ENDS.values()} == ENDS
    assert set(ENDS) == set(SAID) == set(Outcome)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (LATE, Outcome.RIGHT),  # one of the first three citations is evidence
        (replace(RIGHT, evidence=(BESIDE, ELSEWHERE, BESIDE, GOLD)), Outcome.WRONG_RUN),  # the fourth is too late
        (replace(RIGHT, judged={}), Outcome.RIGHT),
        (RIGHTLY, Outcome.RIGHT),
        (replace(DECLINED, retrieved=(None,)), Outcome.NOT_RETRIEVED),  # no writer could have answered
        (replace(DECLINED, retrieved=()), Outcome.DECLINED_WRONGLY),  # the system shows no passages
        (replace(NOT_RETRIEVED, evidence=(GOLD,)), Outcome.RIGHT),
        (replace(WRONG_RUN, retrieved=(None, 10)), Outcome.WRONG_RUN),
        (replace(DECLINED, asked=False, reason=None), Outcome.RIGHT),  # only retrieval was measured
        (replace(DECLINED, asked=False, reason=None, retrieved=(11,)), Outcome.NOT_RETRIEVED),
    ],
)
def test_an_outcome_is_the_first_thing_that_went_wrong(row: Row, found: Outcome) -> None:
    assert outcome(row) is found
