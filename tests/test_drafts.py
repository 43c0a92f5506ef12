from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.rendering.answers import answer_json
from eval.cli import evaluate
from eval.drafts import draft
from eval.feedback import from_feedback
from eval.questions import Gold, Question, load, locate, to_line
from index.archive.sqlite import SqliteArchive
from index.errors import QuestionSetError
from tests.archives import fill, write

STORY = """Talks in Geneva

Lavrov said that the talks would go on. The bridge was opened on 3 May 2019. Some 40 people came to see it.
"""
SAID, DATED, COUNTED = (
    "Lavrov said that the talks would go on.",
    "The bridge was opened on 3 May 2019.",
    "Some 40 people came to see it.",
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The folder of an archive that holds one story."""
    fill(tmp_path / "archive", *write(tmp_path, story=STORY))
    return tmp_path / "archive"


def _eval(*arguments: str) -> Result:
    return CliRunner().invoke(evaluate, arguments)


def test_a_draft_asks_in_both_languages_for_what_a_sentence_tells(archive: Path) -> None:
    with SqliteArchive.open(archive) as opened:
        [article] = opened.articles()
        drafts = list(draft(opened, 10))
        assert [(one.id, one.text, [gold.text for gold in one.gold], one.answers) for one in drafts] == [
            ("ar-said-001", "ماذا قال Lavrov عن …؟", [SAID], ()),
            ("en-said-001", "What did Lavrov say about …?", [SAID], ()),
            ("ar-when-002", "متى: The bridge was opened on …؟", [DATED], ("3 May 2019",)),
            ("en-when-002", "When: The bridge was opened on …?", [DATED], ("3 May 2019",)),
            ("ar-how_many-003", "كم: Some … people came to see it؟", [COUNTED], ("40",)),
            ("en-how_many-003", "How many: Some … people came to see it?", [COUNTED], ("40",)),
        ]
        assert [one.draft for one in drafts] == [True] * 6
        assert {span.article for located in locate(drafts, [article]) for span in located.gold} == {article}
        assert [one.id for one in draft(opened, 1)] == ["ar-said-001", "en-said-001"]


def test_the_command_prints_a_set_that_is_not_counted_until_somebody_has_checked_it(
    archive: Path, tmp_path: Path
) -> None:
    result = _eval("new", "--archive", str(archive), "--count", "2")
    assert result.exit_code == 0
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text(result.stdout, encoding="utf-8")
    assert [question.id for question in load(drafts)] == ["ar-said-001", "en-said-001", "ar-when-002", "en-when-002"]
    with pytest.raises(QuestionSetError, match="all 4 questions are drafts"):
        CliRunner().invoke(evaluate, [str(drafts), "--archive", str(archive)], catch_exceptions=False)
    line = json.loads(result.stdout.splitlines()[1])
    del line["draft"]
    drafts.write_text(json.dumps(line | {"question": "What did Lavrov say about the talks?"}), encoding="utf-8")
    assert _eval(str(drafts), "--archive", str(archive)).exit_code == 0


def test_a_question_is_written_as_the_line_that_it_is_read_from(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    line = (
        '{"id": "q1", "question": "ماذا؟", "language": "ar", "kind": "what", "gold": [{"article": "a", "text": "ب", '
        '"start": 3}], "answers": ["ب"], "history": ["من؟"], "filters": {"from": "2020-01-01", "to": "2020-01-02", '
        '"source": ["سانا"], "author": ["علي"], "in": "ar", "speaker": "بوتين"}, "tags": ["x"], "note": "n"}'
    )
    lines = [line, '{"id": "q2", "question": "x?", "language": "en", "unanswerable": true}']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [to_line(question) for question in load(path)] == lines


CITED = {"n": 1, "article": "a1", "path": "a.txt", "start": 3, "end": 7, "quote": "Yes."}
OTHER = {"n": 2, "article": "a2", "path": "b.txt", "start": 0, "end": 3, "quote": "No."}
ANSWER = {
    "question": "Who said yes?",
    "declined": False,
    "filters": None,
    "sentences": [
        {"text": "Yes.", "citations": [1], "support": "supported"},
        {"text": "No.", "citations": [2], "support": "unsupported"},
    ],
    "citations": [CITED, OTHER],
}
UP = {"time": "2026-01-01T00:00:00", "question": "Who said yes?", "language": "en", "history": [], "verdict": "up"}
NARROWED = {"from": "2020-01-01", "to": None, "source": ["SANA"], "language": "ar", "author": None, "speaker": "X"}


def _feedback(folder: Path, *lines: object) -> Path:
    path = folder / "feedback.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_what_was_found_good_is_a_question_with_what_was_cited_as_gold(tmp_path: Path) -> None:
    path = _feedback(tmp_path, UP | {"answer": ANSWER | {"filters": NARROWED | {"from_question": False}}})
    [question] = from_feedback(path)
    assert question == replace(
        _line_of(path, 1),
        text="Who said yes?",
        kind="who",
        gold=(Gold("a1", "Yes.", 3),),
        filters=question.filters,
        speaker="X",
    )
    assert json.loads(to_line(question))["filters"] == {
        "from": "2020-01-01",
        "source": ["SANA"],
        "in": "ar",
        "speaker": "X",
    }


def _line_of(path: Path, number: int) -> Question:
    """A question with nothing but what every line of feedback has."""
    place = f"line {number} of '{path}'"
    return Question("feedback", f"en-feedback-{number:03}", "", "en", None, (), place, tags=("feedback",))


def test_what_was_found_bad_is_a_draft_with_the_reason(tmp_path: Path) -> None:
    bad = UP | {"verdict": "down", "reason": "not Lavrov ", "answer": ANSWER, "history": ["Who said no?"]}
    declined = UP | {"question": "Why?", "answer": ANSWER | {"sentences": [], "citations": [], "declined": True}}
    period = UP | {"question": "When?", "answer": ANSWER | {"filters": NARROWED | {"from_question": True}}}
    path = _feedback(tmp_path, bad, declined, period)
    first, second, third = from_feedback(path)
    assert (first.gold, first.draft, first.note, first.history) == ((), True, "not Lavrov", ("Who said no?",))
    assert (second.unanswerable, second.draft, second.kind) == (True, False, "why")
    assert (third.filters, third.speaker) == (None, None)


def test_of_two_verdicts_on_a_question_the_last_counts(tmp_path: Path) -> None:
    up, down = UP | {"answer": ANSWER}, UP | {"verdict": "down", "answer": ANSWER}
    other = UP | {"history": ["Who said no?"], "answer": ANSWER}
    path = _feedback(tmp_path, up, other, down)
    assert [(question.id, question.draft) for question in from_feedback(path)] == [
        ("en-feedback-002", False),
        ("en-feedback-003", True),
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({}, "line 2 of '{}' is no feedback: question: Field required"),
        (
            UP | {"verdict": "so-so", "answer": ANSWER},
            "line 2 of '{}' is no feedback: verdict: Input should be 'up' or",
        ),
        (UP | {"question": "", "answer": ANSWER}, "line 2 of '{}' is no feedback: the question is empty; write"),
    ],
)
def test_a_line_that_is_no_feedback_is_named(tmp_path: Path, line: dict[str, object], complaint: str) -> None:
    path = _feedback(tmp_path, UP | {"answer": ANSWER}, line)
    with pytest.raises(QuestionSetError) as raised:
        from_feedback(path)
    assert str(raised.value).startswith(complaint.format(path))


def test_an_answer_as_the_program_prints_it_becomes_a_question_of_a_set(tmp_path: Path, archive: Path) -> None:
    from assistant.ask import open_assistant

    assistant = open_assistant(archive)
    answer = answer_json(assistant.ask("What did Lavrov say about the talks?"))
    assistant.archive.close()
    entry = UP | {"question": "What did Lavrov say about the talks?", "reason": None, "answer": answer}
    result = _eval("from-feedback", str(_feedback(tmp_path, entry)))
    made = tmp_path / "made.jsonl"
    made.write_text(result.stdout, encoding="utf-8")
    [question] = load(made)
    assert [gold.text for gold in question.gold] == [SAID]
    assert _eval(str(made), "--archive", str(archive)).exit_code == 0


def test_a_set_may_have_any_name_that_is_no_command() -> None:
    assert _eval("--help").stdout.startswith("Usage: eval [OPTIONS] SET...\n")
    assert _eval("new", "--help").stdout.startswith("Usage: eval new [OPTIONS]\n")
    assert str(_eval("newer").exception) == "cannot read question set 'newer': No such file or directory"
