from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import compare
from eval.report import comparison_table, faults, is_grave, read_report, to_json, to_table
from eval.run import Excerpt, Report, Row
from index.errors import QuestionSetError

GOLD = Excerpt("a", "seeds/a.txt", 5, 9, "نعم.")
BESIDE = Excerpt("a", "seeds/a.txt", 0, 4, "قال.")
RIGHT = Row(
    set="seeds",
    id="en-01",
    question="What did he say?",
    language="en",
    kind="said",
    direction="en→ar",
    gold=(GOLD,),
    answer=("نعم.",),
    evidence=(GOLD,),
    reason=None,
    error=None,
    seconds=0.02,
    scores={
        "recall@1": 1.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "mrr": 1.0,
        "hit@1": 1.0,
        "hit@3": 1.0,
        "citation_precision": 1.0,
        "citation_recall": 1.0,
        "declined_wrongly": 0.0,
    },
)
LATE = replace(
    RIGHT,
    id="en-02",
    evidence=(BESIDE, GOLD),
    gold=(GOLD, Excerpt("b", "b.txt", 0, 2, "لا")),
    scores=RIGHT.scores | {"recall@10": 0.5, "hit@1": 0.0, "citation_precision": 0.5, "citation_recall": 0.5},
)
DECLINED = replace(
    RIGHT,
    id="ar-01",
    language="ar",
    direction="ar→ar",
    question="ماذا قال؟",
    answer=(),
    evidence=(),
    reason="nothing near",
    seconds=0.04,
    scores=dict.fromkeys(RIGHT.scores.keys() - {"citation_precision"}, 0.0) | {"declined_wrongly": 1.0},
)
RIGHTLY = replace(
    DECLINED, id="ar-none-01", kind="who", direction=None, gold=(), scores={"declined_rightly": 1.0}, seconds=0.06
)
WRONGLY = replace(
    RIGHTLY, id="ar-none-02", answer=("x",), evidence=(BESIDE,), reason=None, scores={"declined_rightly": 0.0}
)
FAILED = replace(DECLINED, id="ar-02", reason=None, error="too long")
BESIDES = replace(
    RIGHT,
    id="en-03",
    evidence=(BESIDE,),
    scores=RIGHT.scores | {"hit@1": 0.0, "hit@3": 0.0, "citation_precision": 0.0, "citation_recall": 0.0},
)
REPORT = Report((RIGHT, LATE, DECLINED, RIGHTLY))


@pytest.mark.parametrize(
    ("row", "found", "grave"),
    [
        (RIGHT, [], False),
        (
            LATE,
            ["the first citation is not gold", "1 of 2 gold runs not cited", "1 of 2 citations beside the gold"],
            False,
        ),
        (DECLINED, ["declined, though the archive answers it", "no gold among the ten first passages"], True),
        (RIGHTLY, [], False),
        (WRONGLY, ["answered, though the archive does not hold it"], True),
        (FAILED, ["error: too long"], True),
        (
            BESIDES,
            [
                "no gold among the three first citations",
                "1 of 1 gold runs not cited",
                "1 of 1 citations beside the gold",
            ],
            True,
        ),
    ],
)
def test_what_went_wrong_is_said_in_words(row: Row, found: list[str], grave: bool) -> None:
    assert (faults(row), is_grave(row)) == (found, grave)


def test_the_table_is_aligned_and_names_the_questions_got_wrong() -> None:
    assert (
        to_table(REPORT)
        == """\
                 questions    R@1    R@5   R@10    MRR  hit@1  hit@3  cite P  cite R  d.right  d.wrong  p50 ms  p95 ms

all                      4  0.667  0.667  0.500  0.667  0.333  0.667   0.750   0.500      1/1      1/3      30      57

language ar              2  0.000  0.000  0.000  0.000  0.000  0.000       -   0.000      1/1      1/1      50      59
language en              2  1.000  1.000  0.750  1.000  0.500  1.000   0.750   0.750        -      0/2      20      20

kind said                3  0.667  0.667  0.500  0.667  0.333  0.667   0.750   0.500        -      1/3      20      38
kind who                 1      -      -      -      -      -      -       -       -      1/1        -      60      60

direction ar→ar          1  0.000  0.000  0.000  0.000  0.000  0.000       -   0.000        -      1/1      40      40
direction en→ar          2  1.000  1.000  0.750  1.000  0.500  1.000   0.750   0.750        -      0/2      20      20

d.right: unanswerable questions declined; d.wrong: answerable ones declined; the rest is of answerable ones

1 of 4 questions were got wrong:
seeds ar-01  ماذا قال؟  — declined, though the archive answers it; no gold among the ten first passages
"""
    )


def test_json_read_back_is_the_same_report(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(REPORT), encoding="utf-8")
    assert read_report(path) == REPORT


def test_the_json_has_a_stable_shape() -> None:
    content = json.loads(to_json(Report((RIGHT,))))
    group = {
        "questions": 1,
        "errors": 0,
        "seconds": {"p50": 0.02, "p95": 0.02},
        "metrics": {metric: {"mean": score, "of": 1} for metric, score in RIGHT.scores.items()},
    }
    assert content == {
        "version": 1,
        "summary": {
            "all": {"all": group},
            "language": {"en": group},
            "kind": {"said": group},
            "direction": {"en→ar": group},
            "tag": {},
        },
        "rows": [
            {
                "set": "seeds",
                "id": "en-01",
                "question": "What did he say?",
                "language": "en",
                "kind": "said",
                "direction": "en→ar",
                "gold": [{"article": "a", "path": "seeds/a.txt", "start": 5, "end": 9, "text": "نعم."}],
                "answer": ["نعم."],
                "evidence": [{"article": "a", "path": "seeds/a.txt", "start": 5, "end": 9, "text": "نعم."}],
                "reason": None,
                "error": None,
                "seconds": 0.02,
                "scores": RIGHT.scores,
                "answers": [],
                "history": [],
                "tags": [],
                "retrieved": [],
                "cited": [],
                "support": [],
                "judged": {},
                "confidence": None,
                "asked": True,
            }
        ],
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "is no evaluation report; make one with --json"),
        (b"\xff", "is no evaluation report; make one with --json"),
        (b"[]", "is no evaluation report; make one with --json"),
        (b'{"version": 1, "rows": [{"set": "x"}]}', "is no evaluation report; make one with --json"),
        (b'{"version": 2, "rows": []}', "is a report of another version than 1; make it anew with --json"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(QuestionSetError) as raised:
        read_report(path)
    assert str(raised.value) == f"'{path}' {complaint}"


def test_a_report_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot read report '.*none.json': No such file or directory"):
        read_report(tmp_path / "none.json")


def test_the_comparison_says_what_got_better_and_worse() -> None:
    before = Report(tuple(replace(RIGHT, id=f"q{n}", scores={"hit@1": 1.0, "mrr": 0.5}) for n in range(4)))
    after = Report(
        (
            *(replace(row, scores={"hit@1": 0.0, "mrr": 0.5}) for row in before.rows[:2]),
            replace(before.rows[2], scores={"hit@1": 1.0, "mrr": 1.0}),
            before.rows[3],
            RIGHT,
        )
    )
    assert (
        comparison_table(compare(after, before))
        == """\
measure  questions  before  after  better by  ± error
MRR              4   0.500  0.625     +0.125    0.125
hit@1            4   1.000  0.500     -0.500    0.289  REGRESSION
1 of 5 questions are not in the baseline
worse  seeds q0  What did he say?  — hit@1 1.00 → 0.00
worse  seeds q1  What did he say?  — hit@1 1.00 → 0.00
better  seeds q2  What did he say?  — MRR 0.50 → 1.00
"""
    )
