"""How long people wait for the chat: what the figures are, and that measuring leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.benchmarks.chat import Start, Waits, measure
from tests.parts.archives import fill
from tests.parts.places import SEEDS


def test_the_figures_of_waiting() -> None:
    starts = (Start(3.0, 1.0, 2.0), Start(5.0, 1.5, 2.5), Start(9.0, 2.0, 3.0))
    waits = Waits(starts, tuple(number / 100 for number in range(1, 102)), ((0.25, 0.5), (1.0, 0.8)))
    assert waits.to_json() == {
        "starts": 3,
        "import_gradio": 5.0,
        "usable": 1.5,
        "usable_beyond_gradio": -3.5,
        "answered": 2.5,
        "questions": 101,
        "first_words_p50": 0.51,
        "first_words_p95": 0.96,
        "people": 2,
        "at_once_p95": 0.97,
        "at_once_slowest": 1.0,
    }
    assert waits.to_text() == (
        "import gradio             5.00 s, median of 3 starts\n"
        "page usable after         1.50 s, -3.50 s beside it\n"
        "first answer after        2.50 s\n"
        "first words after Enter  0.510 s p50, 0.960 s p95 of 101 questions\n"
        " 2 people at once         0.97 s p95, 1.00 s the slowest of 2 rounds\n"
    )


@pytest.mark.browser
def test_the_chat_over_an_archive_is_measured_and_nothing_is_kept(
    tmp_path: Path, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISNAD_CHROMIUM", chromium)
    fill(tmp_path, SEEDS)
    asked = ["What did Lavrov say about Turkey?", "متى وصل تيلرسون إلى موسكو؟"]
    waits = measure(tmp_path, asked, starts=1, people=3, rounds=1)
    (start,) = waits.starts
    assert 0 < start.usable < start.answered
    assert [len(waits.first_words), *map(len, waits.rounds)] == [2, 3]
    assert min(*waits.first_words, *waits.rounds[0], start.gradio) > 0
    assert not (tmp_path / "conversations.sqlite3").exists()
