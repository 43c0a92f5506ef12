"""What readers think of answers: lines of JSON beside the archive; and the turns that the server keeps for that."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain
from pathlib import Path

import pytest

from assistant.chat.ask.feedback import add_feedback, feedback_json
from assistant.chat.ask.turns import Turn, Turns
from assistant.rendering.answers import answer_json
from index.errors import ArchiveWriteError
from tests.librarian import answered, article, cite

ARTICLE = article("a.txt", "قال الوزير إن الجسر سيفتح في أيار.")
ANSWER = answered("متى يفتح الجسر؟", (ARTICLE.text, (cite(ARTICLE, ARTICLE.text),)))
TURN = Turn(ANSWER, ("من الوزير؟",))


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "feedback.jsonl").read_bytes().splitlines() if line]


def test_a_verdict_is_the_question_its_past_and_the_answer_as_the_command_line_prints_it() -> None:
    east = datetime(2026, 1, 2, 4, 5, 6, tzinfo=timezone(timedelta(hours=3)))
    assert feedback_json(TURN, "down", " too short ", east) == {
        "time": "2026-01-02T01:05:06+00:00",
        "question": "متى يفتح الجسر؟",
        "language": "ar",
        "history": ["من الوزير؟"],
        "verdict": "down",
        "reason": "too short",
        "answer": answer_json(ANSWER),
    }


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_no_reason_is_null(reason: str | None) -> None:
    assert feedback_json(TURN, "up", reason, datetime.now(UTC))["reason"] is None


def test_verdicts_of_several_threads_are_a_line_each_in_the_letters_they_are_written_in(tmp_path: Path) -> None:
    reasons = [[f"{thread}.{number}" for number in range(10)] for thread in range(8)]

    def judge(own: list[str]) -> None:
        for reason in own:
            add_feedback(tmp_path, TURN, "up", reason)

    with ThreadPoolExecutor(len(reasons)) as threads:
        list(threads.map(judge, reasons))
    assert sorted(str(line["reason"]) for line in lines(tmp_path)) == sorted(chain(*reasons))
    assert "الوزير".encode() in (tmp_path / "feedback.jsonl").read_bytes()


def test_a_line_that_was_cut_off_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").write_bytes(b'{"time": "2026')
    add_feedback(tmp_path, TURN, "up")
    cut, whole = (tmp_path / "feedback.jsonl").read_bytes().splitlines()
    assert cut == b'{"time": "2026'
    assert json.loads(whole)["verdict"] == "up"


def test_a_file_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").mkdir()
    with pytest.raises(ArchiveWriteError) as refused:
        add_feedback(tmp_path, TURN, "up")
    path = tmp_path / "feedback.jsonl"
    assert str(refused.value) == f"cannot write '{path}': Is a directory; make room, or allow writing"


def test_the_turns_that_were_asked_for_least_lately_are_dropped() -> None:
    turns = Turns(most=2)
    turns.keep("a", TURN)
    turns.keep("b", TURN)
    assert turns.find("a") is TURN
    turns.keep("c", TURN)
    assert [turns.find(name) for name in "abc"] == [TURN, None, TURN]
