"""What is asked for as it is sent: days, names and questions of no use are one line in the reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import Narrowing, Refusal, read_narrowing, refuse_question
from assistant.types import Narrowed
from index.archive.sqlite import SqliteArchive
from index.types import Filters, Language
from tests.archives import fill, write


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> SqliteArchive:
    folder = tmp_path_factory.mktemp("archive")
    fill(folder / "archive", *write(folder, bridge="The bridge cost 40 million.\n"), source="البيان")
    return SqliteArchive.open(folder / "archive")


def test_fields_are_what_the_command_line_takes(archive: SqliteArchive) -> None:
    fields = Narrowing(
        published_from="2020-02-17", published_to=" 2020-03-01 ", source=["البيان"], language="ar", speaker=" Lavrov "
    )
    filters = Filters(date(2020, 2, 17), date(2020, 3, 1), frozenset({"البيان"}), "ar")
    assert read_narrowing(fields, archive, "en") == Narrowed(filters, "Lavrov")
    assert read_narrowing(Narrowing(), archive, "en") == Narrowed(Filters())


@pytest.mark.parametrize(
    ("fields", "language", "refusal"),
    [
        (
            Narrowing(published_from="17.2.2020"),
            "en",
            Refusal("published_from", "“17.2.2020” is no day; write it as 2020-02-17"),
        ),
        (
            Narrowing(published_to="2020-02-30"),
            "ar",
            Refusal("published_to", "«2020-02-30» ليس تاريخًا صحيحًا، اكتبه هكذا: 2020-02-17"),
        ),
        (
            Narrowing(published_from="2021-01-01", published_to="2020-01-01"),
            "en",
            Refusal("published_to", "2021-01-01 is after 2020-01-01; exchange them"),
        ),
        (Narrowing(speaker="؟"), "en", Refusal("speaker", "“؟” is no name; leave the field empty for all")),
        (
            Narrowing(source=["البيت"]),
            "ar",
            Refusal("source", "ليس في الأرشيف مصدر باسم «البيت»، لعل المقصود «البيان»"),
        ),
        (
            Narrowing(author=["Smith"]),
            "en",
            Refusal("author", "no article of the archive states its author; leave “Smith” out"),
        ),
    ],
)
def test_a_field_of_no_use_is_named_with_the_reason(
    archive: SqliteArchive, fields: Narrowing, language: Language, refusal: Refusal
) -> None:
    assert read_narrowing(fields, archive, language) == refusal


@pytest.mark.parametrize(
    ("question", "english", "arabic"),
    [
        (
            "؟!",
            "the question '؟!' holds no word; write one in Arabic or English",
            "اكتب سؤالًا بالعربية أو بالإنجليزية",
        ),
        (
            "a\u202eb",
            "the question holds the control character U+202E; remove it",
            "في السؤال محرف تحكّم غير مرئي، فاحذفه",
        ),
    ],
)
def test_a_question_of_no_use_is_refused_in_both_languages(question: str, english: str, arabic: str) -> None:
    assert refuse_question(question, "en") == Refusal("question", english)
    assert refuse_question(question, "ar") == Refusal("question", arabic)
    assert refuse_question("من قال ذلك؟", "ar") is None
