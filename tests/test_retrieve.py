"""Retrieval over a real, small archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.archive.sqlite import SqliteArchive, article_id
from index.chunk import chunk
from index.encoders.static import StaticEncoder
from index.followers.dense import FaissIndex
from index.followers.lexical import TantivyIndex
from index.followers.word_index import WordIndex
from index.retrieve import Retriever
from index.types import Article, Filters, Language

TEXTS: dict[str, tuple[Language, str]] = {
    "wheat": ("en", "Egypt bought two hundred thousand tonnes of wheat from Russia. The price fell by five percent."),
    "قمح": ("ar", "اشترت مصر مئتي ألف طن من القمح من روسيا. وانخفض السعر بنسبة خمسة في المئة."),
    "cup": (
        "en",
        "The national football team won the cup. Thousands of fans celebrated in the streets of the capital.",
    ),
    "كأس": ("ar", "فاز المنتخب الوطني لكرة القدم بالكأس. واحتفل آلاف المشجعين في شوارع العاصمة."),
    "quake": ("en", "An earthquake destroyed several villages in the mountains. Doctors treated the wounded in tents."),
    "زلزال": ("ar", "دمر زلزال عدة قرى في الجبال. وعالج الأطباء الجرحى في خيام."),
    "Fishburn": ("en", "Yesterday Fishburn bought a house."),
    "Prins": ("en", "Yesterday Prins bought a house."),
}
SIX = list(TEXTS)[:6]


def article(path: str) -> Article:
    language, text = TEXTS[path]
    published = date(2020, 1, 1 + list(TEXTS).index(path))
    return Article(
        article_id(text), path, text, language, source="wire" if path == "quake" else None, published=published
    )


class House:
    """An archive in a folder with its indexes, as the program would open it."""

    def __init__(self, folder: Path, encoder: StaticEncoder) -> None:
        self.encoder = encoder
        self.archive = SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True)
        self.dense, self.lexical = FaissIndex(folder), TantivyIndex(folder)
        self.words = WordIndex(folder, encoder)

    def add(self, *paths: str) -> None:
        for path in paths:
            added = article(path)
            offsets = chunk(added)
            vectors = self.encoder.encode_passages([added.text[start:end] for start, end in offsets])
            self.archive.add(added, offsets, vectors)
        self.catch_up()

    def catch_up(self) -> None:
        self.dense.catch_up(self.archive)
        self.lexical.catch_up(self.archive)
        self.words.catch_up(self.archive)

    def retriever(self, candidates: int = 200) -> Retriever:
        return Retriever(self.archive, self.dense, self.lexical, self.words, self.encoder, self.encoder, candidates)

    def found(self, question: str, filters: Filters | None = None, top_k: int = 10, candidates: int = 200) -> list[str]:
        return [hit.passage.article.path for hit in self.retriever(candidates).search(question, filters, top_k)]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder()


@pytest.fixture
def empty(tmp_path: Path, encoder: StaticEncoder) -> Iterator[House]:
    house = House(tmp_path / "archive", encoder)
    yield house
    house.archive.close()


@pytest.fixture
def house(empty: House) -> House:
    empty.add(*SIX)
    return empty


@pytest.mark.parametrize(
    ("question", "own", "other"),
    [
        ("How much wheat did Egypt buy?", "wheat", "قمح"),
        ("كم طنا من القمح اشترت مصر؟", "قمح", "wheat"),
        ("Who won the football cup?", "cup", "كأس"),
        ("أين عالج الأطباء جرحى الزلزال؟", "زلزال", "quake"),
    ],
)
def test_a_question_finds_its_answer_in_both_languages(house: House, question: str, own: str, other: str) -> None:
    assert set(house.found(question)[:2]) == {own, other}


def test_a_question_in_one_language_finds_the_only_answer_in_the_other(empty: House) -> None:
    empty.add("wheat", "cup", "quake")
    assert empty.found("من فاز بكأس كرة القدم؟", top_k=1) == ["cup"]


def test_filters_choose_among_all_passages_and_not_among_the_best(house: House) -> None:
    question = "How much wheat did Egypt buy?"
    assert house.found(question, Filters(source="wire"), candidates=1) == ["quake"]
    assert house.found(question, Filters(language="ar"), top_k=1, candidates=1) == ["قمح"]
    before = Filters(published_to=date(2020, 1, 1))
    assert house.found(question, before, top_k=1, candidates=1) == ["wheat"]
    assert house.found(question, Filters(source="nobody")) == []
    assert sorted(house.found(question, Filters())) == sorted(SIX)


def test_scores_fall_and_no_more_than_top_k_are_given(house: House) -> None:
    hits = house.retriever().search("earthquake in the mountains", top_k=4)
    scores = [hit.score for hit in hits]
    assert len(hits) == 4
    assert scores == sorted(scores, reverse=True)
    assert np.isfinite(scores).all()


def test_a_single_candidate_has_a_score_of_nought(empty: House) -> None:
    empty.add("cup")
    assert [(hit.passage.text, hit.score) for hit in empty.retriever().search("wheat")] == [(TEXTS["cup"][1], 0.0)]


@pytest.mark.parametrize("question", ["", "   ", "؟!…", "\u200f"])
def test_a_question_without_a_word_finds_nothing(house: House, question: str) -> None:
    assert house.found(question) == []


def test_an_empty_archive_has_no_hits(empty: House) -> None:
    empty.catch_up()
    assert empty.found("wheat") == []


def test_an_article_that_was_removed_meanwhile_is_left_out(house: House) -> None:
    """The indexes have not caught up with the archive: another process removed it between two searches."""
    house.archive.remove(article("wheat").id)
    assert house.found("How much wheat did Egypt buy?")[0] == "قمح"
    assert sorted(house.found("How much wheat did Egypt buy?")) == sorted(set(SIX) - {"wheat"})


def test_a_name_is_told_from_another_across_the_scripts(empty: House) -> None:
    empty.add("cup", "Fishburn", "Prins")
    assert empty.found("ماذا اشترى فيشبرن؟", top_k=1) == ["Fishburn"]
    assert empty.found("ماذا اشترى برينس؟", top_k=1) == ["Prins"]


def test_an_article_that_the_word_index_does_not_know_yet_is_found_all_the_same(house: House) -> None:
    """Another process added it, and the word index was the last to follow."""
    house.words = WordIndex(house.archive.folder / "elsewhere", house.encoder)
    assert house.found("Who won the football cup?")[0] == "cup"
