"""The word index follows its archive, survives what files go through, and translates."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.archive.sqlite import SqliteArchive
from index.encoders.static import StaticEncoder
from index.followers import array_file, word_index
from index.followers.index_folder import State, writing_turn
from index.followers.word_index import WordIndex
from index.types import Article
from index.words import QuestionWords
from tests.parts.contracts import article_of

MODEL = StaticEncoder()
LINES = {
    "wheat": "Egypt bought wheat from Russia.\nThe price fell in Cairo.",
    "قمح": "اشترت مصر القمح من روسيا.\nوهبط سعره في القاهرة، كما قال فيشبرن.",
    "dots": "…\nThe minister, Mr. Fishburn, arrived.",
}
QUESTION = "Who sold القمح to Egypt?"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqliteArchive]:
    with SqliteArchive.open(
        tmp_path / "archive", encoder_name=MODEL.name, dimensions=MODEL.dimensions, create=True
    ) as archive:
        yield archive


def add(archive: SqliteArchive, *names: str) -> None:
    for name in names:
        put(archive, article_of(LINES[name], path=name))


def put(archive: SqliteArchive, article: Article) -> None:
    """Add an article, a passage a line."""
    ends = [at + 1 for at, letter in enumerate(article.text) if letter == "\n"] + [len(article.text)]
    offsets = list(zip([0, *ends[:-1]], ends, strict=True))
    archive.add(article, offsets, MODEL.encode_passages([article.text[start:end] for start, end in offsets]))


def opened(archive: SqliteArchive) -> WordIndex:
    index = WordIndex(archive.folder, MODEL, wait_seconds=0.1)
    index.catch_up(archive)
    return index


def asked(question: str = QUESTION) -> QuestionWords:
    return QuestionWords.of(question, MODEL.encode_words([question])[0])


def matches(index: WordIndex, archive: SqliteArchive) -> list[list[float]]:
    best, nearest = index.rerank(asked(), archive.standing())
    rows: list[list[float]] = np.round(np.column_stack([best, nearest]), 4).tolist()
    return rows


def made_anew(archive: SqliteArchive, tmp_path: Path) -> list[list[float]]:
    """What an index finds that was never saved before."""
    index = WordIndex(tmp_path / "anew", MODEL)
    index.catch_up(archive)
    shutil.rmtree(tmp_path / "anew")
    return matches(index, archive)


def file_of(archive: SqliteArchive) -> Path:
    return archive.folder / "words" / "words.arrays"


def test_an_index_that_follows_knows_what_one_made_anew_knows(archive: SqliteArchive, tmp_path: Path) -> None:
    index = opened(archive)
    assert matches(index, archive) == []
    for change in (["wheat"], ["قمح", "dots"]):
        add(archive, *change)
        index.catch_up(archive)
        assert matches(index, archive) == matches(opened(archive), archive) == made_anew(archive, tmp_path)
    archive.remove(article_of(LINES["wheat"], path="wheat").id)
    index.catch_up(archive)
    assert len(matches(index, archive)) == 4
    assert matches(index, archive) == matches(opened(archive), archive) == made_anew(archive, tmp_path)


def test_an_unknown_passage_matches_at_nought_and_order_is_the_askers(archive: SqliteArchive) -> None:
    add(archive, "wheat", "قمح")
    index = opened(archive)
    one, two, *_ = archive.standing().tolist()
    best, nearest = index.rerank(asked(), np.array([two, 999, one]))
    expected, cosines = index.rerank(asked(), np.array([one, two]))
    assert best.tolist() == [expected[1].tolist(), [0] * len(asked().texts), expected[0].tolist()]
    assert nearest.tolist() == [cosines[1], 0, cosines[0]]


def test_a_word_is_translated_by_the_archives_own_words_of_the_other_script(archive: SqliteArchive) -> None:
    add(archive, "wheat", "قمح", "dots")
    terms = dict(zip(asked().texts, opened(archive).translate(asked()), strict=True))
    assert terms["Egypt"][0].text == "مصر"
    assert terms["القمح"][0].text == "wheat"
    assert all(term.weight >= word_index.LEAST_LIKENESS for some in terms.values() for term in some)
    (name,) = opened(archive).translate(asked("Fishburn"))
    assert name[0].text == "فيشبرن"
    assert opened(archive).translate(asked("2015")) == [[]]


def test_words_that_went_translate_no_more(archive: SqliteArchive) -> None:
    add(archive, "wheat", "قمح")
    index = opened(archive)
    archive.remove(article_of(LINES["قمح"], path="قمح").id)
    index.catch_up(archive)
    assert index.translate(asked("Egypt")) == [[]]


@pytest.mark.parametrize("damage", ["cut short", "a byte changed", "emptied", "foreign", "deleted"])
def test_a_damaged_or_foreign_file_is_told_and_made_again(archive: SqliteArchive, damage: str) -> None:
    add(archive, "wheat", "قمح")
    before = matches(opened(archive), archive)
    assert WordIndex(archive.folder, MODEL).verify(archive).state is State.CURRENT
    file = file_of(archive)
    whole = file.read_bytes()
    broken = {
        "cut short": whole[: len(whole) // 2],
        "a byte changed": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        "emptied": b"",
        "foreign": b'["not", "ours"]\n',
    }
    if damage == "deleted":
        file.unlink()
    else:
        file.write_bytes(broken[damage])
    state = WordIndex(archive.folder, MODEL).verify(archive).state
    assert state is (State.MISSING if damage == "deleted" else State.DAMAGED)
    assert matches(opened(archive), archive) == before
    assert WordIndex(archive.folder, MODEL).verify(archive).state is State.CURRENT


def test_words_that_are_not_the_archives_are_told(archive: SqliteArchive, tmp_path: Path) -> None:
    add(archive, "wheat", "قمح")
    opened(archive)
    with SqliteArchive.open(
        tmp_path / "other", encoder_name=MODEL.name, dimensions=MODEL.dimensions, create=True
    ) as other:
        assert WordIndex(other.folder, MODEL).verify(other).state is State.MISSING
    held = archive.folder / "archive.sqlite3"
    archive.close()
    held.write_bytes(held.read_bytes().replace(b"Egypt bought wheat", b"Egypt bought barle"))
    with SqliteArchive.open(archive.folder) as changed:
        state, problems = WordIndex(changed.folder, MODEL).verify(changed)
    assert state is State.DAMAGED
    assert problems[0].startswith("the words of 1 of ")


def test_an_index_of_another_model_is_made_again(archive: SqliteArchive) -> None:
    class Other(StaticEncoder):
        @property
        def name(self) -> str:
            return "another"

    add(archive, "wheat")
    opened(archive)
    assert WordIndex(archive.folder, Other()).verify(archive).state is State.MISSING
    index = WordIndex(archive.folder, Other())
    index.catch_up(archive)
    assert matches(index, archive)[0][0] > 0


def test_what_cannot_be_saved_is_searched_from_memory(archive: SqliteArchive) -> None:
    add(archive, "wheat")
    (archive.folder / "words").write_bytes(b"a file where the folder should be")
    assert len(matches(opened(archive), archive)) == 2


def test_while_another_process_writes_the_index_catches_up_in_memory(archive: SqliteArchive) -> None:
    add(archive, "wheat")
    with writing_turn(archive.folder / "words", 0):
        assert len(matches(opened(archive), archive)) == 2
    assert not file_of(archive).exists()


def test_a_few_changes_are_not_worth_saving_a_large_index(
    archive: SqliteArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(array_file, "UNSAVED", 1)
    add(archive, "wheat", "قمح")
    opened(archive)
    saved = file_of(archive).stat().st_mtime_ns
    put(archive, article_of("one line", path="one"))
    index = opened(archive)
    assert file_of(archive).stat().st_mtime_ns == saved
    assert matches(index, archive) == made_anew(archive, tmp_path)
    waiting = WordIndex(archive.folder, MODEL)
    waiting.catch_up(archive, to_search=False)
    assert matches(waiting, archive)[-1] == [0] * (len(asked().texts) + 1)
    put(archive, article_of("another line", path="two"))
    waiting.catch_up(archive, to_search=False)
    index.catch_up(archive)
    assert file_of(archive).stat().st_mtime_ns > saved
    assert matches(opened(archive), archive) == made_anew(archive, tmp_path)
