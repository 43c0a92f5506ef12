"""Follow-up questions made whole, held against labelled ones.

A rewritten question is right when it holds all that the label says it keeps of the conversation and nothing that it
says was dropped; a question on a new topic is right when it is left as it is. Words are compared folded: what is kept
may stand anywhere in the question's letters (بتركيا keeps تركيا), or word by word as stems; what is dropped is looked
for word by word, as written or as stems.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.questions.follow_up import rewrite, stand_alone
from assistant.questions.languages import question_language
from eval.benchmarks.labels import Labelled, Split, read_labelled
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS = Path(__file__).parent.parent / "sets" / "followups.jsonl"

WIDTH = 16
"""Characters of a row's name in the table."""


class LabelledFollowUp(Labelled):
    """A question, those asked before it, oldest first, and how it is to be understood.

    `rewritten` are forms that a reader would accept; `keeps` must all stand in the rewritten question, of each list in
    `keeps_any` one, and `drops` must not. Where it does not follow the conversation, it is to be left as it is.
    """

    id: str
    split: Split
    history: tuple[str, ...]
    question: str
    rewritten: tuple[str, ...]
    keeps: tuple[str, ...]
    keeps_any: tuple[tuple[str, ...], ...] = ()
    drops: tuple[str, ...]
    follows: bool


@dataclass(slots=True)
class Score:
    """Questions that follow the conversation and those on a new topic, and how many of each are understood."""

    following: int = 0
    rewritten: int = 0
    alone: int = 0
    left: int = 0

    def count(self, labelled: LabelledFollowUp, *, right: bool) -> None:
        """Count one question."""
        if labelled.follows:
            self.following += 1
            self.rewritten += right
        else:
            self.alone += 1
            self.left += right

    @property
    def right(self) -> float:
        """Share of all questions that are understood."""
        return (self.rewritten + self.left) / max(self.following + self.alone, 1)


def read_labels(file: Path = LABELS) -> list[LabelledFollowUp]:
    """Read the labels. Raises QuestionSetError where a line is none."""
    return read_labelled(file, LabelledFollowUp, "labelled follow-up")


def is_right(labelled: LabelledFollowUp, understood: str | None) -> bool:
    """Tell whether a question is understood as labelled; `understood` is None where it was left as it is."""
    if understood is None or not labelled.follows:
        return understood is None and not labelled.follows
    return (
        all(_keeps(understood, words) for words in labelled.keeps)
        and all(any(_keeps(understood, words) for words in choice) for choice in labelled.keeps_any)
        and not any(_says(understood, words) for words in labelled.drops)
    )


def _keeps(text: str, words: str) -> bool:
    return fold_text(words) in fold_text(text) or _says(text, words)


def _says(text: str, words: str) -> bool:
    whole, part = tokens(text), tokens(words)
    return any(
        all(one.text == other.text or one.stem == other.stem for one, other in zip(whole[start:], part, strict=False))
        for start in range(len(whole) - len(part) + 1)
    )


def score(labels: Iterable[LabelledFollowUp]) -> dict[str, Score]:
    """Rewrite every question and return the counts of each half, and of each half's languages."""
    scores: dict[str, Score] = {}
    for labelled in labels:
        understood = rewrite(labelled.question, stand_alone(labelled.history))
        right = is_right(labelled, understood)
        for row in (labelled.split, f"{labelled.split} {question_language(labelled.question)}"):
            scores.setdefault(row, Score()).count(labelled, right=right)
    return dict(sorted(scores.items()))


def to_table(scores: dict[str, Score]) -> str:
    """Return the scores as text, a row each."""
    lines = [f"{'':{WIDTH}} follow-ups right  new topics left  right of all"]
    lines += [
        f"{name:{WIDTH}} {_of(one.rewritten, one.following):>16}  {_of(one.left, one.alone):>15}  {one.right:12.3f}"
        for name, one in scores.items()
    ]
    return "\n".join(lines) + "\n"


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}"


def to_json(scores: dict[str, Score]) -> dict[str, dict[str, float]]:
    """Return the scores as JSON."""
    return {name: {**asdict(one), "right": round(one.right, 4)} for name, one in scores.items()}
