"""Labelled follow-up questions: how they are read and counted, and what the rewriting must reach on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.benchmarks.followups import WIDTH, LabelledFollowUp, Score, is_right, read_labels, score
from index.errors import QuestionSetError
from tests.console import isnad_here

LABEL = LabelledFollowUp(
    id="en-1",
    split="test",
    history=("What did Lavrov say about the strikes?",),
    question="And Peskov?",
    rewritten=("What did Peskov say about the strikes?",),
    keeps=("the strikes",),
    keeps_any=(("Peskov", "بيسكوف"),),
    drops=("Lavrov",),
    follows=True,
)
ALONE = LABEL.model_copy(
    update={"question": "ومن فاز بجائزة نوبل؟", "keeps": (), "keeps_any": (), "follows": False, "split": "development"}
)


@pytest.mark.parametrize(
    ("understood", "right"),
    [
        ("What did Peskov say about the strikes?", True),
        ("what did PESKOV say about the strike?", True),
        ("ماذا قال بيسكوف عن the strikes؟", True),
        ("What did Putin say about the strikes?", False),
        ("What did Peskov say?", False),
        ("What did Peskov say to Lavrov about the strikes?", False),
        (None, False),
    ],
)
def test_a_rewritten_question_is_right_by_what_it_keeps_and_drops(understood: str | None, right: bool) -> None:
    assert is_right(LABEL, understood) is right


def test_what_is_kept_may_be_joined_to_a_preposition_and_what_is_dropped_is_a_word_of_its_own() -> None:
    label = LABEL.model_copy(update={"keeps": ("تركيا",), "keeps_any": (), "drops": ("Who",)})
    assert is_right(label, "The whole of it: هل التقى بتركيا؟")
    assert not is_right(label, "Who met them: هل التقى بتركيا؟")


def test_a_question_on_a_new_topic_is_right_when_it_is_left_alone() -> None:
    assert is_right(ALONE, None)
    assert not is_right(ALONE, ALONE.question)


def test_questions_are_counted_by_half_and_by_language() -> None:
    wrong = LABEL.model_copy(update={"keeps": ("Turkey",)})
    assert score([LABEL, wrong, ALONE]) == {
        "development": Score(alone=1, left=1),
        "development ar": Score(alone=1, left=1),
        "test": Score(following=2, rewritten=1),
        "test en": Score(following=2, rewritten=1),
    }
    assert (Score(2, 1, 2, 2).right, Score().right) == (0.75, 0)


def test_an_earlier_question_is_taken_as_it_was_understood() -> None:
    third = LABEL.model_copy(update={"history": (*LABEL.history, "And about Idlib?"), "keeps": ("Idlib",)})
    assert score([third])["test"] == Score(following=1, rewritten=1)


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text(f"{LABEL.model_dump_json()}\n{{}}\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"labels\.jsonl' line 2 is no labelled follow-up: Field required$"):
        read_labels(tmp_path / "labels.jsonl")


def test_every_label_holds_for_the_forms_that_a_reader_accepts() -> None:
    labelled = read_labels()
    assert len({label.id for label in labelled}) == len(labelled) >= 80
    assert [
        (label.id, form)
        for label in labelled
        for form in label.rewritten
        if (label.follows and not is_right(label, form)) or (not label.follows and form != label.question)
    ] == []


def test_follow_ups_are_understood_as_well_as_the_readme_says(tmp_path: Path) -> None:
    result = isnad_here("bench", "followups", "--json", "figures.json", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    shown = {line[:WIDTH].strip(): float(line.split()[-1]) for line in result.stdout.splitlines()[1:]}
    assert shown == {name: pytest.approx(row["right"], abs=5e-4) for name, row in figures.items()}
    assert shown["development"] == 1
    assert shown["test"] >= 0.9
    assert shown["test en"] >= 0.95


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    result = isnad_here("bench", "followups", "--json", "none/figures.json", folder=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("isnad: cannot write figures 'none/figures.json': No such file or directory; ")
