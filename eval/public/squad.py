"""Files in SQuAD's format: XQuAD, ARCD, TyDi QA's gold passages, and many others.

Questions may be asked of another file's paragraphs, such as those in another language, by the ids that the two share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import BaseModel, ValidationError

from assistant.questions.languages import is_foreign, question_language
from eval.lines import read_text
from eval.public.collection import Collection, to_article
from eval.questions import GoldSpan, Located, Question, first_problem
from index.errors import QuestionSetError
from index.types import Article


class Answer(BaseModel):
    """A run of a paragraph that answers a question."""

    text: str
    answer_start: int


class Asked(BaseModel):
    """A question on a paragraph; without answers where the paragraph has none."""

    id: str
    question: str
    answers: list[Answer] = []


class Paragraph(BaseModel):
    """A paragraph and the questions on it."""

    context: str
    qas: list[Asked]


class _Page(BaseModel):
    paragraphs: list[Paragraph]


class _File(BaseModel):
    data: list[_Page]


@dataclass(frozen=True, slots=True)
class Squad:
    """A file in SQuAD's format."""

    file: Path
    paragraphs: list[Paragraph]

    def asked(self) -> Iterator[tuple[int, Asked]]:
        """Yield every question after the place of its paragraph, in their order."""
        return ((place, asked) for place, held in enumerate(self.paragraphs) for asked in held.qas)


def read_squad(file: Path) -> Squad:
    """Read a file in SQuAD's format; fields that are of no use here are passed over. Raises QuestionSetError."""
    try:
        read = _File.model_validate_json(read_text(file))
    except ValidationError as error:
        raise QuestionSetError(f"'{file}' is not in SQuAD's format: {first_problem(error)}") from error
    return Squad(file, [paragraph for page in read.data for paragraph in page.paragraphs])


def shares_questions(one: Squad, other: Squad) -> bool:
    """Whether two files hold the same question, by its id."""
    ids = {asked.id for _, asked in one.asked()}
    return any(asked.id in ids for _, asked in other.asked())


def to_collection(asking: Sequence[Squad], searched: Squad) -> Collection:
    """Ask the questions of some files of the paragraphs of one, each paragraph an article.

    Gold are the answers that this file gives to the question of that id, and what is ranked are paragraphs, as the
    field does; reference answers are those of both files. A question that a file does not hold is not asked of it, nor
    one in neither language; a paragraph whose questions are all in other languages is left out.
    """
    articles = [
        to_article(f"{searched.file.name}#{place}", paragraph.context)
        for place, paragraph in enumerate(searched.paragraphs)
    ]
    gold = {asked.id: (articles[place], asked.answers) for place, asked in searched.asked()}
    questions = []
    left_out = 0
    for squad in asking:
        name = squad.file.stem if squad is searched else f"{squad.file.stem} in {searched.file.stem}"
        for _, asked in squad.asked():
            if is_foreign(asked.question):
                left_out += 1
            elif asked.id in gold:
                questions.append(_located(name, squad.file, asked, *gold[asked.id]))
    known = [
        article
        for article, paragraph in zip(articles, searched.paragraphs, strict=True)
        if not paragraph.qas or not all(is_foreign(asked.question) for asked in paragraph.qas)
    ]
    return Collection(tuple(known), tuple(questions), left_out)


def _located(name: str, file: Path, asked: Asked, article: Article, answers: Sequence[Answer]) -> Located:
    texts = dict.fromkeys(answer.text for answer in chain(answers, asked.answers if answers else ()))
    question = Question(
        set=name,
        id=asked.id,
        text=asked.question,
        language=question_language(asked.question),
        kind=None,
        gold=(),
        place=f"question '{asked.id}' of '{file}'",
        answers=tuple(text for text in texts if text.strip()),
    )
    spans = dict.fromkeys(_span(article, answer) for answer in answers)
    return Located(question, tuple(spans), whole_articles=True)


def _span(article: Article, answer: Answer) -> GoldSpan:
    """Return where an answer stands: the nearest place to the one stated, or the whole where it stands nowhere."""
    places = []
    place = article.text.find(answer.text)
    while place >= 0 and answer.text:
        places.append(place)
        place = article.text.find(answer.text, place + 1)
    if not places:
        return GoldSpan(article, 0, len(article.text))
    start = min(places, key=lambda place: abs(place - answer.answer_start))
    return GoldSpan(article, start, start + len(answer.text))
