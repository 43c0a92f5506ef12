"""Rows of a report as a run could have made them, one for each way that a question may end."""

from __future__ import annotations

from dataclasses import replace

from eval.outcome import Outcome
from eval.run import Excerpt, Report, Row

GOLD = Excerpt("a", "seeds/a.txt", 5, 9, "نعم.", "قال. ", " ثم سافر.")
BESIDE = Excerpt("a", "seeds/a.txt", 0, 4, "قال.", "", " نعم.")
ELSEWHERE = Excerpt("b", "b.txt", 0, 2, "لا")
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
        "recall@10": 1.0,
        "mrr": 1.0,
        "hit@1": 1.0,
        "hit@3": 1.0,
        "citation_precision": 1.0,
        "citation_recall": 1.0,
        "alce_recall": 1.0,
        "declined_wrongly": 0.0,
    },
    retrieved=(1,),
    cited=((0,),),
    support=("supported",),
    judged={"verifier": (True,)},
)
LATE = replace(
    RIGHT,
    id="en-02",
    evidence=(BESIDE, GOLD),
    gold=(GOLD, ELSEWHERE),
    scores=RIGHT.scores | {"recall@10": 0.5, "hit@1": 0.0, "citation_precision": 0.5, "citation_recall": 0.5},
    retrieved=(1, None),
    cited=((0, 1),),
)
UNBACKED = replace(
    RIGHT, id="en-03", judged={"verifier": (False,)}, scores=RIGHT.scores | {"alce_recall": 0.0}, confidence=0.9
)
_NONE = {"hit@1": 0.0, "hit@3": 0.0, "citation_precision": 0.0, "citation_recall": 0.0}
WRONG_RUN = replace(RIGHT, id="en-04", evidence=(BESIDE,), scores=RIGHT.scores | _NONE)
NOT_CHOSEN = replace(WRONG_RUN, id="en-05", evidence=(ELSEWHERE,))
NOT_RETRIEVED = replace(
    NOT_CHOSEN,
    id="en-06",
    retrieved=(11,),
    scores=NOT_CHOSEN.scores | {"recall@1": 0.0, "recall@10": 0.0, "mrr": 0.0},
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
    scores={"recall@10": 1.0, "hit@1": 0.0, "citation_recall": 0.0, "declined_wrongly": 1.0},
    cited=(),
    support=(),
    judged={},
)
FAILED = replace(DECLINED, id="ar-02", reason=None, error="too long", retrieved=())
RIGHTLY = replace(
    DECLINED,
    id="ar-none-01",
    kind="who",
    direction=None,
    gold=(),
    scores={"declined_rightly": 1.0},
    retrieved=(),
    seconds=0.06,
)
WRONGLY = replace(
    RIGHTLY, id="ar-none-02", answer=("x",), evidence=(BESIDE,), reason=None, scores={"declined_rightly": 0.0}
)

ENDS = {
    Outcome.RIGHT: RIGHT,
    Outcome.NOT_SUPPORTED: UNBACKED,
    Outcome.WRONG_RUN: WRONG_RUN,
    Outcome.NOT_CHOSEN: NOT_CHOSEN,
    Outcome.NOT_RETRIEVED: NOT_RETRIEVED,
    Outcome.DECLINED_WRONGLY: DECLINED,
    Outcome.ANSWERED_UNANSWERABLE: WRONGLY,
    Outcome.ERROR: FAILED,
}
"""A row for each outcome."""

REPORT = Report((RIGHT, LATE, DECLINED, RIGHTLY), commit="c0ffee", sets={"seeds": "5" * 64})
EVERY = Report(tuple(ENDS.values()), system="http://127.0.0.1:1/v1", commit="c0ffee", sets={"seeds": "5" * 64})
