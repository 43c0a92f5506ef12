"""Filters inside Milvus: what passes, held against brute force, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.followers.milvus_dense import MilvusDenseIndex
from index.followers.milvus_filters import AT_ONCE, expressions, facts_of
from index.followers.milvus_lexical import MilvusLexicalIndex
from index.followers.milvus_server import close_servers
from index.settings import IndexPlace
from index.types import Filters
from tests.contracts import ENCODER, article_of
from tests.test_filters import WORDS, House, house, passes, some_filters

__all__ = ["house"]  # the fixture of that name


@dataclass(frozen=True)
class Milvus:
    dense: MilvusDenseIndex
    lexical: MilvusLexicalIndex


@pytest.fixture(scope="module")
def milvus(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milvus]:
    """That archive's indexes in a file of Milvus Lite."""
    place = IndexPlace(f"{tmp_path_factory.mktemp('milvus')}/filters.db")
    indexes = MilvusDenseIndex(house.archive.folder, place), MilvusLexicalIndex(house.archive.folder, place)
    for index in indexes:
        index.catch_up(house.archive)
    yield Milvus(*indexes)
    close_servers()


@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_indexes_rank_what_passes_as_they_rank_everything(
    house: House, milvus: Milvus, data: st.DataObject
) -> None:
    filters = data.draw(some_filters([article.id for article in house.articles] + ["gone"]))
    query = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
    top_k = data.draw(st.integers(1, 30))
    stored = list(house.archive.added_since(0))
    passing = {article.id for article in house.articles if passes(article, filters)}
    wanted = {passage.number: passage.vector for passage in stored if passage.article_id in passing}

    everything = milvus.lexical.search(query, len(stored))
    ranked = [(int(n), float(s)) for n, s in zip(*everything, strict=True) if n in wanted]
    found = milvus.lexical.search(query, top_k, filters=filters)
    assert list(zip(found.numbers.tolist(), found.scores.tolist(), strict=True)) == ranked[:top_k]

    vector = ENCODER.encode_questions([query])[0]
    near = milvus.dense.search_within(vector, top_k, filters)
    exact = sorted((float(held @ vector) for held in wanted.values()), reverse=True)[:top_k]
    np.testing.assert_allclose(near.scores, exact, rtol=1e-5)
    assert set(near.numbers.tolist()) <= wanted.keys()


def test_names_with_signs_are_compared_as_they_are_beside_the_archive() -> None:
    signs = article_of("text", source='"50%" \\ off_set', author="A_b % c\\d")
    assert facts_of(signs) == {
        "article": signs.id,
        "language": "en",
        "day": 0,
        "source": "50 off\ue001set",
        "author": " a\ue001b c d ",
    }
    assert expressions(Filters(source="off_set", author='"%"')) == [
        'source in ["off\ue001set"] and (author like "% \\"\ue000\\" %")'
    ]


def test_filters_are_written_as_conditions_on_fields() -> None:
    filters = Filters(date(2020, 1, 1), None, frozenset({"B", "A"}), "ar", "Ann Lee", frozenset({"x"}))
    assert expressions(filters) == [
        f"day >= {date(2020, 1, 1).toordinal()} and day <= {date.max.toordinal()} "
        'and language == "ar" and source in ["a", "b"] and (author like "% ann lee %") and article in ["x"]'
    ]
    assert expressions(None) == expressions(Filters()) == [""]
    assert expressions(Filters(source="")) == expressions(Filters(author="")) == ["number < 0"]
    assert expressions(Filters(articles=frozenset())) == []


def test_a_long_list_is_asked_for_in_parts() -> None:
    many = np.arange(2 * AT_ONCE + 1)
    parts = expressions(Filters(language="en"), many)
    assert [part.partition("[")[0] for part in parts] == ['language == "en" and number in '] * 3
    assert parts[2] == f'language == "en" and number in [{2 * AT_ONCE}]'
    assert len(expressions(Filters(articles=frozenset(map(str, many))), many)) == 9
