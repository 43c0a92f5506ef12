"""The question sets that can be asked of an archive: the program's own, those of its folder, what readers said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from assistant.chat.ask.feedback import FILE
from eval.feedback import from_feedback
from eval.lines import lines_of, read_text
from eval.questions import Located, Question, check_filters, from_lines, locate, to_line, without_drafts
from index.errors import QuestionSetError

if TYPE_CHECKING:
    from index.types import Archive, Article

PACKAGED = Path(__file__).parent.parent / "sets"
FOLDER = "sets"
"""Where in the archive's folder somebody may lay question sets, as files whose names end in ``.jsonl``."""

MOST_BYTES = 4 * 2**20
MOST_QUESTIONS = 2_000
"""What is asked at once: a larger set is for `isnad eval`."""

LONGEST_NAME = 40
PASTED = "pasted"


class Origin(StrEnum):
    """Where a set comes from."""

    PACKAGED = "packaged"
    FOLDER = "folder"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Offered:
    """A set that can be chosen; `questions` is how many would be asked, None where the set has a fault."""

    origin: Origin
    name: str
    questions: int | None

    @property
    def key(self) -> str:
        """What it is chosen by."""
        return f"{self.origin}/{self.name}"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set that was read: its name, its questions without the drafts, and the SHA-256 of its text."""

    name: str
    questions: tuple[Question, ...]
    drafts: int
    digest: str


def offered_sets(archive: Archive) -> list[Offered]:
    """Return the sets that can be asked of an archive: of the program's own, those whose articles it holds."""
    offered = []
    for file in sorted(PACKAGED.glob("*.jsonl")):
        # Not those that label a part of an answer: their lines are no questions.
        if count := _counted(partial(_fitting, file, archive)):
            offered.append(Offered(Origin.PACKAGED, file.stem, count))
    for file in sorted(file for file in (archive.folder / FOLDER).glob("*.jsonl") if file.is_file()):
        offered.append(Offered(Origin.FOLDER, file.stem, _counted(partial(read_file, file))))
    if (archive.folder / FILE).is_file():
        offered.append(Offered(Origin.FEEDBACK, "feedback", _counted(partial(read_feedback, archive.folder / FILE))))
    return offered


def read_offered(key: str, archive: Archive) -> QuestionSet | None:
    """Return the set that goes by a key; None where none is offered by it. Raises QuestionSetError."""
    for one in offered_sets(archive):
        if one.key == key:
            if one.origin is Origin.FEEDBACK:
                return read_feedback(archive.folder / FILE)
            folder = PACKAGED if one.origin is Origin.PACKAGED else archive.folder / FOLDER
            return read_file(folder / f"{one.name}.jsonl")
    return None


def read_file(file: Path) -> QuestionSet:
    """Return the set of a file. Raises QuestionSetError, which calls the file by its name alone."""
    if file.stat().st_size > MOST_BYTES:
        raise QuestionSetError(f"'{file.name}' has more than {MOST_BYTES // 2**20} MB; ask it with isnad eval")
    return read_set(file.name, read_text(file, "question set"))


def read_set(file_name: str, text: str) -> QuestionSet:
    """Return the set that a text holds. Raises QuestionSetError, which names the line."""
    name = re.sub(r"[^\w.-]+", "_", PurePath(file_name).stem).strip("._")[:LONGEST_NAME] or PASTED
    return _made(name, from_lines(lines_of(text, file_name), name, file_name), text)


def read_feedback(file: Path) -> QuestionSet:
    """Return what readers said of answers, as a set. Raises QuestionSetError."""
    questions = from_feedback(file)
    return _made(file.stem, questions, "\n".join(map(to_line, questions)))


def _made(name: str, questions: Sequence[Question], text: str) -> QuestionSet:
    asked = without_drafts(questions)
    if len(asked) > MOST_QUESTIONS:
        raise QuestionSetError(
            f"'{name}' has {len(asked):,} questions; at most {MOST_QUESTIONS:,} are asked here, more by isnad eval"
        )
    digest = sha256(text.encode("utf-8")).hexdigest()
    return QuestionSet(name, tuple(asked), len(questions) - len(asked), digest)


def locate_in(archive: Archive, questions: Sequence[Question]) -> list[Located]:
    """Return questions with their gold found in the archive, of which only the articles that they name are read.

    Raises QuestionSetError where a question does not fit the archive.
    """
    check_filters(questions, archive)
    return locate(questions, _named(archive, questions))


def _named(archive: Archive, questions: Sequence[Question]) -> Iterator[Article]:
    wanted = {PurePath(gold.article).name for question in questions for gold in question.gold}
    for path, identifier in archive.paths().items():
        if identifier in wanted or PurePath(path).name in wanted:
            yield archive.article(identifier)


def _fitting(file: Path, archive: Archive) -> QuestionSet:
    read = read_file(file)
    locate_in(archive, read.questions)
    return read


def _counted(read: Callable[[], QuestionSet]) -> int | None:
    try:
        return len(read().questions)
    except QuestionSetError:
        return None
