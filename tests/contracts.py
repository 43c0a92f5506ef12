"""What every archive, dense index and lexical index must do; the test of an implementation inherits its class."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.archive.file import FILE
from index.archive.sqlite import SqliteArchive, article_id
from index.types import (
    Archive,
    Article,
    DenseIndex,
    LexicalIndex,
    StoredPassage,
    Vectors,
)
from tests.encoders import DemoEncoder

ENCODER = DemoEncoder()


def article_of(text: str, path: str = "a.txt", **facts: object) -> Article:
    """An English article that states nothing but what is given."""
    return replace(Article(id=article_id(text), path=path, text=text, language="en"), **facts)  # type: ignore[arg-type]


def add_lines(archive: Archive, article: Article) -> None:
    """Add an article whose passages are its lines."""
    ends = [0, *(place + 1 for place, character in enumerate(article.text) if character == "\n"), len(article.text)]
    offsets = [(start, end) for start, end in pairwise(ends) if start < end]
    archive.add(article, offsets, ENCODER.encode_passages([article.text[start:end] for start, end in offsets]))


def numbers(archive: Archive) -> list[int]:
    """The numbers of all passages, oldest first."""
    return [passage.number for passage in archive.added_since(0)]


def random_vectors(count: int, seed: int) -> Vectors:
    """Vectors of any length, not of unit length."""
    return np.random.default_rng(seed).normal(size=(count, ENCODER.dimensions)).astype(np.float32)


def add_vectors(archive: Archive, vectors: Vectors, path: str) -> None:
    """Add an article with one passage a vector."""
    article = article_of(path + "." * len(vectors), path=path)
    archive.add(article, [(place, place + 1) for place in range(len(vectors))], vectors)


def exact_nearest(
    stored: Sequence[StoredPassage], vector: Vectors, top_k: int, allowed: NDArray[np.int64] | None = None
) -> list[int]:
    """The nearest passages' numbers by inner product, best first, with numpy alone."""
    scored = [(float(passage.vector @ vector), passage.number) for passage in stored]
    if allowed is not None:
        scored = [pair for pair in scored if pair[1] in set(allowed.tolist())]
    return [number for _, number in sorted(scored, reverse=True)[:top_k]]


class IndexContract(ABC):
    """What both kinds of index share: they follow the archive and can be lost."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Iterator[SqliteArchive]:
        """An empty archive in the folder that the index shares."""
        with SqliteArchive.open(
            tmp_path / "archive", encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
        ) as archive:
            yield archive

    @abstractmethod
    def found(self, archive: SqliteArchive, words: str) -> list[str]:
        """Open an index anew, catch up, and return the texts of the passages found for some words, best first."""

    def test_a_reopened_index_finds_what_came_and_not_what_went(self, archive: SqliteArchive) -> None:
        add_lines(archive, article_of("apple\nbanana", path="a"))
        assert self.found(archive, "apple")[0] == "apple\n"
        add_lines(archive, article_of("cherry", path="b"))
        assert self.found(archive, "cherry")[0] == "cherry"
        archive.remove(article_id("apple\nbanana"))
        assert self.found(archive, "apple cherry") == ["cherry"]
        archive.remove(article_id("cherry"))
        assert self.found(archive, "apple cherry") == []

    def test_an_empty_archive_has_nothing_to_find(self, archive: SqliteArchive) -> None:
        assert self.found(archive, "apple") == []

    def test_an_index_left_by_another_archive_in_the_same_folder_is_not_believed(self, archive: SqliteArchive) -> None:
        add_lines(archive, article_of("apple", path="a"))
        assert self.found(archive, "apple") == ["apple"]
        archive.close()
        for file in archive.folder.glob(f"{FILE}*"):
            file.unlink()
        with SqliteArchive.open(
            archive.folder, encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True
        ) as other:
            add_lines(other, article_of("banana", path="a"))
            assert other.generation == 1
            assert self.found(other, "apple banana") == ["banana"]

    def test_an_index_newer_than_a_restored_archive_is_not_believed(
        self, archive: SqliteArchive, tmp_path: Path
    ) -> None:
        file, copy = archive.folder / FILE, tmp_path / "copy"
        add_lines(archive, article_of("apple", path="a"))
        archive.close()
        shutil.copy(file, copy)
        with SqliteArchive.open(archive.folder) as grown:
            add_lines(grown, article_of("banana", path="b"))
            assert sorted(self.found(grown, "apple banana")) == ["apple", "banana"]
        shutil.copy(copy, file)
        with SqliteArchive.open(archive.folder) as restored:
            assert self.found(restored, "apple banana") == ["apple"]


class DenseIndexContract(IndexContract):
    """A dense index, exact up to float rounding."""

    @abstractmethod
    def open(self, folder: Path) -> DenseIndex:
        """An index that keeps its files below the archive's folder."""

    def found(self, archive: SqliteArchive, words: str) -> list[str]:
        index = self.open(archive.folder)
        index.catch_up(archive)
        return [
            passage.text
            for passage in archive.passages(
                index.search(ENCODER.encode_questions([words])[0], top_k=10).numbers.tolist()
            )
        ]

    @pytest.mark.parametrize("seed", range(3))
    def test_it_finds_what_exact_arithmetic_finds_with_filters_and_after_removals(
        self, archive: SqliteArchive, seed: int
    ) -> None:
        for part in range(5):
            add_vectors(archive, random_vectors(200, seed=10 * seed + part), path=f"part {part}")
        index = self.open(archive.folder)
        index.catch_up(archive)
        archive.remove(next(article.id for article in archive.articles() if article.path == "part 2"))
        add_vectors(archive, random_vectors(100, seed=100 + seed), path="part 5")
        index.catch_up(archive)
        stored = list(archive.added_since(0))
        assert len(stored) == 900
        some = np.random.default_rng(seed).choice([passage.number for passage in stored], size=40, replace=False)
        for vector in random_vectors(20, seed=1000 + seed):
            for allowed in (None, some, some[:3]):
                found = index.search(vector, 7, allowed)
                assert found.numbers.tolist() == exact_nearest(stored, vector, 7, allowed)
                by_number = {passage.number: passage.vector for passage in stored}
                exact = [by_number[number] @ vector for number in found.numbers.tolist()]
                np.testing.assert_allclose(found.scores, exact, rtol=1e-4, atol=1e-4)

    def test_numbers_that_are_gone_or_never_were_are_not_found_though_allowed(self, archive: SqliteArchive) -> None:
        add_vectors(archive, random_vectors(3, seed=0), path="a")
        index = self.open(archive.folder)
        index.catch_up(archive)
        one, _, three = numbers(archive)
        found = index.search(random_vectors(1, seed=1)[0], 10, np.array([three, 77, one, 10**6]))
        assert sorted(found.numbers.tolist()) == [one, three]
        assert index.search(random_vectors(1, seed=1)[0], 10, np.array([], dtype=np.int64)).numbers.tolist() == []

    def test_scores_and_numbers_have_their_types(self, archive: SqliteArchive) -> None:
        index = self.open(archive.folder)
        index.catch_up(archive)
        empty = index.search(random_vectors(1, seed=1)[0], 10)
        add_vectors(archive, random_vectors(3, seed=0), path="a")
        index.catch_up(archive)
        for found, count in ((empty, 0), (index.search(random_vectors(1, seed=1)[0], 10), 3)):
            assert [found.numbers.dtype, found.scores.dtype] == [np.dtype(np.int64), np.dtype(np.float32)]
            assert found.numbers.shape == found.scores.shape == (count,)


class LexicalIndexContract(IndexContract):
    """A lexical index by BM25 over folded stems."""

    @abstractmethod
    def open(self, folder: Path) -> LexicalIndex:
        """An index that keeps its files below the archive's folder."""

    def found(self, archive: SqliteArchive, words: str) -> list[str]:
        return self.texts(archive, words)

    def texts(self, archive: SqliteArchive, words: str, allowed: NDArray[np.int64] | None = None) -> list[str]:
        index = self.open(archive.folder)
        index.catch_up(archive)
        return [passage.text for passage in archive.passages(index.search(words, 10, allowed).numbers.tolist())]

    def test_a_word_is_found_in_another_form_and_without_its_diacritics(self, archive: SqliteArchive) -> None:
        add_lines(archive, article_of("The ministers were meeting\nقالَ الوُزَراءُ أَمسِ\nnothing", path="a"))
        assert self.texts(archive, "minister meets") == ["The ministers were meeting\n"]
        assert self.texts(archive, "الوزراء") == ["قالَ الوُزَراءُ أَمسِ\n"]

    def test_a_rare_word_weighs_more_than_a_common_one(self, archive: SqliteArchive) -> None:
        add_lines(archive, article_of("talks today\ntalks Lavrov\ntalks again\ntalks late", path="a"))
        assert self.texts(archive, "Lavrov talks")[0] == "talks Lavrov\n"

    def test_the_signs_of_a_query_language_are_words_or_nothing(self, archive: SqliteArchive) -> None:
        add_lines(archive, article_of("apple AND banana\ncherry", path="a"))
        assert self.texts(archive, '"cherry') == ["cherry"]
        assert sorted(self.texts(archive, "+(cherry^2 OR stems:apple* NOT 1~")) == ["apple AND banana\n", "cherry"]
        for nothing in ("", "   ", "؟!()", "*", "zzz"):
            assert self.texts(archive, nothing) == []

    def test_only_allowed_passages_compete(self, archive: SqliteArchive) -> None:
        for place in range(30):
            add_lines(archive, article_of(f"apple {place}\nbanana {place}", path=f"{place}"))
        kept = archive.find_path("17")
        assert kept is not None
        allowed = np.array([p.number for p in archive.added_since(0) if p.article_id == kept.id] + [10**6])
        assert self.texts(archive, "apple", allowed) == ["apple 17\n"]
        assert self.texts(archive, "apple", allowed[:0]) == []

    def test_equal_scores_come_in_the_order_of_arrival(self, archive: SqliteArchive) -> None:
        for path in "abc":
            add_lines(archive, article_of(f"apple {path}", path=path))
            self.texts(archive, "apple")
        assert self.texts(archive, "apple") == ["apple a", "apple b", "apple c"]

    def test_scores_and_numbers_have_their_types(self, archive: SqliteArchive) -> None:
        add_lines(archive, article_of("apple"))
        index = self.open(archive.folder)
        index.catch_up(archive)
        for found, count in ((index.search("zzz", 10), 0), (index.search("apple", 10), 1)):
            assert [found.numbers.dtype, found.scores.dtype] == [np.dtype(np.int64), np.dtype(np.float32)]
            assert found.numbers.shape == found.scores.shape == (count,)
