"""What a speaker says elsewhere: one person under many names, and nobody else."""

from __future__ import annotations

from pathlib import Path

from assistant.speech.same_speaker import SameSpeaker, is_named
from assistant.speech.statements import StatementFinder
from index.archive.sqlite import SqliteArchive
from index.followers.statement_index import StatementIndex
from tests.archives import bundled, fill, write

ASKED = "قال وزير الخارجية الروسي سيرغي لافروف إن المحادثات مستمرة."


def others(folder: Path, asked: str, **texts: str) -> list[str]:
    """The files in which the speaker of the first statement of the asked text says something else, as found."""
    fill(folder / "archive", *write(folder, asked=asked, **texts))
    encoder = bundled()
    archive = SqliteArchive.open(folder / "archive", encoder_name=encoder.name, dimensions=encoder.dimensions)
    path = next(path for path in archive.paths() if Path(path).stem == "asked")
    page = archive.article(archive.paths()[path])
    said = StatementFinder()(page)[0]
    told = SameSpeaker(archive, StatementIndex(folder / "archive", StatementFinder())).newest(said, page, 20)
    return [Path(one.article.path).stem for one in told]


def test_a_person_is_found_under_other_spellings_in_both_scripts(tmp_path: Path) -> None:
    found = others(
        tmp_path,
        ASKED,
        other="أكد سيرجي لافروف أن موسكو ترفض ذلك.",
        surname="وشدد لافروف على أن الوضع خطير.",
        latin="Sergey Lavrov said on Monday that the talks had failed.",
        another="قال وزير المالية إيفان بتروف إن الميزانية جاهزة.",
    )
    assert set(found) == {"other", "surname", "latin"}


def test_two_people_of_one_surname_are_two(tmp_path: Path) -> None:
    found = others(
        tmp_path,
        "Treasury Secretary James Baker said on Monday that rates would fall.",
        senator="Senator Howard Baker said on Tuesday that he would not run.",
        alone="Mr Baker said on Friday that it was late.",
        same="James Baker said on Sunday that markets were calm.",
    )
    assert found == ["same"]


def test_the_newest_come_first_and_the_statement_itself_does_not(tmp_path: Path) -> None:
    found = others(
        tmp_path,
        ASKED,
        early="موسكو 3-5-2015\nقال سيرغي لافروف إن الأمر انتهى.",
        late="موسكو 3-5-2017\nقال سيرغي لافروف إن الأمر بدأ.",
    )
    assert found == ["late", "early"]


def test_a_source_without_a_name_is_nobody() -> None:
    for mention in ("مصدر أمني", "The company", "dealers", "وزارة الداخلية", "NOTE"):
        assert not is_named([mention])
    for mention in ("الكرملين", "وزارة الخارجية الروسية", "سيرغي لافروف", "Sergey Lavrov"):
        assert is_named([mention])
