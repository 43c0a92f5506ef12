"""What is asked for, as pages and programs send it; a part that is of no use is one line, in its reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.questions.checking import LONGEST, check_question
from assistant.questions.narrowing import find_unknown
from assistant.types import Narrowed
from index.dates import read_day
from index.errors import FilterError, QuestionError
from index.types import Filters

if TYPE_CHECKING:
    from datetime import date

    from index.types import Archive, Language

Name = Annotated[str, Field(max_length=200)]
Names = Annotated[list[Name], Field(max_length=20)]
FieldName = Literal["question", "published_from", "published_to", "source", "author", "speaker"]


class Narrowing(BaseModel):
    """What a question is narrowed to, as it is typed; an empty field narrows nothing."""

    model_config = ConfigDict(extra="forbid")

    published_from: Name = ""
    published_to: Name = ""
    source: Names = []
    author: Names = []
    language: Literal["ar", "en", ""] = ""
    speaker: Name = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be asked, in one line, and which field is to be mended."""

    field: FieldName
    message: str


WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "day": "“{}” is no day; write it as 2020-02-17",
        "order": "{} is after {}; exchange them",
        "name": "“{}” is no name; leave the field empty for all",
        "no outlet": "no article of the archive states its outlet; leave “{}” out",
        "no author": "no article of the archive states its author; leave “{}” out",
        "outlet": "the archive holds no outlet “{}”; perhaps {}",
        "author": "the archive holds no author “{}”; perhaps {}",
        "or": " or ",
    },
    "ar": {
        "long": "طول السؤال بالأحرف {:,}، والحد الأقصى {:,}",
        "empty": "اكتب سؤالًا بالعربية أو بالإنجليزية",
        "control": "في السؤال محرف تحكّم غير مرئي، فاحذفه",
        "day": "«{}» ليس تاريخًا صحيحًا، اكتبه هكذا: 2020-02-17",
        "order": "{} بعد {}، بدّل أحدهما بالآخر",
        "name": "«{}» ليس اسمًا، اترك الحقل فارغًا ليشمل البحث الجميع",
        "no outlet": "لا يذكر أي مقال في الأرشيف مصدره، فاحذف «{}»",
        "no author": "لا يذكر أي مقال في الأرشيف كاتبه، فاحذف «{}»",
        "outlet": "ليس في الأرشيف مصدر باسم «{}»، لعل المقصود {}",
        "author": "ليس في الأرشيف كاتب باسم «{}»، لعل المقصود {}",
        "or": " أو ",
    },
}


def refuse_question(question: str, language: Language) -> Refusal | None:
    """Return why a question cannot be worked on, None where it can be."""
    try:
        check_question(question)
    except QuestionError as error:
        if language == "en":
            return Refusal("question", str(error))
        words = WORDS[language]
        if len(question.strip()) > LONGEST:
            return Refusal("question", words["long"].format(len(question), LONGEST))
        return Refusal("question", words["control" if any(map(str.isalnum, question)) else "empty"])
    return None


def read_narrowing(fields: Narrowing, archive: Archive, language: Language) -> Narrowed | Refusal:
    """Return what a question is narrowed to, or which field is of no use."""
    words = WORDS[language]
    first, last = _day(fields.published_from), _day(fields.published_to)
    if first is None and fields.published_from.strip():
        return Refusal("published_from", words["day"].format(fields.published_from))
    if last is None and fields.published_to.strip():
        return Refusal("published_to", words["day"].format(fields.published_to))
    if first and last and first > last:
        return Refusal("published_to", words["order"].format(first, last))
    named: dict[FieldName, list[str]] = {"source": fields.source, "author": fields.author, "speaker": [fields.speaker]}
    for field, names in named.items():
        for name in names:
            if name.strip() and not any(map(str.isalnum, name)):
                return Refusal(field, words["name"].format(name))
    filters = Filters(first, last, _names(fields.source), fields.language or None, _names(fields.author))
    if unknown := find_unknown(filters, archive):
        noun = unknown.noun if unknown.nearest else f"no {unknown.noun}"
        nearest = words["or"].join(f"“{name}”" if language == "en" else f"«{name}»" for name in unknown.nearest)
        message = words[noun].format(unknown.name, nearest)
        return Refusal("source" if unknown.noun == "outlet" else "author", message)
    return Narrowed(filters, fields.speaker.strip() or None)


def narrow(fields: Narrowing, archive: Archive) -> Narrowed:
    """Return what a question is narrowed to, for programs. Raises FilterError where a field is of no use."""
    narrowed = read_narrowing(fields, archive, "en")
    if isinstance(narrowed, Refusal):
        raise FilterError(narrowed.message)
    return narrowed


def _day(typed: str) -> date | None:
    return read_day(typed.strip())


def _names(typed: list[str]) -> frozenset[str] | None:
    return frozenset(filter(None, map(str.strip, typed))) or None
