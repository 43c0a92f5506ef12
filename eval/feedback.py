"""What readers said of answers in the chat, as questions of a set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from assistant.questions.question import read_question
from assistant.types import Support
from eval.lines import read_lines
from eval.questions import Question, first_problem, from_line
from index.errors import QuestionError, QuestionSetError
from index.types import Language

TAG = "feedback"
"""The tag of every question that comes from feedback."""


class _Sentence(BaseModel):
    citations: list[int]
    support: Support


class _Citation(BaseModel):
    n: int
    article: str
    start: int
    quote: str


class _Answer(BaseModel):
    """As much of what `isnad ask --json` prints as makes a question."""

    filters: dict[str, object] | None = None
    sentences: list[_Sentence]
    citations: list[_Citation]

    def gold(self) -> list[dict[str, object]]:
        """Return what the sentences cite that are supported."""
        used = {number for one in self.sentences if one.support is Support.SUPPORTED for number in one.citations}
        return [
            {"article": cited.article, "text": cited.quote, "start": cited.start}
            for cited in self.citations
            if cited.n in used
        ]

    def narrowing(self) -> dict[str, object]:
        """Return the filters that were set; those that were read in the question will be read there again."""
        if not self.filters or self.filters.get("from_question"):
            return {}
        names = {
            "from": "from",
            "to": "to",
            "source": "source",
            "author": "author",
            "in": "language",
            "speaker": "speaker",
        }
        return {name: value for name, printed in names.items() if (value := self.filters.get(printed)) is not None}


class _Entry(BaseModel):
    question: str
    language: Language
    history: list[str] = []
    verdict: Literal["up", "down"]
    reason: str | None = None
    answer: _Answer


def from_feedback(file: Path) -> list[Question]:
    """Return the questions of a file of feedback; of a question that was judged twice, the last verdict counts.

    What was found good has the citations of its supported sentences as gold, or is unanswerable where it was declined.
    What was found bad, or good without support, is a draft, with the reader's reason as its note.

    Raises:
        QuestionSetError: The file cannot be read, or a line of it is no feedback; the message names the line.
    """
    judged: dict[tuple[str, ...], Question] = {}
    for number, (place, line) in enumerate(read_lines(file, "feedback"), start=1):
        try:
            entry = _Entry.model_validate_json(line)
            made = _line(entry, number)
        except ValidationError as error:
            raise QuestionSetError(f"{place} is no feedback: {first_problem(error)}") from error
        except QuestionError as error:
            raise QuestionSetError(f"{place} is no feedback: {error}") from error
        question = from_line(json.dumps(made), file.stem, place)
        judged.pop(key := (*entry.history, entry.question), None)
        judged[key] = question
    if not judged:
        raise QuestionSetError(f"'{file}' holds no feedback; the chat writes a line for each verdict")
    return list(judged.values())


def _line(entry: _Entry, number: int) -> dict[str, object]:
    good = entry.verdict == "up"
    gold = entry.answer.gold() if good else []
    declined = not entry.answer.sentences
    return {
        "id": f"{entry.language}-{TAG}-{number:03}",
        "question": entry.question,
        "language": entry.language,
        "kind": read_question(entry.question).kind.value,
        "gold": gold,
        "unanswerable": good and declined,
        "history": entry.history,
        "filters": entry.answer.narrowing(),
        "tags": [TAG],
        "draft": not gold and not (good and declined),
        "note": (entry.reason or "").strip() or None,
    }
