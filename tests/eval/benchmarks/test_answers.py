"""`isnad bench answers`: what a question is asked of, how its sentences are counted, and the fit of their weights."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from assistant.evidence.answering import WEIGHTS, Ranking, ranking
from assistant.evidence.features import AGAINST, FEATURES, FOR
from assistant.evidence.grading import Grader
from eval.benchmarks.answers import TAKEN_AWAY, Example, examples, fit, read, rows, to_table
from eval.benchmarks.cli import bench
from eval.questions import load, to_line
from index.errors import UnknownArticleError
from tests.parts.places import SETS

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.ask import Assistant


@pytest.fixture(scope="module")
def found(seed_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """The examples of the questions on the seed articles, by the ids of these."""
    ids = {article.path: article.id for article in seed_assistant.archive.articles()}
    file = tmp_path_factory.mktemp("questions") / "seeds.jsonl"
    questions = [one for one in load(SETS / "seeds.jsonl") if not one.history]
    with file.open("w", encoding="utf-8") as lines:
        for one in questions:
            gold = [replace(span, article=next(ids[path] for path in ids if span.article in path)) for span in one.gold]
            lines.write(to_line(replace(one, gold=tuple(gold))) + "\n")
    grader = Grader(seed_assistant.model)
    return list(examples(read(file, seed_assistant.archive), seed_assistant, grader))


def ranked(weights: str, found: list[Example]) -> float:
    """The share of questions with an answer whose first sentence holds it, by some weights."""
    stored = json.loads(weights)
    by = Ranking(np.array([stored["features"][name] for name in FEATURES]), stored["nothing"], stored["tenfold"])
    asked = [one for one in found if one.right.any()]
    return float(np.mean([one.right[by.score(one.features, one.articles).argmax()] for one in asked]))


def test_a_question_for_a_speaker_s_words_is_left_to_statements(found: list[Example]) -> None:
    assert {one.question for one in found} < {one.id for one in load(SETS / "seeds.jsonl")}
    assert found
    assert all(one.features.shape == (len(one.right), len(FEATURES)) for one in found)


def test_where_its_article_is_taken_away_no_sentence_answers(found: list[Example]) -> None:
    taken = [one for one in found if one.name.endswith(TAKEN_AWAY)]
    assert taken
    assert not any(one.answerable or one.right.any() for one in taken)


def test_the_committed_weights_are_of_these_features_and_on_the_right_side() -> None:
    weights = dict(zip(FEATURES, ranking().weights.tolist(), strict=True))
    assert set(json.loads(WEIGHTS.read_text(encoding="utf-8"))["features"]) == set(FEATURES)
    assert all(weights[name] >= 0 for name, side in FEATURES.items() if side == FOR)
    assert all(weights[name] <= 0 for name, side in FEATURES.items() if side == AGAINST)


def test_a_fit_ranks_the_sentences_that_answer_first(found: list[Example]) -> None:
    fitted = fit(found)
    nought = json.dumps({"features": dict.fromkeys(FEATURES, 0.0), "nothing": 0.0, "tenfold": 0.0})
    assert ranked(fitted, found) > max(ranked(nought, found), 0.8)


def test_questions_are_counted_by_what_they_were_asked_of() -> None:
    best = np.zeros((2, len(FEATURES)), np.float32)
    best[0, list(FEATURES).index("in_context")], best[1, list(FEATURES).index("in_context")] = 99, -99
    right = np.array([True, False])
    asked = [
        Example("whole", "1", best, right, 100, answerable=True),
        Example("whole", "2", best, ~right, 100, answerable=True),
        Example("whole", "3", -best[:1], right[:1], 100, answerable=True),
        Example("whole", "4", best[:0], right[:0], 100, answerable=False),
    ]
    table = to_table(rows("test", asked)).splitlines()
    assert table[1].split() == ["test:", "whole", "3", "0.667", "0.333", "0.333", "0.333"]
    assert table[2].split() == ["test:", "whole,", "not", "answerable", "1", "0.000", "0.000", "0.000", "1.000"]


def test_an_archive_without_the_articles_is_refused_by_name(seed_daily: Path) -> None:
    refused = CliRunner().invoke(bench, ["answers", "--archive", str(seed_daily)])
    assert isinstance(refused.exception, UnknownArticleError)
