"""The figures that the seed question set must reach, through the whole program."""

from __future__ import annotations

from pathlib import Path

from assistant.ask import Assistant
from eval.questions import load, locate
from eval.run import AssistantSystem, run

SETS = Path(__file__).parent.parent / "eval" / "sets"


def test_the_seed_set_reaches_its_floors(seed_assistant: Assistant) -> None:
    """Evidence hit@1 of .85, 14 of 15 unanswerable questions declined, and at most two answerable ones."""
    located = locate(load(SETS / "seeds.jsonl"), seed_assistant.archive.articles())
    report = run(located, AssistantSystem(seed_assistant))
    (figures,) = report.groups()["all"]
    assert (figures.rows, figures.errors) == (124, 0)
    assert figures.means["hit@1"] >= 0.85
    assert figures.means["declined_rightly"] >= 14 / 15
    assert figures.means["declined_wrongly"] * figures.counts["declined_wrongly"] <= 2
