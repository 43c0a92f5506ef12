"""Question sets: JSON lines of questions with the exact text that answers each, and their places in an archive."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.rendering.wording import names_of
from eval.lines import read_lines
from index.errors import FilterError, QuestionSetError
from index.types import Article, Filters, Language

if TYPE_CHECKING:
    from index.types import Archive

Kind = Literal["said", "who", "when", "where", "how_many", "why", "what"]


@dataclass(frozen=True, slots=True)
class Gold:
    """Text that answers a question, and the article that holds it: an id, a path, or the end of a path.

    `start` is where the text begins, in code points of the article's; None is the first place that holds it.
    """

    article: str
    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set; without gold it is one that the archive cannot answer, or else a draft.

    `answers` are reference answers, each of them a whole one. `history` are the questions asked before it, oldest
    first; `filters` and `speaker` narrow the search as the options of `isnad ask` do. A `draft` is for a person to
    check, and `note` is what that person is told; neither is asked nor counted.
    """

    set: str  # the file's name without its extension
    id: str
    text: str
    language: Language
    kind: Kind | None
    gold: tuple[Gold, ...]
    place: str  # "line 3 of 'seeds.jsonl'", for messages
    answers: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    filters: Filters | None = None
    speaker: str | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    note: str | None = None

    @property
    def unanswerable(self) -> bool:
        """Whether declining is the right answer."""
        return not self.gold


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A gold text found: code points ``[start, end)`` of one article's text, and how relevant it was judged."""

    article: Article
    start: int
    end: int
    grade: float = 1.0


@dataclass(frozen=True, slots=True)
class Located:
    """A question with its gold texts found in the articles that it is asked of.

    Where `whole_articles` are relevant, those are ranked, not passages. Where it is not `asked`, only retrieval is
    measured.
    """

    question: Question
    gold: tuple[GoldSpan, ...]
    whole_articles: bool = False
    asked: bool = True


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it is blank")
    return text


def _once(texts: list[str]) -> list[str]:
    for text in texts:
        if texts.count(text) > 1:
            raise ValueError(f"'{text}' stands there twice")
    return texts


_Text = Annotated[str, Field(min_length=1), AfterValidator(_not_blank)]
_Texts = Annotated[list[_Text], AfterValidator(_once)]
_Names = _Text | Annotated[_Texts, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _GoldEntry(_Strict):
    article: _Text
    text: _Text
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _offsets_agree(self) -> _GoldEntry:
        if self.end is not None and self.start is None:
            raise ValueError("an end needs its start")
        if self.start is not None and self.end is not None and self.end - self.start != len(self.text):
            raise ValueError(f"{self.start} to {self.end} is not the length of the text, {len(self.text)} code points")
        return self


class _FilterEntry(_Strict):
    """What the options of the command line are called, without their dashes."""

    published_from: date | None = Field(None, alias="from")
    published_to: date | None = Field(None, alias="to")
    source: _Names | None = None
    author: _Names | None = None
    language: Language | None = Field(None, alias="in")
    speaker: _Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> _FilterEntry:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError(f"from {self.published_from} is after to {self.published_to}")
        return self

    def filters(self) -> Filters | None:
        """Return the same for a search, None where nothing but a speaker is asked for."""
        names = [frozenset([some] if isinstance(some, str) else some or ()) for some in (self.source, self.author)]
        filters = Filters(
            self.published_from, self.published_to, names[0] or None, self.language, author=names[1] or None
        )
        return None if filters == Filters() else filters


class _Line(_Strict):
    id: _Text
    question: _Text
    language: Language
    kind: Kind | None = None
    gold: list[_GoldEntry] = []
    answers: _Texts = []
    unanswerable: bool = False
    history: list[_Text] = []
    filters: _FilterEntry | None = None
    tags: _Texts = []
    draft: bool = False
    note: _Text | None = None

    @model_validator(mode="after")
    def _gold_unless_unanswerable(self) -> _Line:
        if self.unanswerable and self.gold:
            raise ValueError("an unanswerable question has no gold")
        if self.unanswerable and self.answers:
            raise ValueError("an unanswerable question has no answers")
        if not (self.unanswerable or self.gold or self.draft):
            raise ValueError("an answerable question needs gold, or else say unanswerable")
        return self

    def question_of(self, name: str, place: str) -> Question:
        """Return the question that this line of a set writes down."""
        return Question(
            set=name,
            id=self.id,
            text=self.question,
            language=self.language,
            kind=self.kind,
            gold=tuple(Gold(run.article, run.text, run.start) for run in self.gold),
            place=place,
            answers=tuple(self.answers),
            history=tuple(self.history),
            filters=self.filters.filters() if self.filters else None,
            speaker=self.filters.speaker if self.filters else None,
            tags=tuple(self.tags),
            draft=self.draft,
            note=self.note,
        )


def load(path: Path) -> list[Question]:
    """Every question of one set, in its order; blank lines are passed over.

    Raises:
        QuestionSetError: The file cannot be read, holds no question, or one of its lines is not a question; the
            message names the line, and nothing of the set is used.
    """
    return from_lines(read_lines(path, "question set"), path.stem, str(path))


def from_lines(lines: Iterable[tuple[str, str]], name: str, whole: str) -> list[Question]:
    """Every question of the set of this name: of its lines, each after its place.

    Raises:
        QuestionSetError: There is no question, or one of the lines is none; what is said calls the set `whole`.
    """
    questions: list[Question] = []
    places: dict[str, str] = {}
    for place, line in lines:
        question = from_line(line, name, place)
        if before := places.get(question.id):
            raise QuestionSetError(f"{place} has the id '{question.id}' of {before}; give it one of its own")
        places[question.id] = place.partition(" of ")[0]
        questions.append(question)
    if not questions:
        raise QuestionSetError(f"'{whole}' holds no question; write one JSON object a line")
    return questions


def without_drafts(questions: Sequence[Question]) -> list[Question]:
    """Return those that are to be asked. Raises QuestionSetError where all of them are drafts."""
    asked = [question for question in questions if not question.draft]
    if questions and not asked:
        raise QuestionSetError(f'all {len(questions)} questions are drafts; check them, and take their "draft" out')
    return asked


def from_line(line: str, name: str, place: str) -> Question:
    """Return the question that a line of the set of this name writes down. Raises QuestionSetError, by its place."""
    try:
        return _Line.model_validate_json(line).question_of(name, place)
    except ValidationError as error:
        raise QuestionSetError(f"{place} is not a question: {first_problem(error)}") from error


def to_line(question: Question) -> str:
    """Return a question as a line of a set, from which `load` makes the same one; what it has not is left out."""
    filters = question.filters or Filters()
    narrowed: dict[str, object] = {
        "from": filters.published_from and filters.published_from.isoformat(),
        "to": filters.published_to and filters.published_to.isoformat(),
        "source": names_of(filters.source),
        "author": names_of(filters.author),
        "in": filters.language,
        "speaker": question.speaker,
    }
    line: dict[str, object] = {
        "id": question.id,
        "question": question.text,
        "language": question.language,
        "kind": question.kind,
        "gold": [
            {"article": gold.article, "text": gold.text} | ({} if gold.start is None else {"start": gold.start})
            for gold in question.gold
        ],
        "answers": question.answers,
        "unanswerable": question.unanswerable and not question.draft,
        "history": question.history,
        "filters": {name: value for name, value in narrowed.items() if value},
        "tags": question.tags,
        "draft": question.draft,
        "note": question.note,
    }
    return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)


def locate(questions: Sequence[Question], articles: Iterable[Article]) -> list[Located]:
    """The same questions with their gold texts found: at their offsets, else at the first place in their articles.

    Raises:
        QuestionSetError: A gold text is not in its article, or not where its offset says; or no article, or more than
            one, goes by that name.
    """
    wanted = {PurePath(gold.article).name for question in questions for gold in question.gold}
    known: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for name in {article.id, PurePath(article.path).name} & wanted:
            known[name].append(article)
    return [
        Located(question, tuple(_find(gold, known, question.place) for gold in question.gold)) for question in questions
    ]


def check_filters(questions: Iterable[Question], archive: Archive) -> None:
    """Raise QuestionSetError, by its line, for the first question that asks for a name which no article states."""
    from assistant.questions.narrowing import check_names

    for question in questions:
        try:
            check_names(question.filters or Filters(), archive)
        except FilterError as error:
            raise QuestionSetError(f"{question.place}: {error}") from error


def first_problem(error: ValidationError) -> str:
    """Return the first thing that is wrong with a line, after the field where it is."""
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"])
    return f"{field}: {problem['msg']}" if field else problem["msg"]


def _find(gold: Gold, known: dict[str, list[Article]], place: str) -> GoldSpan:
    parts = PurePath(gold.article).parts
    named = known.get(parts[-1], []) if parts else []
    articles = [a for a in named if a.id == gold.article or PurePath(a.path).parts[-len(parts) :] == parts]
    if not articles:
        raise QuestionSetError(f"{place} names article '{gold.article}', which the archive does not hold; ingest it")
    if len(articles) > 1:
        paths = ", ".join(f"'{article.path}'" for article in articles)
        raise QuestionSetError(f"{place} names article '{gold.article}', which may be any of {paths}; write more of it")
    article = articles[0]
    start = article.text.find(gold.text) if gold.start is None else gold.start
    if start < 0:
        raise QuestionSetError(f"{place}: the article '{article.path}' does not hold the gold text '{gold.text}'")
    span = GoldSpan(article, start, start + len(gold.text))
    held = article.text[span.start : span.end]
    if held != gold.text:
        raise QuestionSetError(f"{place}: at {start} the article '{article.path}' holds '{held}', not '{gold.text}'")
    return span
