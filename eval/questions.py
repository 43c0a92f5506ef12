"""Question sets: JSON lines of questions with the exact text that answers each, and their places in an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.errors import QuestionSetError
from index.types import Article, Language

Kind = Literal["said", "who", "when", "where", "how_many", "why", "what"]


@dataclass(frozen=True, slots=True)
class Gold:
    """Text that answers a question, and the article that holds it: an id, a path, or the end of a path."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set; without gold it is one that the archive cannot answer."""

    set: str  # the file's name without its extension
    id: str
    text: str
    language: Language
    kind: Kind
    gold: tuple[Gold, ...]
    place: str  # "line 3 of 'seeds.jsonl'", for messages

    @property
    def unanswerable(self) -> bool:
        """Whether declining is the right answer."""
        return not self.gold


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A gold text found: code points ``[start, end)`` of one article's text."""

    article: Article
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Located:
    """A question with its gold texts found in the articles that it is asked of."""

    question: Question
    gold: tuple[GoldSpan, ...]


_Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _GoldEntry(_Strict):
    article: _Text
    text: _Text


class _Line(_Strict):
    id: _Text
    question: _Text
    language: Language
    kind: Kind
    gold: list[_GoldEntry]
    unanswerable: bool = False

    @model_validator(mode="after")
    def _gold_unless_unanswerable(self) -> _Line:
        if self.unanswerable and self.gold:
            raise ValueError("an unanswerable question has no gold")
        if not self.unanswerable and not self.gold:
            raise ValueError("an answerable question needs gold, or else say unanswerable")
        return self


def load(path: Path) -> list[Question]:
    """Every question of one set, in its order; blank lines are passed over.

    Raises:
        QuestionSetError: The file cannot be read, holds no question, or one of its lines is not a question; the
            message names the line, and nothing of the set is used.
    """
    questions: list[Question] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number} of '{path}'"
        try:
            entry = _Line.model_validate_json(line)
        except ValidationError as error:
            raise QuestionSetError(f"{place} is not a question: {_first_problem(error)}") from error
        if entry.id in lines:
            raise QuestionSetError(f"{place} has the id '{entry.id}' of line {lines[entry.id]}; give it one of its own")
        lines[entry.id] = number
        gold = tuple(Gold(run.article, run.text) for run in entry.gold)
        questions.append(Question(path.stem, entry.id, entry.question, entry.language, entry.kind, gold, place))
    if not questions:
        raise QuestionSetError(f"'{path}' holds no question; write one JSON object a line")
    return questions


def locate(questions: Sequence[Question], articles: Iterable[Article]) -> list[Located]:
    """The same questions with their gold texts found; of a text that occurs twice in its article, the first place.

    Raises:
        QuestionSetError: A gold text is not in its article, or no article, or more than one, goes by that name.
    """
    wanted = {PurePath(gold.article).name for question in questions for gold in question.gold}
    known: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for name in {article.id, PurePath(article.path).name} & wanted:
            known[name].append(article)
    return [
        Located(question, tuple(_find(gold, known, question.place) for gold in question.gold)) for question in questions
    ]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionSetError(f"cannot read question set '{path}': {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise QuestionSetError(f"line {line} of '{path}' is not UTF-8; convert the file") from error


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"])
    return f"{field}: {problem['msg']}" if field else problem["msg"]


def _find(gold: Gold, known: dict[str, list[Article]], place: str) -> GoldSpan:
    end = PurePath(gold.article).parts
    named = known.get(end[-1], []) if end else []
    articles = [a for a in named if a.id == gold.article or PurePath(a.path).parts[-len(end) :] == end]
    if not articles:
        raise QuestionSetError(f"{place} names article '{gold.article}', which the archive does not hold; ingest it")
    if len(articles) > 1:
        paths = ", ".join(f"'{article.path}'" for article in articles)
        raise QuestionSetError(f"{place} names article '{gold.article}', which may be any of {paths}; write more of it")
    start = articles[0].text.find(gold.text)
    if start < 0:
        raise QuestionSetError(f"{place}: the article '{articles[0].path}' does not hold the gold text '{gold.text}'")
    return GoldSpan(articles[0], start, start + len(gold.text))
