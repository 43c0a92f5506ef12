"""The statements kept beside an archive: found once, followed, found anew, and never believed over the archive."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.speech.statements import StatementFinder, find_statements
from index.archive.sqlite import SqliteArchive
from index.followers.index_folder import writing_turn
from index.followers.statement_index import StatementIndex
from tests.parts.archives import bundled, fill, write

LAVROV = "قال لافروف أمس إن الحوار مستمر."
PESKOV = "Peskov said “talks went on”. He warned of war."


FINDER = StatementFinder()


class NewFinder(StatementFinder):
    version = FINDER.version + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "archive", *write(tmp_path, lavrov=LAVROV, peskov=PESKOV))
    return tmp_path / "archive"


def _open(folder: Path) -> SqliteArchive:
    return SqliteArchive.open(folder, encoder_name=bundled().name)


def _words(index: StatementIndex, archive: SqliteArchive) -> list[str]:
    return sorted(
        archive.article(stored.article_id).text[slice(*stored.statement.words)] for stored in index.statements()
    )


def test_statements_come_back_as_they_were_found(folder: Path) -> None:
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        index.catch_up(archive)
        for article in archive.articles():
            kept = [stored.statement for stored in index.statements() if stored.article_id == article.id]
            assert tuple(kept) == find_statements(article)
    assert sorted(index.speakers()) == [("Peskov",), ("لافروف",)]
    assert [stored.statement.speaker for stored in index.statements({("لافروف",)})] == ["لافروف"]


def test_another_object_finds_nothing_anew_unless_by_another_version(folder: Path) -> None:
    with _open(folder) as archive:
        read: list[int] = []
        StatementIndex(folder, FINDER).catch_up(archive, read.append)
        assert read == [1, 1]
        StatementIndex(folder, FINDER).catch_up(archive, read.append)
        assert read == [1, 1]
        index = StatementIndex(folder, NewFinder())
        index.catch_up(archive, read.append)
        assert read == [1, 1, 1, 1]
        assert _words(index, archive) == ["talks went on", "war", "الحوار مستمر"]


def test_what_comes_goes_or_is_dated_anew_is_followed(folder: Path, tmp_path: Path) -> None:
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        index.catch_up(archive)
        (peskov,) = (article for article in archive.articles() if article.language == "en")
        archive.remove(peskov.id)
        fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
        read: list[int] = []
        index.catch_up(archive, read.append)
        assert (_words(index, archive), read) == (["الحوار مستمر", "القوات باقية"], [1])

        (lavrov,) = (article for article in archive.articles() if "لافروف" in article.text)
        dated = replace(lavrov, published=date(2020, 2, 17))
        archive.add(dated, [(0, len(dated.text))], bundled().encode_passages([dated.text]))
        index.catch_up(archive)
        days = {stored.statement.speaker: stored.statement.said_on for stored in index.statements()}
        assert days == {"لافروف": date(2020, 2, 16), "أكار": None}


def test_of_many_only_what_came_is_read(folder: Path, tmp_path: Path) -> None:
    read: list[int] = []
    with _open(folder) as archive:
        StatementIndex(folder, FINDER).catch_up(archive)
        fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
        index = StatementIndex(folder, FINDER)
        index.catch_up(archive, read.append)
        assert (_words(index, archive), read) == (["talks went on", "war", "الحوار مستمر", "القوات باقية"], [1])


def test_what_takes_the_place_of_another_in_an_archive_put_back_from_a_copy_is_found(
    folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copyfile(folder / "archive.sqlite3", tmp_path / "copy.sqlite3")
    fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
    with _open(folder) as archive:
        StatementIndex(folder, FINDER).catch_up(archive)
    copy.replace(folder / "archive.sqlite3")
    fill(folder, *write(tmp_path, kerry="Kerry said “talks failed”.", rouhani="قال روحاني إن الاتفاق باق."))
    with _open(folder) as archive:
        index = StatementIndex(folder, FINDER)
        index.catch_up(archive)
        assert _words(index, archive) == ["talks failed", "talks went on", "war", "الاتفاق باق", "الحوار مستمر"]


def test_the_articles_of_a_speaker_are_those_in_which_they_speak(folder: Path, tmp_path: Path) -> None:
    index = StatementIndex(folder, FINDER)
    fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
    with _open(folder) as archive:
        index.catch_up(archive)
        (akar,) = (article.id for article in archive.articles() if article.path.endswith("akar.txt"))
        assert index.articles([("أكار",)]) == {akar}
        assert index.articles([]) == index.articles([("Nobody",)]) == frozenset()
        assert index.articles(index.speakers()) == {stored.article_id for stored in index.statements()}


def test_speakers_are_found_by_any_folded_word_that_mentions_them(folder: Path, tmp_path: Path) -> None:
    fill(folder, *write(tmp_path, titled="قال وزير الدفاع خلوصي أكار إن القوات باقية. وشدد أكار على البقاء."))
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        index.catch_up(archive)
        akar = ("وزير الدفاع خلوصي أكار", "أكار")
        assert sorted(index.speaker_words()) == sorted(["peskov", "لافروف", "وزير", "الدفاع", "خلوصي", "اكار"])
        assert index.speakers(["خلوصي", "اكار"]) == index.speakers(["وزير"]) == [akar]
        assert sorted(index.speakers(["peskov", "لافروف", "kerry"])) == [("Peskov",), ("لافروف",)]
        assert index.speakers([]) == []


def test_what_was_found_before_is_given_until_the_archive_changes(folder: Path, tmp_path: Path) -> None:
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        held = list(archive.articles())
        assert [index.known(article, archive) for article in held] == [None, None]
        index.catch_up(archive)
        assert [index.known(article, archive) for article in held] == list(map(find_statements, held))
        fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
        assert [index.known(article, archive) for article in held] == [None, None]


def test_the_lag_is_how_many_articles_are_to_be_read(folder: Path, tmp_path: Path) -> None:
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        assert index.lag(archive) == 2
        index.catch_up(archive)
        assert index.lag(archive) == StatementIndex(folder, FINDER).lag(archive) == 0
        assert StatementIndex(folder, NewFinder()).lag(archive) == 2
        fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
        assert index.lag(archive) == 1


def test_a_folder_that_cannot_be_written_is_done_without(folder: Path) -> None:
    (folder / "statements").write_text("in the way", encoding="utf-8")
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        index.catch_up(archive)
        assert _words(index, archive) == ["talks went on", "war", "الحوار مستمر"]
    assert (folder / "statements").read_text(encoding="utf-8") == "in the way"


def test_a_damaged_file_is_made_anew(folder: Path) -> None:
    (folder / "statements").mkdir()
    (folder / "statements" / "statements.sqlite3").write_bytes(b"no database at all" * 100)
    index = StatementIndex(folder, FINDER)
    with _open(folder) as archive:
        index.catch_up(archive)
        assert _words(index, archive) == ["talks went on", "war", "الحوار مستمر"]


def test_while_another_process_writes_what_it_saved_before_is_served(folder: Path, tmp_path: Path) -> None:
    with _open(folder) as archive:
        StatementIndex(folder, FINDER).catch_up(archive)
        fill(folder, *write(tmp_path, akar="قال أكار إن القوات باقية."))
        index = StatementIndex(folder, FINDER, wait_seconds=0.01)
        with writing_turn(folder / "statements", 1):
            index.catch_up(archive)
        assert _words(index, archive) == ["talks went on", "war", "الحوار مستمر"]
        index.catch_up(archive)
        assert _words(index, archive) == ["talks went on", "war", "الحوار مستمر", "القوات باقية"]


def test_the_archive_accepts_the_folder_as_its_own(folder: Path) -> None:
    with _open(folder) as archive:
        StatementIndex(folder, FINDER).catch_up(archive)
    with _open(folder) as archive:
        assert archive.count_articles() == 2
