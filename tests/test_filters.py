"""Filters: what passes them, and that the best of what passes is found, however little that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive.sqlite import SqliteArchive
from index.archive.table import name_key
from index.followers.dense import FaissIndex
from index.followers.lexical import TantivyIndex
from index.followers.word_index import WordIndex
from index.retrieve import Retriever
from index.types import Article, Filters, Language
from tests.archives import bundled
from tests.contracts import ENCODER, add_lines, article_of

WORDS = ["wheat", "harvest", "storm", "minister", "bridge", "قمح", "حصاد", "عاصفة", "وزير", "جسر"]
SOURCES = [None, "The Daily", "the daily", "Al-Hayat", "الحياة", "الحَيَاة"]
AUTHORS = [None, "John Smith", "Jane Smith and John Reed", "أحمد علي", "أحمد  عَلِي - القاهرة"]
DAYS = [None, *(date(2020, month, day) for month in (1, 2, 3) for day in (1, 15))]


@dataclass(frozen=True)
class House:
    archive: SqliteArchive
    dense: FaissIndex
    lexical: TantivyIndex
    articles: tuple[Article, ...]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An archive of 120 small articles with all sorts of facts, some of which were removed, and its indexes."""
    folder = tmp_path_factory.mktemp("filters")
    random = np.random.default_rng(7)
    made = []
    for place in range(150):
        words = random.choice(WORDS, size=int(random.integers(2, 9)))
        made.append(
            article_of(
                f"{place} {' '.join(words)}\n{place} {' '.join(reversed(words))}",
                path=f"{place}.txt",
                language=("ar", "en")[place % 2],
                source=SOURCES[int(random.integers(len(SOURCES)))],
                author=AUTHORS[int(random.integers(len(AUTHORS)))],
                published=DAYS[int(random.integers(len(DAYS)))],
            )
        )
    with SqliteArchive.open(folder, encoder_name=ENCODER.name, dimensions=ENCODER.dimensions, create=True) as archive:
        indexes = FaissIndex(folder), TantivyIndex(folder)
        for article in made[:100]:
            add_lines(archive, article)
        for index in indexes:
            index.catch_up(archive)
        for article in made[::5]:
            if article in made[:100]:
                archive.remove(article.id)
        for article in made[100:]:
            add_lines(archive, article)
        for index in indexes:
            index.catch_up(archive)
        yield House(archive, *indexes, tuple(archive.articles()))


def passes(article: Article, filters: Filters) -> bool:
    """What a filter means, one article at a time."""

    def names(wanted: str | frozenset[str]) -> list[str]:
        return [name_key(name) for name in ([wanted] if isinstance(wanted, str) else wanted)]

    day = article.published
    dated = filters.published_from is None and filters.published_to is None
    if not dated:
        dated = day is not None and (filters.published_from or day) <= day <= (filters.published_to or day)
    source, author = (None if name is None else name_key(name) for name in (article.source, article.author))
    return (
        dated
        and (filters.source is None or source in names(filters.source))
        and (
            filters.author is None
            or (author is not None and any(f" {name} " in f" {author} " for name in names(filters.author)))
        )
        and filters.language in (None, article.language)
        and (filters.articles is None or article.id in filters.articles)
    )


days = st.none() | st.dates(date(2019, 12, 20), date(2020, 3, 20))


def any_of(names: list[str]) -> st.SearchStrategy[str | frozenset[str] | None]:
    return st.none() | st.sampled_from(names) | st.frozensets(st.sampled_from(names), min_size=1, max_size=3)


@st.composite
def some_filters(draw: st.DrawFn, ids: list[str]) -> Filters:
    languages: list[Language | None] = [None, "ar", "en"]
    return Filters(
        draw(days),
        draw(days),
        draw(any_of(["THE DAILY", "al hayat", "الحياة", "Nobody"])),
        draw(st.sampled_from(languages)),
        draw(any_of(["smith", "John Smith", "john reed", "احمد علي", "علي", "mit"])),
        draw(st.none() | st.frozensets(st.sampled_from(ids), max_size=12)),
    )


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_both_indexes_rank_what_passes_as_they_rank_everything(house: House, data: st.DataObject) -> None:
    """Filtering inside the search equals ranking all that passes, and nothing else, by brute force."""
    filters = data.draw(some_filters([article.id for article in house.articles] + ["gone"]))
    query = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
    top_k = data.draw(st.integers(1, 30))
    archive = house.archive
    stored = list(archive.added_since(0))
    passing = {article.id for article in house.articles if passes(article, filters)}
    wanted = [passage for passage in stored if passage.article_id in passing]
    allowed = archive.passage_numbers(filters)
    assert {article.id for article in archive.articles(filters)} == passing
    assert archive.table().ids_of(filters) == passing
    if filters == Filters():
        assert allowed is None
    else:
        assert allowed is not None
        assert allowed.tolist() == [passage.number for passage in wanted]

    everything = house.lexical.search(query, len(stored))
    ranked = [(int(n), float(s)) for n, s in zip(*everything, strict=True) if n in {one.number for one in wanted}]
    found = house.lexical.search(query, top_k, filters=filters)
    assert list(zip(found.numbers.tolist(), found.scores.tolist(), strict=True)) == ranked[:top_k]
    both = house.lexical.search(query, top_k, allowed, filters)
    assert both.numbers.tolist() == found.numbers.tolist()

    vector = ENCODER.encode_questions([query])[0]
    near = house.dense.search(vector, top_k, allowed)
    exact = sorted((float(passage.vector @ vector) for passage in wanted), reverse=True)[:top_k]
    np.testing.assert_allclose(near.scores, exact, rtol=1e-5)
    assert set(near.numbers.tolist()) <= {passage.number for passage in wanted}


def test_more_numbers_than_are_looked_up_one_by_one_are_allowed_all_the_same(house: House) -> None:
    everything = house.lexical.search("wheat", 1_000)
    odd = np.array([number for number in range(1, 5_000) if number % 2], np.int64)
    assert house.lexical.search("wheat", 1_000, odd).numbers.tolist() == [n for n in everything.numbers if n % 2]


def test_a_filter_that_leaves_ten_articles_finds_the_best_of_those_ten(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Ten articles of another day among three hundred that answer better are found, all of them, the best first."""
    folder = tmp_path_factory.mktemp("ten")
    encoder = bundled()
    with SqliteArchive.open(folder, encoder_name=encoder.name, dimensions=encoder.dimensions, create=True) as archive:
        for place in range(310):
            rare = place % 31 == 0
            text = f"Report {place}. The minister spoke of schools." if rare else f"Report {place}. Egypt bought wheat."
            text = "Report 155. The price of wheat fell." if place == 155 else text
            day = date(2020, 5, 5) if rare else date(2020, 4, 4)
            article = article_of(text, path=f"{place}.txt", published=day)
            archive.add(article, [(0, len(text))], encoder.encode_passages([text]))
        indexes = FaissIndex(folder), TantivyIndex(folder), WordIndex(folder, encoder)
        for index in indexes:
            index.catch_up(archive)
        retriever = Retriever(archive, *indexes, encoder, encoder, candidates=20)
        may = Filters(date(2020, 5, 1), date(2020, 5, 31))
        hits = retriever.search("Who bought wheat?", may, top_k=10)
        assert hits[0].passage.article.path == "155.txt"
        assert sorted(int(hit.passage.article.path[:-4]) for hit in hits) == list(range(0, 310, 31))
        assert retriever.search("Who bought wheat?", Filters(date(2021, 1, 1))) == []
